"""``schedule letter``: the invitation as a Word file, its covering message and its deadlines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.commands.shared import force_option, json_option, print_json, say, store, warn
from scheduler.errors import Exit, InputError

if TYPE_CHECKING:
    from scheduler.domain.timetable import Timetable
    from scheduler.scenario import Scenario

ENDING = ".docx"


@click.command("letter")
@click.argument("scenario", metavar="SCENARIO", required=False)
@click.argument("timetable", metavar="[TIMETABLE]", required=False)
@click.option("-o", "--output", metavar="FILE", help="The Word file to write  [default: out/NAME.letter.docx]")
@click.option("--template", metavar="FILE", help="A Word file with placeholders, in place of the program's own.")
@click.option("--write-template", "wanted", metavar="FILE", help="Write the program's own template, to be changed.")
@force_option
@json_option
def command(
    scenario: str | None, timetable: str | None, output: str | None, template: str | None, wanted: str | None,
    force: bool, as_json: bool,
) -> int:  # fmt: skip
    """Write the invitation to a meeting as a Word file, and beside it its covering message and its deadlines.

    With TIMETABLE the annex is its last page. Without it the letter has no annex, and says nothing of one.

    \b
    NAME.letter.docx    the letter; needs the extra [word]
    NAME.covering.txt   subject and text of the message that goes with it
    NAME.deadlines.csv  its dates: what is due when, and who acts

    Example: schedule letter scenarios/csp11.yaml out/csp11.json
    """
    if (scenario is None) == (wanted is None):
        raise InputError("name a scenario, or --write-template FILE and nothing else")
    if wanted is not None or scenario is None:
        files, folder = _template(wanted or ""), _folder(wanted)
    else:
        files, folder = _letter(scenario, timetable, output, template), _folder(output)
    from exports.files import Outbox

    kept = store(Outbox(folder, force), files.items())
    if as_json:
        from exports.json.answers import written_document

        print_json(written_document(file.path for file in kept.written))
    return kept.end(Exit.DONE, err=as_json)


def _folder(path: str | None) -> Path:
    return Path("out") if path is None else Path(path).parent


def _name(path: str) -> str:
    """The name of a Word file.

    Raises:
        InputError: it has another ending.
    """
    name = Path(path).name
    if not name.lower().endswith(ENDING) or name.lower() == ENDING:
        raise InputError(f"'{name[:60]}' is no name of a Word file: it ends in {ENDING}")
    return name


def _template(path: str) -> dict[str, bytes]:
    name = _name(path)
    from exports.extras import extra

    with extra("word", "A Word file"):
        from exports.word.template import template_bytes

    return {name: template_bytes()}


def _letter(scenario: str, timetable: str | None, output: str | None, template: str | None) -> dict[str, bytes]:
    """The three files by name."""
    name = None if output is None else _name(output)
    from exports.extras import extra

    with extra("word", "A letter"):
        from exports.word.letter import letter_bytes
    from exports.letter.covering import covering_text
    from exports.letter.deadlines import deadlines_csv
    from exports.letter.english import content_of
    from exports.letter.facts import facts_of_letter
    from scheduler.reading.files import TEMPLATE, read_bytes
    from scheduler.reading.loading import load

    loaded = load(scenario)
    warn(loaded.warnings)
    known, annex = loaded.scenario, None
    if timetable is None:
        say(["no timetable is named, so the letter has no annex: schedule solve writes one"])
    else:
        annex = _annex(known, timetable)
    own = None if template is None else read_bytes(template, TEMPLATE)
    facts = facts_of_letter(*(annex or (known, None)))
    content = content_of(facts)
    written = letter_bytes(facts, content, annex, own)
    return {
        name or f"{known.name}.letter{ENDING}": written,
        f"{known.name}.covering.txt": covering_text(facts, content),
        f"{known.name}.deadlines.csv": deadlines_csv(facts),
    }


def _annex(scenario: Scenario, path: str) -> tuple[Scenario, Timetable]:
    """A timetable with its scenario, which may have further slots; of a revision the copy without marks.

    Says what is wrong with it.
    """
    from exports.revision import revision_in, without_claims
    from exports.timetable_reading import read_timetable
    from scheduler.checking import check

    stored = read_timetable(path, scenario, widen=True)
    say(stored.notes)
    report = check(stored.scenario, stored.timetable, stored.violations)
    if report.broken:
        say([f"this timetable breaks what must hold: {report.broken_in_words}"])
    revision = revision_in(stored)
    return revision.clean if revision is not None else without_claims(stored.scenario), stored.timetable
