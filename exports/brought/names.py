"""Finds which sessions a text means: ids, titles, names and abbreviations of sessions and bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from exports.annex.entries import access_note
from exports.annex.texts import full_name, one_line
from exports.annex.titles import CONTINUED, REPEATED, alike_in, numbered, titled
from exports.brought.days import read_hours
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.clock import NEXT_DAY
from scheduler.domain.programme import Body
from scheduler.scenario import Scenario
from scheduler.wording import listed, quoted, suggest, very_near

SHORT = 4
"""Names up to this length are found within a text as they are written only: 'AI' is no part of 'aid'."""
_CLOCK = r"\d{1,2}[:.h]\d{2}"
_FROM_TO = rf"(?:\b(?:until|till|to)\s+)?{_CLOCK}(?:\s*(?:-|–|—|\bto\b)\s*{_CLOCK})?"  # noqa: RUF001  planners paste dashes
HOURS = rf"{_FROM_TO}(?:{re.escape(NEXT_DAY)})?"
"""A pattern of hours in a text."""
_WRAPPED = re.compile(r"\n {2,}(?=[^\s\u2022-])")
"""Where a line below a bullet goes on."""
_WORDS = r"\((?:\d{1,3}|repeated)(?:, (?:repeated|continued))*\)"
"""A pattern of what stands in place of a title; see ``exports.annex.titles``."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Sessions that a text means: one, or those of a body in the order in which they are listed."""

    name: str
    """What messages call them."""
    queue: tuple[SessionId, ...]
    body: str | None = None
    """The id of the body that is named, None where a session is."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a cell says of some sessions: who, the hours as written, and the room."""

    meant: Meant
    hours: str = ""
    room: str = ""


class UnclearNameError(ValueError):
    """A text that means several things, or nothing that the scenario has."""


