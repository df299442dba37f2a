"""A layer is one file: its options, its shape rule, and a table of formulas for everything it costs.

Pitfall: a formula sees letters and never Python state, and a shape rule never branches on a size (ranks, words and
switches are fine): the same rule must hold for numbers, for symbols and for arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from math import prod
from typing import Any, ClassVar

from ..errors import ShapeError
from ..formula import Formula, Requires
from ..record import Record
from ..symbolic import has_letters, joined
from ..text import N_, _

Shape = tuple[int, ...]
REQUIRED: Any = type("Required", (), {"__repr__": lambda self: "required"})()

LETTERS = {
    "N": N_("input size along the axis"),
    "F": N_("filter or window size"),
    "S": N_("stride"),
    "P": N_("padding on each side"),
    "P_b": N_("padding before"),
    "P_a": N_("padding after"),
    "D": N_("dilation"),
    "K": N_("extent of the dilated filter, D·(F − 1) + 1"),
    "M": N_("output size along the axis"),
    "L": N_("taps that touch real input, along the axis"),
    "E": N_("how far the outermost window reaches outside the input"),
    "X": N_("windows that lie outside the input"),
    "Y": N_("windows that reach outside the input"),
    "E_b": N_("how far the first window reaches outside the input"),
    "E_a": N_("how far the last window reaches outside the input"),
    "L_b": N_("taps that fall off before the input"),
    "L_a": N_("taps that fall off behind the input"),
    "P_t": N_("padding on both sides together"),
    "A": N_("values in the output"),
    "A_in": N_("values in the input"),
    "C_in": N_("input channels"),
    "C_out": N_("output channels"),
    "G": N_("groups"),
    "Q": N_("connected pairs of input and output maps"),
    "B": N_("branches"),
    "O": N_("output padding: positions added at the end"),
    "U": N_("scale"),
    "V": N_("words in the vocabulary"),
    "R": N_("rows: the positions at which the same thing is done"),
    "m": N_("filters for each channel"),
    "I": N_("position along the axis, counted from 0; of a part, counted from 1"),
    "I_b": N_("first position kept"),
    "I_a": N_("first position left out"),
    "J": N_("positions that are looked at: those of the keys and values"),
    "H": N_("hidden units of a recurrent layer, of one direction"),
    "Z": N_("recurrent layers, one on another"),
}
"""What a letter in a formula stands for; along an axis it carries the axis: N_H, F_W."""


class Option:
    """One YAML option of a layer; on a layer built for a node, the attribute is the node's value.

    `kind` is int, float, bool, size, padding, choice, amount, order, shape, table or axis; a size becomes one number
    per spatial axis. `default=None` means that the default depends on other options. `low` is the least legal number.
    `name` is for an option that is called like a method of Layer: its attribute then has another name.
    """

    __slots__ = ("choices", "default", "help", "kind", "low", "name")

    def __init__(
        self,
        kind: str,
        default: Any = REQUIRED,
        *,
        help: str,
        low: int = 1,
        choices: tuple[str, ...] = (),
        name: str = "",
    ) -> None:
        self.kind = kind
        self.default = default
        self.help = help
        self.low = low
        self.choices = choices
        self.name = name

    @property
    def required(self) -> bool:
        return self.default is REQUIRED

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = self.name or name

    def __get__(self, layer: object, owner: type | None = None) -> Any:
        return self


class Case(Record):
    """A worked example with a source: `x` gives `y`; `counts` are quantities by name."""

    source: str
    x: Shape | tuple[Shape, ...]
    options: Mapping[str, Any]
    y: Shape
    counts: Mapping[str, int] = {}


class Step(Record):
    """What a layer does to a receptive field along one axis: extent, stride, and padding before the first pixel."""

    extent: int
    stride: int
    before: int


class Work(Record):
    """A formula that ran, and what its letters stood for; `key` names the value: `output.H`, `P_t.H`, `weights`."""

    key: str
    formula: Formula
    letters: Mapping[str, Any]

    @property
    def value(self) -> Any:
        return self.formula(self.letters)


class Layer:
    """The base of all layers: one input, output shaped like it, nothing learned, nothing counted.

    A subclass is built for one node (`options` complete and normalised, `inputs` channels-last shapes) and is asked
    afterwards: `y` is the output shape, `count("macs")` a number, `formulas()` the table it was taken from.
    """

    OPTIONS: ClassVar[dict[str, Option]] = {}
    CASES: ClassVar[tuple[Case, ...]] = ()
    aliases: ClassVar[tuple[str, ...]] = ()
    synonyms: ClassVar[tuple[str, ...]] = ()
    """Words of Keras, PyTorch, Caffe and Chinese texts, answered with this layer's word."""
    short: ClassVar[Mapping[str, str]] = {}
    """Short forms of options, the course's letters, as {"f": "kernel"}."""
    merges: ClassVar[bool] = False
    """Takes several inputs, as branches or names."""
    view: ClassVar[bool] = False
    """The output is the input's memory under another name."""
    BODY: ClassVar[str] = ""
    """A layer made of others: its entries as a spec's text, its options being the parameters.

    A default that is a string is an expression over these and `input`, the layer's own input.
    """
    demands: ClassVar[tuple[Requires, ...]] = ()
    """Of a layer with a BODY, what must hold of its options and of the input's C_in before it is written out."""
    reads: ClassVar[tuple[str, ...]] = ("input",)
    """What `from:` lists, in order: names that a BODY knows them by, where what is not given is the first."""
    ranks: ClassVar[tuple[int, ...]] = ()
    """Ranks of input it takes, channels included; empty for any."""
    channels: ClassVar[Formula] = Formula("C_in")
    """What gives the channels of the output."""
    renamed: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Options whose attribute has another name, as (option, attribute)."""

    def __init_subclass__(cls) -> None:
        own = {n: o for n, o in vars(cls).items() if isinstance(o, Option)}
        cls.OPTIONS = {**cls.OPTIONS, **{o.name: o for o in own.values()}}
        cls.renamed = (*cls.renamed, *((o.name, n) for n, o in own.items() if n != o.name))

    def __init__(self, options: Mapping[str, Any], inputs: tuple[Shape, ...]) -> None:
        self.options = options
        self.__dict__.update(options)
        for option, attribute in self.renamed:
            self.__dict__[attribute] = self.__dict__.pop(option)
        self.inputs = inputs
        self.x = inputs[0]
        self.y = self.output()

    def output(self) -> Shape:
        """The output shape; raises ShapeError where there is none."""
        return self.x

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        """The values that the formulas' letters stand for."""
        return {"A": prod(self.y), "A_in": prod(self.x), "C_in": self.x[-1], "C_out": self.y[-1]}

    def formulas(self) -> Mapping[str, Formula]:
        """Quantity → formula: weights, biases, buffers, macs, macs_on_data, connections, ops.mul, ops.add and so on.

        `borrowed` are weights that another layer has and counts.
        """
        return {}

    def count(self, quantity: str) -> int:
        """The value of one quantity; what has no formula is known to be zero."""
        formula = self.formulas().get(quantity)
        return formula(self.letters_of(quantity)) if formula else 0

    def letters_of(self, quantity: str) -> Mapping[str, Any]:
        """The letters that one quantity's formula asks; a layer may work some out only for the quantity that does."""
        return self.letters

    def work(self, quantity: str) -> str:
        """The formula of a quantity with its numbers put in; `output` is the shape rule, an axis each."""
        if quantity == "output":
            shown = (w.formula.show(w.letters) for w in getattr(self, "windows", ()))
            return ", ".join(dict.fromkeys(shown))
        formula = self.formulas().get(quantity)
        return formula.show(self.letters_of(quantity)) if formula else ""

    def sizes(self) -> tuple[Work, ...]:
        """How the output's sizes come about, an axis each, every one after what it needs: windows, or unchanged."""
        axes, windows = spatial(len(self.y)), getattr(self, "windows", ())
        if windows:
            works = [work for axis, window in zip(axes, windows) for work in window.works(axis)]
        else:
            works = [Work(f"output.{axis}", UNCHANGED, {"N": n}) for axis, n in zip(axes, self.x)]
        return (*works, Work("output.C", self.channels, self.channel_letters))

    @property
    def channel_letters(self) -> Mapping[str, Any]:
        """The letters that `channels` may ask for."""
        return {"C_in": self.x[-1], "C_out": self.y[-1]}

    def needs(self, quantity: str) -> tuple[Work, ...]:
        """How those letters of a quantity's formula come about that are no sizes, in order."""
        return ()

    def notes(self) -> Mapping[str, str]:
        """Sentences where students stumble, each beside the value of a Work or the quantity that it is about."""
        return {}

    @cached_property
    def ops(self) -> Mapping[str, int]:
        """Scalar operations of one sample by kind."""
        counts = ((q[4:], self.count(q)) for q in self.formulas() if q.startswith("ops."))
        return {kind: n for kind, n in counts if n}

    def steps(self) -> tuple[Step, ...] | None:
        """What it does to the receptive field, an axis each; () for nothing, None where it sees everything."""
        return ()

    def resolved(self) -> Mapping[str, Any]:
        """The options with words such as `same` and dependent defaults worked out."""
        return self.options

    @classmethod
    def before(cls, x: Shape) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """Layers that must run on an input of this shape first, as (word, options): `fc` flattens a map."""
        return ()

    def warnings(self) -> tuple[tuple[str, str, str | None], ...]:
        """Doubts about legal settings, as (code, message, option)."""
        return ()


