"""What import-linter cannot ask of its own contracts."""

from __future__ import annotations

import tomllib

from support.project import ROOT


def test_every_part_of_the_scheduler_stands_in_a_layer() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    listed = {name for layer in layers for name in layer.replace("|", " ").replace(":", " ").split()}
    parts = {
        path.stem for path in (ROOT / "scheduler").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert {f"scheduler.{part}" for part in parts - {"__init__"}} == listed - {"constraints", "exports"}
