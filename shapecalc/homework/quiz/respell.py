"""A spec's tree is written out again as YAML: on a line what fits on one, and in blocks what does not.

Pitfall: comments are lost, and a plain scalar from a block may hold a comma, which ends it inside braces; so what is
not safe there goes into quotes.
"""

from __future__ import annotations

from collections.abc import Collection
from textwrap import wrap

from ...engine.written import quoted
from ...spec.tree import Mapping as Pairs
from ...spec.tree import Scalar, Sequence, Tree

_WIDTH = 110
_BLOCKS = ("layers", "blocks")
"""Top-level keys whose values always stand on lines of their own."""


class Respelling:
    """Writes trees; pairs whose keys are `dropped` are left out."""

    def __init__(self, dropped: Collection[str] = ()) -> None:
        self.dropped = dropped

    def document(self, pairs: list[tuple[str, Tree | str]]) -> str:
        """A whole file: its keys, each with a tree or with text that is YAML already."""
        lines = []
        for key, value in pairs:
            if isinstance(value, str):
                lines += [f"{key}:{value}" if value.startswith(" ") else f"{key}: {value}"]
            elif isinstance(value, Scalar) and len(value.text) > _WIDTH - 10:
                text = folded(value.text)
                lines += [f"{key}:{text}" if text.startswith(" ") else f"{key}: {text}"]
            elif key in _BLOCKS:
                lines += [f"{key}:", *self.block(value, "  ", key == "blocks")]
            else:
                lines += self.pair(key, value, "")
        return "\n".join(lines) + "\n"

    def pair(self, key: str, value: Tree, indent: str) -> list[str]:
        """A key with its value, on its line or below it."""
        text = f"{indent}{key}: {self.inline(value)}"
        if len(text) <= _WIDTH or not self.pairs_or_items(value):
            return [text]
        return [f"{indent}{key}:", *self.block(value, indent + "  ")]

    def block(self, node: Tree, indent: str, open_: bool = False) -> list[str]:
        """A mapping or a list, an item a line; an `open_` one has its mappings below their keys."""
        lines: list[str] = []
        if isinstance(node, Pairs):
            for key, value in self.kept(node):
                name = self.scalar(key)
                if open_ and self.pairs_or_items(value):
                    lines += [f"{indent}{name}:", *self.block(value, indent + "  ")]
                else:
                    lines += self.pair(name, value, indent)
            return lines
        for item in node.items if isinstance(node, Sequence) else [node]:
            text = f"{indent}- {self.item(item)}"
            if len(text) <= _WIDTH or not self.pairs_or_items(item):
                lines.append(text)
            else:
                first, *rest = self.block(item, indent + "  ")
                lines += [f"{indent}- {first.strip()}", *rest]
        return lines

    def inline(self, node: Tree) -> str:
        """A node on one line."""
        if isinstance(node, Pairs):
            return "{" + ", ".join(f"{self.scalar(k)}: {self.inline(v)}" for k, v in self.kept(node)) + "}"
        if isinstance(node, Sequence):
            return "[" + ", ".join(map(self.item, node.items)) + "]"
        return self.scalar(node)

    def item(self, node: Tree) -> str:
        """A node in a list: a single pair needs no braces, and no colon where nothing is left of its options."""
        if isinstance(node, Pairs) and len(node.pairs) == 1:
            key, value = node.pairs[0]
            if isinstance(value, Pairs) and value.pairs and not self.kept(value):
                return self.scalar(key)
            return f"{self.scalar(key)}: {self.inline(value)}"
        return self.inline(node)

    def kept(self, node: Pairs) -> list[tuple[Scalar, Tree]]:
        return [(key, value) for key, value in node.pairs if key.text not in self.dropped]

    def pairs_or_items(self, node: Tree) -> bool:
        return bool(node.items if isinstance(node, Sequence) else isinstance(node, Pairs) and self.kept(node))

    def scalar(self, node: Tree) -> str:
        if not isinstance(node, Scalar):
            return "null"
        if node.style:
            return quoted(node.text)
        return quoted(node.text) if any(c in node.text for c in ",[]{}\n") else node.text


def folded(text: str) -> str:
    """Words as a value of a top-level key: on the line where they fit, else folded below."""
    words = " ".join(text.split())
    if len(words) <= _WIDTH - 10:
        plain = words.replace(" ", "").replace("-", "").isalnum() and not words[:1].isdigit()
        return words if plain and quoted(words.split()[0]) == words.split()[0] else quoted(words)
    return " >-\n" + "\n".join(f"  {line}" for line in wrap(words, _WIDTH - 2, break_long_words=False))