UNCHANGED = Formula("N")
AXES = {1: "", 2: "T", 3: "HW", 4: "ZHW"}
"""The spatial axes' letters by rank; the last axis of every shape is C."""


def spatial(rank: int) -> str:
    """The letters of the spatial axes of a shape of this rank: HW for a map."""
    return AXES.get(rank, "")


def axis_index(x: Shape, axis: str, option: str = "axis") -> int:
    """Where the axis of this letter stands in `x`; D is another name for the last axis. Raises ShapeError (SC407)."""
    names = spatial(len(x)) + "C"
    letter = "C" if axis == "D" else axis
    if letter not in names:
        message = _("the input has no axis {axis}").format(axis=axis)
        raise ShapeError("SC407", message, option, _("its axes are {names}").format(names=" ".join(names)))
    return names.index(letter)


def written(x: Shape) -> str:
    """A shape in a sentence: 28×28×6; a vector in brackets, [10]."""
    return joined(x) if len(x) > 1 else f"[{x[0]}]"


def times(letter: str, axes: str) -> str:
    """The product over the axes as formula text: `F_H * F_W` for F and HW; 1 without axes."""
    return " * ".join(f"{letter}_{a}" for a in axes) or "1"


def number_only(option: str, size: Any) -> None:
    """Refuse a letter as an option that says how many terms a sum has: there is no closed form."""
    if has_letters(size):
        message = _("{option} says how many terms a sum has, and a letter leaves that open")
        raise ShapeError("SC219", message.format(option=option), option, _("give it a number with --set"))


@cache
def product(letter: str, axes: str) -> Formula:
    """The product over the axes: N_H · N_W."""
    return Formula(times(letter, axes))


def positions(key: str, x: Shape) -> Work:
    """The number of positions of a shape, for the letter `key`."""
    axes = spatial(len(x))
    return Work(key, product("N", axes), {f"N_{axis}": n for axis, n in zip(axes, x)})


def values_in(x: Shape) -> Work:
    """The number of values of an input, for the letter A_in."""
    axes = spatial(len(x)) + "C"
    return Work("A_in", product("N", axes), {f"N_{axis}": n for axis, n in zip(axes, x)})
