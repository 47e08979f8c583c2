"""The annex as a web page: one file that asks nothing of anybody; for the screen, a telephone, paper, a screen reader.

A small script, the only one that the content security policy lets run, shows hours in the reader's own time zone and
one body alone. Search engines find the sessions as events of schema.org.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from exports.annex.side_events import SIDE_EVENT
from exports.annex.texts import Paragraph, full_name, local_time, one_line
from exports.annex.titles import titled, words_of_titles
from exports.html.layout import Layout, layout_of
from exports.html.pages import fill, said
from exports.table import segments_table
from scheduler.domain.clock import parse_clock
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario

SCRIPT = files("exports.html").joinpath("templates", "annex.js").read_text("utf-8")
_HASH = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"
)
MODES = {"online": "Online", "hybrid": "Mixed", "in_person": "Offline"}
"""How people take part, as schema.org says it."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is held in one stretch of time, in a row of the list."""

    begins: datetime
    ends: datetime
    """Both in the time zone of the meeting."""
    body: str
    """Its id; empty of a side event."""
    of: str
    """The name of the body."""
    title: str
    """Empty where it is that of the body."""
    access: str
    """Who is admitted, where not everybody is; else empty."""
    room: str

    @property
    def day(self) -> str:
        """``Tuesday 25 February``."""
        return f"{self.begins:%A} {self.begins.day} {self.begins:%B}"

    @property
    def hours(self) -> str:
        """``10:00 - 13:00`` with an en dash."""
        return f"{self.begins:%H:%M} \u2013 {self.ends:%H:%M}"


@dataclass(frozen=True, slots=True)
class AnnexPage:
    """What the page shows."""

    code: str
    heading: Paragraph
    series: str
    about: str
    """Venue and time zone."""
    local: str
    """``Geneva local time``."""
    zone: str
    layout: Layout
    held: tuple[Held, ...]
    """In order of time."""
    rooms: bool
    """Whether more than one room is in use."""
    bodies: tuple[tuple[str, str], ...]
    """Ids and names of the bodies that meet, in the order of the scenario."""


def html_bytes(scenario: Scenario, timetable: Timetable, layout: Layout | None = None) -> bytes:
    """The page, in UTF-8; equal arguments give equal bytes. A revision gives its own ``layout``, with marks."""
    page = page_of(scenario, timetable, layout or layout_of(scenario, timetable))
    return fill(
        "annex.html.jinja", page=page, policy=POLICY, script=Markup(SCRIPT), events=_linked(scenario, page),
        one_body_alone=True,
    ).encode("utf-8", "replace")  # fmt: skip


def page_of(scenario: Scenario, timetable: Timetable, layout: Layout) -> AnnexPage:
    """What the page shows of a timetable."""
    meeting = scenario.printed
    held = tuple(_held(scenario, timetable))
    met = {each.body for each in held}
    heading = layout.grid or layout.board
    assert heading is not None
    return AnnexPage(
        meeting.annex_code,
        heading.title,
        meeting.series,
        heading.subtitle,
        local_time(meeting),
        meeting.time_zone,
        layout,
        held,
        len({each.room for each in held if each.body}) > 1,
        tuple((body.id, full_name(body)) for body in scenario.bodies if body.id in met),
    )


def _held(scenario: Scenario, timetable: Timetable) -> Iterator[Held]:
    zone, words = ZoneInfo(scenario.meeting.time_zone), words_of_titles(scenario, timetable)
    for row in segments_table(scenario, timetable):
        begins = datetime.combine(row["date"], time(), zone) + timedelta(minutes=parse_clock(row["start"]))
        ends = datetime.combine(row["date"], time(), zone) + timedelta(minutes=parse_clock(row["end"]))
        ends += timedelta(days=ends <= begins)
        access = "" if row["access"] == "all" else row["access"]
        if row["body"] == SIDE_EVENT and row["session"] in scenario.event:
            yield Held(begins, ends, "", SIDE_EVENT, row["title"], access, row["room"])
            continue
        body = scenario.body_of[row["session"]]
        own = one_line(scenario.sessions[row["session"]].title or "")
        title = titled(own, words.get(row["session"], ()))
        yield Held(begins, ends, body.id, full_name(body), title, access, row["room"])


def _linked(scenario: Scenario, page: AnnexPage) -> Markup:
    """The meeting and what is held in it as linked data, which cannot end its element."""
    meeting = scenario.printed
    mode = MODES.get(meeting.format or "")
    common: dict[str, Any] = {"eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode"} if mode else {}
    if meeting.venue and meeting.format != "online":
        common["location"] = {"@type": "Place", "name": said(meeting.venue)}
    parts = [
        {"@type": "Event", "name": said(f"{each.of}: {each.title}" if each.title else each.of)}
        | {"startDate": each.begins.isoformat(), "endDate": each.ends.isoformat()}
        | common
        for each in page.held
    ]
    whole: dict[str, Any] = {"@context": "https://schema.org", "@type": "Event", "name": said(page.series)}
    if page.held:
        whole |= {"startDate": min(each.begins for each in page.held).date().isoformat()}
        whole |= {"endDate": max(each.ends for each in page.held).date().isoformat()}
    text = json.dumps(whole | common | {"subEvent": parts}, ensure_ascii=False, indent=1)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
