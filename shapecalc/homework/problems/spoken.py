"""Networks from a question's own words, for cells of which the setup says nothing.

Pitfall: a clause belongs to one cell only where the marks `(a)`, the order or the kind of layer say so.
"""

from __future__ import annotations

import re

from . import cells, ops, prose
from .nodes import build, sizes
from .recipe import Recipe, Step
from .setup import Draft


class Spoken:
    """What one question says; `read` keeps the words that a recipe was made of, by its identity."""

    def __init__(self, draft: Draft, asked: tuple[str, ...]) -> None:
        self.draft = draft
        self.asked = asked
        self.read: dict[int, str] = {}
        self.kept: list[Recipe] = []
        self._mentioned: list[tuple[str, Recipe]] | None = None

    def of(self, cell: str, said: list[str]) -> tuple[Recipe, list[str]] | None:
        """What the question's own words say of this cell, where the setup says nothing."""
        names = self.asked
        clause = prose.clauses(self.draft.question, names).get(cell)
        if clause is not None:
            made = self.window(clause, names.index(cell))
            if made is not None:
                return self.noted(*made), []
        listed = self.mentioned()
        place = self._mention_of(cell, said, listed)
        if place is not None:
            return listed[place][1], []
        alone = not any(
            re.fullmatch(r"[a-z]|\d+|[ivx]+", name.lower()) for name in names
        ) and not cells.means_whole(said)
        made = (
            self.window(self.draft.question)
            if alone and not listed and prose.one_window(self.draft.question)
            else None
        )
        if made is not None:
            return self.noted(*made), []
        return None

    def noted(self, recipe: Recipe, read: str) -> Recipe:
        self.kept.append(recipe)
        self.read[id(recipe)] = read
        return recipe

    def mentioned(self) -> list[tuple[str, Recipe]]:
        """The layers that the question names, each as a network of its own."""
        if self._mentioned is None:
            at, self._mentioned = self.draft.at, []
            for mention in prose.mentions(self.draft.question):
                op = {k: build(v, at) for k, v in mention.op.items()}
                node = self.draft.knobs.get("input")
                if mention.channels is not None:
                    said = sizes(node) if node is not None else ()
                    wide = (
                        [mention.channels]
                        if mention.op["op"] == "fc"
                        else [*said[:-1], mention.channels]
                        if len(said) > 2
                        else None
                    )
                    node = build(wide, at) if wide else None
                    op["in"] = build(mention.channels, at)
                recipe = Recipe(at, node, (Step(op, at),), self.draft.knobs.get("bias"), free=node is None)
                self._mentioned.append((str(mention.op["op"]), self.noted(recipe, mention.text)))
        return self._mentioned

    def _mention_of(self, cell: str, said: list[str], listed: list[tuple[str, Recipe]]) -> int | None:
        """Which of the layers that the question names is meant: by kind and number, or by order where each cell has one."""
        kind = ops.word_of(said[0]) if said and len(said[0]) > 1 else None
        number = next((int(w) for w in said if w.isdigit()), 1)
        alike = [i for i, (word, _r) in enumerate(listed) if word == kind]
        names = [c for c in self.asked if not cells.means_whole(cells.words(c))]
        if len(listed) == len(names) and cell in names:
            by_order = names.index(cell)
            if kind is None or listed[by_order][0] == kind or kind not in {w for w, _r in listed}:
                return by_order
        if len(listed) == 1 and not cells.means_whole(said):
            return 0
        return alike[number - 1] if 0 < number <= len(alike) else None

    def window(self, text: str, place: int | None = None) -> tuple[Recipe, str] | None:
        """One convolution with the settings that a text says, on the input of the setup or of the text."""
        said = prose.settings(text)
        if "kernel" not in said:
            return None
        variants = list(self.draft.variants.values())
        node = self.draft.knobs.get("input") or self.draft.knobs.get("n")
        at = self.draft.at
        if place is not None and len(variants) == len(self.asked):
            shape = list(sizes(variants[place].input))
        elif node is not None:
            shape = list(sizes(node))
            if "input" not in self.draft.knobs:
                line = re.search(r"vector|1-?d\b|sequence|一维", self.draft.question, re.IGNORECASE)
                shape = [*(shape if len(shape) > 1 or line else shape * 2), 1]
        else:
            shape = prose.input_in(text) or prose.input_in(self.draft.question) or []
        if not shape:
            return None
        op = {"op": "conv", "filters": 1, **said}
        step = Step({k: build(v, at) for k, v in op.items()}, at)
        shown = ", ".join(f"{k} {v}" for k, v in said.items())
        return Recipe(at, build(shape, at), (step,), self.draft.knobs.get("bias")), shown
