"""The solver is imported without pandas, and whoever wants pandas still gets it."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pandas
import pytest
from support.project import ROOT

from scheduler.model.cpsat import KNOWN_RELEASE, WithoutPandas, cp_model

TELL = "print('with pandas' if 'pandas' in sys.modules else 'without pandas')\n"
IMPORT = f"import sys\nfrom scheduler.model.cpsat import cp_model\n{TELL}"


def printed(code: str, **environment: str) -> list[str]:
    """What a fresh Python prints."""
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "SCHEDULE_PLAIN_IMPORT"} | environment,
        timeout=60,
        check=False,
    )
    assert run.stderr == ""
    return run.stdout.splitlines()


def executed(folder: Path, source: str) -> ModuleType:
    """A module of this source, imported as ``cp_model`` is."""
    path = folder / "tables.py"
    path.write_text(source)
    loader = WithoutPandas("tables", str(path))
    module = ModuleType("tables")
    loader.exec_module(module)
    return module


def test_the_short_way_is_for_the_release_that_is_installed() -> None:
    assert importlib.metadata.version("ortools") == KNOWN_RELEASE


def test_a_model_is_built_and_solved_without_pandas() -> None:
    code = (
        f"{IMPORT}model = cp_model.CpModel()\nx = model.new_int_var(0, 9, 'x')\nmodel.maximize(2 * x)\n"
        f"solver = cp_model.CpSolver()\nsolver.solve(model)\nprint(solver.value(x))\n{TELL}"
    )
    assert printed(code) == ["without pandas", "9", "without pandas"]


def test_pandas_comes_when_a_series_is_asked_for() -> None:
    code = (
        f"{IMPORT}import pandas\nmodel = cp_model.CpModel()\n"
        "days = model.new_int_var_series('x', pandas.Index(['Mon', 'Tue']), 3, 5)\nmodel.minimize(sum(days))\n"
        "solver = cp_model.CpSolver()\nsolver.solve(model)\n"
        "print(isinstance(days, pandas.Series), solver.values(days).to_dict())\n"
        "print(cp_model.pd.DataFrame is pandas.DataFrame)\n"
    )
    assert printed(code) == ["without pandas", "True {'Mon': 3, 'Tue': 3}", "True"]


def test_another_thread_gets_the_real_pandas_in_the_middle_of_the_import() -> None:
    code = (
        "import sys, threading\nfrom importlib.machinery import PathFinder\nseen = []\n"
        "def other():\n    import pandas\n    seen.append(int(pandas.Series([1, 2]).sum()))\n"
        "class Middle:\n"
        "    def find_spec(name, path=None, target=None):\n"
        "        if name == 'ortools.sat.python.cp_model_helper':\n"
        "            spec = PathFinder.find_spec(name, path)\n"
        "            execute = spec.loader.exec_module\n"
        "            def with_other(module):\n"
        "                thread = threading.Thread(target=other)\n                thread.start()\n"
        "                thread.join()\n                execute(module)\n"
        "            spec.loader.exec_module = with_other\n            return spec\n"
        "sys.meta_path.insert(0, Middle)\n"
        "from scheduler.model.cpsat import cp_model\nimport pandas\n"
        "print(seen, cp_model.pd is pandas, cp_model.pd.Series is pandas.Series)\n"
    )
    assert printed(code) == ["[3] False True"]


@pytest.mark.parametrize(
    "before",
    [
        "import pandas\n",
        "import ortools\nortools.__version__ = '9.16.1'\n",
        "import os\nos.environ['SCHEDULE_PLAIN_IMPORT'] = '1'\n",
    ],
    ids=["pandas is loaded", "another release", "asked for"],
)
def test_the_import_is_plain_where(before: str) -> None:
    code = f"{before}{IMPORT}import pandas\nprint(cp_model.pd is pandas)\n"
    assert printed(code) == ["with pandas", "True"]


def test_the_module_is_the_one_that_everybody_imports() -> None:
    from ortools.sat.python import cp_model as plainly

    assert cp_model is plainly


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import pandas as pd\nfound = pd.Series | pd.Index\n", "stand-in"),
        ("import pandas as pd\nfound = pd.DataFrame\n", "pandas"),
        ("import pandas\nfound = pandas.Series\n", "pandas"),
        ("import pandas as pd\nfound = pd.Series([1]).sum()\n", "pandas"),
    ],
    ids=["names for annotations", "another name", "by another name", "more than a name"],
)
def test_a_module_that_needs_more_than_the_names_is_imported_as_it_stands(
    tmp_path: Path, source: str, expected: str
) -> None:
    module = executed(tmp_path, source)
    given = getattr(module, "pd", getattr(module, "pandas", None))
    assert ("pandas" if given is pandas else "stand-in") == expected


def test_what_is_wrong_with_a_module_is_told_as_by_the_plain_import(tmp_path: Path) -> None:
    with pytest.raises(ModuleNotFoundError, match="No module named 'no_such_module'"):
        executed(tmp_path, "import pandas as pd\nimport no_such_module\n")
