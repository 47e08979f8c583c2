"""What may stand in braces in a template: names of what the letter says, loops over its lists, and conditions.

Everything else, a call or a filter or a calculation, is refused before anything is rendered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from jinja2 import StrictUndefined, nodes
from jinja2.sandbox import SandboxedEnvironment

from scheduler.domain.letter_placeholders import MILESTONES
from scheduler.errors import InputError
from scheduler.wording import did_you_mean

TEXT = ""
Shape: TypeAlias = "str | list[Shape] | dict[str, Shape]"
"""Of what a name stands for: a text, a list of one shape, or names of its own."""

SHAPES: Mapping[str, Shape] = {
    "letterhead": [TEXT],
    "date": TEXT,
    "addressed": TEXT,
    "addressees": [TEXT],
    "salutation": TEXT,
    "title": TEXT,
    "parts": [{"heading": TEXT, "paragraphs": [{"text": TEXT, "points": [TEXT]}]}],
    "closing": [TEXT],
    "name": TEXT,
    "post": TEXT,
    "series": TEXT,
    "dates": TEXT,
    "venue": TEXT,
    "place": TEXT,
    "hours": TEXT,
    "annex": TEXT,
    "secretariat": TEXT,
    "email": TEXT,
    "website": TEXT,
    "registration_link": TEXT,
    **dict.fromkeys(MILESTONES, TEXT),
}
"""Every placeholder of a template."""
MOST_LOOPS, DEEPEST = 60, 3


class TemplateTagError(InputError):
    """Something in braces that a template may not have."""


class Placeholders(SandboxedEnvironment):
    """Renders templates of which every tag has been looked at; texts are escaped."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        for names in (self.globals, self.filters, self.tests):
            names.clear()

    def compile(self, source: Any, *arguments: Any, **options: Any) -> Any:
        """Compile a template, after a look at its tags.

        Raises:
            TemplateTagError: one of them is not allowed.
        """
        tree = self.parse(source) if isinstance(source, str) else source
        _Check().body(tree.body, dict(SHAPES), 0)
        return super().compile(tree, *arguments, **options)


class _Check:
    """Walks through the tags of one part."""

    def __init__(self) -> None:
        self.loops = 0

    def body(self, found: list[nodes.Node], names: Mapping[str, Shape], depth: int) -> None:
        for node in found:
            if isinstance(node, nodes.Output):
                for each in node.nodes:
                    if not isinstance(each, nodes.TemplateData) and self.shape(each, names) != TEXT:
                        raise TemplateTagError(f"'{_name(each)}' is no single text: go through it with 'for'")
            elif isinstance(node, nodes.If):
                self.condition(node.test, names)
                self.body([*node.body, *node.elif_, *node.else_], names, depth)
            elif isinstance(node, nodes.For):
                self.loop(node, names, depth)
            else:
                raise TemplateTagError(_refused(node))

    def loop(self, node: nodes.For, names: Mapping[str, Shape], depth: int) -> None:
        """A loop over a list; within another only over what belongs to that: no loop is longer than a letter."""
        self.loops += 1
        if self.loops > MOST_LOOPS or depth >= DEEPEST:
            raise TemplateTagError(f"more than {MOST_LOOPS} loops, or more than {DEEPEST} within one another")
        if node.test is not None or node.recursive or node.else_ or not isinstance(node.target, nodes.Name):
            raise TemplateTagError("a loop is written as 'for part in parts', with nothing more in it")
        shape = self.shape(node.iter, names)
        if not isinstance(shape, list):
            raise TemplateTagError(f"'{_name(node.iter)}' is no list: write it in double braces")
        if depth and isinstance(node.iter, nodes.Name):
            raise TemplateTagError(f"'{node.iter.name}' cannot be gone through within another loop")
        self.body(list(node.body), {**names, node.target.name: shape[0]}, depth + 1)

    def condition(self, node: nodes.Node, names: Mapping[str, Shape]) -> None:
        if isinstance(node, nodes.Not):
            self.condition(node.node, names)
        elif isinstance(node, nodes.And | nodes.Or):
            self.condition(node.left, names)
            self.condition(node.right, names)
        else:
            self.shape(node, names)

    def shape(self, node: nodes.Node, names: Mapping[str, Shape]) -> Shape:
        """What a name stands for."""
        if isinstance(node, nodes.Name):
            return _known(node.name, names, "")
        if isinstance(node, nodes.Getattr):
            above = self.shape(node.node, names)
            return _known(node.attr, above if isinstance(above, dict) else {}, f"{_name(node.node)}.")
        raise TemplateTagError(_refused(node))


def _known(name: str, names: Mapping[str, Shape], before: str) -> Shape:
    if name not in names:
        hint = did_you_mean(name, names) or f"{before.rstrip('.')} has no names of its own"
        raise TemplateTagError(f"there is no placeholder '{before}{name[:60]}': {hint}")
    return names[name]


def _refused(node: nodes.Node) -> str:
    return f"'{type(node).__name__.lower()}' is not possible in a template: only names, 'for' and 'if'"


def _name(node: nodes.Node) -> str:
    return ".".join(_names(node))[:60]


def _names(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Getattr):
        yield from _names(node.node)
        yield node.attr
    elif isinstance(node, nodes.Name):
        yield node.name
