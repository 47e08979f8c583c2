"""Random scenarios with a letter, and the Word file that ``schedule letter`` makes of each with a timetable."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from exports.letter.english import content_of
from exports.letter.facts import facts_of_letter
from exports.word.letter import letter_bytes
from scheduler.domain.timetable import Placement, Timetable
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario

BODIES = (
    ("WGETI", "Working Group on Effective Treaty Implementation"),
    ("WGTU", "Working Group on Treaty Universalization"),
    ("WGTR", "Working Group on Transparency and Reporting"),
    ("DIEF", "Diversion Information Exchange Forum"),
    ("MCF", "Management Committee on Finance"),
    ("Panel", "Panel on Reporting"),
    ("BRIEFINGS", "Briefings by organisations"),
    ("GE", None),
    ("Opening", None),
)
SLOTS = (
    ["10:00-13:00", "15:00-18:00"], ["09:30-12:30", "14:30-17:30"], ["13:00-14:30", "14:30-16:00"],
    ["09:00-10:00", "10:00-13:00", "15:00-18:00"], ["10:00-13:00"],
)  # fmt: skip
TEXTS = (
    "Please strive for gender balance in your delegations, in line with the decisions of CSP5.",
    "The link to the livestream will be circulated in advance of the meetings, on {registration}.",
    "It lets {secretariat} collect data on Working Group and Preparatory meetings as well as on Conferences.",
    "The Tenth Conference, held on 19-23 August 2019, established an informal preparatory process.",
    "Annual reports are due by 31 May each year.",
    "The office of {secretariat} is open from 08:30 to 17:30.",
)


def word_letter(seed: int) -> tuple[Scenario, bytes]:
    """Scenario ``seed`` and its letter with the annex."""
    rng = Random(f"letter {seed}")
    scenario = from_data(scenario_data(rng, seed))
    timetable = first_fit(scenario)
    facts = facts_of_letter(scenario, timetable)
    annex = (scenario, timetable) if len(timetable) else None
    return scenario, letter_bytes(facts, content_of(facts), annex)


def scenario_data(rng: Random, seed: int) -> dict[str, Any]:
    """A week or two with bodies, milestones in their order, officers, a letter and side events."""
    first = date(rng.randint(2020, 2032), rng.randint(1, 12), 1) + timedelta(days=rng.randrange(28))
    first += timedelta(days=-first.weekday() % 7 + rng.choice([0, 1, 1]))
    days = [first + timedelta(days=n) for n in range(rng.randint(1, 5 - first.weekday()))]
    if rng.random() < 0.2:
        days += [day + timedelta(days=7) for day in days]
    shown: list[Any] = [day.isoformat() for day in days]
    if first.weekday() == 1 and rng.random() < 0.4:
        shown.insert(0, {"date": (first - timedelta(days=1)).isoformat(), "slots": []})
    if len(shown) > 1 and rng.random() < 0.2:
        shown[-1] = {"date": days[-1].isoformat(), "slots": ["10:00-12:00"]}
    bodies, officers = _bodies(rng)
    meeting = {
        "series": rng.choice(["CSP{} Working Group Meetings", "CSP{} Informal Preparatory Meeting", "Spring Talks {}"])
        .format(rng.randint(4, 20)),
        "status": rng.choice(["draft", "final"]), "milestones": _milestones(rng, first),
        "format": rng.choice([None, "in_person", "online", "hybrid"]), "livestream": rng.choice([None, True, False]),
        "venue": rng.choice([None, "Centre International de Conférences Genève (CICG)"]),
    }  # fmt: skip
    meeting["annex_title"] = rng.choice(
        [f"{{draft}} SCHEDULE OF {meeting['series'].upper()}: {{DATES}}", "Programme, {dates}"]
    )
    return {
        "name": f"letter-{seed}",
        "meeting": {key: value for key, value in meeting.items() if value is not None},
        "calendar": _calendar(rng, shown),
        "bodies": bodies, "officers": officers,
        "side_events": "tbc",
        "letter": _letter(rng, meeting["milestones"]),
    }  # fmt: skip


def _calendar(rng: Random, days: list[Any]) -> dict[str, Any]:
    slots = rng.choice(SLOTS)
    breaks = {"breaks": [{"hours": "11:15-11:30"}]} if rng.random() < 0.25 and "10:00-13:00" in slots else {}
    return {"days": days, "slots": slots, **breaks}


def _milestones(rng: Random, first: date) -> dict[str, str]:
    away = {
        "announcement": rng.randint(60, 150), "invitation": rng.randint(28, 40), "documents": rng.randint(20, 27),
        "working_papers": rng.randint(10, 18), "registration": rng.randint(1, 8),
        "side_event_proposals": rng.randint(1, 20), "sponsorship": rng.randint(10, 26),
    }  # fmt: skip
    return {
        name: (first - timedelta(days=days)).isoformat()
        for name, days in away.items()
        if name in ("invitation", "registration") or rng.random() < 0.7
    }


def _bodies(rng: Random) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    bodies, officers = [], [{"id": "president", "post": "President of the Conference", "name": "Amb. Example"}]
    for short, name in rng.sample(BODIES, rng.randint(2, 5)):
        sessions = [
            {
                "id": f"{short.lower()}-{n}",
                "duration": rng.choice(["1h", "1h30", "3h"]),
                "title": rng.choice(["Article 11", "Progress reports", None]),
            }
            for n in range(rng.randint(1, 2))
        ]
        sessions = [{key: value for key, value in each.items() if value} for each in sessions]
        body: dict[str, Any] = {"id": short, "sessions": sessions, **({"name": name} if name else {})}
        if short == "DIEF":
            body["access"] = ["states-parties", "signatory-states"]
        if name and rng.random() < 0.25:
            body |= {"officers": [f"{short.lower()}-chair"], "when_vacant": "dropped"}
            vacant = rng.random() < 0.7
            officer = {"id": f"{short.lower()}-chair", "post": f"Chair of the {name}"}
            officers.append(officer | ({"vacant": True} if vacant else {"name": "Ms. Example"}))
        bodies.append(body)
    if all(body.get("when_vacant") for body in bodies):
        bodies.append({"id": "Plenary", "sessions": [{"id": "plenary", "duration": "1h"}]})
    return bodies, officers


def _letter(rng: Random, milestones: dict[str, str]) -> dict[str, Any]:
    texts = [text for text in TEXTS if rng.random() < 0.3]
    places = ["background", "participation", "registration", "information"]
    found: dict[str, Any] = {
        "letterhead": ["The Secretariat", "CH-1202 Geneva"],
        "secretariat": {"name": "the Secretariat", "email": "info@example.org", "website": "https://example.org"},
        "registration": {"required": True},
        "documents": {"by": "the Chairs of the Working Groups", "through": "the Secretariat"},
        "paragraphs": [{"under": rng.choice(places), "text": text} for text in texts],
    }
    if rng.random() < 0.7:
        found["signatory"] = "president"
    if rng.random() < 0.4:
        found["nominations"] = {"who": "all States Parties"}
    if "announcement" in milestones and rng.random() < 0.4:
        text = "On {announcement} the President announced the schedule of meetings, and the office holders."
        found["paragraphs"].append({"under": "background", "text": text})
    return found


def first_fit(scenario: Scenario) -> Timetable:
    """Each session at the first opening of a slot at which the plenary is free; what fits nowhere is left out."""
    placed: list[Placement] = []
    for session in scenario.sessions:
        taken = {index for place in placed for index in _minutes(place)}
        for start in range(0, scenario.calendar.axis.total, scenario.grain):
            place = scenario.place(session, start, None, placed)
            if place is not None and taken.isdisjoint(_minutes(place)):
                placed.append(place)
                break
    return Timetable(placed)


def _minutes(place: Placement) -> set[tuple[date, int]]:
    return {(segment.day, minute) for segment in place.segments for minute in range(segment.start, segment.end, 5)}
