"""What is installed is what the tree shows."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path

import pytest
from minimum_versions import minima
from support.project import ROOT

import constraints
import exports
import scheduler


@pytest.mark.parametrize("package", [scheduler, constraints, exports])
def test_the_folder_one_sees_is_the_package_one_imports(package: object) -> None:
    assert Path(str(package.__file__)).parent.parent == ROOT  # type: ignore[attr-defined]


@pytest.mark.parametrize("package", ["scheduler", "constraints", "exports"])
def test_no_other_distribution_installs_a_package_of_the_same_name(package: str) -> None:
    owners = importlib.metadata.packages_distributions().get(package, [])
    assert set(owners) <= {"treaty-schedule"}


def test_of_everything_that_is_needed_a_least_version_is_declared() -> None:
    names = [least.partition("==")[0] for least in minima()]
    assert {"ortools", "pydantic", "pandas", "matplotlib", "pytest"} <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["validate", "scenarios/csp11.yaml"],
        ["check", "scenarios/csp11.yaml", "tests/golden/csp11-timetable.json"],
        ["schema"],
    ],
)
def test_these_commands_do_not_import_the_solver(arguments: list[str]) -> None:
    assert last_line_after(arguments) == "loaded: [] status: 0"


def test_solving_and_writing_the_workbook_does_without_pandas(tmp_path: Path) -> None:
    solve = ["solve", "scenarios/csp11.yaml", "-o", str(tmp_path)]
    assert last_line_after(solve) == "loaded: ['ortools', 'numpy', 'openpyxl'] status: 0"


def last_line_after(arguments: list[str]) -> str:
    """Run a command in a fresh Python that says at the end which heavy packages it has loaded."""
    code = (
        "import sys; sys.argv[0] = 'schedule'\n"
        "from scheduler.cli import main\n"
        "try:\n    main()\nexcept SystemExit as stop:\n"
        "    loaded = [m for m in ('ortools', 'pandas', 'numpy', 'openpyxl') if m in sys.modules]\n"
        "    print('loaded:', loaded, 'status:', stop.code)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=ROOT, timeout=60, check=True
    )
    return run.stdout.splitlines()[-1]