class Names:
    """All names of a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._ids: dict[str, Meant] = {}
        self._names: dict[str, list[Meant]] = {}
        self._alike: set[Meant] = set()
        for body in scenario.bodies:
            self._add_body(body)
        self._titles = self._titles_of_sessions()
        self._folded: dict[str, list[Meant]] = {}
        for name, found in (*((id_, [meant]) for id_, meant in self._ids.items()), *self._names.items()):
            self._folded.setdefault(name.casefold(), []).extend(found)
        self.rooms = {_plain(name).casefold(): RoomId(r.id) for r in scenario.rooms for name in (r.title, r.id)}

    def _titles_of_sessions(self) -> dict[SessionId, set[str]]:
        """What each session may be called, alone or with others of its title, in small letters."""
        titles = {SessionId(s.id): {s.id.casefold()} for body in self.scenario.bodies for s in body.sessions}
        for name, found in self._names.items():
            for each in found:
                for session in each.queue if len(each.queue) == 1 or each in self._alike else ():
                    titles[session].add(name.casefold())
        return titles

    def _add_body(self, body: Body) -> None:
        sessions = tuple(SessionId(session.id) for session in body.sessions)
        title = _plain(body.title)
        whole = Meant(title or body.id, self.scenario.work(body.id) or sessions, body.id)
        self._ids[body.id] = whole
        for name in (title, _plain(body.name or ""), _plain(full_name(body))):
            self._name(name, whole)
        groups = list(alike_in(self.scenario, body))
        for group in groups:
            self._add_group(body, group)
        alike = {session for group in groups for session in group}
        for session in body.sessions:
            id_ = SessionId(session.id)
            held = self.scenario.sessions.get(id_)
            shown = self.scenario.title(id_) if held else session.title or session.id
            one = Meant(_plain(shown), (id_,))
            self._ids[session.id] = one
            names: tuple[str, ...] = (shown, session.title or "", f"{title} {session.title or ''}")
            if id_ in alike:  # by its title all that have it are meant
                names = () if _plain(shown) in self._names else (shown,)
            for name in names:
                self._name(_plain(name), one)

    def _add_group(self, body: Body, group: Sequence[SessionId]) -> None:
        """What several sessions of a body with one title, or none, are called: all by the title, one by its number.

        From the second time on what is held again is also called repeated.
        """
        known = [session for session in group if session in self.scenario.sessions]
        first = {self.scenario.first_of(session): session for session in reversed(known)}
        again = tuple(session for session in known if session not in first.values())
        times = {self.scenario.first_of(session) for session in again}
        title = next((each.title for each in body.sessions if each.id in group and each.title), "")
        if title:
            self._add_alike(body, title, tuple(group))
        self._add_alike(body, titled(title, [REPEATED]), again)
        for number, session in enumerate(group, 1):
            held_again = session in known and self.scenario.first_of(session) in times
            repeated = [REPEATED] if held_again else []
            for words in ([], repeated, [CONTINUED], [*repeated, CONTINUED]):
                text = titled(title, [numbered(number), *words])
                self._name(_plain(f"{body.title} {text}"), Meant(_plain(text), (session,)))
                if title:
                    self._name(_plain(text), Meant(_plain(text), (session,)))

    def _add_alike(self, body: Body, text: str, queue: tuple[SessionId, ...]) -> None:
        if queue:
            meant = Meant(_plain(text), queue)
            self._alike.add(meant)
            for name in (text, f"{body.title} {text}"):
                if not name.startswith("("):
                    self._name(_plain(name), meant)

    def _name(self, name: str, meant: Meant) -> None:
        found = self._names.setdefault(name, [])
        if name and all(each.queue != meant.queue for each in found):
            found.append(meant)

    def find(self, text: str) -> Meant | None:
        """Who is called so; None: nobody.

        Raises:
            UnclearNameError: several are.
        """
        shown = _plain(text)
        if shown in self._ids:
            return self._ids[shown]
        found = self._names.get(shown) or self._folded.get(shown.casefold()) or []
        queues = {each.queue: each for each in found}
        if len(queues) > 1:
            ids = listed([_ids(each) for each in queues.values()], "or")
            raise UnclearNameError(f"{quoted(shown)} may be {ids}: write the id")
        return next(iter(queues.values()), None)

    def needed(self, text: str) -> Meant:
        """Who is called so.

        Raises:
            UnclearNameError: nobody, or several.
        """
        found = self.find(text)
        if found is None:
            raise UnclearNameError(self.unknown(text))
        return found

    def unknown(self, text: str) -> str:
        """That nobody is called so, and who may be meant."""
        near = self._nearest(text) or suggest(_plain(text), [e.title for e in self.scenario.listed_events])
        hint = f"did you mean {quoted(near)}?" if near else f"bodies: {', '.join(self._bodies)}"
        return f"{quoted(_plain(text))} is no session or body of scenario '{self.scenario.name}': {hint}"

    def _nearest(self, text: str) -> str | None:
        return suggest(_plain(text), [*self._ids, *self._names])

    @property
    def _bodies(self) -> list[str]:
        return [body.id for body in self.scenario.bodies][:12]

    def is_near(self, text: str) -> bool:
        """Whether a text differs from a name by hardly more than a letter; of a single word more may differ."""
        if len(text.split()) == 1:
            return self._nearest(text) is not None
        return very_near(_plain(text), [*self._ids, *filter(None, self._names)])

    def of_body(self, body: str, title: str) -> Meant:
        """The sessions of a body that a title names; of a body with one session that one, whatever the title.

        Raises:
            UnclearNameError: no such body, or no such session of it.
        """
        whole = self.needed(body)
        if not title.strip():
            return whole
        wanted = _plain(title).casefold()
        called = {wanted, f"{whole.name} {wanted}".casefold()}
        found = tuple(session for session in whole.queue if called & self._titles[session])
        if not found and len(whole.queue) > 1:
            near = suggest(_plain(title), [title for session in whole.queue for title in self._titles[session]])
            hint = f"did you mean {quoted(near)}?" if near else "keep body and title as they were"
            raise UnclearNameError(
                f"{quoted(_plain(f'{body} {title}'))} is no session of scenario '{self.scenario.name}': {hint}"
            )
        if len(found) == 1:
            return self._ids[found[0]]
        return Meant(f"{whole.name} {_plain(title)}", found, whole.body) if found else whole

    def room(self, text: str) -> str | None:
        """The id of a room by id or name; a text that is neither is given back; None: nothing is written."""
        shown = _plain(text)
        return self.rooms.get(shown.casefold(), shown) or None

    # --- in a cell -------------------------------------------------------------------------------------------

    def in_cell(self, text: str) -> list[Named]:
        """Who meets according to the text of a cell, in order, with hours and rooms; nobody of a mere note.

        Raises:
            UnclearNameError: a name that several bear.
        """
        text = self._notes.sub(" ", _WRAPPED.sub(" ", text))
        pieces = [piece for piece in re.split(r"[\n;]", text) if piece.strip()]
        whole = self.find(text.replace("\n", " "))
        if whole is not None:
            return [Named(whole)]
        try:
            found = [self.find(piece) for piece in pieces]
        except UnclearNameError:  # the body above may tell which
            found = []
        if found and all(found):
            return list(_without_labels([Named(each) for each in found if each is not None]))
        return list(_without_labels(self._scanned(text.replace(";", "\n"))))

    def _scanned(self, text: str) -> list[Named]:
        """Names in a text, each with the hours and the room beside it.

        Hours at the beginning of a line with a name belong to that name, all others to the name before them.
        """
        tokens = list(self._pattern.finditer(text))
        found: list[Named] = []
        ahead, waiting = False, ""
        for number, token in enumerate(tokens):
            before = text[: token.start()].rpartition("\n")
            ahead = ahead and "\n" not in text[tokens[number - 1].end() : token.start()]
            following = tokens[number + 1] if number + 1 < len(tokens) else None
            if token.lastgroup == "hours":
                if not before[2].strip(" \t\u2022-"):
                    ahead = following is not None and "\n" not in text[token.end() : following.start()]
                if ahead or not found:
                    waiting = token[0]
                elif found[-1].hours and len(found[-1].meant.queue) > 1:  # the next session of the same body
                    found.append(Named(found[-1].meant, token[0]))
                else:
                    found[-1] = Named(found[-1].meant, found[-1].hours or token[0], found[-1].room)
            elif token.lastgroup == "room":
                self._lodge(found, token[0])
            elif token.lastgroup == "words":
                if meant := self._of_the_last(found, token[0]):
                    found.append(Named(meant, waiting))
                    waiting = ""
            else:
                found.append(Named(self._below(found, token[0]), waiting))
                waiting = ""
        return found

    def unread(self, text: str) -> list[str]:
        """Lines of a cell in which nobody is named, notes in brackets aside.

        Raises:
            UnclearNameError: a word is nearly a name.
        """
        plain = self._notes.sub(" ", _WRAPPED.sub(" ", text)).replace(";", "\n")
        if self.find(plain) is not None:
            return []
        told: dict[int, str] = {}
        rest = list(plain)
        starts: set[int] = set()
        for token in self._pattern.finditer(plain):
            starts.update(range(plain.count("\n", 0, token.start()), plain.count("\n", 0, token.end()) + 1))
            rest[token.start() : token.end()] = [sign if sign == "\n" else " " for sign in token[0]]
        left = re.sub(r"\([^()]*\)?", lambda note: "\n" * note[0].count("\n"), "".join(rest))
        for number, line in enumerate(left.split("\n")):
            words = re.findall(r"[^\W\d][\w-]*", line)
            for word in words:
                if len(word) > 2 and word.isupper() and self._nearest(word) is not None:
                    raise UnclearNameError(self.unknown(word))
            if words and number not in starts and self.find(line) is None:
                told[number] = f"{told.pop(number - 1, '')} {line}".strip()  # a remark may take several lines
        return list(told.values())

    def _lodge(self, found: list[Named], room: str) -> None:
        """The room that stands below sessions of one body is that of all that have none."""
        owner = self.scenario.body_of.get(found[-1].meant.queue[0]) if found else None
        for at in reversed(range(len(found))):
            each = found[at]
            if at < len(found) - 1 and (each.room or self.scenario.body_of.get(each.meant.queue[0]) != owner):
                break
            found[at] = Named(each.meant, each.hours, room)

    def _of_the_last(self, above: list[Named], text: str) -> Meant | None:
        """The session with this title, or these words in brackets, of the body named last; None: it has none such."""
        body = self.scenario.body_of.get(above[-1].meant.queue[0]) if above else None
        return None if body is None else self.find(f"{body.title} {text}")

    def _below(self, above: list[Named], text: str) -> Meant:
        """Who is called so: first of all a session of the body that stands above it."""
        label = next((each.meant for each in reversed(above) if each.meant.body is not None), None)
        if label is not None and label.body is not None and _plain(text) not in self._ids:
            own = tuple(session for session in label.queue if _plain(text).casefold() in self._titles[session])
            if len(own) == 1:
                return self._ids[own[0]]
            if own and (alike := self.find(f"{self.scenario.body[label.body].title} {text}")) is not None:
                return alike
        try:
            return self.needed(text)
        except UnclearNameError:
            if (meant := self._of_the_last(above, text)) is None:
                raise
            return meant

    @cached_property
    def _notes(self) -> re.Pattern[str]:
        """What our annex says of who may attend: it may name a body."""
        notes = {note for session in self.scenario.sessions if (note := access_note(self.scenario, session))}
        return re.compile("|".join(map(_escaped, sorted(notes))) or r"(?!)")

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Names, the longest first, hours, and rooms where there are several."""
        names = sorted({*self._ids, *filter(None, self._names)}, key=len, reverse=True)
        rooms = [_plain(room.title) for room in self.scenario.rooms if len(self.scenario.rooms) > 1]
        rooms = [room for room in rooms if room not in names]
        groups = {
            "name": [f"(?i:{_escaped(name)})" for name in names if len(name) > SHORT],
            "short": [_escaped(name) for name in names if len(name) <= SHORT],
            "room": [_escaped(room) for room in sorted(rooms, key=len, reverse=True)],
        }
        found = [rf"(?P<{kind}>(?<!\w)(?:{'|'.join(each)})(?!\w))" for kind, each in groups.items() if each]
        return re.compile("|".join([*found, rf"(?P<words>{_WORDS})", rf"(?P<hours>{HOURS})"]))


