"""Where the project's own files are."""

from __future__ import annotations

from pathlib import Path

ROOT = next(folder for folder in Path(__file__).parents if (folder / "pyproject.toml").is_file())
SCENARIOS = ROOT / "scenarios"
DOCS = ROOT / "docs"
GOLDEN = ROOT / "tests" / "golden"
