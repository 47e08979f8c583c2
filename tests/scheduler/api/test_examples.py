"""Every example of the library runs: in its docstrings, in ``docs/python.md`` and in the notebook."""

from __future__ import annotations

import ast
import doctest
import inspect
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from support.project import ROOT

import scheduler.api
import scheduler.api_values.loaded
import scheduler.api_values.results

GUIDE = ROOT / "docs" / "python.md"
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the scenarios, to write into."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("module", [scheduler.api, scheduler.api_values.loaded, scheduler.api_values.results])
def test_the_examples_of_the_docstrings_give_what_they_say(module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = doctest.testmod(module)
    assert (found.failed, found.attempted > 0) == (0, True)


def public_functions() -> list[Any]:
    """The functions of the library, and the methods that take something of what they return."""
    functions = [getattr(scheduler, name) for name in scheduler.__all__ if name not in ("__version__", "ScheduleError")]
    ours = ("scheduler.api_values.results", "scheduler.api_values.loaded")
    classes = [
        each
        for each in vars(scheduler.api_values.results).values()
        if inspect.isclass(each) and each.__module__ in ours
    ]
    found = [each for kind in classes for each in vars(kind).values() if inspect.isfunction(each)]
    methods = [each for each in found if each.__module__ in ours and not each.__name__.startswith("_")]
    return functions + [each for each in methods if len(inspect.signature(each).parameters) > 1]


def test_every_function_has_an_example_and_says_what_it_takes_gives_and_raises() -> None:
    functions = public_functions()
    assert {"solve", "with_", "to_workbook"} <= {function.__name__ for function in functions}
    for function in functions:
        heading, sections = re.compile(r"^(\w+)\n-+\n", re.MULTILINE), inspect.getdoc(function) or ""
        parts = heading.split(sections)
        told = dict(zip(parts[1::2], parts[2::2], strict=True))
        assert list(told) == ["Parameters", "Returns", "Raises", "Examples"], function
        names = [
            name for line in re.findall(r"^(\w.*)$", told["Parameters"], re.MULTILINE) for name in line.split(", ")
        ]
        assert names == [name for name in inspect.signature(function).parameters if name != "self"], function
        assert ">>>" in told["Examples"], function


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
