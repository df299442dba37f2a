"""A table of texts becomes answers: one student's rows, a class with a row per student, or one answer per row.

The head says which, and the key's names go before it: OUT is a row where the key has one, and a table whose first column
names rows is no class. Pitfall: a row with more cells than the head has columns is not shifted into place; its answers are
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
from ..kinds import canonical
from .columns import QUANTITIES, Heading, Names, a_layer, heading, layer_and_quantity, quantity
from .sheet import MAX_ROWS, Cell, Sheet, gathered

Line = tuple[int, Sequence[str]]
MAX_HEAD = 12
MAX_LINES = 100_000
_ANSWERED = Pattern(
    r"=.*[0-9]|[:：]\s*[0-9(\[~≈]|^\s*[(\[]?\s*[0-9]|[0-9]\s?[x×*]\s?[0-9]+\s?[x×*]\s?[0-9]", re.DOTALL
)
_VALUED = Pattern(r"(?P<what>.*(?:\s|[\u3000-\u9fff]))[0-9][0-9.,]+\s*", re.DOTALL)
_TOTAL = Pattern(r"\s*(?:total|sum|overall|合计|总计|总共)\b\s*", re.IGNORECASE)
_NUMBER = Pattern(r"\s*[~≈]?\s*[.,]?[0-9][0-9.,' \u00a0\u202f]*\s*")
_DECIMAL_COMMA = Pattern(r"\s*[0-9]+,[0-9]+\s*")
_SHAPED = Pattern(r"[0-9]\s?[x×]\s?[0-9]+\s?[x×]\s?[0-9]|[(\[][0-9]+, ?[0-9]+, ?[0-9]+[)\]]")
_AXES = ("height", "width", "depth")


class Head(Record):
    """What each column holds: its index under the name of a role, its heading, or a layer's quantity (wide)."""

    roles: dict[str, int]
    quantities: dict[int, Heading]
    wide: dict[int, tuple[str, str]]
    axes: tuple[int, ...]
    width: int
    problems: tuple[str, ...] = ()

    @property
    def useful(self) -> bool:
        answers = self.quantities or self.axes or "answer" in self.roles
        return bool("layer" in self.roles and answers) or len(self.wide) > ("student" not in self.roles)


def sheets(lines: Sequence[Line], separator: str = ",", names: Names = frozenset()) -> list[Sheet]:
    """The sheets of a table; none where it is no answer table."""
    lines = [line for line in lines[:MAX_LINES] if any(cell.strip() for cell in line[1])]
    if turned := _turned(lines, names):
        return sheets(turned, separator, names)
    for at, (_number, cells) in enumerate(lines[:MAX_HEAD]):
        below = [texts for _n, texts in lines[at + 1 : at + 60]]
        head = _head(cells, below, names)
        if head.useful:
            return _body(head, lines[at + 1 :], separator)
    return []


def _turned(lines: Sequence[Line], names: Names) -> list[Line]:
    """A table whose rows are quantities and whose columns are layers, the other way round; empty for any other."""
    if not lines or not 2 <= len(lines[0][1]) <= 2000 or len(lines) > 40:
        return []
    first = [cells[0] if cells else "" for _n, cells in lines]
    rows = first[1:] if len(lines) > 1 else first
    top = lines[0][1][1:]
    if not rows or not all(quantity(text) and canonical(text) not in names for text in rows):
        return []
    if not all(_layer_head(text, names) or not text.strip() for text in top) or (
        quantity(first[0]) and len(lines) > 1
    ):
        return []
    width = max(len(cells) for _n, cells in lines)
    columns = [[cells[i] if i < len(cells) else "" for _n, cells in lines] for i in range(width)]
    columns[0][0] = "layer"
    return [(lines[0][0], cells) for cells in columns]


def _layer_head(text: str, names: Names) -> bool:
    return canonical(text) in names or (heading(text).kind is None and not layer_and_quantity(text, names))


def _names_rows(below: Sequence[Sequence[str]], at: int, names: Names) -> bool:
    """Whether what stands below a heading are layers."""
    texts = [cells[at] for cells in below if at < len(cells) and cells[at].strip()]
    return bool(texts) and 2 * sum(a_layer(text, names) for text in texts) > len(texts)


