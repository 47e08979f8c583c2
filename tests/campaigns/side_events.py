"""The long comparison of side events with their second statement:

PYTHONPATH=tests python tests/campaigns/side_events.py 2000
"""

from __future__ import annotations

import sys
from collections import Counter

from independent.side_events_agreement import differences


def main(count: int) -> int:
    """Compare so many programmes, print what was met, and 1 where something differs."""
    seen: Counter[str] = Counter()
    different = [text for seed in range(count) for text in differences(seed, seen)]
    for what, number in seen.items():
        print(f"{number:>8,} {what}")
    print("\n".join(different) or "no difference")
    return 1 if different else 0


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000))
