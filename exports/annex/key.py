"""The key of names: the full names of bodies that an annex calls by their abbreviations alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from exports.annex.text_metrics import Run
from exports.annex.texts import Paragraph, one_line, paragraph
from scheduler.domain.programme import Programme


def key_of_names(programme: Programme, bodies: Collection[str], texts: Iterable[str]) -> tuple[Paragraph, ...]:
    """One paragraph, ``WGTR: Working Group on Transparency; ...``, in the order of the scenario; none without names.

    It leaves out every name that already stands among the ``texts`` of the annex. It is there only if the scenario asks
    for it.
    """
    if not programme.meeting.key_of_names:
        return ()
    said = "\n".join(texts).casefold()
    runs: list[Run] = []
    for body in programme.bodies:
        name, label = one_line(body.name or ""), one_line(body.title).rstrip(":") or body.id
        short = not re.search(rf"(?<!\w){re.escape(label)}(?!\w)", name, re.IGNORECASE)
        if body.id in bodies and name and short and name.casefold() not in said:
            runs += [Run("; ")] if runs else []
            runs += [*paragraph(f"{label}:", bold=True).runs, Run(" "), *paragraph(name).runs]
    return (Paragraph(tuple(runs)),) if runs else ()
