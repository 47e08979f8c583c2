"""The starter scenario that ``schedule init`` writes: complete, commented, valid and solvable."""

from __future__ import annotations

from datetime import date, timedelta

from scheduler.domain.clock import show_date, weekday, write_minutes

MOST_DAYS = 31

_TEXT = """\
# yaml-language-server: $schema=schedule.schema.json
# {name}: a starter. Change what you need; docs/scenario.md of treaty-schedule explains every key.
# Check it: schedule validate {name}.yaml
# Solve it: schedule solve {name}.yaml

name: {name} # names the files that are written

meeting:
  series: {name} Working Group Meetings
  annex_title: "{{draft}} SCHEDULE OF {upper} WORKING GROUP MEETINGS: {{DATES}}" # the dates are those of `days:` below
  venue: Geneva
  time_zone: Europe/Zurich
  status: draft
  footnotes:
    - "The draft schedule is subject to change, as appropriate. The meetings will be held **on a rolling basis**."

calendar:
  slots: [10:00-13:00, 15:00-18:00] # of every day that has none of its own
  grain: 30 min # sessions start on this step
  days:
{days}

# People whose presence matters; take the bodies' `officers:` lines away if nobody's does.
officers:
  - id: chair-one
    post: Chair of the first working group
    # absent: [{last}]           # or: present: [{first}..{last}]
  - id: chair-two
    post: Chair of the second working group
# Those who hold no post and are not always there; sessions name them under presenters:.
# people: [{{name: Dr Example, absent: [{last}]}}]

bodies:
  - id: WG1
    name: First Working Group
    officers: [chair-one]
    sessions:
      - id: wg1-a
        title: Sub-working Group on the first subject
        duration: {long}
      - id: wg1-b
        title: Sub-working Group on the second subject
        duration: {short} # or {{low: 1h, likely: 1h30, high: 2h30}}, or from the speakers' list
  - id: WG2
    name: Second Working Group
    officers: [chair-two]
    # access: [states-parties, signatory-states]   # a closed body: nobody else may stay
    sessions:
      - id: wg2
        duration: {short}

side_events: tbc

# What the invitation says beyond all this; docs/letter.md. Write it with: schedule letter {name}.yaml out/{name}.json
# letter:
#   letterhead: [The Treaty, CH-1202 Geneva]
#   secretariat: {{name: the Secretariat, email: info@example.org}}
#   paragraphs:
#     - {{text: "The Conference established a preparatory process.", under: background}}

# Each rule must hold, unless it has a weight: then breaking it costs that number of points.
rules:
  - id: plenary
    rule: one_at_a_time
    source: one plenary; many delegations are one or two people
  - id: rolling-basis
    rule: rolling
    of: [WG1, WG2]
  - id: working-groups
    rule: order
    of: [WG1, WG2]
  - id: sub-groups
    rule: order
    of: [wg1-a, wg1-b]
  - id: no-waste
    rule: early_finish
    weight: 1 # a wish: one point for each slot later than need be
"""


def starter(name: str, first: date, last: date) -> dict[str, str]:
    """The text of the file by its name, for the working days from ``first`` to ``last``, inclusive.

    Raises:
        ValueError: the days run backwards, are too many, or hold no working day.
    """
    working = working_days(first, last)
    lines = "\n".join(f"    - {weekday(day)} {day.isoformat()}" for day in working)
    capacity = 6 * 60 * len(working)
    short = max(60, capacity // 4 // 30 * 30)
    text = _TEXT.format(
        name=name,
        upper=name.upper(),
        days=lines,
        first=working[0].isoformat(),
        last=working[-1].isoformat(),
        long=write_minutes(min(capacity - 2 * short, 6 * 60)),
        short=write_minutes(min(short, 6 * 60)),
    )
    return {f"{name}.yaml": text}


def working_days(first: date, last: date) -> list[date]:
    """Monday to Friday from ``first`` to ``last``, inclusive.

    Raises:
        ValueError: the days run backwards, are too many, or hold no working day.
    """
    if last < first:
        raise ValueError(
            f"{show_date(last, year=True)} is before {show_date(first, year=True)}: write the first day first"
        )
    if (last - first).days >= MOST_DAYS:
        raise ValueError(f"a series of {(last - first).days + 1} days: a starter has at most {MOST_DAYS}")
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    working = [day for day in days if day.weekday() < 5]
    if not working:
        raise ValueError("there is no working day among these days: nobody meets at weekends")
    return working
