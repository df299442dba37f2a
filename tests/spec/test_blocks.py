"""Rules 12 and 13: parameters, their types and defaults, and which names a block sees."""

from __future__ import annotations

import pytest

from .conftest import Mistakes, Rows

PARAMETERS = {
    "a default": ("{c: 3}", "{}", "conv: c", "conv1=8x8x3"),
    "given": ("{c: 3}", "{c: 5}", "conv: c", "conv1=8x8x5"),
    "required": ("{c: int}", "5", "conv: c", "conv1=8x8x5"),
    "a default over one above": ("{a: 2, c: 3*a}", "{a: 4}", "conv: c", "conv1=8x8x12"),
    "a default over the block's input": ("{c: 2*input.C}", "{}", "conv: c", "conv1=8x8x8"),
    "a default over the file's": ("{c: base + 1}", "{}", "conv: c", "conv1=8x8x8"),
    "a size": ("{k: size}", "1x3", "conv: {filters: 1, kernel: k}", "conv1=8x6x1"),
    "a number for a size": ("{k: size}", "3", "conv: {filters: 1, kernel: k}", "conv1=6x6x1"),
    "a list for a size": ("{k: size}", "[3, 1]", "conv: {filters: 1, kernel: k}", "conv1=6x8x1"),
    "a padding word": ("{p: padding}", "same", "conv: {filters: 1, kernel: 3, padding: p}", "conv1=8x8x1"),
    "sides for a padding": ("{p: padding}", "[[0, 1], [1, 1]]", "conv: {filters: 1, kernel: 3, padding: p}", "conv1=7x8x1"),
    "a padding word as a default": ("{pad: same}", "{}", "conv: {filters: 1, kernel: 3, padding: pad}", "conv1=8x8x1"),
    "another word for it": ("{pad: same}", "{pad: valid}", "conv: {filters: 1, kernel: 3, padding: pad}", "conv1=6x6x1"),
    "a number for it": ("{pad: same}", "{pad: 2}", "conv: {filters: 1, kernel: 3, padding: pad}", "conv1=10x10x1"),
    "a rounding word": ("{how: floor}", "{how: ceil}", "maxpool: {kernel: 3, stride: 2, rounding: how}", "maxpool1=4x4x4"),
    "a bool": ("{b: bool}", "true", "relu: {if: b}", "relu1=8x8x4"),
    "a bool from a comparison": ("{b: bool}", "1 > 2", "relu: {if: b, else: gelu}", "gelu1=8x8x4"),
    "a float": ("{f: float}", "0.75", "conv: int(8*f)", "conv1=8x8x6"),
    "a whole number for a float": ("{f: float}", "2", "conv: int(8*f)", "conv1=8x8x16"),
    "a name": ("{s: str}", "input", "add: [prev, $s]", "add1=8x8x4"),
    "an option word wins over a name": ("{p: padding}", "same", "conv: {filters: 1, kernel: 3, padding: p}", "conv1=8x8x1"),
    "option letters may be parameters": ("{f: 3, s: 2, p: 1}", "{}", "conv: {filters: f, f: f, s: s, p: p}", "conv1=4x4x3"),
    "a parameter of several uses": ("{c: int}", "{c: base, repeat: 2}", "conv: c", "conv1=8x8x7 conv1=8x8x7"),
}  # fmt: skip


@pytest.mark.parametrize(("params", "given", "entry", "expected"), PARAMETERS.values(), ids=PARAMETERS)
def test_parameters(rows: Rows, params: str, given: str, entry: str, expected: str) -> None:
    spec = f"""
    input: 8x8x4
    params: {{base: 7}}
    blocks: {{B: {{params: {params}, layers: [{entry}]}}}}
    layers: [B: {given}]
    """
    assert " ".join(f"{n.partition('.')[2]}={s}" for n, s in rows(spec).items()) == expected


SCOPES = {
    "a block sees the file's parameters": ("[B1]", "8x8x1"),
    "shadowing is allowed": ("[B2]", "8x8x2"),
    "never the caller's": ("[B3]", "8x8x1"),
    "arguments are evaluated where the block is used": ("[B4]", "8x8x9"),
    "at file level, too": ("[B2: a + 4]", "8x8x5"),
    "input in an argument is the caller's": ("[conv: 6, B5]", "8x8x6"),
    "input in the body is the block's own": ("[B6]", "8x8x3"),
    "input in a branch is the block's": ("[conv: 6, B7]", "8x8x6"),
    "blocks may be used before they are declared": ("[B3]", "8x8x1"),
}


@pytest.mark.parametrize(("entries", "shape"), SCOPES.values(), ids=SCOPES)
def test_scopes(rows: Rows, entries: str, shape: str) -> None:
    spec = f"""
    input: 8x8x4
    params: {{a: 1}}
    blocks:
      B3: {{params: {{a: 8}}, layers: [B1]}}
      B4: {{params: {{a: 8}}, layers: [B2: a + 1]}}
      B5: {{params: {{a: 8}}, layers: [conv: 2, B2: input.C]}}
      B6: [conv: 3, Inner]
      B7: [add: {{x: [conv: 2, conv: input.C], y: identity}}]
      B1: [conv: a]
      B2: {{params: {{a: 2}}, layers: [conv: a]}}
      Inner: [conv: 9, conv: input.C]
    layers: {entries}
    """
    assert list(rows(spec).values())[-1] == shape


