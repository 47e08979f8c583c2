"""Small conferences for tests, as values and as workbooks in the layout of CoSPLib."""

from __future__ import annotations

import random
from datetime import date, time
from pathlib import Path

from openpyxl import Workbook

from exports.cosplib.conference_values import Conference, CosplibPeriod, CosplibTrack, Hours, Submission, Term
from scheduler.solving.counted.problem import CellPlan


def tiny() -> Conference:
    """Three tracks, three sessions, two rooms, eight submissions; a weight on every term."""
    periods = (
        CosplibPeriod("Mon1", 2, date(2027, 2, 22), 600, 660),
        CosplibPeriod("Mon2", 2, date(2027, 2, 22), 660, 720),
        CosplibPeriod("Tue1", 3, date(2027, 2, 23), 1200, 1290),
    )

    def talk(
        name: str, track: int, need: int = 1, order: int = 0, zone: int = 0, who: str = "", fans: str = ""
    ) -> Submission:
        mine, theirs = frozenset(who.split()), frozenset(fans.split())
        return Submission(name, track, need, order, zone, mine, theirs, (0, 1, 0), (0, 2))

    return Conference(
        name="tiny",
        tracks=(
            CosplibTrack("Heuristics", frozenset({"Ada"})),
            CosplibTrack("Bounds", frozenset({"Ada"})),
            CosplibTrack("Rooms"),
        ),
        periods=periods,
        rooms=("Hall", "Attic"),
        submissions=(
            talk("h1", 0, order=1, who="Bob"),
            talk("h2", 0, order=2, who="Cyd", fans="Dan"),
            talk("h3", 0, order=3, zone=480, who="Eve"),
            talk("b1", 1, need=2, who="Bob"),
            talk("b2", 1, who="Dan"),
            talk("r1", 2, who="Ada", fans="Eve"),
            talk("r2", 2, who="Gil"),
            talk("r3", 2, need=2, who="Hal", fans="Eve"),
        ),
        track_session=((0, 0, 1), (1, 0, 0), (0, 0, 0)),
        track_room=((0, 1), (0, 0), (2, 0)),
        session_room=((0, 0), (0, 3), (0, 0)),
        similar=((0, 4, 0), (4, 0, 0), (0, 0, 0)),
        weights=(2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53),
        hours=Hours(60, (540, 1080), (480, 1260), 1, 10),
    )


def drawn(seed: int) -> Conference:
    """A conference small enough to try every timetable of it; always with room for everybody."""
    draw = random.Random(seed)
    sessions, rooms = draw.choice(((2, 2), (3, 1), (2, 1), (3, 2)))
    periods = tuple(
        CosplibPeriod(f"s{s}", draw.choice((1, 2)), None, 540 + 90 * s, 600 + 90 * s) for s in range(sessions)
    )
    tracks = tuple(CosplibTrack(f"t{t}", frozenset({draw.choice("xyz")})) for t in range(2))
    room_for = sum(period.slots for period in periods) * rooms
    number = min(draw.choice((3, 4)), room_for)
    talks = tuple(
        Submission(
            f"p{i}",
            i % 2,
            1,
            draw.choice((0, 0, 1, 2)),
            draw.choice((0, -300)),
            frozenset({draw.choice("uvwxyz")}),
            frozenset(draw.sample("uvwxyz", draw.choice((0, 1)))),
            tuple(draw.choice((0, 0, 1)) for _ in periods),
            tuple(draw.choice((0, 0, 1)) for _ in range(rooms)),
        )
        for i in range(number)
    )

    def matrix(rows: int, columns: int) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(draw.choice((0, 0, 1, 3)) for _ in range(columns)) for _ in range(rows))

    alike = draw.choice((0, 2))
    return Conference(
        f"drawn-{seed}",
        tracks,
        periods,
        tuple(f"r{r}" for r in range(rooms)),
        talks,
        matrix(2, sessions),
        matrix(2, rooms),
        matrix(sessions, rooms),
        ((0, alike), (alike, 0)),
        tuple(draw.choice((0, 1, 2, 5)) for _ in Term),
        Hours(0, (540, 1080), (480, 1200), 1, 3),
    )


def save(conference: Conference, path: Path) -> Path:
    """Write a conference as a benchmark workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sessions = [period.name for period in conference.periods]
    rooms, tracks = list(conference.rooms), [track.name for track in conference.tracks]
    sheet = book.create_sheet("submissions")
    head = ["Reference", "CosplibTrack", "Required Timeslots", "Order", "Time Zone", "Presenters", "Attendees"]
    sheet.append([*head, *sessions, *rooms])
    for talk in conference.submissions:
        zone = f"GMT{talk.zone // 60:+d}"
        people = (", ".join(sorted(talk.presenters)) or None, ", ".join(sorted(talk.attendees)) or None)
        penalties = (value or None for value in (*talk.in_session, *talk.in_room))
        sheet.append([talk.name, tracks[talk.track], talk.need, talk.order, zone, *people, *penalties])
    sheet = book.create_sheet("tracks")
    sheet.append(["Tracks", "Chairs"])
    for track in conference.tracks:
        sheet.append([track.name, ", ".join(sorted(track.chairs)) or None])
    sheet = book.create_sheet("sessions")
    sheet.append(["Sessions", "Max Number of Timeslots", "Date", "Start Time", "End Time"])
    for period in conference.periods:
        hours = (time(*divmod(period.start, 60)), f"{period.end // 60:02}:{period.end % 60:02}")
        sheet.append([period.name, period.slots, period.day, *hours])
    sheet = book.create_sheet("rooms")
    for name in ("Rooms", *rooms):
        sheet.append([name])
    for title, down, across, table in (
        ("tracks_sessions|penalty", tracks, sessions, conference.track_session),
        ("tracks_rooms|penalty", tracks, rooms, conference.track_room),
        ("sessions_rooms|penalty", sessions, rooms, conference.session_room),
        ("similar tracks", tracks, tracks, conference.similar),
    ):
        sheet = book.create_sheet(title)
        sheet.append([None, *across])
        for name, row in zip(down, table, strict=True):
            sheet.append([name, *(value or None for value in row)])
    sheet = book.create_sheet("parameters")
    hours_of = conference.hours
    left = {
        2: f"GMT{hours_of.zone // 60:+d}",
        4: time(*divmod(hours_of.suitable[0], 60)),
        5: time(*divmod(hours_of.suitable[1], 60)),
        7: time(*divmod(hours_of.less_suitable[0], 60)),
        8: time(*divmod(hours_of.less_suitable[1], 60)),
        9: hours_of.small,
        11: hours_of.big,
    }
    for row, value in left.items():
        sheet.cell(row, 2, value)
    for term in Term:
        sheet.cell(2 + term, 5, conference.weights[term])
    book.save(path)
    return path


def save_plan(conference: Conference, plan: CellPlan, path: Path) -> Path:
    """Write a timetable in the library's layout, whatever is wrong with it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "sol"
    rooms, talks = range(len(conference.rooms)), conference.submissions
    sheet.append([None, *conference.rooms])
    for s, period in enumerate(conference.periods):
        tracks = (plan.tracks.get((s, room)) for room in rooms)
        sheet.append([period.name, *(None if track is None else conference.tracks[track].name for track in tracks)])
    sheet.append([None, *rooms])
    for s, period in enumerate(conference.periods):
        rows = [plan.slots.get((s, room), ()) for room in rooms]
        for slot in range(max(period.slots, *map(len, rows))):
            numbers = (row[slot] if slot < len(row) else None for row in rows)
            sheet.append([period.name, *(None if number is None else talks[number].name for number in numbers)])
    book.save(path)
    return path
