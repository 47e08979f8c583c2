"""How long an explanation takes, as a ratio to one plain solve in the same run.

    PYTHONPATH=tests python tests/benchmarks/explanation.py

First the letters, each made impossible by one rule; then forty
bodies with a hundred rules. Times are the median of ``REPEATS`` runs; a scenario is made anew for each run, so that
nothing is remembered.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from random import Random
from typing import Any

from support.project import SCENARIOS

from scheduler.explanation.impossible import Explanation, explain
from scheduler.outcome import Settings, Status
from scheduler.reading.entry import from_data
from scheduler.reading.loading import load
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

REPEATS = 5
SETTINGS = Settings(workers=1)
CLASHES: dict[str, dict[str, Any]] = {
    "csp3": {"id": "clash", "rule": "order", "of": ["agenda", "bias"]},
    "csp8": {"id": "clash", "rule": "order", "of": ["PREP", "WGTR"]},
    "csp10": {"id": "clash", "rule": "only_on", "of": ["DIEF"], "when": ["am"]},
    "csp11": {"id": "clash", "rule": "not_on", "of": ["WGTR"], "when": ["Friday"]},
    "csp12": {"id": "clash", "rule": "only_on", "of": ["aob"], "when": ["Wednesday"]},
}


def impossible_letter(name: str) -> dict[str, Any]:
    """The document of a letter with one rule more."""
    document = load(SCENARIOS / f"{name}.yaml").scenario.document
    return {**document, "rules": [*document["rules"], CLASHES[name]]}


def large(bodies: int = 40, rules: int = 100, seed: int = 1) -> dict[str, Any]:
    """Forty bodies of one session in three rooms for two weeks, and a hundred rules around a hidden clash.

    The rules are those that a timetable drawn at random keeps; five bodies that are to meet one after the other on
    one day, for which it has no time, make it impossible.
    """
    rng = Random(seed)
    days = [f"2025-03-{day:02}" for day in (3, 4, 5, 6, 7, 10, 11, 12, 13, 14)]
    names = [f"B{number:02}" for number in range(bodies)]
    length = {name: rng.choice((2, 3, 3, 4)) for name in names}
    slot = {name: (rng.randrange(len(days)), rng.choice(("am", "pm"))) for name in names}
    drawn: list[dict[str, Any]] = [{"rule": "order", "of": names[:5]}]
    drawn += [{"rule": "only_on", "of": [name], "when": [days[4]]} for name in names[:5]]
    while len(drawn) < rules:
        one, other = rng.sample(names[5:], 2)
        kind = rng.choice(("order", "only_on", "not_on", "within_day", "not_first_or_last_day"))
        if kind == "order" and slot[one][0] < slot[other][0]:
            drawn.append({"rule": "order", "of": [one, other]})
        elif kind == "only_on":
            around = range(max(0, slot[one][0] - 3), min(len(days), slot[one][0] + 4))
            drawn.append({"rule": "only_on", "of": [one], "when": [days[day] for day in around]})
        elif kind == "not_on":
            day = rng.choice([day for day in range(len(days)) if abs(day - slot[one][0]) > 1])
            drawn.append({"rule": "not_on", "of": [one], "when": [f"{days[day]} {rng.choice(('am', 'pm'))}"]})
        elif kind == "within_day":
            drawn.append({"rule": "within_day", "of": [one]})
        elif kind == "not_first_or_last_day" and 0 < slot[one][0] < len(days) - 1:
            drawn.append({"rule": "not_first_or_last_day", "of": [one]})
    rolling = {"id": "rolling-basis", "rule": "rolling", "of": names, "weight": 1}
    return {
        "name": "large",
        "meeting": {"series": "s", "annex_title": "t"},
        "calendar": {"slots": ["10:00-13:00", "15:00-18:00"], "days": days},
        "rooms": [{"id": room} for room in ("one", "two", "three")],
        "bodies": [{"id": n, "sessions": [{"id": f"s-{n}", "duration": f"{length[n]}h"}]} for n in names],
        "rules": [*({"id": f"rule-{number}", **rule} for number, rule in enumerate(drawn)), rolling],
    }


def without_clash(document: dict[str, Any]) -> dict[str, Any]:
    """The large scenario with the first rule left out, which makes it possible."""
    return {**document, "rules": document["rules"][1:]}


def timed(work: Callable[[Scenario], Any], document: dict[str, Any], repeats: int) -> tuple[float, Any]:
    """Median seconds, and the last result."""
    seconds, result = [], None
    for _ in range(repeats):
        scenario = from_data(document)
        begun = time.perf_counter()
        result = work(scenario)
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds), result


def report(name: str, plain: float, seconds: float, explanation: Explanation) -> None:
    """One line."""
    conflict = explanation.conflict
    size = "none" if conflict is None else str(len(conflict.members))
    smallest = "" if conflict is None or conflict.smallest else " (perhaps not smallest)"
    ways = [way.cost for way in explanation.repairs.ways]
    complete = "" if explanation.repairs.complete else " (perhaps not cheapest)"
    print(
        f"{name:8} plain {plain * 1000:8.1f} ms   explained {seconds * 1000:9.1f} ms   ratio {seconds / plain:6.1f}"
        f"   set {size}{smallest}   ways out {ways}{complete}"
    )


def main() -> None:
    """Print the ratios of the letters, and the time of the large scenario."""
    for name in CLASHES:
        plain, outcome = timed(
            lambda s: solve(s, SETTINGS), load(SCENARIOS / f"{name}.yaml").scenario.document, REPEATS
        )
        assert outcome.status is Status.OPTIMAL
        seconds, explanation = timed(lambda s: explain(s, settings=SETTINGS), impossible_letter(name), REPEATS)
        report(name, plain, seconds, explanation)
    document = large()
    plain, outcome = timed(lambda s: solve(s, Settings(time_limit=60)), without_clash(document), 1)
    print(
        f"large: {len(document['bodies'])} bodies, {len(document['rules'])} rules, plain solve {outcome.status.value}"
    )
    seconds, explanation = timed(lambda s: explain(s, settings=SETTINGS), document, 1)
    report("large", plain, seconds, explanation)


if __name__ == "__main__":
    sys.exit(main())
