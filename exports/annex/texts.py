"""The texts of an annex that every layout prints: paragraphs, names, the heading and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from exports.annex.text_metrics import Run
from scheduler.domain.meeting import Meeting
from scheduler.domain.programme import Body

SIGN = "\u21c4"
"""In a revision: stands before each mark and before the footnote that explains them."""

_BLANKS = re.compile("[ \t\n\v\f\r\x85\u2028\u2029]+")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_REVISED = re.compile(r"Rev\.\d+: ")
_ORDINAL = re.compile(r"(?<![\w.,:/-])(\d{1,3})(st|nd|rd|th)(?!\w)")
_CITIES = {
    "Europe/Zurich": {
        "Geneva": "Geneva|Genève|Geneve|Genf|CICG|Palais des Nations",
        "Zurich": "Zurich",
        "Zürich": "Zürich",
        "Bern": "Berne?",
        "Basel": "Basel",
        "Lausanne": "Lausanne",
        "Montreux": "Montreux",
    }
}
"""Other cities of a time zone where treaty bodies meet, and patterns that find them in the name of a venue."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text before its lines are broken. A bullet stands before the first line; the others are indented."""

    runs: tuple[Run, ...]
    bullet: bool = False

    @property
    def text(self) -> str:
        """Its words, without looks and bullet."""
        return "".join(run.text for run in self.runs)


def one_line(text: str) -> str:
    """The text in one line, without control characters; no-break blanks stay."""
    return _CONTROLS.sub("", _BLANKS.sub(" ", text).strip(" "))


def full_name(body: Body) -> str:
    """``Working Group on Examples (WG)``: name and label of a body; where one contains the other, the longer alone."""
    title, name = one_line(body.title).rstrip(":") or body.id, one_line(body.name or "")
    if not name:
        return title
    for one, other in ((name, title), (title, name)):
        if re.search(rf"(?<!\w){re.escape(other)}(?!\w)", one, re.IGNORECASE):
            return one
    return f"{name} ({title})"


def paragraph(
    text: str, *, bold: bool = False, italic: bool = False, bullet: bool = False, markup: bool = False
) -> Paragraph:
    """A text with ordinals (1st, 2nd) raised; with ``markup``, ``**words**`` are bold."""
    pieces = _BOLD.split(one_line(text)) if markup else [one_line(text)]
    runs = [
        Run(part, bold or number % 2 == 1, italic, superscript=raised)
        for number, piece in enumerate(pieces)
        for part, raised in _ordinals(piece)
        if part
    ]
    return Paragraph(tuple(runs), bullet)


def _ordinals(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a text into parts, each with whether it is raised."""
    done = 0
    for match in _ORDINAL.finditer(text):
        yield text[done : match.start(2)], False
        yield match[2], True
        done = match.end()
    yield text[done:], False


DOT = "  ·  "
"""What parts the facts below the title."""


def subtitle(meeting: Meeting, room: str = "") -> str:
    """``Centre International de Conférences Genève (CICG) - all times Geneva local time`` with a raised dot.

    The city is the one that the venue names, or else that of the time zone. An online or hybrid meeting says so behind
    its venue. ``room``: the title of the only one in use, where no cell names it.
    """
    facts = (_where(meeting), one_line(room), f"all times {local_time(meeting)}")
    return DOT.join(fact for fact in facts if fact)


def local_time(meeting: Meeting) -> str:
    """``Geneva local time``; of a time zone that is no place its name."""
    zone = meeting.time_zone
    city = _city_of(meeting.venue or "", zone) or zone.rpartition("/")[2].replace("_", " ")
    return f"{city} local time" if "/" in zone and not zone.startswith("Etc/") else zone


def _where(meeting: Meeting) -> str:
    """The venue, and how people take part where they need not come; empty where neither is said."""
    venue = one_line(meeting.venue or "")
    how = {"online": "online", "hybrid": "in person and online"}.get(meeting.format or "", "")
    return f"{venue} ({how})" if venue and how else venue or f"{how[:1].upper()}{how[1:]}"


def _city_of(venue: str, zone: str) -> str | None:
    """The city that a venue names first."""
    found = {
        match.start(): city
        for city, names in _CITIES.get(zone, {}).items()
        if (match := re.search(rf"(?<!\w)({names})(?!\w)", venue, re.IGNORECASE))
    }
    return found[min(found)] if found else None


def heading(meeting: Meeting) -> tuple[Paragraph, tuple[Paragraph, ...]]:
    """The title, with an asterisk where there are footnotes, and the footnotes with theirs.

    Notes on revisions, which begin with a sign or ``Rev.1:``, come last and have no asterisks.
    """
    signed = [note for note in meeting.footnotes if note.startswith(SIGN) or _REVISED.match(note)]
    marked = [note for note in meeting.footnotes if note not in signed]
    footnotes = tuple(_footnote(number, note) for number, note in enumerate(marked, 1))
    title = one_line(meeting.annex_title)
    asterisk = "*" if footnotes and not title.endswith("*") else ""
    return paragraph(title + asterisk), (*footnotes, *(paragraph(note) for note in signed))


def _footnote(number: int, note: str) -> Paragraph:
    """The footnote after its asterisks, which replace those that the scenario has."""
    mark, _, rest = one_line(note).partition(" ")
    runs = paragraph(rest if not mark.strip("*") else note, markup=True).runs
    asterisks = f"{'*' * number} "
    if runs and runs[0] == Run(runs[0].text):
        return Paragraph((Run(asterisks + runs[0].text), *runs[1:]))
    return Paragraph((Run(asterisks), *runs))
