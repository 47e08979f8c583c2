"""The long comparison of rolling programmes with the second statement:

PYTHONPATH=tests python tests/campaigns/rolling.py 500
PYTHONPATH=tests python tests/campaigns/rolling.py 500 suspended
PYTHONPATH=tests python tests/campaigns/rolling.py 500 "suspended with breaks"
"""

from __future__ import annotations

import sys
from collections import Counter

from support.rolling_comparison import compare


def main(count: int, kind: str = "rolling by the book") -> int:
    """Compare so many programmes, print what was met, and 1 where something differs."""
    seen: Counter[str] = Counter()
    different = [text for number in range(count) for text in compare(f"{kind} {number}", seen)]
    for what, number in seen.items():
        print(f"{number:>8,} {what}")
    print("\n".join(different) or "no difference")
    return 1 if different else 0


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500, *sys.argv[2:3]))
