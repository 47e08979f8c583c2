"""The pages of ``docs/`` and ``CONTRIBUTING.md``: what they print is printed, and what they name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from independent.rules import STATED
from support.command import Command
from support.project import ROOT

from constraints import KINDS
from scheduler.cli import COMMANDS

DOCS = ROOT / "docs"
PAGES = {path.name: path.read_text("utf-8") for path in sorted(DOCS.glob("*.md"))}
TRUST = PAGES["trust.md"]


def test_first_steps_print_what_the_page_prints(
    schedule: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = re.findall(r"```\n\$ schedule ([^\n]+)\n(.*?)```", PAGES["first-steps.md"], re.DOTALL)
    assert [command.split()[0] for command, _ in shown] == ["init", "validate", "solve", "what-if", "explain"]
    for command, printed in shown:
        if command.startswith("explain"):
            scenario = Path("csp13.yaml")
            scenario.write_text(scenario.read_text("utf-8").replace("duration: 6h", "duration: 9h"), "utf-8")
        words = [quoted or plain for quoted, plain in re.findall(r'"([^"]+)"|(\S+)', command)]
        run = schedule(*words)
        out = run.out + run.err
        for part in filter(None, re.split(r"^\.\.\.\n", printed, flags=re.MULTILINE)):
            assert part in out
            out = out.split(part, 1)[1]


def test_the_site_has_every_page_once() -> None:
    listed = re.findall(r": ([\w-]+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(PAGES)


def test_pages_link_to_nothing_outside_the_site() -> None:
    links = [(page, link) for page, text in PAGES.items() for link in re.findall(r"\]\(([^)#]+)[^)]*\)", text)]
    assert [(page, link) for page, link in links if not (DOCS / link).is_file() or "/" in link] == []


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/built.md", "docs/trust.md"])
def test_every_file_that_is_named_is_there(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = set(re.findall(r"`((?:scheduler|constraints|exports|tests|docs|\.ci)/[\w/.-]+)`", text))
    assert named
    assert {name for name in named if "NAME" not in name and not (ROOT / name).exists()} == set()


def test_every_command_is_shown_somewhere() -> None:
    text = "\n".join(PAGES.values())
    assert {command for command in COMMANDS if f"schedule {command}" not in text} == set()


def test_the_kinds_without_a_second_statement_are_named() -> None:
    without = sorted(set(KINDS) - set(STATED))
    said = next(line for line in TRUST.split("\n\n") if line.startswith("Not in the second statement: "))
    assert re.findall(r"`(\w+)`", said.split(".")[0]) == without
