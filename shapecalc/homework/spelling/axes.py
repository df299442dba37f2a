"""The list of axes in a row of signs: separators, nested lists, products in brackets, powers, maps first.

Pitfall: between axes a × or a space is a separator and + is arithmetic, so `32-5+1 x 28 x 6` may mean two things and is
refused; `(32-5+1) x 28 x 6` is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...record import Record
from ...text import _
from .arithmetic import work_out
from .literal import Literal
from .refused import Refused
from .tokens import Token, chinese
from .words import ABOUT, ALTERNATIVES, BATCH, BOUNDS, CHANNELS, FILLERS, JOINERS, SMALL, UNITS

Axis = Fraction | None  # None: a batch axis
_SEPARATORS = (",", ";")
_SQUARES = (2, 3)
MAX_DEPTH = 12


class Axes(Record):
    """Axes in the order of the text; `maps_first` where they were put channels last already."""

    axes: tuple[Axis, ...]
    maps_first: bool = False
    other: tuple[Axis, ...] = ()
    """The same text read otherwise: (28x28)x6 with its bracket as one axis."""


def axes_of(tokens: Sequence[Token]) -> Axes:
    """The axes that these tokens write. Raises Refused."""
    found, maps = _without_words(tokens)
    found = _unwrapped(found)
    at = [i for i, t in enumerate(found) if t.kind == "@"]
    if at:
        if at[0] == 0 or at[-1] == len(found) - 1:
            raise Refused(_("an axis is missing"))
        left, right = _fields(_unwrapped(found[: at[0]])), _fields(_unwrapped(found[at[0] + 1 :]))
        if len(at) > 1 or (len(left) != 1 and len(right) != 1):
            raise Refused(_("a shape with @ is maps@height x width"))
        return Axes((*right, *left) if len(left) == 1 else (*left, *right), maps_first=True)
    plane = _plane(found)
    if plane:
        return plane
    axes = tuple(_fields(found))
    if maps and len(axes) > 1:
        return Axes((*axes[1:], axes[0]), maps_first=True)
    return Axes(axes)


def _without_words(tokens: Sequence[Token]) -> tuple[list[Token], bool]:
    """The signs and numbers of the one shape among words; and whether the first number counts maps: 6 maps of 28x28."""
    runs = list[list[Token]]([[]])
    maps = list[Token]()
    digits = any(t.number for t in tokens)
    for i, token in enumerate(tokens):
        word, run = token.text, runs[-1]
        if token.kind == "?" and not any(t.number for t in run):
            run.append(token._replace(kind="batch"))
        elif token.kind in ("≈", "~", "?"):
            continue
        elif (
            token.kind in (":", "|")
            and run
            and run[-1].number
            and tokens[i + 1 : i + 2]
            and tokens[i + 1].number
        ):
            run.append(token._replace(kind=","))
        elif token.kind in (":", "=", "|", "#", "!", "'", ".", "$", "&", "\\"):
            runs.append([])
        elif token.kind in ("≤", "≥", "≠", "±", "%"):
            raise Refused(_("{text} was not expected there").format(text=word))
        elif token.kind != "word":
            run.append(token)
        elif word == "by":
            run.append(token._replace(kind="×"))
        elif word in CHANNELS or (word in ("个", "张") and i):
            if run and run[-1].number:
                maps.append(run[-1])
        elif word in ALTERNATIVES:
            raise Refused(_("it gives two answers"))
        elif (
            word in BATCH and tokens[i + 1 : i + 2] and tokens[i + 1].kind in ("×", ",") and not _numbers(run)
        ):
            run.append(token._replace(kind="batch"))
        elif word in ("and", "和", "与") and _crossed(run) and _crossed(tokens[i:]):
            runs.append([])
        elif word in JOINERS or word in FILLERS or word in UNITS or word in ABOUT:
            continue
        elif word in BOUNDS:
            raise Refused(_("“{word}” makes something else of the shape").format(word=word))
        elif word in SMALL and (SMALL[word] > 1 or not digits):
            run.append(token._replace(kind="number", number=Literal(Fraction(SMALL[word]), Fraction(1))))
        elif token.glued and i and tokens[i - 1].number and not chinese(word):
            raise Refused(_("“{word}” after the number is no unit known here").format(word=word))
        else:
            runs.append([])
    full = [run for run in runs if _numbers(run)]
    if len(full) != 1:
        raise Refused(
            _("it holds two shapes, and only one can be the answer") if full else _("there is no shape in it")
        )
    found = [t for i, t in enumerate(full[0]) if not (t.kind == "(" and full[0][i + 1 : i + 2] and full[0][i + 1].kind == ")")
             and not (t.kind == ")" and i and full[0][i - 1].kind == "(")]  # fmt: skip
    numbers = [t for t in found if t.number]
    alone = numbers[0] is found[0] and len(found) > 1 and found[1].kind in ("number", ",", "(")
    chain = [t.kind for t in found[1:]] == ["number", "×", "number"] and numbers[0] is found[0]
    return found, bool(maps) and ((alone and maps[0] is numbers[0]) or (chain and maps[0] is numbers[-1]))


def _crossed(run: Sequence[Token]) -> bool:
    return any(t.kind == "×" for t in run)


def _numbers(run: Sequence[Token]) -> bool:
    return any(t.number for t in run)


def _unwrapped(tokens: list[Token]) -> list[Token]:
    """Without the brackets around all of it, and without one that was never closed or opened."""
    if not any(t.number or t.kind == "batch" for t in tokens):
        raise Refused(_("an axis is missing"))
    depth = sum((t.kind == "(") - (t.kind == ")") for t in tokens)
    if depth == 1 and tokens[0].kind == "(":
        tokens = tokens[1:]
    elif depth == -1 and tokens[-1].kind == ")":
        tokens = tokens[:-1]
    if tokens[0].kind == "<" and tokens[-1].kind == ">":
        tokens = tokens[1:-1]
    while len(tokens) > 2 and tokens[0].kind == "(" and _closing(tokens, 0) == len(tokens) - 1:
        tokens = tokens[1:-1]
    return tokens


def _closing(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for i in range(start, len(tokens)):
        depth += (tokens[i].kind == "(") - (tokens[i].kind == ")")
        if not depth:
            return i
    raise Refused(_("a bracket is not closed"))


def _plane(tokens: Sequence[Token]) -> Axes | None:
    """`(28x28)x6` and `6x(28x28)`: a map's size in brackets and the number of maps, on either side."""
    kinds = "".join("n" if t.number else t.kind for t in tokens)
    numbers = [t.number.value for t in tokens if t.number]
    if kinds in ("(n×n)×n", "(n×n),n", "(n×n)n"):
        return Axes(tuple(numbers), other=(numbers[0] * numbers[1], numbers[2]))
    if kinds == "n×n^n" and numbers[2] == 2:  # 6 x 28²
        return Axes((numbers[1], numbers[1], numbers[0]), True, (numbers[0], numbers[1], numbers[1]))
    if kinds in ("n×(n×n)", "n(n×n)", "n,(n×n)", "n(n,n)", "n×(n,n)"):
        return Axes((*numbers[1:], numbers[0]), True, (numbers[0], numbers[1] * numbers[2]))
    return None


