"""Every example of the library runs: in its docstrings, in ``docs/python.md`` and in the notebook."""

from __future__ import annotations

import ast
import doctest
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from support.project import ROOT

import scheduler.api
import scheduler.loaded
import scheduler.results

GUIDE = ROOT / "docs" / "python.md"
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the scenarios, to write into."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("module", [scheduler.api, scheduler.loaded, scheduler.results])
def test_the_examples_of_the_docstrings_give_what_they_say(module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = doctest.testmod(module)
    assert (found.failed, found.attempted > 0) == (0, True)


def test_every_function_has_an_example_and_says_what_it_takes_gives_and_raises() -> None:
    for name in set(scheduler.__all__) - {"__version__", "ScheduleError"}:
        text = getattr(scheduler.api, name).__doc__
        headings = [heading for heading in ("Parameters", "Returns", "Raises", "Examples") if heading in text]
        assert len(headings) == 4, name


def test_the_guide_runs_and_prints_what_it_shows(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    blocks = BLOCK.findall(GUIDE.read_text("utf-8"))
    for (kind, text), (next_kind, shown) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if kind == "python":
            exec(compile(text, GUIDE.name, "exec"), names)
            expected = shown if next_kind == "text" else ""
            assert capsys.readouterr().out.rstrip() == expected.rstrip(), text
    assert (project / "csp11.xlsx").is_file()


def test_the_guide_names_every_function() -> None:
    text = GUIDE.read_text("utf-8")
    assert [n for n in scheduler.__all__ if n != "__version__" and not re.search(rf"\bs?\.?{n}\b", text)] == []


@pytest.mark.usefixtures("project")
def test_every_cell_of_the_notebook_runs_and_its_last_value_can_be_shown() -> None:
    names: dict[str, Any] = {}
    shown = []
    for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            *lines, last = ast.parse("".join(cell["source"])).body
            exec(compile(ast.Module(lines, []), NOTEBOOK.name, "exec"), names)
            assert isinstance(last, ast.Expr), "a cell ends in what it shows"
            value = eval(compile(ast.Expression(last.value), NOTEBOOK.name, "eval"), names)
            shown.append(type(value).__name__)
            assert getattr(value, "_repr_html_", value.__repr__)()
    assert {"SolveResult", "DataFrame", "WhatIfResult", "CompareResult", "ExplainResult"} <= set(shown)
