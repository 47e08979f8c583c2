"""The starter conference that ``schedule init --conference`` writes: a scenario and the two tables that it names."""

from __future__ import annotations

from datetime import date

from scheduler.domain.clock import parse_hours, show_clock, weekday
from scheduler.starters.series import working_days

SLOTS = ("09:30-10:50", "11:10-12:30", "14:00-15:20")

_TEXT = """\
# yaml-language-server: $schema=schedule.schema.json
# {name}: a conference to start from. Change what you need; docs/conferences.md and docs/rules.md explain every rule.
# The sessions stand in {name}.sessions.csv, what the bodies wish in {name}.wishes.csv: keep both beside this file.
# Check it: schedule validate {name}.yaml
# Solve it: schedule solve {name}.yaml

name: {name} # names the files that are written

meeting:
  series: {name} Conference
  annex_title: "{upper} CONFERENCE: PROVISIONAL PROGRAMME, {{DATES}}" # the dates are those of `days:` below
  venue: Geneva
  time_zone: Europe/Zurich
  status: draft

calendar:
  slots: [{slots}] # of every day that has none of its own
  grain: 20 min # papers start on this step
  days:
{days}

rooms:
  - {{id: hall, name: Main hall, capacity: 200}}
  - {{id: room-2, name: Room 2, capacity: 80}}
  - {{id: room-3, name: Room 3, capacity: 40}}

# Chairs. Somebody who also presents a paper stands in the table under the same name, spelt alike. When presenters are
# away, columns absent and present of the table say: docs/people.md.
officers:
  - {{id: chair-law, name: Amina Keller, post: Chair}}
  - {{id: chair-data, name: Luis Moreau, post: Chair}}
  - {{id: chair-practice, name: Sofia Lindqvist, post: Chair}}

# style: agenda: messages name a paper by its title alone, without its body.
bodies:
  - {{id: law, label: Law and courts, style: agenda, officers: [chair-law]}}
  - {{id: data, label: Data and reporting, style: agenda, officers: [chair-data]}}
  - {{id: practice, label: Practice, style: agenda, officers: [chair-practice]}}

# A workbook will do as well: {{from: papers.xlsx, sheet: papers}}
sessions: {{from: {name}.sessions.csv}}

# Each rule must hold, unless it has a weight: then breaking it costs that number of points.
rules:
  # These two make it a conference.
  - {{rule: within_slot, source: no break interrupts a paper}}
  - {{rule: one_body_per_room, source: the audience of a body stays in its room}}

  # People
  - {{id: presenters, rule: presenters_apart, level: slot, source: nobody presents in two rooms of one slot}}
  - {{id: chairs, rule: chairs_apart, source: who chairs two bodies can be at both}}
  - {{id: interests, rule: attendees_apart, level: slot, weight: 2, source: registration form}}

  # Bodies
  - {{id: one-room, rule: few_rooms, weight: 5}}
  - {{id: full-slots, rule: few_slots, weight: 4}}
  - {{id: not-twice, rule: not_parallel_with_itself}}
  - {{id: in-a-row, rule: consecutive_slots, weight: 10}} # over a night too: add within_day where that is too long

  # Rooms and wishes
  - {{id: hall-taken, rule: room_unavailable, room: hall, when: [{last_slot}], source: the house needs it}}
  - id: wishes
    rule: preferences
    weight: 1
    bodies_by_slot: {{from: {name}.wishes.csv}} # points for each slot that a body would rather not have
    source: letters from the chairs
"""

_SESSIONS = """\
id,title,body,duration,presenters,attendees,attendance
law-1,The duty to prevent: ten years of case law,law,40 min,Amina Keller,Omar Haddad,150
law-2,Courts as users of reports,law,20 min,Priya Raman,,
law-3,Export licences before administrative judges,law,20 min,Jonas Berg; Elena Rossi,Luis Moreau,
law-4,What counts as knowledge?,law,40 min,Tomás Duarte,,
data-1,Reading annual reports by machine,data,20 min,Luis Moreau,Priya Raman,
data-2,Gaps that repeat: reports that never come,data,40 min,Grace Mwangi; Omar Haddad,,60
data-3,Customs codes and what they hide,data,20 min,Yuki Mori,,
data-4,A common format after all?,data,20 min,Elena Rossi,Grace Mwangi; Jonas Berg,
practice-1,A day in a licensing office,practice,40 min,Sofia Lindqvist,Yuki Mori,
practice-2,Checks after delivery: three visits,practice,40 min,Samuel Osei,Amina Keller,
practice-3,Keeping records with few people,practice,20 min,Nadia Petrov,,
practice-4,Training that survives staff turnover,practice,20 min,Omar Haddad,Tomás Duarte; Nadia Petrov,
"""


def starter_conference(name: str, first: date, last: date) -> dict[str, str]:
    """The texts of the files by their names, the scenario first, for the working days from ``first`` to ``last``.

    Raises:
        ValueError: the days run backwards, are too many, or hold no working day.
    """
    days = working_days(first, last)
    scenario = _TEXT.format(
        name=name,
        upper=name.upper(),
        slots=", ".join(f'"{hours}"' for hours in SLOTS),
        days="\n".join(f"    - {weekday(day)} {day.isoformat()}" for day in days),
        last_slot=f"{days[-1].isoformat()} {SLOTS[-1]}",
    )
    return {
        f"{name}.yaml": scenario,
        f"{name}.sessions.csv": _SESSIONS,
        f"{name}.wishes.csv": _wishes(days[0]),
    }


def _wishes(first: date) -> str:
    """Points by body and slot of the first day."""
    opening = [show_clock(parse_hours(hours)[0]) for hours in SLOTS]
    header = ",".join(["body", *(f"{first} {clock}" for clock in opening)])
    return f"{header}\nlaw,3,,\ndata,,,2\npractice,1,1,\n"