def _split(tokens: Sequence[Token], separators: Sequence[str]) -> list[list[Token]]:
    """The stretches between separators that stand in no bracket."""
    parts, depth = list[list[Token]]([[]]), 0
    for token in tokens:
        depth += (token.kind in "(⌊⌈") - (token.kind in ")⌋⌉")
        if depth == 0 and token.kind in separators:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _fields(tokens: Sequence[Token], depth: int = 0) -> list[Axis]:
    """Axes of a list: split at commas, each part at × and spaces."""
    if depth > MAX_DEPTH:
        raise Refused(_("brackets lie too deep inside each other"))
    parts = _split(tokens, _SEPARATORS)
    if len(parts) > 1 and not parts[-1]:
        parts.pop()
    axes = list[Axis]()
    for part in parts:
        sums = any(t.kind in ("+", "-", "/", "//") for t in _flat(part)[1:])
        if [t.kind for t in part][1::2] in (["/"], ["/", "/"]) and work_out(part).value.denominator > 1:
            raise Refused(_("it gives two answers"))
        if sums and len(parts) == 1 and any(t.kind == "×" for t in _flat(part)):
            raise Refused(_("× and + stand side by side: put each axis in brackets"))
        if sums:
            axes += [work_out(part).value]
            continue
        for item in _split(part, ("×",)):
            axes += _item(item, depth)
    return axes


def _flat(tokens: Sequence[Token]) -> list[Token]:
    """The tokens that stand in no bracket."""
    flat, depth = list[Token](), 0
    for token in tokens:
        depth += token.kind in "(⌊⌈"
        if not depth:
            flat.append(token)
        depth -= token.kind in ")⌋⌉"
    return flat


def _item(tokens: list[Token], depth: int) -> list[Axis]:
    """What stands between two separators: an axis, a power of one, a list, or several with spaces between."""
    if not tokens:
        raise Refused(_("an axis is missing"))
    axes = list[Axis]()
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "batch":
            axes.append(None)
            at += 1
        elif token.kind == "-" and tokens[at + 1 : at + 2] and tokens[at + 1].number:
            value = tokens[at + 1].number
            assert value is not None
            first = at == 0 and value.value == 1
            axes.append(None if first and not axes and depth == 0 and _leads(token) else -value.value)
            at += 2
        else:
            end = _end_of_base(tokens, at)
            base = tokens[at:end]
            if end < len(tokens) and tokens[end].kind == "^":
                power = tokens[end + 1 : end + 2]
                stop = end + 2
                if power and power[0].kind == "(":
                    stop = _closing(tokens, end + 1) + 1
                n = int(work_out(tokens[end + 1 : stop]).value)
                value = work_out(base)
                axes += [value.value] * n if n in _SQUARES else [work_out(tokens[at:stop]).value]
                at = stop
            elif [t.kind for t in base] == ["(", "number", "^", "number", ")"]:
                axes += _item(base[1:-1], depth + 1)
                at = end
            elif token.kind == "(" and any(t.kind in _SEPARATORS for t in _flat(base[1:-1])):
                axes += _fields(base[1:-1], depth + 1)
                at = end
            else:
                axes.append(work_out(base).value)
                at = end
    return axes


def _leads(token: Token) -> bool:
    return token.start <= 2


def _end_of_base(tokens: Sequence[Token], at: int) -> int:
    """Where a number, a bracket or a call ends."""
    if tokens[at].kind == "word":
        at += 1
    if at < len(tokens) and tokens[at].kind == "(":
        return _closing(tokens, at) + 1
    if at < len(tokens) and tokens[at].kind in ("⌊", "⌈"):
        return next((i + 1 for i in range(at, len(tokens)) if tokens[i].kind in ("⌋", "⌉")), at + 1)
    return at + 1
