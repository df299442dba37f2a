"""One number out of a cell: 456, 450+6, (5·5·3+1)·6 = 456, 62.4M, 约6000万, 608 params, 93MB.

Pitfall: with two different numbers in a cell nobody knows which one is the answer, so it is refused; a remark in brackets
that comes to the same number is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...pattern import Pattern
from ...record import Record
from ...text import _
from .arithmetic import work_out
from .literal import HANZI, POWERS, Literal, english, hanzi
from .pieces import answer, noted, pieces
from .refused import Refused
from .tokens import Token, chinese, tokens
from .words import ABOUT, ALIKE, ALTERNATIVES, BOUNDS, FILLERS, NOTE, SMALL, UNITS

_BITS = Pattern(r"bits?$|bytes?$|^[kmgt]i?b")
_KIBI = Fraction(1, 8)
MAX_NOTES = 2
_CALLS = ("floor", "ceil", "int", "ceiling")
_DROPPED = FILLERS - {"="}


class Amount(Record):
    """A number as it was read: exactly, or to its last digit (`step`)."""

    value: Fraction
    step: Fraction | None = None
    unit: str = ""
    working: str = ""


def number(text: str, kind: str = "number") -> Amount:
    """The one number of a normalised text, as a count or as `bytes`. Raises Refused."""
    chain = pieces(ALIKE.sub(" ~ ", text))
    last = answer(chain)
    if last < 0:
        return _in_words(text)
    if not any(c.isdigit() for c in chain[last][1]):
        return _in_words(chain[last][1])
    said = [p for _sign, p in chain[:last] if any(c.isdigit() for c in p)]
    rounded = chain[last][0] == "≈" and not said
    found = _piece(("~" if rounded else "") + chain[last][1], kind)
    working = said[-1] if said else found.working
    if chain[last][0] == "≈" and found.step is not None and said:
        exact = _exact_before(chain[last - 1][1], found, kind)
        found = exact or found
        working = working if not exact else said[-2] if len(said) > 1 else exact.working
    unit = found.unit
    if not unit and not found.step:
        label = chain[last - 1][1] if last else ""
        words = label.lower().split() if not any(c.isdigit() for c in label) else []
        unit = next((UNITS[w] for w in words if w in UNITS), "")
    return found._replace(working=_looks_like_work(working), unit=unit)


def _looks_like_work(text: str) -> str:
    return text if any(c in text for c in "+×/^") or "-" in text else ""


def _exact_before(piece: str, rounded: Amount, kind: str) -> Amount | None:
    """`62378344 ≈ 62.4M`: the exact number, where the rounded one is this number rounded."""
    try:
        exact = _piece(piece, kind)
    except Refused:
        return None
    step = rounded.step or Fraction(0)
    agrees = exact.step is None and abs(exact.value - rounded.value) * 2 <= step
    return exact if agrees and exact.value.denominator == 1 else None


def _in_words(text: str) -> Amount:
    """A number that is spelled out: six, 六万, 一百三十八万."""
    words = [w for w in tokens(text) if w.kind == "word"]
    spelled = english(
        [w.text for w in words if w.text not in UNITS and w.text not in _DROPPED and w.text not in ABOUT]
    )
    if spelled:
        return Amount(spelled.value, spelled.step if spelled.step > 1 else None)
    found = [(m, hanzi(m[0])) for m in HANZI.finditer(text)]
    if len(found) == 1 and (value := found[0][1]) and not _alters(text):
        rest = text.replace(found[0][0][0], " ")
        if all(w.text in UNITS or w.text in _DROPPED or w.text in ABOUT for w in tokens(rest)):
            unit = next((UNITS[w.text] for w in tokens(rest) if w.text in UNITS), "")
            return Amount(value.value, value.step if value.scaled and value.step > 1 else None, unit)
    raise Refused(_("there is no number in it"))


def _alters(text: str) -> bool:
    return any(w.text in BOUNDS or w.text in ALTERNATIVES for w in tokens(text))


def _piece(piece: str, kind: str, notes: int = MAX_NOTES) -> Amount:
    """The number of one piece, with or without remarks in brackets behind it."""
    short = NOTE.sub("", piece)
    piece = short if any(c.isdigit() for c in short) else piece
    try:
        return _spelled(piece, kind)
    except Refused as refused:
        parts = noted(piece)
        if parts is None or notes == 0:
            raise
        head, note = parts
        if not any(c.isdigit() for c in head):
            raise
        try:
            found = _piece(head, kind, notes - 1)
        except Refused:
            raise refused from None
        return _with_note(found, note, kind)


def _with_note(found: Amount, note: str, kind: str) -> Amount:
    """`456 (=450+6)`, `608 (with biases)`; a bare second number in the brackets must be the same one."""
    if not any(c.isdigit() for c in note):
        return found
    chain = pieces(note)
    try:
        second = _spelled(chain[answer(chain)][1], kind)
    except Refused:
        second = None
    same = second is not None and second.value == found.value
    if same and second is not None:
        working = _looks_like_work(chain[max(answer(chain) - 1, 0)][1]) or second.working
        return found._replace(working=found.working or working)
    if second is not None and found.step is not None and abs(second.value - found.value) * 2 <= found.step:
        return second  # 62.4M (62378344): the brackets say it exactly
    if (
        second is not None
        and kind == "bytes"
        and found.step
        and not second.step
        and abs(second.value / found.value - 1) < _KIBI
    ):
        return second  # 18.4 KB (18816 bytes): 1024 was meant, and the brackets say it exactly
    if second is not None and second.step is not None and abs(second.value - found.value) * 2 <= second.step:
        return found
    if not any(c.isalpha() for c in note) and "=" not in note:
        raise Refused(_("it holds two numbers, and only one can be the answer"))
    return found


def _spelled(piece: str, kind: str) -> Amount:
    """The number of a piece, among words that do not change it."""
    about = False
    read = list[Token]()
    unit = ""
    broken = False
    runs = list[list[Token]]()
    found = tokens(piece, bytes=kind == "bytes")
    numbers = sum(t.number is not None for t in found)
    for at, token in enumerate(found):
        word = token.text
        if token.kind == "word" and _stands_for_a_number(found, at):
            raise Refused(_("“{word}” stands where a number should").format(word=word))
        if token.number and token.number.lower_b and numbers > 1:
            few = token.number._replace(value=token.number.value / 10**9, step=Fraction(1), scaled=False)
            token, unit = token._replace(number=few), unit or "weights"  # 450w + 6b: weights and biases
        if token.kind in "~≈":
            about = True
        elif word == "w" and token.glued and numbers == 1 and found[at - 1].number:
            raise Refused(_("“w” may be 万 or weights: write the number out"))
        elif token.kind in ("<", ">", "≤", "≥", "≠", "±"):
            raise Refused(_("it says a bound, and a number was asked for"))
        elif token.kind == "%" and numbers == 1:
            raise Refused(_("it is a percentage, and a count was asked for"))
        elif token.kind in ("%", "@", ":", "=", "|", "#", "&", "!", "'", ".", '"', "\\", "$", "?", ";"):
            broken = True
        elif token.kind != "word":
            if broken and read:
                runs.append(read)
                read = []
            broken = False
            read.append(token)
        elif word in ALTERNATIVES:
            raise Refused(_("it gives two answers"))
        elif word in BOUNDS or any(b in word for b in ("每", "大于", "小于", "不是", "或")):
            if not (word in ("without", "no") and read):
                raise Refused(_("“{word}” makes something else of the number").format(word=word))
            broken = True
        elif word in ABOUT or any(b in word for b in ("大约", "左右", "大概")) or word == "约":
            about = True
        elif word in _CALLS and found[at + 1 : at + 2] and found[at + 1].kind == "(":
            read.append(token)
        elif kind == "bytes" and word not in UNITS and _BITS.search(word):
            raise Refused(_("“{word}” after the number is no unit known here").format(word=word))
        elif word in UNITS:
            behind = at and (
                found[at - 1].number or (at > 1 and found[at - 2].number and found[at - 1].text in FILLERS)
            )
            unit = UNITS[word] if behind and numbers == 1 else unit
        elif word in SMALL and numbers == 0:
            read.append(token._replace(kind="number", number=Literal(Fraction(SMALL[word]), Fraction(1))))
        elif word in _DROPPED:
            continue
        elif (
            found[at + 1 : at + 2]
            and found[at + 1].kind == "("
            and found[at + 1].glued
            and _holds_number(found, at + 1)
        ):
            raise Refused(_("“{word}” is no function known here").format(word=word))
        elif (word in POWERS and len(word) > 2) or (at and any(c in "万亿千百兆" for c in word)):
            raise Refused(_("“{word}” stands apart from its number").format(word=word))
        elif token.glued and at and found[at - 1].number and not chinese(word):
            raise Refused(_("“{word}” after the number is no unit known here").format(word=word))
        else:
            broken = True
    runs.append(read)
    full = [r for r in map(_tidied, runs) if any(t.number for t in r)]
    if not full:
        raise Refused(_("there is no number in it"))
    values = [work_out(r) for r in full]
    if len({v.value for v in values}) > 1:
        raise Refused(_("it holds two numbers, and only one can be the answer"))
    return _amount(values[0], full[0], unit, about, kind)


def _stands_for_a_number(tokens: Sequence[Token], at: int) -> bool:
    """`450 + bias`, `C*25`: a word that is worked with."""
    if tokens[at].text in _CALLS:
        return False
    before = tokens[at - 1].kind if at else ""
    after = tokens[at + 1].kind if at + 1 < len(tokens) else ""
    counted = before in ("number", ")") or (
        before == "word" and at > 1 and tokens[at - 2].kind in ("number", ")")
    )
    return before in ("×", "+", "/", "//", "^") or (after in ("×", "+", "/", "//", "^") and not counted)


def _holds_number(tokens: Sequence[Token], start: int) -> bool:
    """Whether a number stands in the bracket that opens at `start`, : sqrt(9)."""
    close = next((i for i in range(start, len(tokens)) if tokens[i].kind == ")"), len(tokens))
    return any(t.number for t in tokens[start:close])


def _tidied(run: list[Token]) -> list[Token]:
    """A run of signs without the brackets and commas that words left behind."""
    changed = True
    while changed:
        changed = False
        for i in range(len(run) - 1):
            if run[i].kind == "(" and run[i + 1].kind == ")":
                run, changed = run[:i] + run[i + 2 :], True
                break
        if run and run[0].kind in (",", ")"):
            run, changed = run[1:], True
        elif run and run[-1].kind in (",", "("):
            run, changed = run[:-1], True
    return run


def _amount(found: Literal, run: Sequence[Token], unit: str, about: bool, kind: str) -> Amount:
    """The number with its unit held against what was asked."""
    value, step = found.value, found.step
    if found.doubt and kind != "ratio" and not found.scaled:
        reason = _("{text} may be over a thousand or a little more than a point: leave the point out")
        raise Refused(reason.format(text=run[0].text))
    if kind != "bytes" and (found.bytes or unit == "bytes"):
        raise Refused(_("it is in bytes, and a count was asked for"))
    working = (
        ""
        if sum(t.number is not None for t in run) == 1
        else "".join(f" {t.text} " if t.kind in "+-" else t.text for t in run).strip()
    )
    if step > 1 and (found.scaled or len(run) > 1):
        binary = value.denominator > 1 and found.bytes
        return Amount(Fraction(_nearest(value)) if binary else value, step, unit, working)
    if about and len(run) == 1 and value.denominator == 1 and value:
        zeros = len(str(value)) - len(str(value).rstrip("0"))
        return Amount(value, Fraction(10**zeros) if zeros else None, unit)
    if [t.kind for t in run] == ["number", "-", "number"] and value < 0:
        raise Refused(_("it gives two answers"))
    if [t.kind for t in run] == ["number", "/", "number"] and kind != "ratio":
        raise Refused(_("it gives two answers"))
    return Amount(value, None, unit, working)


def _nearest(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
