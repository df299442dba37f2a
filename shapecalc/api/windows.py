"""Window sizes forwards and backwards, and networks backwards: `conv_out` and `solve`, as data that prints itself.

Pitfall: a `range` is Python's here, so `H=range(1, 513)` is `--for H=1:512` of the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..spec import Plan
from ..text import _
from . import Selection, parse_overrides
from .network import plan_of, selected
from .shown import Shown

if TYPE_CHECKING:
    from ..analysis.solve.asked import Given
    from ..report.solutions import Solution, Solutions

MOST = 512
"""How far unknowns are tried where nobody says so."""


class Solved(Shown):
    """Every solution as data; a table with its working when printed, and true if there is a solution."""

    document: Solutions

    @property
    def solutions(self) -> Sequence[Solution]:
        """One mapping a solution: the unknowns' values, and for a window whether its division is whole."""
        return self.document.solutions

    def data(self) -> Mapping[str, Any]:
        """The document that `shapecalc solve --format json` writes, without its `schema`."""
        return self.document.data()

    def __bool__(self) -> bool:
        return self.document.ok

    def __iter__(self) -> Any:
        return iter(self.document.solutions)

    def __len__(self) -> int:
        return len(self.document.solutions)


def conv_out(
    n: Given, f: Given, s: Given = 1, p: Given = 0, d: Given = 1, rounding: str = "floor"
) -> int | tuple[int, ...]:
    """The output size of a convolution or pool, ⌊(N + 2P − K) / S⌋ + 1 with K = D·(F − 1) + 1; a tuple for sizes per axis.

    Sizes in pixels; P may be a padding word such as "same". Raises UsageError for what is no size, and where the window
    does not fit. Source: Dumoulin & Visin 2016, arXiv:1603.07285, relationship 6.
    """
    from ..analysis.solve import conv_out

    size: int | tuple[int, ...] = conv_out(n, f, s, p, d, rounding)
    return size


def solve(
    spec: str | PathLike[str] | None = None,
    *,
    n: Given = None,
    f: Given = None,
    s: Given = None,
    p: Given = None,
    d: Given = None,
    out: Given = None,
    where: str | None = None,
    max: int = MOST,
    exact: bool = False,
    rounding: str = "floor",
    transposed: bool = False,
    output_padding: int = 0,
    input: str | Sequence[int] | None = None,
    batch: int = 1,
    dtype: str = "fp32",
    **names: Any,
) -> Solved:
    """Every solution of one window for what is not given of N, F, S, P, D and the output; or of a network.

    Without `spec`: `solve(n=63, f=7, s=1, out=63)` asks for P. With a spec (as `load` takes it), names given as a `range`
    run through it, names given as a number are parameters, and `where` is what must hold; without a range, every
    `unknown` in the spec is filled from what it expects. `exact` keeps what divides without remainder. Raises UsageError
    for a question that cannot be read, SpecError for a spec that cannot.
    """
    letters = {
        name: v for name, v in {"n": n, "f": f, "s": s, "p": p, "d": d, "out": out}.items() if v is not None
    }
    if spec is None:
        if where is not None or names:
            raise UsageError(_("ranges and where are about a network"), 'solve("resnet50", H=range(1, 513))')
        from ..analysis.solve import solve

        return Solved(solve(**letters, max=max, exact=exact, rounding=rounding, transposed=transposed, output_padding=output_padding))  # fmt: skip
    if transposed or output_padding or rounding != "floor":
        raise UsageError(_("rounding and transposed are about one window, and {spec} is a network").format(spec=spec))  # fmt: skip
    names |= letters  # a network's parameter may be called n
    ranges = {
        name: value if value.step > 0 else value[::-1]
        for name, value in names.items()
        if isinstance(value, range)
    }
    fixed = {name: value for name, value in names.items() if name not in ranges}
    chosen = selected(input, (), batch, None, dtype, fixed)
    return Solved(solve_spec(plan_of(spec), chosen, ranges, where, exact=exact, most=max))


def solve_spec(
    plan: Plan,
    selection: Selection,
    ranges: Mapping[str, range],
    where: str | None = None,
    *,
    exact: bool = False,
    most: int = MOST,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
    remark: Callable[[str], None] = lambda _sentence: None,
) -> Solutions:
    """A network's blanks filled, or names run through ranges. Raises UsageError or SpecError."""
    if selection.symbolic or isinstance(selection.batch, str):
        raise UsageError(
            _("letters are no numbers that a condition could be held against"),
            _("name what to run through: --for H=32:512"),
        )
    if empty := [name for name, values in ranges.items() if not values]:
        raise UsageError(_("the range of {name} has no values").format(name=empty[0]))
    overrides = parse_overrides(selection)
    loose = [name for name in plan.symbols if name not in {**selection.settings, **ranges}]
    if loose and not selection.inputs:
        message = _("there is no number for {names} yet").format(names=_(" and ").join(loose))
        raise UsageError(message, _("give it: --set {name}=224, or --for {name}=1:512").format(name=loose[0]))
    if ranges:
        from ..analysis.solve.network import solve_network

        batch, dtype = selection.batch, selection.dtype
        return solve_network(plan, overrides, ranges, where, exact, batch, dtype, progress, remark)
    if where is not None or exact:
        message = _("nothing is run through: {option} needs --for")
        raise UsageError(message.format(option="--where" if where else "--exact"), "--for H=32:512")
    from ..analysis.solve.answers import of_filling
    from ..analysis.solve.filling import fill

    return of_filling(fill(plan, overrides, most, progress), most)
