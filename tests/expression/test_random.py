"""Random expressions: Python's own arithmetic agrees, random text never ends in anything but an ExpressionError."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from shapecalc.expression import Expression, ExpressionError, evaluate, parse
from shapecalc.expression.parse import MAX_LENGTH


class Nothing:
    def value(self, name: str) -> object:
        raise LookupError(f"no {name}", None)

    axis = value


NUMBERS = st.integers(0, 50).map(str)


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["+", "-", "*", "//", "%"])
    functions = st.sampled_from(["min", "max"])
    return st.one_of(
        st.tuples(inner, signs, inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(functions, inner, inner).map(lambda t: f"{t[0]}({t[1]}, {t[2]})"),
        st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} if {t[1]} < {t[2]} else {t[1]})"),
        inner.map(lambda t: f"-{t}"),
        inner.map(lambda t: f"${{{t}}}" if "{" not in t else t),
    )


@settings(max_examples=300, deadline=None)
@given(st.recursive(NUMBERS, larger, max_leaves=8))
def test_arithmetic_is_pythons(text: str) -> None:
    if len(text) > MAX_LENGTH:
        return
    try:
        wanted = eval(text.replace("${", "(").replace("}", ")"), {"__builtins__": {}, "min": min, "max": max})  # noqa: S307
    except ZeroDivisionError:
        wanted = None
    try:
        found = evaluate(parse(text), Nothing())  # type: ignore[arg-type]
    except ExpressionError as error:
        assert wanted is None or abs(wanted) > 10**18 or error.code == "SC301", text
    else:
        assert found == wanted and type(found) is int


@settings(max_examples=500, deadline=None)
@given(
    st.text(
        st.sampled_from(list("abx019 +-*/%()<>=!&|.,'\"${}[]:;\\\n\t×中（＋eE_~@^#ªﬁ𐊀\x00\ud800")),
        max_size=30,
    )
    | st.text(max_size=60)
)
def test_random_text(text: str) -> None:
    try:
        found = parse(text)
    except ExpressionError as error:
        end = len(text) if error.end is None else error.end
        assert error.code in ("SC301", "SC302") and 0 <= error.start <= end and error.message and error.help
        assert end <= max(len(text), 1)
    else:
        assert isinstance(found, Expression)
        try:
            value = evaluate(found, Nothing())  # type: ignore[arg-type]
            assert not isinstance(value, float) or math.isfinite(value)
        except ExpressionError as error:
            assert error.code in ("SC302", "SC303", "SC304")
