"""A table of texts becomes answers: one student's rows, a class with a row per student, or one answer per row.

The head says which. Pitfall: a row with more cells than the head has columns is not shifted into place; its answers are
left out and the line is named, for nobody knows where its commas belong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ...errors import nearest
from ...pattern import Pattern
from ...record import Record
from ...text import _
from .columns import QUANTITIES, column, known_other, layer_and_quantity, quantity
from .sheet import Cell, Sheet, gathered

Line = tuple[int, Sequence[str]]
MAX_HEAD = 12
_ANSWERED = Pattern(r"=.*[0-9]|[:：]\s*[0-9(\[~≈]", re.DOTALL)
_TOTAL = Pattern(r"\s*(?:total|sum|overall|合计|总计|总共)\s*", re.IGNORECASE)


class Head(Record):
    """What each column holds: its index under the name of a quantity, a layer's quantity (wide), or a role."""

    roles: dict[str, int]
    quantities: dict[int, str]
    wide: dict[int, tuple[str, str]]
    width: int
    problems: tuple[str, ...] = ()

    @property
    def useful(self) -> bool:
        roles = self.roles
        return bool("layer" in roles and (self.quantities or "answer" in roles)) or len(self.wide) > 0


def sheets(lines: Sequence[Line], separator: str = ",", strict: bool = True) -> list[Sheet]:
    """The sheets of a table; none where it is no answer table. `strict` where unknown columns are worth a word."""
    lines = [line for line in lines if any(cell.strip() for cell in line[1])]
    for at, (_number, cells) in enumerate(lines[:MAX_HEAD]):
        head = _head(cells)
        if head.useful:
            said = unknown_columns(cells) if strict else []
            return _body(head._replace(problems=(*head.problems, *said)), lines[at + 1 :], separator)
    turned = _turned(lines)
    return sheets(turned, separator, strict) if turned else []


def _turned(lines: Sequence[Line]) -> list[Line]:
    """A table whose rows are quantities and whose columns are layers, the other way round."""
    named = sum(bool(cells and quantity(cells[0])) for _n, cells in lines)
    if not lines or named < max(1, len(lines) - 1) or len(lines[0][1]) < 2:
        return []
    width = max(len(cells) for _n, cells in lines)
    number = lines[0][0]
    columns = [[cells[i] if i < len(cells) else "" for _n, cells in lines] for i in range(width)]
    columns[0][0] = columns[0][0] if quantity(columns[0][0]) else "layer"
    if quantity(columns[0][0]):
        return []
    return [(number, cells) for cells in columns]


def _head(cells: Sequence[str]) -> Head:
    """What the cells of a head name; a cell with an answer in it (`params = 456`) is no head."""
    cells = ["" if _ANSWERED.search(cell) else cell for cell in cells]
    kinds = [column(cell) if cell.strip() else None for cell in cells]
    roles, quantities, problems = dict[str, int](), dict[int, str](), list[str]()
    wide = dict[int, tuple[str, str]]()
    for i, kind in enumerate(kinds):
        if kind == "size":
            kind = "output_shape" if "output_shape" not in kinds else "activations"
        if kind in QUANTITIES:
            if kind in quantities.values():
                message = _("two columns are {column}; {header} is left out")
                problems.append(message.format(column=kind, header=cells[i].strip()[:60]))
            else:
                quantities[i] = kind
        elif kind is not None:
            roles.setdefault(kind, i) if kind != "layer" else _better_layer(roles, cells, i)
        elif not known_other(cells[i]) and (found := layer_and_quantity(cells[i].strip())):
            wide[i] = found
    if (
        "layer" in roles
        and quantities
        and "student" in roles
        and cells[roles["student"]].strip().lower() == "id"
    ):
        del roles["student"]  # beside layers, an id is the number of a row
    if len(wide) < len(quantities):
        wide = {}
    if quantities and "layer" not in roles and not wide:
        first = next((i for i in range(len(cells)) if i not in quantities and i not in roles.values()), None)
        if first is not None and first < min(quantities):
            roles["layer"] = first
    if "student" not in roles and wide and "layer" in roles:
        roles["student"] = roles.pop("layer")
    if "student" not in roles and "layer" in roles and "name" in cells[roles["layer"]].lower() and wide:
        roles["student"] = roles.pop("layer")
    if "layer" not in roles and wide:
        wide |= {i: ("total", what) for i, what in quantities.items() if _TOTAL.match(cells[i])}
        wide |= {i: ("total", "answer") for i, cell in enumerate(cells) if _TOTAL.fullmatch(cell)}
    width = max((i + 1 for i, cell in enumerate(cells) if cell.strip()), default=0)
    return Head(roles, quantities, wide, width, tuple(problems))


