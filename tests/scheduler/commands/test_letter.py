"""``schedule letter``: three files, a template, and what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from support.command import Command
from support.project import ROOT

CSP11 = ROOT / "scenarios" / "csp11.yaml"
GOLDEN = ROOT / "tests" / "golden" / "csp11-timetable.json"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def names(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir() if not path.name.startswith("."))


def test_letter_message_and_deadlines_are_written(schedule: Command) -> None:
    run = schedule("letter", CSP11, GOLDEN)
    assert run.status == 0
    assert names("out") == ["csp11.covering.txt", "csp11.deadlines.csv", "csp11.letter.docx"]
    assert run.out.splitlines()[0] == f"Wrote {Path('out/csp11.letter.docx')}."
    assert len(Document("out/csp11.letter.docx").tables) == 1


def test_the_file_can_be_named_and_the_others_stand_beside_it(schedule: Command) -> None:
    assert schedule("letter", CSP11, GOLDEN, "-o", "sent/invitation.docx").status == 0
    assert names("sent") == ["csp11.covering.txt", "csp11.deadlines.csv", "invitation.docx"]


def test_without_a_timetable_there_is_no_annex_and_a_warning_says_so(schedule: Command) -> None:
    run = schedule("letter", CSP11)
    assert run.status == 0
    assert "no timetable is named, so the letter has no annex" in run.err
    document = Document("out/csp11.letter.docx")
    assert (document.tables, len(document.sections)) == ([], 1)
    assert "Annex" not in Path("out/csp11.covering.txt").read_text("utf-8")


def test_an_edited_letter_is_not_overwritten(schedule: Command) -> None:
    schedule("letter", CSP11, GOLDEN)
    Path("out/csp11.letter.docx").write_bytes(b"edited")
    assert "stays as it is" in schedule("letter", CSP11, GOLDEN).out
    assert Path("out/csp11.letter.docx").read_bytes() == b"edited"
    assert "csp11.letter (2).docx" in names("out")


def test_json_lists_the_files(schedule: Command) -> None:
    run = schedule("letter", CSP11, GOLDEN, "--json")
    assert [Path(path).name for path in json.loads(run.out)["written"]] == [
        "csp11.letter.docx", "csp11.covering.txt", "csp11.deadlines.csv",
    ]  # fmt: skip


def test_the_template_can_be_written_changed_and_used(schedule: Command) -> None:
    assert schedule("letter", "--write-template", "own.docx").status == 0
    document = Document("own.docx")
    document.paragraphs[0].insert_paragraph_before("Our own head, {{ place }}")
    document.save("own.docx")
    assert schedule("letter", CSP11, GOLDEN, "--template", "own.docx").status == 0
    assert Document("out/csp11.letter.docx").paragraphs[0].text == "Our own head, Geneva, Switzerland"


def test_a_placeholder_that_does_not_exist_is_named(schedule: Command) -> None:
    schedule("letter", "--write-template", "own.docx")
    document = Document("own.docx")
    document.add_paragraph("{{ veneu }}")
    document.save("own.docx")
    run = schedule("letter", CSP11, "--template", "own.docx")
    assert run.status == 2
    assert run.err.splitlines()[-1] == (
        "the template: there is no placeholder 'veneu': did you mean 'venue'?; docs/letter.md lists what it may have"
    )
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name a scenario, or --write-template FILE and nothing else"),
        ([CSP11, "--write-template", "x.docx"], "name a scenario, or --write-template FILE and nothing else"),
        ([CSP11, "-o", "letter.txt"], "'letter.txt' is no name of a Word file: it ends in .docx"),
        (["--write-template", ".docx"], "'.docx' is no name of a Word file: it ends in .docx"),
        ([CSP11, "--template", "none.docx"], "none.docx: "),
        ([CSP11, "--template", CSP11], "this template is not used, for it is no Word file (.docx), or a damaged one"),
        (["none.yaml"], "none.yaml"),
        ([CSP11, "none.json"], "none.json: "),
        ([GOLDEN], "this is a timetable: name the scenario that it answers"),
    ],
)
def test_wrong_calls_end_in_2_with_a_sentence(arguments: list[object], message: str, schedule: Command) -> None:
    run = schedule("letter", *arguments)
    assert run.status == 2
    assert message in run.err
    assert "Traceback" not in run.err


def test_a_timetable_that_breaks_a_rule_is_told(schedule: Command) -> None:
    document = json.loads(GOLDEN.read_text("utf-8"))
    for session in document["sessions"]:
        session["segments"] = document["sessions"][0]["segments"][:1]
    Path("bad.json").write_text(json.dumps(document))
    run = schedule("letter", CSP11, "bad.json")
    assert run.status == 0
    assert "this timetable breaks what must hold" in run.err


def test_a_revision_has_its_number_in_the_annex_and_no_marks(schedule: Command) -> None:
    schedule("solve", CSP11)
    changed = CSP11.read_text("utf-8").replace("duration: 7h30", "duration: 6h").replace("name: csp11", "name: next")
    Path("next.yaml").write_text(changed, "utf-8")
    assert schedule("replan", "next.yaml", "--from", "out/csp11.json", "--date", "2025-02-03").status == 0
    assert schedule("letter", "next.yaml", "out/next.rev1.json").status == 0
    texts = [paragraph.text for paragraph in Document("out/next.letter.docx").paragraphs]
    assert "Annex Rev.1" in texts
    assert "Rev.1: 3 February 2025. Replaces the annex as first issued." in texts
    assert any("in the attached Annex Rev.1 shows" in text for text in texts)


def test_without_the_extra_one_line_says_how_to_install_it(schedule: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "docx" or name.startswith("exports.word")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docx", None)
    for arguments in ([CSP11], ["--write-template", "own.docx"]):
        run = schedule("letter", *arguments)
        assert run.status == 2
        assert run.err.splitlines()[-1].endswith(
            'needs packages that are not installed: pip install "treaty-schedule[word]"'
        )


def test_solving_imports_nothing_of_letters_where_there_is_none(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['schedule', 'solve', 'scenarios/csp3.yaml', '-o', sys.argv[1]]\n"
        "from scheduler.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n"
        "    found = [m for m in sys.modules if 'letter' in m or m.split('.')[0] in ('docx', 'docxtpl', 'jinja2')]\n"
        "    print('loaded:', found)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "loaded: []"
