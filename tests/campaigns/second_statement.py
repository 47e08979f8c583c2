"""Holds thousands of random scenarios against the second statement of the rules.

    PYTHONPATH=tests python tests/campaigns/second_statement.py 2000 --seed 1

For each scenario: the amount of every rule on a dozen timetables as ``check`` finds it, on two of them as the model has
it, and the optimum of the engine against the best of all timetables.
"""

from __future__ import annotations

import argparse
import sys

from independent.agreement import run
from independent.drawing import moving, repeated, scenario


def _command_line() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--show", type=int, default=5, help="differences that are printed")
    parser.add_argument("--repeated", action="store_true", help="scenarios in which sessions are repeated")
    parser.add_argument("--moving", action="store_true", help="scenarios in which rooms may change overnight")
    chosen = parser.parse_args()
    draw = repeated if chosen.repeated else moving if chosen.moving else scenario
    campaign = run(f"campaign {chosen.seed}", chosen.count, draw)
    for difference in campaign.differences[: chosen.show]:
        print(difference, end="\n\n")
    print(f"{campaign.scenarios} scenarios, {campaign.timetables} timetables, {len(campaign.differences)} differences")
    print("seen broken: " + ", ".join(f"{kind} {count}" for kind, count in sorted(campaign.broken.items())))
    return 1 if campaign.differences else 0


if __name__ == "__main__":
    sys.exit(_command_line())
