"""A scenario in Python: it knows where each value was written, and can be changed like a file that extends it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from numbers import Integral, Real
from typing import Any, Optional

from pydantic import PrivateAttr

from scheduler.api_values.arguments import mapping, texts
from scheduler.domain.base import trusted
from scheduler.reading.diagnostics import Diagnostic
from scheduler.reading.entry import from_data
from scheduler.reading.loading import Loaded, from_document
from scheduler.reading.yamltext import Document, parse_document
from scheduler.scenario import Scenario
from scheduler.wording import counted

WITH = "with_()"
"""What messages call the text of a change."""
UNNAMED = "SCENARIO"
"""Stands in commands for the file of a scenario that is in no file as it is."""


class LoadedScenario(Scenario):
    """A scenario that knows where each value was written. Everything that takes a scenario takes it."""

    _loaded: Optional[Loaded] = PrivateAttr(default=None)  # noqa: UP045  pydantic reads it

    @classmethod
    def of(cls, loaded: Loaded) -> "LoadedScenario":
        """The scenario of a file that was read and found valid."""
        found = cls.from_scenario(loaded.scenario)
        found._loaded = loaded
        return found

    @classmethod
    def from_scenario(cls, scenario: Scenario) -> "LoadedScenario":
        """The same of a scenario that is valid already, and whose file is not known."""
        if isinstance(scenario, cls):
            return scenario
        fields = {name: getattr(scenario, name) for name in Scenario.model_fields}
        found = trusted(cls, **fields)
        kept = ("document", "sha256")  # of a scenario with further slots these are still what the planner wrote
        found.__dict__.update({name: vars(scenario)[name] for name in kept if name in vars(scenario)})
        return found

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> "LoadedScenario":
        """Copy the scenario; ``with_`` is the usual way to change it.

        Parameters
        ----------
        update
            New values by top-level key, in the words of the YAML.
        deep
            Whether the values are copied too.

        Returns
        -------
        LoadedScenario
            The copy. With ``update`` it has passed every check.

        Raises
        ------
        ScenarioError
            With every mistake.

        Examples
        --------
        >>> import scheduler as s
        >>> s.load("scenarios/csp11.yaml").model_copy(update={"option": "Other days"}).option
        'Other days'
        """
        if not update:
            return super().model_copy(deep=deep)
        return LoadedScenario.from_scenario(from_data({**self.document, **update}))

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What is doubtful about it: each with its place and a sentence: ``warning.message``."""
        return () if self._loaded is None else self._loaded.warnings

    @property
    def written(self) -> Document | None:
        """The text with the places of its values; None where it was made from another scenario in Python."""
        return None if self._loaded is None else self._loaded.document

    @property
    def path(self) -> str:
        """The file that a command can be given for it; ``SCENARIO`` where it stands in none as it is."""
        return UNNAMED if self.written is None or self.written.name == WITH else self.written.name

    def with_(
        self,
        *,
        durations: Mapping[str, object] | None = None,
        absent: Mapping[str, object] | None = None,
        values: Mapping[str, object] | None = None,
        add: Mapping[str, Sequence[object]] | None = None,
        remove: str | Sequence[str] = (),
    ) -> "LoadedScenario":
        """The same scenario with changes; this one stays as it is.

        The changes are those of a file that extends another, in the words of the YAML, and pass the same checks.

        Parameters
        ----------
        durations
            Lengths by session, each a text (``"6h"``, ``"90 min"``, ``"1.5 half-days"``) or a ``timedelta``.
        absent
            By officer or person the times at which they are away, in place of those stated: days
            (``"2025-02-28"``, or a ``date``) or parts of days (``"Fri pm"``); one, or a list.
        values
            Any values by path, as after ``schedule what-if --set``: ``{"calendar.slots": ["09:00-13:00"]}``.
        add
            Items by list: ``{"rules": [{"rule": "end_of_day", "of": ["WGTR"]}]}``.
        remove
            Paths of what is to go: ``"rules.dief-last"``; one, or a list.

        Returns
        -------
        LoadedScenario
            The changed scenario.

        Raises
        ------
        ScenarioError
            With every mistake: a path that leads nowhere, a value that does not fit, a reference to what is not there.
        InputError
            An argument is of another kind.

        Examples
        --------
        >>> import scheduler as s
        >>> week = s.load("scenarios/csp11.yaml")
        >>> week.with_(durations={"wgtu": "6h"}, values={"calendar.slots": ["09:00-13:00", "15:00-18:00"]})
        <Scenario csp11: 4 sessions of 3 bodies on 4 days, 7 rules, one body not held>
        """
        from scheduler.reading.variants import merged

        told = {f"sessions.{session}.duration": length for session, length in mapping("durations", durations).items()}
        told |= {f"{self._family(who)}.{who}.absent": _times(times) for who, times in mapping("absent", absent).items()}
        change = {"name": self.name, "option": self.option, "set": told | dict(mapping("values", values))}
        text = _written({**change, "add": dict(mapping("add", add)), "remove": list(texts("remove", remove))})
        base = self.written or parse_document(_json(self.document).encode(), self.name)
        return LoadedScenario.of(from_document(merged(parse_document(text.encode(), WITH), base)))

    def _family(self, who: str) -> str:
        """The list in which somebody is found."""
        people = {name for person in self.people or () for name in (person.id, person.name)}
        return "people" if who in people and who not in self.officer else "officers"

    def __repr__(self) -> str:
        bodies = len({body.id for body in self.body_of.values()})
        gone = f", {counted(len(self.dropped), 'body', 'bodies')} not held" if self.dropped else ""
        warned = f", {counted(len(self.warnings), 'warning')}" if self.warnings else ""
        held = f"{counted(len(self.sessions), 'session')} of {counted(bodies, 'body', 'bodies')}"
        days, rules = counted(len(self.calendar.axis.days), "day"), counted(len(self.rules), "rule")
        return f"<Scenario {self.name}: {held} on {days}, {rules}{gone}{warned}>"

    __str__ = __repr__


def setting(path: str, value: object) -> str:
    """A value with its path as after ``schedule what-if --set``."""
    return f"{path}={_json(value)}"


def _written(change: Mapping[str, Any]) -> str:
    """A change as the text of a file that extends another, one value a line."""
    lines = [f"{key}: {_json(change[key])}" for key in ("name", "option") if change[key] is not None]
    for key in ("set", "add"):
        if change[key]:
            lines += [f"{key}:", *(f"  {_json(path)}: {_json(value)}" for path, value in change[key].items())]
    return "\n".join([*lines, *([f"remove: {_json(change['remove'])}"] if change["remove"] else [])])


def _times(given: object) -> list[object]:
    """Times at which somebody is away, one or several."""
    return list(given) if isinstance(given, list | tuple | set | frozenset) else [given]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    """What JSON has no word for, as the YAML writes it; a number of another library is a number."""
    if isinstance(value, timedelta) and value % timedelta(minutes=1) == timedelta(0):
        return f"{value // timedelta(minutes=1)} min"
    if isinstance(value, Real):
        return int(value) if isinstance(value, Integral) else float(value)
    return str(value.date() if isinstance(value, datetime) and value.time() == time.min else value)