def _without_labels(found: Iterable[Named]) -> Iterator[Named]:
    """Without bodies that only head the list of their own sessions: ``WG`` before ``On arms`` of the WG."""
    listed_ = list(found)
    for number, each in enumerate(listed_):
        below = listed_[number + 1] if number + 1 < len(listed_) else None
        if below is None or not _heads(each, below):
            yield each
        elif each.hours and not below.hours:
            listed_[number + 1] = Named(below.meant, each.hours, below.room)


def _heads(label: Named, below: Named) -> bool:
    """Whether a body is named only as the head of what stands below it."""
    within = label.meant != below.meant and set(below.meant.queue) <= set(label.meant.queue)
    return label.meant.body is not None and within and not _apart(label.hours, below.hours)


def _apart(hours: str, others: str) -> bool:
    """Whether hours lie outside others: those of a session, not of all that stand below it."""
    (start, end), (opens, closes) = (read_hours(each) or (None, None) for each in (hours, others))
    if start is None or end is None or opens is None or closes is None:
        return False
    return not start <= opens < closes <= end


def _escaped(name: str) -> str:
    """A pattern of a name whose lines may be broken anywhere."""
    return r"\s+".join(map(re.escape, name.split()))


def _ids(meant: Meant) -> str:
    return quoted(meant.body or meant.queue[0])


def _plain(text: str) -> str:
    return " ".join(one_line(text).split()).rstrip(": ")
