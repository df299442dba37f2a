"""One window solved for whatever is not known of N, F, S, P, D and the output size M, with the working shown.

Pitfall: several settings give the same size, so an answer is never one number by itself: it is all of them, or the
interval they fill, and each is checked by the formula that runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice, product
from typing import Any

from ...errors import ShapeError, UsageError
from ...formula import Formula
from ...layers import _spread, _window
from ...report.grid import Column
from ...report.solutions import Solutions
from ...text import _, clauses, ngettext
from .asked import Asked, Given, ask
from .axis import Axis, solve_axis
from .reasons import nearest, reason, usual
from .rules import LETTERS, Rule
from .search import MOST

SHOWN = 20
GENERAL = Formula("(N + 2*P - K) // S + 1")


def solve(
    n: Given = None,
    f: Given = None,
    s: Given = None,
    p: Given = None,
    d: Given = None,
    out: Given = None,
    max: int = 512,
    exact: bool = False,
    rounding: str = "floor",
    transposed: bool = False,
    output_padding: int = 0,
) -> Solutions:
    """All integer solutions of ⌊(N + 2P − K) / S⌋ + 1 = M for what is not given, with K = D·(F − 1) + 1.

    A value is a number, one number an axis (a tuple, or "224x320"), or None for unknown; P may be a padding word. D is 1
    unless it is given or "unknown". A single unknown has an exact interval; `max` bounds several unknowns, or the
    number of listed members. `exact` keeps the solutions whose division is whole. Raises UsageError for what is no such
    number. Source: Dumoulin & Visin 2016, arXiv:1603.07285, relationships 6 and 13.
    """
    if max < 1:
        raise UsageError(_("max is at least 1"))
    if rounding not in ("floor", "ceil"):
        raise UsageError(_("rounding is floor or ceil, not {text}").format(text=rounding))
    if transposed and rounding == "ceil":
        raise UsageError(_("a transposed convolution rounds nothing"), _("leave --rounding out"))
    if output_padding and not transposed:
        raise UsageError(_("output padding belongs to a transposed convolution"), _("add --transposed"))
    rule = Rule(rounding, "", transposed, output_padding)
    asked = ask({"n": n, "f": f, "s": s, "p": p, "d": d, "out": out}, rule)
    found = [solve_axis(asked.rule, axis, asked.unknown, max, exact) for axis in asked.axes]
    return _Answer(asked, found, max, exact).solutions()


def conv_out(n: Any, f: Any, s: Any = 1, p: Any = 0, d: Any = 1, rounding: str = "floor") -> Any:
    """The output size ⌊(N + 2P − K) / S⌋ + 1 of a convolution or pool, an int; a tuple where a size is one, an axis each.

    P may be a padding word. Raises UsageError where the window does not fit. Source: Dumoulin & Visin 2016,
    arXiv:1603.07285, relationship 6.
    """
    if rounding not in ("floor", "ceil"):
        raise UsageError(_("rounding is floor or ceil, not {text}").format(text=rounding))
    asked = ask({"n": n, "f": f, "s": s, "p": p, "d": d}, Rule(rounding))
    if asked.unknown != ("out",):
        raise UsageError(_("conv_out needs all of n, f, s, p and d"), "conv_out(224, f=7, s=2, p=3)")
    try:
        sizes = tuple(asked.rule.window(axis).M for axis in asked.axes)
    except ShapeError as error:
        raise UsageError(error.message, error.help) from None
    number = next((len(v) for v in asked.given.values() if isinstance(v, tuple)), 0)
    return sizes[0] if not number else sizes if len(sizes) == number else sizes * number


class _Answer:
    """Puts the axes together, and into words."""

    def __init__(self, asked: Asked, axes: Sequence[Axis], most: int, exact: bool) -> None:
        self.asked, self.axes, self.most, self.exact = asked, axes, most, exact
        self.rule, self.unknown = asked.rule, asked.unknown

    def solutions(self) -> Solutions:
        combined = list(islice(product(*(axis.solutions for axis in self.axes)), MOST + 1))
        cut = len(combined) > MOST
        combined = combined[:MOST]
        rows, columns = self.printed(combined)
        head: dict[str, Any] = {}
        if self.rule.rounding != "floor":
            head["rounding"] = self.rule.rounding
        if self.rule.transposed:
            head |= {"transposed": True, "output_padding": self.rule.extra}
        given = {k: list(v) if isinstance(v, tuple) else v for k, v in self.asked.given.items()}
        truncated = cut or any(axis.truncated for axis in self.axes)
        why, near = ("", ()) if combined else self.refusal()
        if near:
            rows, columns = self.neighbours(near)
        return Solutions(
            "solve", self.title() if combined else _("{question}: no solution").format(question=self.title()), given, self.unknown, list(map(self.solution, combined)), self.intervals(), truncated,
            columns, rows, tuple(self.notes(combined, truncated, why)), why, near, head,
        )  # fmt: skip

    def solution(self, combined: Sequence[Mapping[str, int]]) -> dict[str, Any]:
        """One solution as data: a number, or one an axis where axes differ; and whether all divisions are whole."""
        if not self.unknown:
            return {}
        values: dict[str, Any] = {
            name: self.together([part[name] for part in combined]) for name in self.unknown
        }
        return {**values, "exact": all(map(self.rule.exact, self.whole(combined)))}

    def whole(self, combined: Sequence[Mapping[str, int]]) -> list[dict[str, int]]:
        return [{**known, **part} for known, part in zip(self.asked.axes, combined)]

    @staticmethod
    def together(values: Sequence[Any]) -> Any:
        return values[0] if len(values) == 1 else list(values)

    def intervals(self) -> dict[str, Any]:
        """The interval of a single unknown; null where several are, or where its values leave gaps."""
        if len(self.unknown) != 1:
            return dict.fromkeys(self.unknown)
        ends = [None if axis.interval is None else list(axis.interval) for axis in self.axes]
        return {self.unknown[0]: self.together(ends)}

    def title(self) -> str:
        shown = [f"{LETTERS[n]} = {_size(v)}" for n, v in self.asked.given.items()]
        if self.rule.extra:
            shown.append(f"O = {self.rule.extra}")
        asked = [f"{LETTERS[n]} = ?" for n in self.unknown] or [_("does it fit?")]
        return f"{', '.join(asked)}    {', '.join(shown)}"

    def printed(self, combined: Sequence[Any]) -> tuple[tuple[Any, ...], tuple[Column, ...]]:
        """The solutions that people build, with their checks; at most SHOWN of them."""
        if not combined:
            return (), ()
        key = lambda c: max(usual(self.rule, v) for v in self.whole(c))  # noqa: E731
        chosen = sorted(combined, key=key) if len(self.unknown) > 1 else combined
        rows = []
        for c in chosen[:SHOWN]:
            windows = [self.rule.window(v) for v in self.whole(c)]
            checks = (f"{w.formula.show(w.letters)} = {w.M}" for w in windows)
            values = [_size(self.together([part[name] for part in c])) for name in self.unknown]
            left = [0 if self.rule.exact(v) else w.unread for v, w in zip(self.whole(c), windows)]
            rows.append((*values, clauses(dict.fromkeys(checks)), _size(self.together(left))))
        columns = [Column(name, LETTERS[name]) for name in self.unknown]
        columns += [Column("check", _("check")), Column("unread", _("never read"))]
        if self.rule.transposed or all(row[-1] in ("0", "0×0", "0×0×0") for row in rows):
            return tuple(row[:-1] for row in rows), tuple(columns[:-1])
        return tuple(rows), tuple(columns)

    def notes(self, combined: Sequence[Any], truncated: bool, why: str) -> list[str]:
        notes = []
        if not combined:
            notes.append(_("No solution: {reason}.").format(reason=why))
        elif not self.unknown:
            notes.append(_("Yes."))
        elif len(self.unknown) == 1:
            notes += self.worked()
        if len(combined) > SHOWN:
            message = ngettext(
                "{n} more solution; --format json or csv has it.",
                "{n} more solutions; --format json or csv has them.",
                len(combined) - SHOWN,
            )
            notes.append(message.format(n=len(combined) - SHOWN))
        if combined and truncated:
            message = _("There are more: the list ends at {most}, and --max moves that.")
            if self.unknown == ("out",) or len(self.unknown) > 1:
                message = _(
                    "Each unknown was tried up to {most}; there may be more beyond, and --max moves that."
                )
            notes.append(message.format(most=self.most))
        notes += self.word()
        return [*notes, *self.legend()]

    def worked(self) -> list[str]:
        """The interval of the single unknown, by its formula, with the numbers put in."""
        name, lines = self.unknown[0], []
        for known, axis in zip(self.asked.axes, self.axes):
            ends = self.rule.ends(name, known.get("d", 1) != 1 or name == "d")
            if ends is None or axis.interval is None:
                continue
            low, high = axis.interval
            w = self.rule.letters({"f": 1, "d": 1, "p": 0, **known})
            span = str(low) if low == high else f"{low} … {_('any') if high is None else high}"
            top = name != "s" or known["out"] > 1 or self.rule.transposed
            both = [ends[0], ends[1]] if top and ends[0].text != ends[1].text else [ends[0]]
            general = " … ".join(e.show() for e in both)
            numbers = " … ".join(e.show(w) for e in both)
            lines.append(f"{LETTERS[name]} = {general} = {numbers} = {span}")
            if not top:
                lines.append(
                    _("One position fits whatever the stride, once S is larger than what is left over.")
                )
        return list(dict.fromkeys(lines))

    def word(self) -> list[str]:
        """What a padding word means, for the first solution."""
        word = self.rule.word
        lines = []
        for known, axis in zip(self.asked.axes, self.axes):
            if not word or not axis.solutions:
                continue
            w = self.rule.window({**known, **axis.solutions[0]})
            if word in ("same", "same_lower") and self.rule.transposed:
                lines.append(
                    _("same: the output is {formula}, stride times the input.").format(formula=_spread.SAME)
                )
            elif word in ("same", "same_lower"):
                message = _(
                    "{word}: P = {before} before and {after} after, {formula} = {numbers} = {total} together, so that M = {out}."
                )
                total = _window.SAME_TOTAL
                lines.append(message.format(word=word, before=w.padding[0], after=w.padding[1], formula=total, out=_window.SAME,
                                            numbers=total.show(w.letters), total=sum(w.padding)))  # fmt: skip
            elif word == "keep":
                message = _("keep: P = {formula} = {numbers} = {p} on each side, so that M = N.")
                keep = _window.KEEP
                lines.append(message.format(formula=keep, numbers=keep.show(w.letters), p=w.padding[0]))
            else:
                message = {
                    "valid": _("valid: no padding, P = 0."),
                    "full": _("full: P = K − 1 = {p} on each side."),
                }[word]
                lines.append(message.format(p=w.padding[0]))
        return list(dict.fromkeys(lines))

    def legend(self) -> list[str]:
        """The rule itself, and what its letters mean."""
        rule, dilated = self.rule, any(axis.get("d", 0) != 1 for axis in self.asked.axes)
        if rule.word in ("same", "same_lower"):
            formula = _spread.SAME if rule.transposed else _window.SAME
        elif rule.transposed:
            formula = _spread.GENERAL if rule.extra or dilated else _spread.SYMMETRIC
        else:
            formula = _window.CEIL if rule.rounding == "ceil" else GENERAL if dilated else _window.SYMMETRIC
        lines = [
            _("M = {formula}: input N, filter F, stride S, padding P, output M.").format(formula=formula)
        ]
        if "K" in formula.text:
            lines.append(
                _("K = {formula}: what a filter of F taps spans, D apart.").format(formula=_window.EXTENT)
            )
        return lines

    def refusal(self) -> tuple[str, tuple[Any, ...]]:
        """Why there is nothing, and what is near, from the first axis without a solution."""
        at = next(i for i, axis in enumerate(self.axes) if not axis.solutions)
        known = self.asked.axes[at]
        why = reason(self.rule, known, self.unknown, self.most, self.exact)
        if len(self.axes) > 1:
            why = _("along axis {n}: {reason}").format(n=at + 1, reason=why)
        return why, nearest(self.rule, known, self.unknown, self.most, self.exact)

    def neighbours(
        self, near: Sequence[Mapping[str, Any]]
    ) -> tuple[tuple[tuple[Any, ...], ...], tuple[Column, ...]]:
        """The nearest settings that work, each with what the unknown letters are then, and its check."""
        known = next(k for k, axis in zip(self.asked.axes, self.axes) if not axis.solutions)
        rows = []
        for change in near:
            changed = ", ".join(f"{LETTERS[n]} = {v}" for n, v in change.items() if n not in self.unknown)
            v = {**known, **{n: x for n, x in change.items() if isinstance(x, int)}}
            rule = self.rule._replace(word="same") if change.get("p") == "same" else self.rule
            w = rule.window(v)
            cells = [str(change.get(name, "")) for name in self.unknown]
            rows.append((changed or _("padding: same"), *cells, f"{w.formula.show(w.letters)} = {w.M}"))
        columns = (
            Column("nearest", _("nearest")),
            *(Column(n, LETTERS[n]) for n in self.unknown),
            Column("check", _("check")),
        )
        return tuple(rows), columns


def _size(value: Any) -> str:
    return "×".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
