"""``schedule replan``: the smallest change to a timetable that is out."""

from __future__ import annotations

import shlex
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from scheduler.commands.limits import Clock, time_limit_option
from scheduler.commands.shared import (
    Kept,
    console,
    echo,
    force_option,
    json_option,
    out_option,
    outbox_for,
    print_json,
    say,
    store,
    warn,
)
from scheduler.domain.base import altered
from scheduler.errors import InputError, OutOfTime
from scheduler.outcome import Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from scheduler.replanning.replan import Replan, Step
    from scheduler.scenario import Scenario


REPLAN_SHARE = 0.6
"""Share of the time for the new timetable when ``--pareto`` asks for more."""


@click.command("replan")
@click.argument("scenario", metavar="SCENARIO")
@click.option("--from", "published", required=True, metavar="TIMETABLE", help="The published timetable.")
@click.option(
    "--frozen-before", metavar="MOMENT",
    help="Sessions that begin before this day or hour (2025-02-26 15:00) stay, and no other moves there.",
)  # fmt: skip
@click.option("--announced", multiple=True, metavar="ID", help="Body or session that is announced only.")
@click.option("--draft", multiple=True, metavar="ID", help="Body or session that is only a draft.")
@click.option(
    "--keep", multiple=True, metavar="WHAT:ID", help="Keep the day, slot, order or room only: day:WGTR, order:all."
)
@click.option(
    "--weight", multiple=True, metavar="NAME=N",
    help="Points of a move: audience=1, officer=1, move=0; multiplied by published=3, announced=2, draft=1.",
)  # fmt: skip
@click.option("--reason", metavar="TEXT", help="Why the annex is issued again; printed in the revision.")
@click.option("--date", "issued", metavar="DATE", help="Date of the revision.  [default: today]")
@click.option("--pareto", is_flag=True, help="Say what 0, 1, 2 and 3 moves would each cost.")
@time_limit_option
@out_option
@force_option
@json_option
def command(
    scenario: str, published: str, frozen_before: str | None, announced: tuple[str, ...], draft: tuple[str, ...],
    keep: tuple[str, ...], weight: tuple[str, ...], reason: str | None, issued: str | None, pareto: bool, clock: Clock,
    directory: str, force: bool, as_json: bool,
) -> int:  # fmt: skip
    """Change a published timetable as little as possible: the fewest disturbances, then the least cost, both proved.

    Writes the new timetable and the annex as a revision: old places struck through, new ones marked.

    Exit status 0: a timetable was found; 3: none keeps every rule and all that is frozen or kept; 4: none was found
    within the time limit.

    Example: schedule replan csp11-chair-away.yaml --from out/csp11.json --frozen-before 2025-02-26
    """
    from exports.annex.changes import letter_sentences, move_sentences
    from exports.revision import Issue, moves_since, print_alike, revise, sequence_in
    from exports.terminal.replan import print_why_not
    from exports.timetable_reading import read_timetable
    from scheduler.reading.loading import load
    from scheduler.replanning.published import published_in
    from scheduler.replanning.replan import replan, steps, with_events
    from scheduler.replanning.replan_wishes import wishes_of
    from scheduler.side_events.judging import SIDE_EVENTS

    outbox = outbox_for(directory, force)
    with clock.alarm():
        loaded = load(scenario)
        warn(loaded.warnings)
        new = loaded.scenario
        stored = read_timetable(published, known=[new], widen=True)
        say(stored.notes)
        day = _date(issued)
        wishes = wishes_of(new, frozen_before, announced, draft, keep, weight)
        out = published_in(new, stored.scenario, stored.timetable, stored.outside, name=published)
        share = REPLAN_SHARE if pareto else 1.0
        answer = replan(new, out.places, wishes, clock.settings(share=share), days=out.days)
        answer = with_events(answer, new, out, wishes, clock.settings())
    moves = moves_since(out, new, answer.outcome.timetable)
    sentences = letter_sentences(new, moves)
    trade = steps(new, out.places, 3, wishes, clock.settings()) if pareto else []
    if of_events := sum(v.penalty for v in answer.outcome.violations if v.rule == SIDE_EVENTS):
        trade = [replace(each, cost=None if each.cost is None else each.cost + of_events) for each in trade]
    why = None
    if answer.outcome.status is Status.INFEASIBLE and answer.held and not answer.outcome.reasons:
        from scheduler.explanation.impossible import explain
        from scheduler.replanning.held import held_rules

        beside = altered(new, rules=(*new.rules, *held_rules(new, out.places, wishes)))
        with suppress(OutOfTime), clock.alarm():
            why = explain(beside, loaded.document, clock.settings(workers=1), ways=0)
    kept = Kept()
    if answer.outcome.timetable is not None and (moves or answer.events or not print_alike(stored.scenario, new)):
        revision = revise(
            out.scenario, out.timetable, new, answer.outcome, out.days, Issue(day, reason), sequence_in(stored.document)
        )
        files = ((f"{new.name}.rev{revision.number}.{ending}", data) for ending, data in revision.files())
        kept = store(outbox, files)
    if as_json:
        from exports.json.replan import replan_document

        print_json(replan_document(new, answer, moves, sentences, trade, why))
    else:
        if answer.outcome.timetable is not None:
            sentences = move_sentences(stored.scenario, new, answer.outcome.timetable, moves)
            sentences += [move.sentence for move in answer.events]
        _print(new, answer, sentences, trade)
        if why is not None:
            print_why_not(why, console())
        elif answer.outcome.status is Status.INFEASIBLE and not answer.outcome.reasons:
            echo(f"Why: schedule explain {shlex.quote(scenario)}")
    if answer.outcome.timetable is not None and kept == Kept() and not published.endswith(".json"):
        _say_how_to_write(published, scenario)
    return kept.end(answer.outcome.exit, err=as_json)


