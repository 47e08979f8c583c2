"""``schedule explain``: why nothing fits, why a session is where it is, what rules cost, and where ties differ."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.commands.limits import Clock, time_limit_option
from scheduler.commands.progress import busy
from scheduler.commands.shared import Whole, console, echo, json_option, outbox_for, print_json, say, store, warn
from scheduler.errors import Exit, InputError, OutOfTime
from scheduler.outcome import Status
from scheduler.wording import as_sentence

if TYPE_CHECKING:
    from exports.files import Outbox
    from scheduler.domain.timetable import Timetable
    from scheduler.explanation.impossible import Explanation
    from scheduler.forecasting.planning import PromisePlan
    from scheduler.forecasting.windows import Forecast
    from scheduler.reading.loading import Loaded


PRICES_SHARE = 0.6
"""Share of the time for prices when ties are asked for too."""


@click.command("explain")
@click.argument("scenario", metavar="SCENARIO")
@click.argument("timetable", metavar="[TIMETABLE", required=False)
@click.argument("session", metavar="SESSION]", required=False)
@click.option("--prices", "want_prices", is_flag=True, help="What each rule costs, and how far each number may move.")
@click.option(
    "--ties",
    "want_ties",
    is_flag=True,
    help="Where equally good timetables differ, and which wish leaves the fewest.",
)
@click.option("--ways", default=3, show_default=True, type=Whole(1, 20), metavar="N", help="Ways out to look for.")
@click.option(
    "--certificate",
    "certificate",
    metavar="FILE",
    help="Write what 'schedule verify' needs to prove the answer again.",
)
@time_limit_option
@json_option
def command(
    scenario: str, timetable: str | None, session: str | None, want_prices: bool, want_ties: bool, ways: int,
    certificate: str | None, clock: Clock, as_json: bool,
) -> int:  # fmt: skip
    """Explain why no timetable exists, and the cheapest ways out.

    With a TIMETABLE and a SESSION, or a side event: why it is there and not elsewhere.

    Exit status 0: a timetable exists; 3: proved that none exists; 4: not known within the time limit.

    \b
    Example: schedule explain scenarios/impossible/csp11-friday.yaml
             schedule explain scenarios/csp10.yaml out/csp10.json dief
    """
    from scheduler.reading.loading import load

    with clock.alarm():
        loaded = load(scenario)
    if timetable is not None and session is None:
        raise InputError("name the session to explain as well: schedule explain SCENARIO TIMETABLE SESSION")
    if session is not None and (want_prices or want_ties or certificate):
        raise InputError(
            "--prices, --ties and --certificate are about the whole scenario: leave out TIMETABLE and SESSION"
        )
    if certificate and (want_prices or want_ties):
        raise InputError("a certificate is about one answer: leave out --prices and --ties")
    warn(loaded.warnings if not as_json else ())
    if timetable is not None and session is not None:
        return _why_here(loaded, timetable, session, clock, as_json)
    if want_prices or want_ties:
        return _priced(loaded, scenario, want_prices, want_ties, clock, as_json)
    return _impossible(loaded, scenario, ways, certificate, clock, as_json)


def _impossible(loaded: Loaded, path: str, ways: int, certificate: str | None, clock: Clock, as_json: bool) -> int:
    from exports.json.explained import of_explanation
    from scheduler.explanation.impossible import explain

    outbox = None if certificate is None else outbox_for(Path(certificate).parent, force=False)
    with busy(), clock.alarm():
        explanation = explain(loaded.scenario, loaded.document, clock.settings(workers=1), ways=ways)
    if not as_json:
        _print(explanation, path)
    chances = _Chances.of(loaded, clock) if explanation.status is Status.FEASIBLE and _has_ranges(loaded) else None
    if as_json:
        print_json(of_explanation(explanation, None if chances is None else chances.document()))
    elif chances is not None:
        chances.print()
    if certificate is not None and outbox is not None:
        failed = _certify(loaded, explanation, outbox, Path(certificate).name, clock, as_json)
        if failed:
            return failed
    if explanation.interrupted:
        return Exit.INTERRUPTED
    if chances is not None and chances.planned.promises_proved_impossible:
        return Exit.INFEASIBLE
    return explanation.status.exit


def _print(explanation: Explanation, path: str) -> None:
    from exports.terminal.explained import print_explanation

    if explanation.status is Status.INFEASIBLE:
        print_explanation(explanation, [path], console())
        return
    echo(explanation.verdict)
    if explanation.status is Status.FEASIBLE:
        echo(f"The best one: schedule solve {path}; what each rule costs: schedule explain {path} --prices")


def _has_ranges(loaded: Loaded) -> bool:
    sessions = loaded.scenario.sessions.values()
    return bool(loaded.scenario.promises) or any(s.duration.low < s.duration.high for s in sessions)


@dataclass(frozen=True)
class _Chances:
    """What promises cost, which of them fail, and which estimate matters most."""

    planned: PromisePlan
    forecast: Forecast | None
    """Of the timetable that comes nearest; None without any timetable."""

    @classmethod
    def of(cls, loaded: Loaded, clock: Clock) -> _Chances:
        """Plan for the promises."""
        from scheduler.forecasting.planning import plan
        from scheduler.forecasting.windows import forecast

        with busy(), clock.alarm():
            planned = plan(loaded.scenario, clock.settings())
        timetable = planned.outcome.timetable or planned.nominal.timetable
        return cls(planned, None if timetable is None else forecast(loaded.scenario, timetable))

    def document(self) -> dict[str, Any]:
        """The same for ``--json``."""
        from exports.json.forecast import forecast_document
        from scheduler.forecasting.influence import influences

        found, planned = self.forecast, self.planned
        document = {} if found is None else forecast_document(found, planned.judgements, influences(found))
        keys = ("meeting", "promises", "estimates_that_matter")
        return {"sentence": planned.sentence, "price": planned.price, **{key: document.get(key) for key in keys}}

    def print(self) -> None:
        """The same for people."""
        from exports.terminal.forecast import summary_lines
        from exports.terminal.screen import Screen
        from scheduler.forecasting.influence import influences

        screen = Screen(console())
        if self.planned.promised:
            screen.print(screen.text(as_sentence(self.planned.sentence)))
        if self.forecast is not None:
            for line in summary_lines(self.forecast, self.planned.judgements, influences(self.forecast)):
                screen.print(screen.text(line.strip()), indent=len(line) - len(line.lstrip()))


def _certify(loaded: Loaded, explanation: Explanation, outbox: Outbox, name: str, clock: Clock, as_json: bool) -> int:
    """Write the certificate; 0, or an exit status when that fails."""
    from scheduler.documents.timetable_document import to_bytes
    from scheduler.explanation.certificate import of_conflict, of_outcome
    from scheduler.solving.engine import solve
    from scheduler.solving.side_events.placing import place

    document = None
    if explanation.conflict is not None:
        document = of_conflict(explanation)
    elif explanation.status is Status.FEASIBLE:
        with suppress(OutOfTime), clock.alarm():
            outcome = solve(loaded.scenario, clock.settings(workers=1))
            events = place(loaded.scenario, clock.settings(workers=1)) if loaded.scenario.to_place else None
            document = of_outcome(loaded.scenario, outcome, events) if outcome.timetable is not None else None
    if document is None and explanation.events_alone:
        echo("There is no certificate that side events cannot be placed: the reasons above say why.", err=True)
        return explanation.status.exit
    if document is None:
        echo("There is nothing to certify: no answer was proved within the time limit.", err=True)
        return Exit.LIMIT
    kept = store(outbox, [(name, to_bytes(document))])
    for written in kept.written:
        echo(f"{written.message} Prove it again: schedule verify {written.path}", err=as_json)
    return replace(kept, written=()).end(Exit.DONE)


def _why_here(loaded: Loaded, timetable: str, name: str, clock: Clock, as_json: bool) -> int:
    from exports.json.explained import of_why_here
    from exports.terminal.answers import print_why_here
    from exports.timetable_reading import read_timetable
    from scheduler.explanation.why_here import session_named, why_here

    stored = read_timetable(timetable, loaded.scenario)
    say((*stored.notes, *(f"{timetable}: {violation.message}." for violation in stored.violations)))
    if name in loaded.scenario.event and not loaded.scenario.work(name):
        return _why_window(loaded, stored.timetable, name, clock, as_json)
    session = session_named(loaded.scenario, stored.timetable, name, timetable)
    with busy(), clock.alarm():
        why = why_here(loaded.scenario, stored.timetable, session, loaded.document, clock.settings(workers=1))
    if as_json:
        print_json(of_why_here(loaded.scenario, why))
    else:
        print_why_here(loaded.scenario, why, console())
    return Exit.DONE


def _why_window(loaded: Loaded, timetable: Timetable, name: str, clock: Clock, as_json: bool) -> int:
    from exports.json.explained import WINDOWS
    from exports.terminal.answers import print_why_window
    from scheduler.explanation.side_events import why_window

    with busy(), clock.alarm():
        why = why_window(loaded.scenario, timetable, name, clock.settings(workers=1))
    if as_json:
        print_json(WINDOWS.of(why, scenario=loaded.scenario.name))
    else:
        print_why_window(loaded.scenario, why, console())
    return Exit.DONE


def _priced(loaded: Loaded, path: str, want_prices: bool, want_ties: bool, clock: Clock, as_json: bool) -> int:
    from exports.json.explained import prices_document
    from exports.terminal.answers import print_prices, print_ties
    from scheduler.explanation.prices import prices
    from scheduler.explanation.ties import tied

    priced, ties, status = None, None, Status.OPTIMAL
    if want_prices:
        share = PRICES_SHARE if want_ties else 1.0
        with busy(), clock.alarm():
            priced = prices(loaded.scenario, loaded.document, clock.settings(share=share))
        status = priced.outcome.status
        if not as_json and priced.outcome.timetable is not None:
            print_prices(priced, console())
    if want_ties:
        with busy(), clock.alarm():
            ties = tied(loaded.scenario, clock.settings())
        status = ties.outcome.status
        if not as_json and ties.timetables:
            print_ties(ties, console())
    if as_json:
        print_json(prices_document(loaded.scenario, priced, ties))
    elif status is Status.INFEASIBLE:
        echo(f"There is no timetable to ask about. Why: schedule explain {path}")
    elif status is Status.UNKNOWN:
        echo("No timetable to ask about was found within the limit. Allow more with --time-limit.")
    return status.exit
