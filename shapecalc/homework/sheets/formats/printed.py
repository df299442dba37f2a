"""Tables that programs print: columns lined up by blanks, or boxes drawn with lines.

Keras 2 and 3, torchinfo, torchsummary, a data frame, and this program's own table: a head names the columns, and every row
is cut where the head's columns leave a gap. Pitfall: names are cut to the width of a column and go on in the next line, and
`(None, 28, 28, 6)` has gaps of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from unicodedata import east_asian_width

from ....pattern import Pattern
from ...kinds import canonical
from ..columns import Names, heading, quantity
from ..format import Format
from ..printers import as_meant, printed_by
from ..sheet import Cell, Sheet, gathered
from ..table import Line, sheets

MAX_LINES = 20_000
MAX_WIDTH = 1_000
MAX_TABLES = 20
MAX_ROWS = 3_000
PROBE = 60
_BARS = "│┃║|"
_RULE = Pattern(r"\s*[-=_─━═┄┈+┼╇╈┡┩├┤┢┪┏┓┗┛┌┐└┘┳┻╋┬┴╔╗╚╝╠╣╦╩╬╪╞╡\s]{3,}")
_GAP = Pattern(r"\s{2,}|\t")
_WORDS = Pattern(r"\S+")
_ATOM = Pattern(r"\[\([^()\[\]]*\)\]|\[[^\[\]]*\]|\([^()\[\]]*\)|\S+")
_MASK = Pattern(r"[\[(](?:None|[^()\[\]A-Za-z])*[\])]|[0-9]\s?[x×*]\s?(?=[0-9])")
_TOTAL = Pattern(r"\s*Total params\s*:?\s*([0-9][0-9,]*)\b.*")
_ANSWER = Pattern(r".*[0-9?]|\s*(?:--?|none|no|無|无)\s*")
_FILL = "\0"
Span = tuple[int, int]


def read(text: str, names: Names) -> list[Sheet]:
    """The sheets of all printed tables of a text, in order."""
    lines = [
        _wide(line.expandtabs()) if len(line) <= MAX_WIDTH else "" for line in text.splitlines()[:MAX_LINES]
    ]
    found, at, heads = list[Sheet](), 0, 0
    while at < len(lines) and heads < MAX_TABLES:
        table = _box(lines, at) or _aligned(lines, at, names)
        if table is None:
            at += 1
            continue
        heads += 1
        head, rows, at = table
        head = [title.replace(_FILL, "") for title in head]
        rows = [(number, [cell.replace(_FILL, "") for cell in cells]) for number, cells in rows]
        printer = printed_by(" ".join(head))
        rows = as_meant(rows, head, printer, names) if printer else _without_rules(rows)
        own = sheets([(rows[0][0] if rows else at, list(head)), *rows], "|", names)
        total = next((m for line in lines[at : at + 4] if (m := _TOTAL.fullmatch(line))), None)
        found += own
        if own and total:
            found += gathered([Cell("", "total", "params", total[1])])
    return found


def _wide(line: str) -> str:
    """A line as wide as it is shown: a Chinese letter fills two columns."""
    if line.isascii():
        return line
    return "".join(c + _FILL if east_asian_width(c) in "WF" else c for c in line.replace(_FILL, ""))


def _without_rules(rows: Sequence[Line]) -> list[Line]:
    return [(number, cells) for number, cells in rows if any(cell.strip("-=_─ ") for cell in cells)]


def _is_rule(line: str) -> bool:
    return bool(_RULE.fullmatch(line))


def _box(lines: Sequence[str], at: int) -> tuple[list[str], list[Line], int] | None:
    """A table drawn with lines that begins here: its head, its rows, and where it ends."""
    first = lines[at].strip()
    if not first.startswith(("┏", "┌", "╔", "+-", "+=", "╭")):
        return None
    records, open_, end = list[tuple[int, list[list[str]]]](), list[list[str]](), at + 1
    inner = 0
    for end in range(at + 1, len(lines)):
        line = lines[end].strip()
        if line[:1] and line[0] in _BARS:
            bars = [c for c in line if c in _BARS]
            open_.append(
                [
                    cell.strip()
                    for cell in line.strip(_BARS)
                    .replace("┃", "│")
                    .replace("║", "│")
                    .replace("|", "│" if bars[0] == "|" else "|")
                    .split("│")
                ]
            )
        elif line and _is_rule(line):
            if open_:
                records.append((end, open_))
                open_ = []
                inner += 1
        else:
            break
    else:
        end = len(lines)
    if open_:
        records.append((end, open_))
    if not records:
        return None
    ruled = inner > 2 or len(records[0][1]) == 0
    rows = list[Line]()
    for number, parts in records[1:]:
        for cells in [_joined(parts)] if ruled else parts:
            rows.append((number, cells))
    return _joined(records[0][1]), rows, end


def _joined(parts: Sequence[Sequence[str]]) -> list[str]:
    """The lines of one row as one."""
    width = max(map(len, parts))
    return [" ".join(part[i] for part in parts if i < len(part) and part[i]) for i in range(width)]


def _aligned(lines: Sequence[str], at: int, names: Names) -> tuple[list[str], list[Line], int] | None:
    """A table lined up by blanks whose head is this line."""
    head = lines[at]
    if not 2 <= len(head.split()) <= 40 or _is_rule(head) or "|" in head[:1]:
        return None
    start = at + 1
    while start < len(lines) and (_is_rule(lines[start]) or not lines[start].strip()) and start < at + 3:
        start += 1
    parts = {*head.split(), *map(str.strip, _GAP.split(head))}
    if not any(quantity(part) for part in parts) or sum(_known(part, names) for part in parts) < 2:
        return None
    probe = list(islice(_body(lines, start), PROBE))
    words = [match.span() for match in _WORDS.finditer(head)]
    one_each = all(_known(head[a:b], names) for a, b in words) and _by_count(probe, len(words))
    spans = words if one_each else _spans(head, [line for _n, line in probe], names)
    titles = [head[a:b].strip() for a, b in spans]
    if len(spans) < 2 or not probe or sum(_known(title, names) for title in titles) < 2:
        return None
    body = list(islice(_body(lines, start), MAX_ROWS))
    rows = _by_count(body, len(spans)) or _by_place(body, spans)
    last = next((n for n in range(len(rows), 0, -1) if _a_row(rows[n - 1][1])), 0)
    end = body[-1][0] if last == len(rows) else rows[last][0] - 1
    return titles, rows[:last], end if last else start


def _known(title: str, names: Names) -> bool:
    found = heading(title.replace(_FILL, ""))
    return canonical(title) not in names and found.kind is not None and found.sure


def _a_row(cells: Sequence[str]) -> bool:
    return any(_ANSWER.match(cell) for cell in cells[1:])


def _body(lines: Sequence[str], start: int) -> Iterator[tuple[int, str]]:
    """The lines of a table, up to the rule below it, or to a line that is no row behind a blank one."""
    gap = False
    for at in range(start, len(lines)):
        line = lines[at]
        if _is_rule(line) and line.strip():
            if at > start:
                return
            continue
        if not line.strip():
            gap = True
            continue
        if gap and not _GAP.search(line.strip()) and ")" not in line:
            return
        if _TOTAL.fullmatch(line):
            return
        gap = False
        yield at + 1, line


def _spans(head: str, body: Sequence[str], names: Names) -> list[Span]:
    """Where the head's columns stand: its words, together where no row has a gap below them or they are one heading."""
    words = [match.span() for match in _WORDS.finditer(head)]
    masked = [_masked(line) for line in body]
    found = list[Span]()
    for start, end in words:
        if not found:
            found.append((start, end))
            continue
        before = found[-1]
        gap = start - before[1]
        apart = gap > 1 or (
            _known(head[start:end], names)
            and _known(head[before[0] : before[1]], names)
            and heading(head[before[0] : before[1]]).kind != "other"  # Kernel Shape
            and all(before[1] >= len(line) or line[before[1]] == " " for line in masked)
        )
        if apart:
            found.append((start, end))
        else:
            found[-1] = (before[0], end)
    return found


