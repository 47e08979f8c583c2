"""``schedule lint``: what does not go together in a letter."""

from __future__ import annotations

import click

from scheduler.commands.shared import echo, json_option, print_json, warn
from scheduler.errors import Exit, OutOfTime
from scheduler.wording import counted

SECONDS = 60.0
"""How long reading may take."""
MOST_PRINTED = 100


@click.command("lint")
@click.argument("letter", metavar="LETTER")
@click.argument("scenario", metavar="[SCENARIO]", required=False)
@json_option
def command(letter: str, scenario: str | None, as_json: bool) -> int:
    """Hold dates, weekdays, deadlines, hours, title, text and annex of a letter against one another.

    LETTER is a Word file (.docx), text, or a PDF, which needs the extra [lint]. With SCENARIO the letter is held
    against it as well. Each line is file:line: sentence; in a Word file a line is a paragraph, or a row of a table,
    that is not empty.

    Exit status 0: no slip was found; 1: there are slips; 2: the letter cannot be read.

    Example: schedule lint out/csp11.letter.docx scenarios/csp11.yaml
    """
    from exports.extras import extra
    from scheduler.commands.limits import Clock
    from scheduler.linting.against_scenario import as_planned, differences
    from scheduler.linting.checks import slips_in
    from scheduler.linting.coverage import read_in_words
    from scheduler.linting.facts import facts_of
    from scheduler.linting.reading import read_letter
    from scheduler.reading.files import UnreadableError, shown_name

    name = shown_name(letter)
    known = None
    if scenario is not None:
        from scheduler.reading.loading import load

        loaded = load(scenario)
        warn(loaded.warnings)
        known = loaded.scenario
    try:
        with Clock(SECONDS).alarm(), extra("lint", "A PDF"):
            facts = facts_of(read_letter(letter))
            slips = slips_in(facts, differences(facts, known) if known else ())
            if known and as_planned(facts, known):
                slips = tuple(slip for slip in slips if slip.kind != "order")
    except OutOfTime:
        raise UnreadableError(name, f"it takes longer than {SECONDS:g} s to read: no letter needs that") from None
    read = read_in_words(facts)
    if as_json:
        from exports.json.lint import lint_document

        print_json(lint_document(name, slips, read))
    else:
        for slip in slips[:MOST_PRINTED]:
            echo(f"{name}:{slip.line}: {slip.sentence}")
    shown = f"; the first {MOST_PRINTED} are shown" if len(slips) > MOST_PRINTED and not as_json else ""
    found = f"{counted(len(slips), 'slip')}{shown}" if slips else "no slip found"
    echo(f"{name}: {found}. {read}", err=True)
    return Exit.NO if slips else Exit.DONE
