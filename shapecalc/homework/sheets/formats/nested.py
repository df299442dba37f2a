"""A PyTorch model as it prints itself, with the counts that ptflops, calflops and fvcore write into it.

Only modules without others inside are layers. Pitfall: a bare `print(model)` has options and no answers, and what stands in
it must not be taken for any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ....pattern import Pattern
from ....text import _
from ...kinds import canonical
from ...spelling.refused import Refused
from ..columns import Names
from ..format import Format
from ..sheet import Cell, Sheet, gathered

MAX_LINES = 20_000
_MODULE = Pattern(r"(?P<indent>\s*)\((?P<name>[\w.-]{1,80})\): (?P<kind>[A-Za-z]\w{0,80})\((?P<rest>.*)")
_NUMBER = r"(?P<n>[0-9](?:[0-9.,]*[0-9])?\s?[kKMG]?)"
_COUNTS = {
    "params": (Pattern(r"#params:\s*" + _NUMBER), Pattern(r"(?:^|\s)" + _NUMBER + r"(?: = |, )[0-9.]+% Params")),
    "macs": (Pattern(r"(?:^|\s)" + _NUMBER + r"M[Aa][Cc]s?(?: = |, )[0-9.]+% MACs"), Pattern(r"#flops:\s*" + _NUMBER)),
}  # fmt: skip
"""What fvcore calls flops are multiply-adds."""


def read(text: str, names: Names) -> list[Sheet]:
    """The sheet of a printed model; none for another text. Raises Refused for a model without any counts."""
    lines = text.splitlines()[:MAX_LINES]
    modules = [
        (at, match)
        for at, line in enumerate(lines)
        if len(line) < 2000 and (match := _MODULE.fullmatch(line))
    ]
    if len(modules) < 2:
        return []
    cells = list(_cells(lines, modules, names))
    if not any(cell.column for cell in cells):
        raise Refused(
            _("it is a printed model, which has options and neither shapes nor numbers of parameters")
        )
    return gathered(cells)


def _cells(lines: Sequence[str], modules: Sequence[tuple[int, object]], names: Names) -> Iterator[Cell]:
    """The counts of the modules that have none inside."""
    path = list[tuple[int, str]]()
    ends = [*(at for at, _m in modules[1:]), len(lines)]
    for i, ((at, found), end) in enumerate(zip(modules, ends)):
        match = _MODULE.fullmatch(lines[at])
        assert match and found
        depth = len(match["indent"])
        path = [(d, name) for d, name in path if d < depth] + [(depth, match["name"])]
        after = _MODULE.fullmatch(lines[modules[i + 1][0]]) if i + 1 < len(modules) else None
        if after and len(after["indent"]) > depth:
            continue
        whole = [".".join(name for _d, name in path[start:]) for start in range(len(path))]
        name = next((text for text in whole if canonical(text) in names), match["kind"])
        body = "\n".join([match["rest"], *lines[at + 1 : end]])
        for column, patterns in _COUNTS.items():
            count = next((m for pattern in patterns if (m := pattern.search(body))), None)
            yield Cell("", name, column if count else "", count["n"].strip() if count else "", at + 1, at)


FORMAT = Format((), read, turn=5)