def _masked(line: str) -> str:
    """A line whose shapes have no gaps in them."""
    return _MASK.sub(lambda match: "#" * len(match[0]), line)


def _by_count(body: Sequence[tuple[int, str]], columns: int) -> list[Line]:
    """Rows that have a word for each column, or one more that counts them, as a data frame prints; else nothing."""
    rows = [(number, _ATOM.findall(line)) for number, line in body]
    if all(len(cells) == columns for _n, cells in rows):
        return [(number, cells) for number, cells in rows]
    if all(len(cells) == columns + 1 and cells[0] == str(n) for n, (_number, cells) in enumerate(rows)):
        return [(number, cells[1:]) for number, cells in rows]
    return []


def _by_place(body: Sequence[tuple[int, str]], spans: Sequence[Span]) -> list[Line]:
    """Rows cut where the fewest of them have something between two columns of the head."""
    masked = [_masked(line) for _n, line in body]
    cuts = [0]
    for (_start, end), (start, _end) in pairwise(spans):
        crossed = {at: sum(at < len(line) and line[at] != " " for line in masked) for at in range(end, start)}
        least = min(crossed.values(), default=0)
        cuts.append(max((at for at, n in crossed.items() if n == least), default=start))
    rows = list[tuple[int, list[str]]]()
    for number, line in body:
        cells = [line[a:b].strip() for a, b in zip(cuts, [*cuts[1:], MAX_WIDTH])]
        lead = line[: len(line) - len(line.lstrip())]
        if rows and _goes_on(rows[-1][1], cells):
            rows[-1] = (rows[-1][0], [one + two for one, two in zip(rows[-1][1], cells)])
        else:
            rows.append((number, [lead + cells[0], *cells[1:]]))
    return [(number, cells) for number, cells in rows]


def _goes_on(before: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a line is the rest of the row above: what it has belongs to cells that were cut."""
    own = [i for i, cell in enumerate(cells) if cell]
    cut = [
        before[i].count("(") + before[i].count("[") > before[i].count(")") + before[i].count("]")
        or before[i].endswith((",", "_"))
        for i in own
    ]
    return bool(own) and len(own) < len(cells) and all(cut)


FORMAT = Format((), read, turn=4)
