"""How long side events take: ``PYTHONPATH=tests python tests/benchmarks/side_events.py``; seconds.

Random ones, 60 in 4 rooms over 8 days: two windows a day, wishes, up to three organisers out of 25, speakers, and for
half of the cases rooms of their own.
"""

from __future__ import annotations

import random
import time
from typing import Any

from scheduler.outcome import Settings
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario
from scheduler.solving.side_events.placing import place

EVENTS, ROOMS, CASES = 60, 4, 10
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def drawn(seed: int) -> Scenario:
    """A random programme of side events."""
    rng = random.Random(seed)
    rooms = [f"Room {number}" for number in range(1, ROOMS + 1)]
    events: list[dict[str, Any]] = []
    for number in range(EVENTS):
        event: dict[str, Any] = {"title": f"Event {number}", "length": rng.choice(("1h", "1h30"))}
        event["organiser"] = [f"State {n}" for n in rng.sample(range(25), rng.choice((1, 1, 2, 3)))]
        event |= {"wished": rng.sample(WEEKDAYS, rng.choice((1, 2)))} if rng.random() < 0.6 else {}
        event |= {"windows": ["13:15-14:45"]} if rng.random() < 0.2 else {}
        event |= {"rooms": rng.sample(rooms, 2)} if seed % 2 and rng.random() < 0.4 else {}
        event |= {"speakers": [f"Speaker {rng.randrange(10)}"]} if rng.random() < 0.3 else {}
        events.append(event)
    return from_data(
        {
            "name": "drawn",
            "meeting": {"series": "Drawn", "annex_title": "DRAWN"},
            "calendar": {"slots": ["10:00-13:00", "15:00-18:00"], "days": ["2027-03-01..2027-03-10"]},
            "bodies": [{"id": "WG", "sessions": [{"id": "wg", "duration": "3h"}]}],
            "side_events": {"windows": ["13:15-14:45", "18:15-19:45"], "rooms": rooms, "events": events},
        }
    )


def main() -> None:
    """Print the time of each case, and what was proved."""
    for seed in range(CASES):
        scenario, begun = drawn(seed), time.process_time()
        answer = place(scenario, Settings())
        seconds = time.process_time() - begun
        print(
            f"case {seed}: {answer.status}, cost {answer.cost}, {seconds:.2f} s of one core {' '.join(answer.reasons)}"
        )


if __name__ == "__main__":
    main()