WRONG = {
    "a type that does not fit": ("{c: int}", "{c: «3x3»}", "SC204 expected a whole number, found 3x3 | write a number such as 64, or an expression such as 4*mid"),
    "a word that is no size": ("{k: size}", "{k: «same»}", "SC204 expected a size, found same | write 3, 1x7 or [1, 7]"),
    "a number that is no truth": ("{b: bool}", "{b: «1»}", "SC204 expected true or false, found 1 | write true or false"),
    "a padding misspelt": ("{p: padding}", "{p: «Same»}", "SC303 nothing is called Same here | did you mean same?"),
    "a fraction for a whole number": ("{c: int}", "{c: «2.5»}", "SC204 expected a whole number, found 2.5 | round it to a whole number"),
    "a truth for a float": ("{f: float}", "{f: «true»}", "SC204 expected a number, found true | write a number such as 0.5"),
    "negative padding": ("{p: padding}", "{p: «-1»}", "SC204 expected at least 0, found -1 | write a larger number"),
    "an unknown parameter": ("{c: 3}", "{«cc»: 3}", "SC202 B has no option cc | did you mean c?"),
    "a parameter called like an option word": ("{«same»: 3}", "{}", "SC212 a parameter cannot be called same: it is a word of the language | choose another name"),
    "a parameter called like a function": ("{«max»: 3}", "{}", "SC212 a parameter cannot be called max: it is a word of the language | choose another name"),
    "a parameter called input": ("{«input»: 3}", "{}", "SC212 a parameter cannot be called input: it is a word of the language | choose another name"),
    "a parameter called like a sign": ("{«not»: 3}", "{}", "SC212 a parameter cannot be called not: it is a word of the language | choose another name"),
    "a parameter called like an entry's option": ("{«name»: 3}", "{}", "SC212 a block's parameter cannot be called name: every entry has an option of that name | choose another name"),
    "a parameter with a dash": ("{«a-b»: 3}", "{}", "SC212 a parameter cannot be called a-b | a parameter's name is letters, digits and _, so that it can stand in an expression"),
    "a full-width letter": ("{«ａ»: 3}", "{}", "SC212 a parameter cannot be called ａ | an expression reads it as a"),
    "a type misspelt": ("{c: «integer»}", "{}", "SC204 integer is no type | did you mean int?"),
    "no default": ("{c: «»}", "{}", "SC204 expected a value, found nothing | write a default, or a type such as int to make it required"),
    "a default over one below": ("{a: «c», c: 3}", "{}", "SC303 nothing is called c here | it is declared further down; a default sees only the parameters above it"),
    "yes": ("{c: «yes»}", "{}", "SC204 expected a value, found yes | write true or false"),
}  # fmt: skip


@pytest.mark.parametrize(("params", "given", "finding"), WRONG.values(), ids=WRONG)
def test_wrong_parameters(mistakes: Mistakes, params: str, given: str, finding: str) -> None:
    spec = f"input: 8x8x4\nblocks: {{B: {{params: {params}, layers: [relu]}}}}\nlayers: [B: {given}]\n"
    assert mistakes(spec) == [finding]


FILES = {
    "a caller's parameter": (
        "blocks: {A: {params: {c: 3}, layers: [B]}, B: [conv: «c»]}\nlayers: [A]",
        ["SC303 nothing is called c here | a block sees its own params and the file's; declare c under its params:"],
    ),
    "required, and not given": ("blocks: {B: {params: {a: int, c: int}, layers: [relu]}}\nlayers: [«B»: 3]", ["SC203 B needs c | write B: {c: …}"]),
    "required at the top": ("params: {«c»: int}\nlayers: [conv: c]", ["SC212 the parameter c has no value | --set c=…"]),
    "a small block": ("blocks: {«cbr»: [relu]}\nlayers: [cbr]", ["SC208 a block's name begins with a capital letter A–Z | Cbr:"]),
    "a Chinese block": ("blocks: {«块»: [relu]}\nlayers: [块]", ["SC208 a block's name begins with a capital letter A–Z | B块:"]),
    "a block with a dot": ("blocks: {«A.b»: [relu]}\nlayers: [relu]", ["SC208 A.b cannot be a name | a name is made of letters, digits, _ and -"]),
    "a block of one word": ("blocks: {B: «relu»}\nlayers: [B]", ["SC204 expected the entries of a block, found relu | write [conv: 64, relu], or params: and layers:"]),
    "a block without layers": ("blocks: {«B»: {params: {c: 3}}}\nlayers: [B]", ["SC207 the block B needs layers: | layers: [conv: 64, relu]"]),
    "a block of one layer": ("blocks: {B: {«conv»: 3}}\nlayers: [B]", ["SC206 a block has params: and layers:, and no conv | its entries stand under layers:"]),
    "blocks as a list": ("blocks: «[B]»\nlayers: [relu]", ["SC204 expected a mapping, found a list | write key: value, one on a line, or {key: value}"]),
    "an argument of the wrong kind, inside": (
        "blocks: {B: {params: {c: 3}, layers: [conv: «c»]}}\nlayers: [B: 1x2]",
        ["SC204 expected a whole number, found 1x2 | write a number such as 64, or an expression such as 4*mid"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("spec", "found"), FILES.values(), ids=FILES)
def test_wrong_blocks(mistakes: Mistakes, spec: str, found: list[str]) -> None:
    assert mistakes(f"input: 8x8x4\n{spec}\n") == found


def test_set_binds_a_required_parameter(rows: Rows) -> None:
    assert rows("{input: 8x8x4, params: {c: int, d: 2*c}, layers: [conv: d]}", c="3") == {"conv1": "8x8x6"}