def _better_layer(roles: dict[str, int], cells: Sequence[str], i: int) -> None:
    """Of several columns that may name the layer, `name` before `layer` before `type`."""
    order = ("layer name", "name", "层名", "名称", "layer", "层", "网络层")
    words = [cells[j].strip().lower() for j in (roles.get("layer", i), i)]
    rank = [order.index(w) if w in order else len(order) for w in words]
    if "layer" not in roles or rank[1] < rank[0]:
        roles["layer"] = i


def _body(head: Head, lines: Sequence[Line], separator: str) -> list[Sheet]:
    cells, problems = list[Cell](), list(head.problems)
    turns = Counter[tuple[str, str]]()
    width = head.width
    by_student = dict[str, list[str]]()
    for number, texts in lines:
        texts = list(texts)
        while len(texts) > width and not texts[-1].strip():
            texts.pop()
        texts += [""] * (width - len(texts))
        student = texts[head.roles["student"]].strip() if "student" in head.roles else ""
        if _rule(texts):
            continue
        layer = texts[head.roles["layer"]].strip() if "layer" in head.roles else ""
        turn = turns[student, layer]
        turns[student, layer] += "column" not in head.roles and not head.wide
        if len(texts) > width:
            by_student.setdefault(student, []).append(_too_many(number, len(texts), width, separator))
            if layer and not head.wide:
                cells.append(Cell(student, layer, "", "", number, turn))
            continue
        if head.wide:
            cells += [Cell(student, name, what, texts[i], number) for i, (name, what) in head.wide.items()]
        elif "column" in head.roles and "answer" in head.roles:
            asked = texts[head.roles["column"]]
            what = quantity(asked) or asked.strip()
            cells.append(Cell(student, layer, what, texts[head.roles["answer"]], number))
        elif not layer and not any(texts[i].strip() for i in head.quantities):
            continue
        elif head.quantities:
            cells += [
                Cell(student, layer, what, texts[i], number, turn) for i, what in head.quantities.items()
            ]
        else:
            cells += _answered(student, layer, texts[head.roles["answer"]], number)
    found = gathered(cells, problems)
    found = [
        sheet._replace(
            rows=tuple(row._replace(cells={c: t for c, t in row.cells.items() if c}) for row in sheet.rows),
            problems=(*sheet.problems, *by_student.get(sheet.student, ())),
        )
        for sheet in found
    ]
    missing = [Sheet(s, (), tuple(p)) for s, p in by_student.items() if s not in {f.student for f in found}]
    return [*found, *missing]


def _answered(student: str, layer: str, text: str, number: int) -> list[Cell]:
    """`CONV1.shape,28x28x6` as a layer's quantity, else an answer to a question of that name."""
    found = layer_and_quantity(layer)
    name, what = found or (layer, "answer")
    return [Cell(student, name, what, text, number)]


def _rule(texts: Sequence[str]) -> bool:
    """A line of dashes under a head."""
    return all(set(text.strip()) <= set("-:=") for text in texts) and any("-" in text for text in texts)


def _too_many(number: int, found: int, width: int, separator: str) -> str:
    message = _(
        "line {line} has {found} cells and the head has {width}, so its answers were not read: "
        'a number or a shape with “{separator}” in it needs quotes, "27,000,100"'
    )
    return message.format(
        line=number, found=found, width=width, separator={"\t": _("a tab")}.get(separator, separator)
    )


def unknown_columns(cells: Sequence[str]) -> list[str]:
    """A word about each column of a head that names nothing known."""
    said = []
    for cell in cells:
        if column(cell) is None and not known_other(cell) and layer_and_quantity(cell) is None:
            if _TOTAL.fullmatch(cell):
                continue
            near = nearest(cell.strip().lower(), list(QUANTITIES))
            message = (
                _("the column {header} was left out; did you mean {near}?")
                if near
                else _("the column {header} was left out")
            )
            said.append(message.format(header=cell.strip()[:60], near=near))
    return said