def _say_how_to_write(published: str, scenario: str) -> None:
    """A timetable that stays as it is gets no revision; of one that was moved by hand there may be no annex yet."""
    where = f"{shlex.quote(published)} --scenario {shlex.quote(scenario)}"
    echo(
        f"No revision is written, as nothing changes. Documents of what is out: schedule export {where} --to xlsx",
        err=True,
    )


def _date(issued: str | None) -> date:
    """The date of the revision."""
    from datetime import date

    from scheduler.domain.clock import parse_date

    if issued is None:
        return date.today()  # noqa: DTZ011  a letter bears the date of the desk on which it is written
    try:
        return parse_date(issued)
    except ValueError as error:
        raise InputError(f"--date: {error}") from None


def _print(scenario: Scenario, answer: Replan, sentences: Sequence[str], trade: Sequence[Step]) -> None:
    from exports.terminal.annex import print_timetable
    from exports.terminal.replan import trade_sentences
    from exports.terminal.screen import Screen
    from exports.terminal.small_grid import suits_a_grid
    from scheduler.rules.deputies import who_stands_in
    from scheduler.wording import counted

    screen = Screen(console())
    timetable = answer.outcome.timetable
    if timetable is not None and suits_a_grid(timetable):
        print_timetable(scenario, timetable, screen.console)
    screen.print(screen.text(answer.sentence))
    for reason in answer.outcome.reasons:
        screen.print(screen.text(reason), indent=2)
    for number, sentence in enumerate(sentences, 1):
        screen.print(screen.text(f"{number}. {sentence}"), indent=2)
    if timetable is not None and answer.outcome.cost:
        screen.print(screen.text(f"The new timetable costs {counted(answer.outcome.cost, 'point')}."))
    if said := who_stands_in(scenario.implied, answer.outcome.violations):
        screen.print(screen.text(said))
    for sentence in trade_sentences(scenario, trade):
        screen.print(screen.text(sentence))
