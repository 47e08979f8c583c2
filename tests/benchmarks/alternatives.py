"""How long five alternatives and a replan take, as a ratio to one plain solve in the same run.

    PYTHONPATH=tests python tests/benchmarks/alternatives.py [BODIES] [SLOTS]

Limits: five alternatives within 20 times a plain solve, a replan within 5 times; on the four letters with a grid, and
reported for a drawn programme of 30 bodies in 20 slots. A plain solve is the engine's: optimum, proof, the first of
the equally good ones, and their number. Exit status 1 where a limit is passed on the letters.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from support.project import SCENARIOS

from scheduler.alternatives.differing import alternatives
from scheduler.outcome import Settings
from scheduler.reading.entry import from_data
from scheduler.reading.loading import load
from scheduler.replanning.published import places
from scheduler.replanning.replan import replan
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

LETTERS = ("csp8", "csp10", "csp11", "csp12", "options/csp12-c-flexible-order")
REPEATS = 5
ONE = Settings(workers=1, time_limit=600)
MOST_ALTERNATIVES, MOST_REPLAN = 20, 5


def seconds(work: Callable[[], object], repeats: int) -> float:
    """Median time of one call."""
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def drawn(bodies: int, slots: int) -> Scenario:
    """A programme with a hidden order: bodies of 30 to 180 minutes, days away, an order of pairs, wishes for parts."""
    rng = Random(f"{bodies} bodies in {slots} slots")
    days = [date(2027, 3, 1) + timedelta(days=n + 2 * (n // 5)) for n in range(-(-slots // 2))]
    lengths = [30 * rng.choice((1, 2, 3, 4, 5)) for _ in range(bodies)]
    while sum(lengths) > 0.9 * 180 * slots:
        lengths[rng.randrange(bodies)] = 30
    rules: list[dict[str, Any]] = [{"rule": "one_at_a_time"}, {"rule": "rolling", "weight": 1}]
    for _ in range(bodies // 2):
        first, then = sorted(rng.sample(range(bodies), 2))
        rules.append({"rule": "order", "of": [f"B{first}", f"B{then}"]})
    for body in rng.sample(range(bodies), bodies // 2):
        near = days[min(len(days) - 1, sum(lengths[:body]) // 360)]
        rules.append({"rule": "only_on", "of": [f"B{body}"], "when": [near.isoformat()], "weight": rng.randint(1, 5)})
    return from_data({
        "name": f"drawn-{bodies}",
        "meeting": {"series": "Drawn", "annex_title": "DRAWN"},
        "calendar": {"slots": ["10:00-13:00", "15:00-18:00"], "days": [{"date": day} for day in days]},
        "bodies": [
            {"id": f"B{n}", "sessions": [{"id": f"s{n}", "duration": f"{length}m"}]} for n, length in enumerate(lengths)
        ],
        "rules": rules,
    })  # fmt: skip


def changed(scenario: Scenario) -> Scenario:
    """The same when one body cannot come on the day on which it sits."""
    timetable = solve(scenario, ONE).timetable
    assert timetable is not None
    placement = list(timetable)[len(timetable) // 2]
    document = dict(scenario.document)
    body = scenario.body_of[placement.session].id
    away = {"rule": "not_on", "of": [body], "when": [placement.days[0].isoformat()], "weight": 50}
    return from_data(document | {"rules": [*document.get("rules", []), away]})


def measured(name: str, scenario: Scenario, repeats: int) -> tuple[float, float]:
    """Both ratios, printed."""
    plain = seconds(lambda: solve(scenario, ONE), repeats)
    five = seconds(lambda: alternatives(scenario, 5, settings=ONE), repeats)
    timetable = solve(scenario, ONE).timetable
    assert timetable is not None
    new, out = changed(scenario), places(scenario, timetable)
    again = seconds(lambda: replan(new, out, settings=ONE), repeats)
    print(f"{name:<34}{1000 * plain:>9.0f} ms{five / plain:>9.1f} x{again / plain:>9.1f} x", flush=True)
    return five / plain, again / plain


def main() -> int:
    """Print the table; 1 where a letter passes a limit."""
    bodies, slots = (int(text) for text in (sys.argv[1:3] if len(sys.argv) > 2 else ("30", "20")))
    print(f"{'scenario':<34}{'one solve':>12}{'five of them':>11}{'replan':>11}")
    ratios = [measured(name, load(SCENARIOS / f"{name}.yaml").scenario, REPEATS) for name in LETTERS]
    measured(f"{bodies} bodies in {slots} slots", drawn(bodies, slots), 1)
    late = [five > MOST_ALTERNATIVES or again > MOST_REPLAN for five, again in ratios]
    return 1 if any(late) else 0


if __name__ == "__main__":
    sys.exit(main())
