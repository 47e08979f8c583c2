"""A conference of five rooms that is solved at once: papers of ten minutes, with room to spare in every slot."""

from __future__ import annotations

from pathlib import Path

BODIES, PAPERS = 5, 7

HEAD = """\
name: talks
meeting: {series: Talks, annex_title: TALKS}
calendar:
  slots: ["09:00-10:30"]
  days: [2027-03-01, 2027-03-02]
  grain: 10 min
"""


def conference(folder: Path) -> Path:
    """The scenario as a file: body ``b0`` sits in room ``r0`` only, with papers ``p0-0`` to ``p0-6``, and so on."""
    lines = [HEAD, "rooms:"]
    lines += [f"  - {{id: r{number}, name: Room {number}}}" for number in range(BODIES)]
    lines.append("officers:")
    lines += [f"  - {{id: c{number}, name: Chair {number}, post: Chair}}" for number in range(BODIES)]
    lines.append("bodies:")
    for body in range(BODIES):
        lines += [f"  - id: b{body}", f"    label: Body {body}", f"    officers: [c{body}]", "    sessions:"]
        for paper in range(PAPERS):
            keys = f"title: Paper {body}.{paper}, duration: 10 min, rooms: [r{body}], presenters: [P{body}{paper}]"
            lines.append(f"      - {{id: p{body}-{paper}, {keys}}}")
    lines += ["rules:", "  - {rule: within_slot}", "  - {rule: one_body_per_room}", "  - {rule: chairs_apart}"]
    lines.append("  - {id: first-day, rule: not_on, of: [b0, b1, b2, b3, b4], when: [2027-03-02]}")
    path = folder / "talks.yaml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def variant(path: Path, text: str) -> Path:
    """A file beside the scenario that extends it."""
    changed = path.with_name("changed.yaml")
    changed.write_text(f"extends: {path.name}\nname: changed\n{text}", "utf-8")
    return changed
