"""Runs the tests with the least versions that are declared, in an environment of their own.

    python3.11 tests/minimum_versions.py [FOLDER] [-- ARGUMENTS OF PYTEST]

The environment is made in FOLDER, or in a temporary folder that goes away afterwards, with the Python that runs this
script. Of what is declared in pyproject.toml (dependencies, ``plot``, ``word``, ``calendar``, ``pdf``, ``lint``,
``test``)
the least version is installed, and of what these need themselves whatever pip takes. Nothing is built: a version
without a wheel for this Python is too old.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = next(folder for folder in Path(__file__).parents if (folder / "pyproject.toml").is_file())
EXTRAS = ("plot", "word", "calendar", "pdf", "lint", "test")
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:>=|==)(?P<least>[\w.]+)(?:,<[\w.]+)?")


def minima() -> list[str]:
    """``name==version`` of each package that the project or its tests declare.

    Raises:
        ValueError: one declares no least version.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [*project["dependencies"], *(one for extra in EXTRAS for one in project["optional-dependencies"][extra])]
    return [_least(requirement) for requirement in declared if not requirement.startswith(f"{project['name']}[")]


def _least(requirement: str) -> str:
    match = _REQUIREMENT.fullmatch(requirement)
    if match is None:
        raise ValueError(f"{requirement}: no least version is declared")
    return f"{match['name']}=={match['least']}"


def run(folder: Path, arguments: list[str]) -> int:
    """Makes the environment and runs pytest in it; the exit status of pytest."""
    venv.create(folder, with_pip=True, clear=True)
    python = next(path for path in (folder / "bin" / "python", folder / "Scripts" / "python.exe") if path.exists())
    pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "--only-binary=:all:", *minima()], check=True)
    subprocess.run([*pip, "--no-deps", "-e", ROOT], check=True)
    print(f"Python {sys.version.split()[0]} with {', '.join(minima())}", flush=True)
    return subprocess.run([python, "-m", "pytest", *(arguments or ["-q", "-n", "auto"])], cwd=ROOT).returncode


def _command_line() -> int:
    given = sys.argv[1:]
    at = given.index("--") if "--" in given else len(given)
    own, of_pytest = given[:at], given[at + 1 :]
    if own:
        return run(Path(own[0]).absolute(), of_pytest)
    with tempfile.TemporaryDirectory() as folder:
        return run(Path(folder), of_pytest)


if __name__ == "__main__":
    sys.exit(_command_line())