def _head(cells: Sequence[str], below: Sequence[Sequence[str]], names: Names) -> Head:
    """What the cells of a head name; one with an answer in it (`params = 456`) is no head."""
    if any(_answered(cell) for cell in cells if canonical(cell) not in names):
        return Head({}, {}, {}, (), 0)
    heads = [Heading(None) if canonical(cell) in names else heading(cell) for cell in cells]
    roles, wide, problems = dict[str, int](), dict[int, tuple[str, str]](), list[str]()
    for i, head in enumerate(heads):
        if head.sure and head.kind in ("student", "column", "answer"):
            roles.setdefault(head.kind, i)
        elif head.sure and head.kind == "layer" and cells[i].strip():
            _better_layer(roles, cells, i)
    if "layer" in roles and "student" in roles and cells[roles["student"]].strip().lower() == "id":
        del roles["student"]  # beside layers, an id is the number of a row
    first = next((i for i, head in enumerate(heads) if i not in roles.values() and not _counts(head)), None)
    listed = "layer" in roles and _names_rows(below, roles["layer"], names)
    if "layer" not in roles and first is not None and _names_rows(below, first, names):
        roles["layer"], listed = first, True
    named = "layer" in roles and "name" not in cells[roles["layer"]].lower() and "student" not in roles
    if not listed and not ("layer" in roles and named and any(map(_counts, heads))):
        for i, cell in enumerate(cells):
            found = layer_and_quantity(cell.strip(), names)
            if found and (not (heads[i].sure and heads[i].kind) or canonical(found[0]) in names):
                wide[i] = found
    quantities = _quantities(cells, heads, wide, problems)
    axes = tuple(
        next((i for i, head in enumerate(heads) if head.sure and head.kind == axis), -1) for axis in _AXES
    )
    if sum(i >= 0 for i in axes) < 2 or any(head.kind == "output_shape" for head in quantities.values()):
        axes = ()
    if len(wide) < len(quantities):
        wide = {}
    if wide:
        if "student" not in roles and "layer" in roles:
            roles["student"] = roles.pop("layer")
        if "layer" not in roles:
            wide |= {
                i: ("total", head.kind or "") for i, head in quantities.items() if _TOTAL.match(cells[i])
            }
            wide |= {i: ("total", "answer") for i, cell in enumerate(cells) if _TOTAL.fullmatch(cell)}
    elif quantities and "layer" not in roles and first is not None and first < min(quantities):
        roles["layer"] = first
    used = {*roles.values(), *quantities, *wide, *axes}
    unknown = [i for i, head in enumerate(heads) if i not in used and head.kind in (None, *QUANTITIES)]
    problems += [_left_out(cells[i]) for i in unknown if cells[i].strip()]
    width = max((i + 1 for i, cell in enumerate(cells) if cell.strip()), default=0)
    return Head(roles, quantities, wide, axes, width, tuple(problems))


def _answered(cell: str) -> bool:
    """Whether a cell says an answer and not what is asked: `params = 456`, `parameters 456`, `28x28x6`."""
    valued = _VALUED.fullmatch(cell)
    return bool(_ANSWERED.search(cell)) or bool(valued and _counts(heading(valued["what"])))


def _counts(head: Heading) -> bool:
    return head.kind in QUANTITIES or head.kind == "size"


def _quantities(
    cells: Sequence[str], heads: Sequence[Heading], wide: dict[int, tuple[str, str]], problems: list[str]
) -> dict[int, Heading]:
    """The columns that hold a quantity each; of two for one, that whose heading is all understood, else the first one."""
    kinds = {head.kind for head in heads}
    found = dict[str, int]()
    meant = list(heads)
    for i, head in enumerate(heads):
        kind = head.kind
        if kind == "size":
            kind = "output_shape" if "output_shape" not in kinds else "activations"
        if kind == "total" and {"weights", "biases"} <= kinds and "params" not in kinds:
            kind = "params"
        meant[i] = head._replace(kind=kind)
        if kind not in QUANTITIES or i in wide:
            continue
        other = found.setdefault(kind, i)
        if other != i:
            keep, drop = (i, other) if head.sure and not heads[other].sure else (other, i)
            found[kind] = keep
            message = _("two columns are {column}; {header} is left out")
            problems.append(message.format(column=kind, header=cells[drop].strip()[:60]))
    return {i: meant[i] for i in sorted(found.values())}


def _better_layer(roles: dict[str, int], cells: Sequence[str], i: int) -> None:
    """Of several columns that may name the layer, `name` before `layer` before `type`."""
    order = ("layer name", "name", "层名", "名称", "layer", "层", "网络层")
    words = [cells[j].strip().lower() for j in (roles.get("layer", i), i)]
    rank = [order.index(w) if w in order else len(order) for w in words]
    if "layer" not in roles or rank[1] < rank[0]:
        roles["layer"] = i


