"""Side events that cannot be held as they are written are told when the scenario is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.domain.side_events import SideEvent
from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.loading import load

SCENARIO = """\
name: lunch
meeting: {series: Lunch, annex_title: LUNCH}
calendar:
  slots: [{hours: 08:30-09:30, reserved_for: [CLOSED]}, 10:00-13:00, 15:00-18:00]
  days: [2027-03-15, 2027-03-16, 2027-03-17]
  holidays: [{date: 2027-03-17, name: Founding Day}]
rooms: [{id: hall, name: Assembly Hall}, {id: r2, name: Room 2}]
bodies:
  - {id: WG, sessions: [{id: wg, duration: 3h}]}
  - {id: CLOSED, sessions: [{id: closed, duration: 1h}]}
side_events:
"""


def warned(folder: Path, *events: str) -> list[tuple[str, str, str]]:
    """Path, message and hint of each warning."""
    path = folder / "lunch.yaml"
    path.write_text(SCENARIO + "".join(f"  - {{{event}}}\n" for event in events), encoding="utf-8")
    return [(w.path, w.message, w.hint) for w in load(path).warnings]


def test_events_at_lunch_in_two_rooms_are_ordinary(tmp_path: Path) -> None:
    one = "day: 2027-03-15, title: One, hours: 13:15-14:45, room: Room 1, organiser: Norway"
    other = "day: 2027-03-15, title: Other, hours: 13:15-14:45, room: Room 2, organiser: Peru"
    next_day = "day: 2027-03-16, title: One, hours: 13:15-14:45, room: Room 1, organiser: Norway"
    assert warned(tmp_path, one, other, next_day) == []


def test_two_events_of_one_title_are_asked_about_unless_a_day_or_an_id_tells_them_apart(tmp_path: Path) -> None:
    one, other = (
        "day: 2027-03-15, title: Film, hours: 13:15-14:45",
        "day: 2027-03-15, title: ' film', hours: 18:00-19:00",
    )
    assert warned(tmp_path, one, other) == [
        (
            "side_events[1].title",
            "2 side events are called 'Film', here 'film' and 'film-2'",
            "where commands and tables name one of them, which is meant? Give each an id, or a title of its own",
        )
    ]
    assert warned(tmp_path, one, f"{other}, id: film-of-norway") == []
    assert warned(tmp_path, one, "day: 2027-03-16, title: Film, hours: 13:15-14:45") == []
    assert warned(tmp_path, one.replace("Film", "tbc"), other.replace("film", "tbc")) == []


def test_windows_over_midnight_overlap_with_those_of_the_next_day(tmp_path: Path) -> None:
    film = "{title: Film, length: 1h}"
    path = tmp_path / "lunch.yaml"
    path.write_text(SCENARIO + f"  {{windows: [00:30-02:00, 23:00-01:00], events: [{film}]}}\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"00:30 . 02:00 and 23:00 . 01:00 \(next day\) overlap on Monday 15 March"):
        load(path)
    path.write_text(SCENARIO + f"  {{windows: [01:00-02:00, 23:00-01:00], events: [{film}]}}\n", encoding="utf-8")
    assert [warning.message for warning in load(path).warnings] == []


@pytest.mark.parametrize("hours", ["13:00-15:00", "09:00-10:00", "18:00-19:30", "08:00-08:45"])
def test_an_event_that_touches_a_slot_or_meets_a_reserved_one_is_beside_the_meeting(tmp_path: Path, hours: str) -> None:
    assert warned(tmp_path, f"day: 2027-03-15, title: T, hours: {hours}, room: Foyer") == []


def test_an_event_over_a_slot_is_told_with_the_hours_that_are_free(tmp_path: Path) -> None:
    assert warned(tmp_path, "day: 2027-03-16, title: Talk, hours: 12:30-14:00, room: Foyer") == [
        (
            "side_events[0].hours",
            "'Talk' is held from 12:30 to 14:00, and the meeting has the slot 10:00 \u2013 13:00 on Tuesday 16 March: "
            "nobody can be at both",
            "the meeting has no slot from 13:00 to 15:00, before 08:30 or after 18:00",
        )
    ]


@pytest.mark.parametrize("room", ["hall", "Assembly Hall", "assembly  hall"])
def test_in_a_room_of_the_meeting_reserved_slots_count_too(tmp_path: Path, room: str) -> None:
    ((path, message, _),) = warned(tmp_path, f"day: 2027-03-15, title: T, hours: 09:00-09:45, room: {room}")
    assert path == "side_events[0].hours"
    assert "in Assembly Hall, where the meeting sits, and the meeting has the slot 08:30 \u2013 09:30" in message


def test_two_in_one_room_are_told_and_three_once_each(tmp_path: Path) -> None:
    found = warned(
        tmp_path,
        "day: 2027-03-15, title: Long, hours: 13:00-15:00, room: Room 9",
        "day: 2027-03-15, title: Early, hours: 13:00-13:30, room: room 9",
        "day: 2027-03-15, title: Late, hours: 13:30-14:30, room: Room 9",
        "day: 2027-03-16, title: Another day, hours: 13:30-14:30, room: Room 9",
    )
    assert [(path, message) for path, message, _ in found] == [
        ("side_events[0].hours", "'Early' and 'Long' are both in Room 9 on Monday 15 March from 13:00 to 13:30"),
        ("side_events[2].hours", "'Long' and 'Late' are both in Room 9 on Monday 15 March from 13:30 to 14:30"),
    ]


def test_an_organiser_of_two_at_once_is_told_also_among_several(tmp_path: Path) -> None:
    found = warned(
        tmp_path,
        "day: 2027-03-15, title: A, hours: 13:00-14:00, room: Room 1, organiser: [Peru, Norway]",
        "day: 2027-03-15, title: B, hours: 13:30-14:30, room: Room 2, organiser: NORWAY",
        "day: 2027-03-15, title: C, hours: 14:30-15:00, room: Room 2, organiser: Norway",
    )
    assert found == [
        (
            "side_events[1].organiser",
            "'NORWAY' is also written 'Norway' (line 12): is it one person?",
            "then write 'Norway'",
        ),
        (
            "side_events[1].hours",
            "Norway holds 'A' and 'B' at once on Monday 15 March from 13:30 to 14:00",
            "one organiser cannot be at both: move one",
        ),
    ]


def test_what_is_not_yet_known_is_nobody_and_nowhere(tmp_path: Path) -> None:
    event = "day: 2027-03-15, title: T, hours: 13:00-14:00, room: TBC, organiser: n.n."
    assert warned(tmp_path, event, event.replace("title: T", "title: U")) == []


def test_events_without_hours_are_not_guessed_at(tmp_path: Path) -> None:
    assert warned(tmp_path, *["day: 2027-03-15, room: Room 1, organiser: Peru"] * 2) == []


def test_an_event_on_a_holiday_is_told(tmp_path: Path) -> None:
    assert warned(tmp_path, "day: 2027-03-17, title: T, hours: 13:00-14:00") == [
        (
            "side_events[0].day",
            "'T' is on a holiday: 17 March is Founding Day, and nobody meets",
            "choose another day",
        )
    ]


def test_many_warnings_end_with_their_number(tmp_path: Path) -> None:
    found = warned(tmp_path, *(f"day: 2027-03-15, title: T{n}, hours: 10:00-11:00, room: R{n}" for n in range(25)))
    assert len(found) == 20
    assert found[-1][1].endswith("(5 more warnings about side events)")


def test_a_misspelt_key_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as error:
        warned(tmp_path, "day: 2027-03-15, organizer: Peru")
    assert "did you mean 'organiser'?" in str(error.value)


def test_one_organiser_may_be_written_without_brackets() -> None:
    assert SideEvent.model_validate({"day": "2027-03-15", "organiser": "Peru"}).organiser == ("Peru",)


WEEK = """\
name: week
meeting: {series: Week, annex_title: WEEK}
calendar: {slots: [10:00-13:00, 15:00-18:00], days: [Tuesday 2027-02-23, 2027-02-24, 2027-02-25]}
officers: [{id: chair, post: Chair, absent: [2027-02-24]}]
bodies: [{id: WG, officers: [chair], sessions: [{id: a, duration: 3h}]}]
side_events: """
FILM = "title: Film, length: 1h"
GIVEN = "{title: Talk, day: 2027-02-23, hours: 13:15-14:00}"
OTHER = GIVEN.replace("Talk", "Song")


def films(more: str = "") -> str:
    """Four of one title, each with its id."""
    return ", ".join(f"{{{FILM}, id: film{number}{more}}}" for number in ("", "-2", "-3", "-4"))


def told(folder: Path, said: str) -> list[tuple[str, str, str]]:
    """Path, message and hint of each mistake, or else of each warning."""
    path = folder / "week.yaml"
    path.write_text(WEEK + said, encoding="utf-8")
    try:
        found = load(path).warnings
    except ScenarioError as error:
        found = tuple(error.diagnostics)
    return [(each.path.removeprefix("side_events."), each.message, each.hint) for each in found]


@pytest.mark.parametrize(
    ("said", "path", "message", "hint"),
    [
        (f"[{{{FILM}}}]", "side_events[0].length", "a side event is placed in a window, and none is named", "write "),
        (
            f"{{events: [{{{FILM}}}]}}",
            "events",
            "one side event is to be placed, without a window",
            "name windows, as in",
        ),
        (
            f"{{windows: [13:15-14:45, 14:00-15:00], events: [{{{FILM}}}]}}",
            "windows[1]",
            "the windows 13:15 \u2013 14:45 and 14:00 \u2013 15:00 overlap",
            "let one close before the other opens",
        ),
        (
            "{windows: [13:15-14:45], events: [{title: Film, duration: 1h}]}",
            "events[0].duration",
            "a side event has no 'duration'",
            "'duration' belongs to a session: write length",
        ),
        (f"{{windows: [14:45-13:15], events: [{{{FILM}}}]}}", "windows[0]", "'14:45-13:15' ends before it begins", ""),
        (f"{{windows: 13:15-14:45, events: [{{{FILM}}}]}}", "windows", "a list is expected here", ""),
        (
            f"{{windows: [{{hours: 13:15-14:45, name: lunch}}], events: [{{{FILM}, windows: [lnch]}}]}}",
            "events[0].windows[0]",
            "no window is called 'lnch'",
            "did you mean 'lunch'?",
        ),
        (
            f"{{windows: [13:15-14:45], rooms: [XXI, XXII], events: [{{{FILM}, rooms: [XXIII]}}]}}",
            "events[0].rooms[0]",
            "'XXIII' is not among the rooms of side events",
            "did you mean 'XXII'?",
        ),
        (
            f"{{windows: [13:15-14:45], rooms: [XX, xx], events: [{{{FILM}}}]}}",
            "rooms[1]",
            "'xx' stands here twice",
            "name",
        ),
        (f"{{windows: [13:15-14:45], rooms: [' '], events: [{{{FILM}}}]}}", "rooms[0]", "a room needs a name", "leave"),
        (
            f"{{windows: [13:15-14:45], events: [{{{FILM}, wished: [Friday]}}]}}",
            "events[0].wished[0]",
            "no Friday in this series",
            "",
        ),
        (
            f"{{windows: [13:15-14:45], events: [{{{FILM}, wished: [Tuesday pm]}}]}}",
            "events[0].wished[0]",
            "'Tuesday pm' is part of a day: name days here, such as Tuesday, and hours by windows",
            "",
        ),
        (
            f"{{windows: [13:15-14:45], events: [{{{FILM}, day: 2027-02-23, hours: 13:15-14:15}}]}}",
            "events[0].length",
            "its hours, 13:15 \u2013 14:15, say how long it takes: write hours or length",
            "",
        ),
        (
            f"{{windows: [13:15-14:45], events: [{{{FILM}, day: 2027-02-23, wished: [Tuesday]}}]}}",
            "events[0].wished",
            "its day is given, 23 February: write day or wished",
            "",
        ),
        (
            f"{{windows: [13:15-14:45], events: [{{{FILM}, room: A, rooms: [B]}}]}}",
            "events[0].rooms",
            "room and rooms",
            "",
        ),
        (
            "{windows: [13:15-14:45], events: [{title: Film, day: 2027-02-23, wished: [Tuesday]}]}",
            "events[0].wished",
            "'wished' is for an event to be placed: write its length as well",
            "",
        ),
        (
            "{windows: [13:15-14:45], events: [{title: Film}]}",
            "events[0]",
            "write the day of a side event that is given, or the length of one to be placed",
            "",
        ),
        (
            "{windows: [13:15-14:45], events: [{title: Film, length: 0h}]}",
            "events[0].length",
            "'0h' is out of range",
            "",
        ),
        (
            "{windows: [13:15-14:45], events: [{title: Film, lenght: 1h}]}",
            "events[0].lenght",
            "unknown key",
            "did you mean 'len",
        ),
        (
            f"{{windows: [13:15-14:45], events: [{{{FILM}, organisers: [A]}}]}}",
            "events[0].organisers",
            "unknown key",
            "did you",
        ),
        (
            f"{{windows: [13:15-14:45], atmost: 2, events: [{{{FILM}}}]}}",
            "atmost",
            "unknown key",
            "did you mean 'at_most'?",
        ),
        (f"{{windows: [13:15-14:45], at_most: 0, events: [{{{FILM}}}]}}", "at_most", "'0' is out of range", ""),
        (
            f"{{windows: [13:15-14:45], spread: lots, events: [{{{FILM}}}]}}",
            "spread",
            "'lots' is not a whole number",
            "",
        ),
        (
            f"{{windows: [13:15-14:45], events: [{{{FILM}, id: a}}]}}",
            "events[0].id",
            "the id 'a' is taken on line 5",
            "",
        ),
        (f"{{windows: [13:15-14:45], events: {{{FILM}}}}}", "events", "a list is expected here", ""),
        (
            "{windows: [13:15-14:45], events: [{title: Film, length: 2h}]}",
            "events[0]",
            "'Film' has no window: it takes 2 h, the window 1 h 30",
            "",
        ),
        (
            f"{{windows: [13:15-15:30], events: [{{{FILM}}}]}}",
            "windows[0]",
            "this window runs into the slot 15:00 \u2013 18:00 on Tuesday 23 February",
            "an event there ends by 15:00",
        ),
        (
            f"{{windows: [{{hours: 13:15-14:45, days: [Wednesday]}}], events: [{{{FILM}, speakers: [chair]}}]}}",
            "events[0]",
            "'Film' has no window: the Chair is not there",
            "",
        ),
        (
            f"{{windows: [{{hours: 13:15-14:45, days: [Tuesday]}}], events: [{{{FILM}, wished: [Wednesday]}}]}}",
            "events[0].wished[0]",
            "no window is open on Wednesday: this wish is never granted",
            "",
        ),
        (
            "[{title: Talk, day: 2027-02-24, hours: 13:15-14:00, speakers: [chair]}]",
            "side_events[0].hours",
            "'Talk' is held on Wednesday 24 February, 13:15 \u2013 14:00, when the Chair is not there",
            "choose other hours",
        ),
        (
            f"{{windows: [13:15-14:45], at_most: 1, events: [{{{FILM}, day: 2027-02-24}}, {GIVEN}, {OTHER}]}}",
            "events",
            "Tuesday 23 February, 13:15 \u2013 14:45 has 2 side events that are given, and at_most is 1",
            "nothing more is placed there",
        ),
        (
            f"{{windows: [13:15-14:45], rooms: [X], events: [{films()}]}}",
            "events",
            "4 side events ask for a place ('Film' (film), 'Film' (film-2), 'Film' (film-3) and",
            "more windows or rooms",
        ),
        (
            f"{{windows: [13:15-14:45], rooms: [X], at_most: 1, events: [{films()}]}}",
            "events",
            "4 side events ask for a place",
            "more windows, or more rooms and a higher at_most",
        ),
        (
            f"{{windows: [13:15-14:45], rooms: [X, Y], at_most: 1, events: [{films()}]}}",
            "events",
            "4 side events ask for a place",
            "more windows, or a higher at_most",
        ),
        (
            f"{{windows: [13:15-14:45], events: [{films(', speakers: [Peru]')}]}}",
            "events",
            "Peru is needed at 4 side events",
            "more windows, or somebody else for one of them",
        ),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_place_and_remedy(
    tmp_path: Path, said: str, path: str, message: str, hint: str
) -> None:
    ((where, text, remedy),) = told(tmp_path, said)
    assert (where, text[: len(message)], remedy[: len(hint)]) == (path, message, hint)


def test_an_absence_at_a_side_event_is_no_mistake(tmp_path: Path) -> None:
    """At noon the chair is missed where a side event needs them, and nowhere else."""
    away = WEEK.replace("absent: [2027-02-24]", "absent: [2027-02-24 13:00-14:00]")
    path = tmp_path / "week.yaml"
    doubt = "nobody meets on Wednesday 24 February, 13:00 to 14:00: are the hours right?"
    for said, doubts in (
        (f"{{windows: [13:15-14:45], events: [{{{FILM}, speakers: [chair]}}]}}", []),
        (f"{{windows: [13:15-14:45], events: [{{{FILM}, speakers: [Peru]}}]}}", [doubt]),
        (f"{{windows: [18:15-19:45], events: [{{{FILM}, speakers: [chair]}}]}}", [doubt]),
        ("[{title: Talk, day: 2027-02-24, hours: 14:00-15:00, organiser: chair}]", [doubt]),
    ):
        path.write_text(away + said, encoding="utf-8")
        assert [each.message for each in load(path).warnings] == doubts


def test_a_window_that_takes_nothing_is_told(tmp_path: Path) -> None:
    said = f"{{windows: [{{hours: 13:15-14:45, at_most: 0}}, 18:15-19:45], events: [{{{FILM}}}]}}"
    assert told(tmp_path, said) == [
        ("windows[0].at_most", "nothing is placed in this window: its at_most is 0", "leave the window out")
    ]


def test_too_many_places_are_refused(tmp_path: Path) -> None:
    events = ", ".join(["{title: Film, length: 1h}"] * 1000)
    rooms = ", ".join(f"R{number}" for number in range(40))
    ((path, message, _),) = told(tmp_path, f"{{windows: [13:15-14:45], rooms: [{rooms}], events: [{events}]}}")
    assert (path, message) == ("events", "120,000 places, events by windows by rooms: 100,000 are the most")


def test_an_event_after_midnight_meets_the_slot_of_the_evening_before_and_one_in_a_break_meets_none(
    tmp_path: Path,
) -> None:
    path = tmp_path / "night.yaml"
    hours = "slots: [10:00-13:00, 22:00-01:00]\n  breaks: [11:30-11:45]"
    events = [
        "  - {day: 2027-03-16, title: Late, hours: 00:30-01:30}",
        "  - {day: 2027-03-16, title: Coffee, hours: 11:30-11:45}",
        "  - {day: 2027-03-16, title: Later, hours: 01:00-02:00}",
    ]
    text = SCENARIO.replace("slots: [{hours: 08:30-09:30, reserved_for: [CLOSED]}, 10:00-13:00, 15:00-18:00]", hours)
    path.write_text(text + "\n".join(events), encoding="utf-8")
    assert [(w.path, w.message, w.hint) for w in load(path).warnings] == [
        (
            "side_events[0].hours",
            "'Late' is held from 00:30 to 01:30, and the meeting has the slot 22:00 \u2013 01:00 (next day) on Monday "
            "15 March: nobody can be at both",
            "the meeting has no slot from 13:00 to 22:00, before 10:00 or after 01:00",
        )
    ]
