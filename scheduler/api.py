"""The library: what the commands do, as functions for a script or a notebook.

No function prints, and files are written only where a path is given. What cannot be used raises a ``ScheduleError``
with the message of the command line. A function that reaches its time limit without any answer raises a
``TimeoutError``. Time limits are in seconds; lengths of sessions are texts with a unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Literal, overload

from scheduler.api_values.arguments import a_path, a_scenario, a_timetable, mapping, seconds, texts, whole
from scheduler.api_values.loaded import LoadedScenario, setting
from scheduler.api_values.results import (
    CheckResult,
    CompareResult,
    ExplainResult,
    ForecastResult,
    PricesResult,
    ReplanResult,
    ShownTimetable,
    SolveResult,
    TiesResult,
    WhatIfResult,
    WhyHereResult,
    WhyWindowResult,
    written,
)
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError, OutOfTime
from scheduler.scenario import Scenario

if TYPE_CHECKING:
    from pandas import DataFrame

    from scheduler.comparison.option import Option
    from scheduler.domain.violations import Violation
    from scheduler.outcome import Settings
    from scheduler.reading.yamltext import Document

Answer = SolveResult | WhatIfResult | ReplanResult | ShownTimetable | Scenario
"""What can be compared; scenarios are solved first."""
OPTIONS = {"require": "--require", "forbid": "--forbid", "values": "--set", "drop": "--drop"}
"""Options of ``schedule what-if``, by parameter of ``what_if``."""


def load(path: str | Path) -> LoadedScenario:
    """Read a scenario and check it.

    Parameters
    ----------
    path
        A YAML file.

    Returns
    -------
    LoadedScenario
        The scenario. ``warnings`` says what is doubtful in it; ``with_`` makes a changed scenario.

    Raises
    ------
    ScenarioError
        The file has mistakes: the message has all of them, each with its line and a remedy.

    Examples
    --------
    >>> import scheduler as s
    >>> s.load("scenarios/csp11.yaml")
    <Scenario csp11: 4 sessions of 3 bodies on 4 days, 7 rules, one body not held>
    """
    from scheduler.reading.loading import load as read

    return LoadedScenario.of(read(a_path(path)))


def read_timetable(path: str | Path, scenario: Scenario | None = None) -> ShownTimetable:
    """Read a timetable that was stored or typed by hand.

    Parameters
    ----------
    path
        What this program wrote, as JSON, CSV or workbook, edited or not; or half-days in a table, as
        ``docs/by-hand.md`` says.
    scenario
        The scenario to hold it against; None: the scenario that it was made for.

    Returns
    -------
    ShownTimetable
        The timetable with its ``scenario``; ``violations`` names sessions that could not be placed.

    Raises
    ------
    InputError
        There is no such file, or its bytes cannot be read: a damaged workbook, text that is not UTF-8.
    TimetableError
        What was read is no timetable, or its scenario is not at hand. (Also an ``InputError``.)

    Examples
    --------
    >>> import scheduler as s
    >>> s.read_timetable("tests/golden/csp11-timetable.json", s.load("scenarios/csp11.yaml"))
    <Timetable of csp11: 4 sessions, 2025-02-25 to 2025-02-28>
    """
    from exports.timetable_reading import read_timetable as read

    stored = read(str(a_path(path)), None if scenario is None else a_scenario(scenario), widen=True)
    return ShownTimetable(stored.scenario, stored.timetable, stored)


def solve(
    scenario: Scenario, *, time_limit: float = 60.0, seed: int = 0, workers: int | None = None
) -> SolveResult:  # fmt: skip
    """Find the cheapest timetable that keeps every rule that must hold, and every promise.

    Parameters
    ----------
    scenario
        The scenario to solve.
    time_limit
        Seconds for everything. When they are over, or Ctrl-C is pressed, the answer is the best timetable so far.
    seed
        Seed of the search, a whole number, 0 or more. A proved answer does not depend on it.
    workers
        Threads of the solver, 1 to 256; None: one, and all cores if one does not suffice.

    Returns
    -------
    SolveResult
        ``timetable`` (None when there is none), ``status``, ``cost`` and ``bound`` in points.

    Raises
    ------
    EngineError
        The checker does not confirm what the solver claims: a fault of the program.

    Examples
    --------
    >>> import scheduler as s
    >>> answer = s.solve(s.load("scenarios/csp11.yaml"))
    >>> answer
    <Answer to csp11: optimal: no timetable of this scenario costs less, and no other is as good>
    >>> print(answer.status, answer.cost)
    optimal 0
    """
    from scheduler.solving.completing import solve_all

    with _settings(time_limit, seed, workers) as settings:
        if not a_scenario(scenario).promises:
            return SolveResult(scenario, solve_all(scenario, settings))
        from scheduler.forecasting.planning import plan

        planned = plan(scenario, settings)
        return SolveResult(scenario, planned.outcome, planned)


def check(scenario: Scenario, timetable: Timetable | None) -> CheckResult:
    """Hold a timetable, ours or another's, against every rule of a scenario.

    Parameters
    ----------
    scenario
        The scenario whose rules count.
    timetable
        A timetable of ``solve``, ``read_timetable`` or another function.

    Returns
    -------
    CheckResult
        ``keeps_all``, ``cost`` in points, and ``violations``.

    Raises
    ------
    InputError
        There is no timetable.

    Examples
    --------
    >>> import scheduler as s
    >>> week = s.load("scenarios/csp11.yaml")
    >>> s.check(week, s.read_timetable("tests/golden/csp11-timetable.json", week))
    <Check of csp11: it keeps every rule that must hold; it costs 0 points>
    """
    from scheduler.checking import check as judge

    judged, there, given = _held_against(scenario, timetable)
    if scenario.promises:
        from scheduler.forecasting.promises import not_kept

        given = (*given, *not_kept(judged, there))
    return CheckResult(judged, judge(judged, there, given))


@overload
def explain(scenario: Scenario, *, ways: int = ..., time_limit: float = ...) -> ExplainResult: ...
@overload
def explain(
    scenario: Scenario, timetable: Timetable | None, session: str, *, time_limit: float = ...
) -> WhyHereResult | WhyWindowResult: ...
@overload
def explain(scenario: Scenario, *, prices: Literal[True], time_limit: float = ...) -> PricesResult: ...
@overload
def explain(scenario: Scenario, *, ties: Literal[True], time_limit: float = ...) -> TiesResult: ...
def explain(
    scenario: Scenario, timetable: Timetable | None = None, session: str | None = None, *, prices: bool = False,
    ties: bool = False, ways: int = 3, time_limit: float = 60.0,
) -> ExplainResult | WhyHereResult | WhyWindowResult | PricesResult | TiesResult:  # fmt: skip
    """Explain an answer.

    Each call asks one question: why there is no timetable, why a session is where it is, what each rule costs, or where
    equally good timetables differ.

    Parameters
    ----------
    scenario
        The scenario to explain.
    timetable, session
        Give both to ask why a session is where it is: its id, or the id of a body that has one session; or the id of a
        side event that was placed.
    prices
        Whether to ask what each rule costs, and how far each number may move.
    ties
        Whether to ask where equally good timetables differ.
    ways
        How many ways out to look for, 0 to 20.
    time_limit
        Seconds for everything.

    Returns
    -------
    ExplainResult, WhyHereResult, WhyWindowResult, PricesResult or TiesResult
        Without a session: ``status``, ``clash``, and the ways out as ``frame()``. With a session: ``frame()`` says for
        every other slot what it would cost in points, or which rules would have to be given up; of a side event, for
        every other window, what it would cost or why it is none for it. With ``prices``:
        ``frame()`` says what each rule costs in points, ``margins()`` how many minutes each number may move. With
        ``ties``: ``timetables``, ``preference``, and ``frame()`` says where each session may be.

    Raises
    ------
    InputError
        There is no timetable, no such session in it, or several questions are asked at once.

    Examples
    --------
    >>> import scheduler as s
    >>> week = s.load("scenarios/impossible/csp11-friday.yaml")
    >>> s.explain(week).status.value
    'infeasible'
    >>> s.explain(s.load("scenarios/csp11.yaml"), prices=True)
    <Prices of csp11: the best timetable costs 0; 0 rules and 0 wishes cost something>
    """
    if (timetable is not None or session is not None) + prices + ties > 1:
        raise InputError("ask one question at a time: about a session of a timetable, prices=True, or ties=True")
    if timetable is not None and session is None:
        raise InputError("name the session to explain as well: explain(scenario, timetable, session)")
    text, path = _source(scenario)
    with _settings(time_limit, workers=None if prices or ties else 1) as settings:
        if prices:
            from scheduler.explanation.prices import prices as price

            return PricesResult(scenario, price(scenario, text, settings))
        if ties:
            from scheduler.explanation.ties import tied

            return TiesResult(scenario, tied(scenario, settings))
        if session is None:
            from scheduler.explanation.impossible import explain as why_impossible

            return ExplainResult(why_impossible(scenario, text, settings, ways=whole("ways", ways, 0, 20)), (path,))
        return _why_here(scenario, timetable, str(session), text, settings)


def _why_here(
    scenario: Scenario, timetable: Timetable | None, name: str, text: Document | None, settings: Settings
) -> WhyHereResult | WhyWindowResult:
    from scheduler.explanation.why_here import session_named, why_here

    judged, there, _ = _held_against(scenario, timetable)
    if name in judged.event and not judged.work(name):
        from scheduler.explanation.side_events import why_window

        return WhyWindowResult(judged, why_window(judged, there, name, settings))
    return WhyHereResult(judged, why_here(judged, there, session_named(judged, there, name), text, settings))


def what_if(
    scenario: Scenario, *, require: str | Sequence[str] = (), forbid: str | Sequence[str] = (),
    values: Mapping[str, object] | None = None, drop: str | Sequence[str] = (), time_limit: float = 60.0,
) -> WhatIfResult:  # fmt: skip
    """Solve a scenario with and without a change: what it costs and what moves, or why it is impossible.

    Parameters
    ----------
    scenario
        The scenario without the change.
    require
        What must hold: ``"wgtu on Wed pm"``, ``"wgtr at 15:00"``, ``"wgtu before wgtr"``; one, or a list.
    forbid
        What must not hold: ``"wgtu on Thu"``; one, or a list.
    values
        New values by path: ``{"bodies.WGTU.sessions.wgtu.duration": "6h"}``.
    drop
        Names of rules that become wishes; one, or a list.
    time_limit
        Seconds for everything.

    Returns
    -------
    WhatIfResult
        ``before`` and ``after`` (each as from ``solve``), ``cost`` in points, the sessions that move as ``frame()``,
        and an ``explanation`` if the change makes the scenario impossible.

    Raises
    ------
    InputError
        No change is given, or a change cannot be read, or it names something that does not exist.

    Examples
    --------
    >>> import scheduler as s
    >>> week = s.load("scenarios/csp11.yaml")
    >>> s.what_if(week, require="wgtu on Thu")
    <What if, of csp11: it costs 0, without the change 0; 0 sessions changed>
    """
    from scheduler.explanation.whatif import what_if as ask
    from scheduler.replanning.replan import moving_fewest

    text, path = _source(scenario)
    asked = {
        "require": texts("require", require), "forbid": texts("forbid", forbid), "drop": texts("drop", drop),
        "values": tuple(setting(*pair) for pair in mapping("values", values).items()),
    }  # fmt: skip
    if not any(asked.values()):
        raise InputError("name a change: require, forbid, values or drop")
    arguments = (path, *(word for name, told in asked.items() for text in told for word in (OPTIONS[name], text)))
    with _settings(time_limit, workers=None) as settings:
        answer = ask(scenario, text, settings, **asked)
        if answer.nearest or answer.before.timetable is None:
            return WhatIfResult(answer, None, arguments)
        out = answer.before.timetable
        fewest = moving_fewest(answer.changed, out, answer.scenario, settings, answer.days)
        return WhatIfResult(answer, fewest, arguments)


def compare(
    options: Sequence[Answer] | Mapping[str, Answer], *, over: str | Sequence[str] = (), published: bool = False,
    time_limit: float = 60.0,
) -> CompareResult:  # fmt: skip
    """Compare timetables: criteria, what moves, and which is nowhere worse than another.

    Parameters
    ----------
    options
        Answers, timetables or scenarios, up to 26, in a list or by name. Scenarios are solved first.
    over
        Ids of criteria for the Pareto set: ``["days", "nights"]``; one, or a list.
    published
        Whether the first option is published: then fewer changes against it are better.
    time_limit
        Seconds for each scenario that is solved.

    Returns
    -------
    CompareResult
        ``frame()`` has a row for each criterion, and a column of numbers for each option.

    Raises
    ------
    InputError
        There are no options or too many, an option is of another kind, or a criterion does not exist.

    Examples
    --------
    >>> import scheduler as s
    >>> a, b = (s.load(f"scenarios/options/csp11-{name}.yaml") for name in ("a-published", "c-five-short-days"))
    >>> [float(days) for days in s.compare([a, b]).frame().loc["days"].iloc[3:]]
    [4.0, 5.0]
    """
    from scheduler.api_values.risk_criteria import RISK_CRITERIA
    from scheduler.comparison.compare import compare as lay

    named = _named(options)
    laid = [_option(ascii_uppercase[index], *pair, time_limit) for index, pair in enumerate(named)]
    return CompareResult(lay(laid, texts("over", over), published=published, further=RISK_CRITERIA))


def replan(
    scenario: Scenario, published: Timetable | None, *, frozen_before: str | date | None = None,
    announced: str | Sequence[str] = (), draft: str | Sequence[str] = (), keep: str | Sequence[str] = (),
    weights: Mapping[str, int] | None = None, time_limit: float = 60.0,
) -> ReplanResult:  # fmt: skip
    """Change a published timetable as little as a changed scenario allows.

    Parameters
    ----------
    scenario
        The changed scenario.
    published
        The published timetable.
    frozen_before
        A day, or a moment (``"2025-02-26 15:00"``, or a ``datetime``): sessions that begin before it stay.
    announced, draft
        Ids of bodies or sessions that are announced only, or only a draft; one, or a list.
    keep
        What sessions keep: ``"day:WGTR"``, ``"order:all"``; one, or a list.
    weights
        Points of a move, as after ``schedule replan --weight``: ``{"officer": 3}``.
    time_limit
        Seconds for everything.

    Returns
    -------
    ReplanResult
        ``timetable``, ``moved`` (ids of sessions), the changes as ``frame()``, and a ``sentence`` that says whether
        they are proved the fewest. ``to_workbook(path, reason=...)`` gives the annex as a revision.

    Raises
    ------
    InputError
        There is no timetable, or a text cannot be read.

    Examples
    --------
    >>> import scheduler as s
    >>> week = s.load("scenarios/csp11.yaml")
    >>> s.replan(week.with_(durations={"wgtu": "5h"}), s.solve(week).timetable).moved
    ()
    """
    from scheduler.replanning.published import published_in
    from scheduler.replanning.replan import replan as search
    from scheduler.replanning.replan import with_events
    from scheduler.replanning.replan_wishes import wishes_of

    there = a_timetable(published)
    before = there.scenario if isinstance(there, ShownTimetable) else scenario
    outside = there.stored.outside if isinstance(there, ShownTimetable) and there.stored else frozenset()
    weighed = [f"{name}={number}" for name, number in mapping("weights", weights).items()]
    asked = wishes_of(
        scenario,
        _moment(frozen_before),
        texts("announced", announced),
        texts("draft", draft),
        texts("keep", keep),
        weighed,
    )
    with _settings(time_limit) as settings:
        out = published_in(scenario, before, there, outside)
        answer = search(scenario, out.places, asked, settings, days=out.days)
        return ReplanResult(scenario, with_events(answer, scenario, out, asked, settings), out)


def forecast(
    scenario: Scenario, timetable: Timetable | None = None, *, time_limit: float = 60.0
) -> ForecastResult:  # fmt: skip
    """Forecast when each session will really start, and how likely it overruns.

    Parameters
    ----------
    scenario
        A scenario with durations as ranges; without ranges every session starts as planned.
    timetable
        The timetable to forecast; None: the scenario is solved first.
    time_limit
        Seconds for solving.

    Returns
    -------
    ForecastResult
        ``overruns`` (a chance from 0 to 1), ``promises``, and ``frame()`` with a row for each session.

    Raises
    ------
    InputError
        There is no timetable, or a session is not placed in it.

    Examples
    --------
    >>> import scheduler as s
    >>> found = s.forecast(s.load("scenarios/forecast/csp11-ranges.yaml"))
    >>> found.frame()["planned"].is_monotonic_increasing
    True
    """
    from scheduler.forecasting.promises import judge
    from scheduler.forecasting.windows import forecast as look_ahead

    asked = solve(scenario, time_limit=time_limit).timetable if timetable is None else timetable
    judged, there, _ = _held_against(scenario, asked)
    if missing := [session for session in scenario.sessions if session not in there]:
        raise InputError(f"{scenario.title(missing[0])} is not placed: a forecast needs every session")
    found = look_ahead(judged, there)
    return ForecastResult(found, judge(found))


def to_frame(scenario: Scenario, timetable: Timetable | None) -> DataFrame:
    """Give the timetable as a pandas table, one row for each segment: the part of a session in one slot.

    Parameters
    ----------
    scenario
        The scenario of the timetable, for the names of bodies, rooms and officers.
    timetable
        The timetable.

    Returns
    -------
    DataFrame
        ``date``, ``start`` and ``end`` are moments (``start`` and ``end`` in the time zone of the venue), ``minutes`` a
        whole number, ``title`` and ``officers`` texts, the others categories.

    Raises
    ------
    InputError
        There is no timetable.

    Examples
    --------
    >>> import scheduler as s
    >>> week = s.load("scenarios/csp11.yaml")
    >>> frame = s.to_frame(week, s.solve(week).timetable)
    >>> len(frame), int(frame["minutes"].sum())
    (9, 1440)
    """
    from exports.frames import timetable_frame

    judged, there, _ = _held_against(scenario, timetable)
    return timetable_frame(judged, there)


def to_workbook(
    scenario: Scenario, timetable: Timetable | None, path: str | Path | None = None, *, force: bool = False
) -> bytes:
    """Give the annex and the list of sessions as an Excel workbook that can go out with the letter.

    Parameters
    ----------
    scenario
        The scenario of the timetable.
    timetable
        The timetable.
    path
        Where to write it; None: nowhere. ``.schedule.json`` beside it remembers which files are ours.
    force
        Whether to overwrite a file that a person has edited.

    Returns
    -------
    bytes
        The file; equal arguments give equal bytes.

    Raises
    ------
    InputError
        There is no timetable.
    OutputError
        It could not be written; or a person has edited the file at ``path``, and the new one stands beside it.

    Examples
    --------
    >>> import scheduler as s
    >>> week = s.load("scenarios/csp11.yaml")
    >>> s.to_workbook(week, s.solve(week).timetable)[:2]
    b'PK'
    """
    from exports.revision import without_claims
    from exports.xlsx.annex import annex_bytes

    judged, there, _ = _held_against(scenario, timetable)
    return written(annex_bytes(without_claims(judged), there), path, force=force)


@contextmanager
def _settings(time_limit: float, seed: int = 0, workers: int | None = None) -> Iterator[Settings]:
    """Settings of a search that begins now; a ``TimeoutError`` if it ends without any answer."""
    from scheduler.outcome import Settings

    limit = seconds("time_limit", time_limit)
    threads = None if workers is None else whole("workers", workers, 1, 256)
    try:
        yield Settings(limit, whole("seed", seed, 0, 2**31 - 1), threads).part()
    except OutOfTime:
        message = f"the time limit of {time_limit:g} s was reached before there was an answer: allow more"
        raise TimeoutError(message) from None


def _source(scenario: Scenario) -> tuple[Document | None, str]:
    """The text of a scenario with the places of its values (None without a file), and its file for a command."""
    known = LoadedScenario.from_scenario(a_scenario(scenario))
    return known.written, known.path


def _held_against(scenario: Scenario, timetable: Timetable | None) -> tuple[Scenario, Timetable, tuple[Violation, ...]]:
    """A scenario, a timetable held against it, and violations of single sessions.

    The scenario is given further slots for sessions outside its own.
    """
    there = a_timetable(timetable)
    if not isinstance(there, ShownTimetable):
        return a_scenario(scenario), there, ()
    if there.scenario.sha256 == a_scenario(scenario).sha256:
        return there.scenario, there, there.violations
    from scheduler.documents.stored_timetable import place_sessions
    from scheduler.documents.timetable_document import events_member, sessions_of

    found = place_sessions(
        scenario, sessions_of(there.scenario, there), events_member(there).get("side_events", ()), widen=True
    )
    return found.scenario, found.timetable, found.violations


def _named(options: Sequence[Answer] | Mapping[str, Answer]) -> list[tuple[str | None, Answer]]:
    """The options with their names; None for an option without one."""
    if isinstance(options, Mapping):
        named: list[tuple[str | None, Answer]] = [(str(name), option) for name, option in options.items()]
    elif isinstance(options, str | Path | Answer) or not isinstance(options, Iterable):
        raise InputError("options: write a list, as in compare([one, other]), or a mapping from names")
    else:
        named = [(None, option) for option in options]
    if not 1 <= len(named) <= len(ascii_uppercase):
        raise InputError(f"{len(named)} options: from 1 to {len(ascii_uppercase)} can be compared")
    return named


def _option(letter: str, name: str | None, answer: Answer, time_limit: float) -> Option:
    """An answer as an option of a comparison."""
    from scheduler.comparison.option import Option

    if isinstance(answer, ShownTimetable):
        called = name or answer.scenario.option or answer.scenario.name
        stored = answer.stored
        outside, notes = (frozenset(), ()) if stored is None else (stored.outside, stored.disagreements)
        return Option(
            letter, called, answer.scenario, answer, "checked", answer.violations, outside=outside, notes=notes
        )
    if not isinstance(answer, SolveResult | WhatIfResult | ReplanResult):
        answer = solve(answer, time_limit=time_limit)
    if isinstance(answer, WhatIfResult):
        answer = answer.after
    if isinstance(answer, ReplanResult):
        answer = answer.answer
    called = name or answer.scenario.option or answer.scenario.name
    outcome = answer.outcome
    return Option(letter, called, answer.scenario, answer.timetable, outcome.status.value, reasons=outcome.reasons)


def _moment(when: str | date | None) -> str | None:
    if isinstance(when, datetime):
        return f"{when:%Y-%m-%d %H:%M}"
    if isinstance(when, date):
        return when.isoformat()
    return None if when is None else " ".join(texts("frozen_before", when))