def _body(head: Head, lines: Sequence[Line], separator: str) -> list[Sheet]:
    cells = list[Cell]()
    turns = Counter[tuple[str, str]]()
    width = head.width
    by_student = dict[str, list[str]]()
    for number, texts in lines if "student" in head.roles else lines[: MAX_ROWS + 1]:
        texts = ["" if set(text) <= {"_", " "} else text for text in texts]
        while len(texts) > width and not texts[-1].strip():
            texts.pop()
        texts += [""] * (width - len(texts))
        if _rule(texts):
            continue
        student = texts[head.roles["student"]].strip() if "student" in head.roles else ""
        layer = texts[head.roles["layer"]].strip().strip("*_ ") if "layer" in head.roles else ""
        turn = turns[student, layer]
        turns[student, layer] += "column" not in head.roles and not head.wide
        if len(texts) > width:
            texts = _closed(texts, separator)
        if len(texts) > width:
            by_student.setdefault(student, []).append(_too_many(number, len(texts), width, separator))
            if layer and not head.wide:
                cells.append(Cell(student, layer, "", "", number, turn))
        elif head.wide:
            cells += [Cell(student, name, what, texts[i], number) for i, (name, what) in head.wide.items()]
        elif "column" in head.roles and "answer" in head.roles:
            asked = texts[head.roles["column"]]
            what = quantity(asked) or asked.strip()
            cells.append(Cell(student, layer, what, texts[head.roles["answer"]], number))
        elif head.quantities or head.axes:
            answers = _answers(head, texts, separator)
            if layer or any(text.strip() for text in answers.values()):
                cells += [Cell(student, layer, what, text, number, turn) for what, text in answers.items()]
        else:
            name, what = layer_and_quantity(layer) or (layer, "answer")
            cells.append(Cell(student, name, what, texts[head.roles["answer"]], number))
    return [
        sheet._replace(problems=(*head.problems, *_exchanged(sheet), *sheet.problems))
        for sheet in gathered(cells, by_student)
    ]


def _exchanged(sheet: Sheet) -> list[str]:
    """A word where shapes stand under a count, and no shape stands under shapes."""
    columns = {column for row in sheet.rows for column in row.cells}
    shapes = {
        column: sum(bool(_SHAPED.search(row.cells.get(column, ""))) for row in sheet.rows)
        for column in columns
    }
    if shapes.get("output_shape", 1):
        return []
    message = _("the columns output_shape and {column} look exchanged")
    return [
        message.format(column=column)
        for column, n in shapes.items()
        if n > 1 and 2 * n > len(sheet.rows) and column != "output_shape"
    ]


def _answers(head: Head, texts: Sequence[str], separator: str) -> dict[str, str]:
    """The answers of a row, with what their headings say of them: a unit, an order of axes, an axis each."""
    found = dict[str, str]()
    if head.axes:
        axes = [texts[i].strip() if i >= 0 else "" for i in head.axes]
        sizes = [size for size in axes if size and size not in ("-", "–", "—", "/")]
        found["output_shape"] = "x".join(sizes) + (" (HWC)" if len(sizes) == 3 else "")
    for i, what in head.quantities.items():
        text = texts[i]
        if what.unit and _NUMBER.fullmatch(text) and text.strip().strip("0.,"):
            comma = separator == ";" and _DECIMAL_COMMA.fullmatch(text)
            text = (text.replace(",", ".") if comma else text).strip() + what.unit
        elif what.layout:
            text = _with_layout(text, what.layout)
        found[what.kind or ""] = text
    return found


def _with_layout(text: str, layout: str) -> str:
    """A shape of as many axes as its heading names, with their order behind it."""
    numbers = re.findall(r"[0-9]+|None", text)
    return f"{text.strip()} ({layout})" if len(numbers) == len(layout) else text


def _rule(texts: Sequence[str]) -> bool:
    """A line of dashes under a head."""
    return all(set(text.strip()) <= set("-:=") for text in texts) and any("--" in text for text in texts)


def _closed(texts: Sequence[str], separator: str) -> list[str]:
    """A row whose brackets were cut at their commas, `(84` and `)`, put together again."""
    found, depth = list[str](), 0
    for text in texts:
        if depth > 0:
            found[-1] += f"{separator} {text}".rstrip()
        else:
            found.append(text)
        depth += text.count("(") + text.count("[") - text.count(")") - text.count("]")
    return found


def _too_many(number: int, found: int, width: int, separator: str) -> str:
    message = _(
        "line {line} has {found} cells and the head has {width}, so its answers were not read: "
        'a number or a shape with “{separator}” in it needs quotes, "27,000,100"'
    )
    return message.format(
        line=number, found=found, width=width, separator={"\t": _("a tab")}.get(separator, separator)
    )


def _left_out(header: str) -> str:
    """A word about a column that was not understood."""
    near = nearest(header.strip().lower(), list(QUANTITIES))
    message = (
        _("the column {header} was left out; did you mean {near}?")
        if near
        else _("the column {header} was left out")
    )
    return message.format(header=header.strip()[:60], near=near)
