"""Placeholders of titles in everything that is printed; documents keep what the planner wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.command import Command

TITLED = """\
name: titled
meeting:
  series: "Trial of {dates}"
  annex_title: "{draft} SCHEDULE {{1}}: {DATES}"
  footnotes: ["Held on {dates}."]
calendar:
  slots: [10:00-13:00]
  days: [2027-06-29, 2027-06-30, 2027-07-01]
bodies:
  - {id: WG, sessions: [{id: wg, duration: {low: 1h, likely: 2h, high: 3h}}]}
"""


def test_placeholders_are_replaced_wherever_the_texts_are_printed_and_stored_as_they_are(
    schedule: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("titled.yaml").write_text(TITLED)
    Path("final.yaml").write_text(
        TITLED.replace("name: titled", "name: final").replace("footnotes", "status: final\n  footnotes")
        + "rules:\n  - {rule: not_on, of: [wg], when: [2027-06-29]}\n"
    )
    drafted = schedule("solve", "titled.yaml", "--workers", "1").out
    assert "DRAFT SCHEDULE {1}: 29 JUNE - 1 JULY 2027*" in drafted
    assert "Held on 29 June - 1 July 2027." in drafted
    final = schedule("solve", "final.yaml", "--workers", "1").out
    assert "SCHEDULE {1}: 29 JUNE - 1 JULY 2027*" in final
    assert "DRAFT" not in final
    stored = json.loads(Path("out/titled.json").read_text())["scenario"]["document"]["meeting"]
    assert stored["annex_title"] == "{draft} SCHEDULE {{1}}: {DATES}"
    assert (
        "Trial of 29 June - 1 July 2027, Tuesday 10:30"
        in schedule("now", "out/titled.json", "--at", "2027-06-29 10:30", "--running", "wg@10:00").out
    )
    schedule("compare", "out/titled.json", "out/final.json", "--html", "page.html")
    page = Path("page.html").read_text()
    assert "Trial of 29 June - 1 July 2027" in page
    schedule("replan", "final.yaml", "--from", "out/titled.json")
    revised = json.loads(Path("out/final.rev1.json").read_text())["scenario"]["document"]["meeting"]
    assert revised["annex_title"] == "{draft} SCHEDULE {{1}}: {DATES} (Rev.1)"
    for path in Path("out").glob("*.xlsx"):
        texts = [str(c.value) for sheet in load_workbook(path) for row in sheet.iter_rows() for c in row if c.value]
        texts += [sheet.oddFooter.left.text or "" for sheet in load_workbook(path)]
        printed = any("SCHEDULE {1}: 29 JUNE - 1 JULY 2027" in text for text in texts)
        assert printed or ".working" in path.name, path
        assert not any("{dates}" in text.lower() or "{draft}" in text for text in texts), path
