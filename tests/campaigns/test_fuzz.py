"""A small run of the fuzzer: no exception escapes, and every exit status is one that is documented."""

from __future__ import annotations

from pathlib import Path

import pytest
from campaigns.fuzz import run


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_changed_each_call_ends_with_a_documented_status(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCHEDULE_TRACEBACK", "1")
    outcome = run(80, seed, tmp_path, size=8, timed=False)
    assert outcome.failures == []
    assert outcome.calls == 80
