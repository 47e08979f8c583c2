"""The interpreters' programme: which meetings are interpreted, from and into which languages, and by how many teams.

A meeting is a slot of a room in which interpreted work sits. What the scenario does not say of teams is taken to be
usual, and marked as an estimate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from exports.annex.texts import one_line
from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_minutes
from scheduler.domain.meeting import LANGUAGES
from scheduler.domain.timetable import Timetable
from scheduler.rules.rule import Interpretation
from scheduler.scenario import Scenario
from scheduler.wording import capital, counted, listed

USUAL_MEETINGS_A_DAY = 2
USUAL_MEETINGS_A_WEEK = 7
USUAL_MEETING = 3 * 60
"""Minutes of a meeting of one team."""
IN_A_BOOTH = 2
IN_A_BOOTH_BOTH_WAYS = {"ar": 3, "zh": 3}
"""Interpreters of languages whose booths work both ways: six languages of the United Nations take fourteen."""
_Place: TypeAlias = tuple[int, str]
"""A slot, and the title of a room."""


@dataclass(frozen=True, slots=True)
class Interpreted:
    """One meeting; hours in minutes after midnight of its day."""

    slot: int
    day: date
    start: int
    end: int
    room: str
    what: str
    """What sits in it."""
    team: str
    """``A``, ``B`` ..."""
    remark: str


@dataclass(frozen=True, slots=True)
class InterpretersProgramme:
    """All of it; without meetings a note says why."""

    languages: str
    """Their names in a sentence."""
    codes: str
    """``ar zh en``"""
    meetings: tuple[Interpreted, ...]
    team: int | None
    """Interpreters in a team, an estimate; None: the languages are not known."""
    notes: tuple[str, ...]
    """What is said by the scenario, and what is an estimate."""

    def days(self) -> Iterator[tuple[date, int, int, int]]:
        """Each day with its meetings, the most at once, and its teams."""
        for day in dict.fromkeys(meeting.day for meeting in self.meetings):
            mine = [meeting for meeting in self.meetings if meeting.day == day]
            at_once = Counter(meeting.slot for meeting in mine)
            yield day, len(mine), max(at_once.values()), len({meeting.team for meeting in mine})


def interpreters_programme(scenario: Scenario, timetable: Timetable) -> InterpretersProgramme:
    """The programme; without meetings where the scenario says nothing of interpretation."""
    said = [found for rule in scenario.rules if (found := rule.interpretation(scenario)) is not None]
    codes = scenario.meeting.interpretation
    languages = listed([LANGUAGES[code] for code in codes]) if codes else "not said"
    if not said and (codes is None or len(codes) < 2):
        note = "The scenario names no languages of interpretation (meeting.interpretation) and no teams."
        if codes is not None:
            note = (
                f"Nothing is interpreted: the meeting is held in {languages}." if codes else "Nothing is interpreted."
            )
        return InterpretersProgramme(languages, "", (), None, (note,))
    work = {session for one in said for session in one.sessions} if said else set(scenario.sessions)
    of_team = min((one.meetings_per_day for one in said), default=USUAL_MEETINGS_A_DAY)
    meetings = _with_teams(_meetings(scenario, timetable, work), of_team)
    team = sum(IN_A_BOOTH_BOTH_WAYS.get(code, IN_A_BOOTH) for code in codes) if codes and len(codes) > 1 else None
    return InterpretersProgramme(
        languages, " ".join(codes or ()), meetings, team, tuple(_notes(said, meetings, of_team, team))
    )


def _meetings(scenario: Scenario, timetable: Timetable, work: set[SessionId]) -> list[Interpreted]:
    """Each slot of each room in which any of the work sits, without teams, in order of time."""
    found: dict[_Place, list[tuple[int, int, SessionId]]] = {}
    for placement in timetable:
        for segment in placement.segments if placement.session in work else ():
            place = segment.slot, scenario.room_title(placement.room_on(segment.day))
            found.setdefault(place, []).append((segment.start, segment.end, placement.session))
    meetings = []
    for (slot, room), parts in found.items():
        parts.sort()
        start, end = parts[0][0], max(last for _, last, _ in parts)
        what = "\n".join(dict.fromkeys(one_line(scenario.title(session)) for _, _, session in parts))
        long = f"{show_minutes(end - start)}: longer than a meeting of one team" if end - start > USUAL_MEETING else ""
        day = scenario.calendar.axis.slots[slot].day
        meetings.append(Interpreted(slot, day, start, end, one_line(room), what, "", long))
    return sorted(meetings, key=lambda meeting: (meeting.day, meeting.start, meeting.room))


def _with_teams(meetings: Sequence[Interpreted], of_team: int) -> tuple[Interpreted, ...]:
    """Each meeting with the first team that is free and has not done its meetings of the day."""
    found: list[Interpreted] = []
    for each in meetings:
        done = Counter(other.team for other in found if other.day == each.day)
        busy = {other.team for other in found if other.slot == each.slot}
        team = next(name for n in range(len(meetings)) if done[name := _letter(n)] < of_team and name not in busy)
        found.append(Interpreted(each.slot, each.day, each.start, each.end, each.room, each.what, team, each.remark))
    return tuple(found)


def _letter(number: int) -> str:
    """``A`` to ``Z``, then ``AA``."""
    return (_letter(number // 26 - 1) if number > 25 else "") + chr(ord("A") + number % 26)


def _notes(
    said: Sequence[Interpretation], meetings: Sequence[Interpreted], of_team: int, team: int | None
) -> Iterator[str]:
    whose = "as the scenario says" if said else "estimate: what is usual"
    yield f"A team does {counted(of_team, 'meeting')} a day, of up to {USUAL_MEETING // 60} hours each ({whose})."
    if said:
        yield f"The scenario has {counted(min(one.teams for one in said), 'team')}; teams beyond them are missing."
    if team is not None:
        yield (
            f"Estimate: {team} interpreters in a team, two for each language and three for Arabic and Chinese. Ask the "
            "interpreters' service."
        )
    weekly = next((one.meetings_per_week for one in said if one.meetings_per_week), None)
    weeks = Counter((each.team, each.day - timedelta(days=each.day.weekday())) for each in meetings)
    for (name, monday), number in sorted(weeks.items()):
        if number > (weekly or USUAL_MEETINGS_A_WEEK):
            most = (
                f"{weekly} are the most that the scenario allows"
                if weekly
                else f"about {USUAL_MEETINGS_A_WEEK} are usual"
            )
            yield capital(f"team {name} has {number} meetings in the week of {monday.isoformat()}: {most}.")
