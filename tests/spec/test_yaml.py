"""YAML, read strictly: what it would turn into something else gets a message, at its place, and only one."""

from __future__ import annotations

import pytest

from .conftest import Mistakes

QUOTE = "put the whole expression in quotes: "
SPACE = "SC107 a colon needs a space after it | "
WIDE = "SC107 a full-width colon is not a colon | "
ALIAS = "write the name without *, or quote an expression that begins with *"
KEY = "write a word before the colon; { } inside { } is no expression: filters: 4*mid"
WRITE_OUT = "write unknown where a number is asked for"
COLUMN = "entries of one list begin in the same column, and so do the keys of one mapping"

SINGLE = {
    "a comma in an expression": ("- conv: {filters: «max(a, b)», f: 1}", f"SC106 a comma ends the value of max(a, b) | {QUOTE}'max(a, b)'"),
    "two commas, nested": ("- conv: {filters: «max(a, max(b, a), b)», f: 1}", f"SC106 a comma ends the value of max(a, max(b, a), b) | {QUOTE}'max(a, max(b, a), b)'"),
    "a comma at the end": ("- conv: {f: 1, filters: «min(a, b) + 1»}", f"SC106 a comma ends the value of min(a, b) + 1 | {QUOTE}'min(a, b) + 1'"),
    "a comma in a list": ("- conv: {filters: 1, kernel: [«max(a, b)», 3]}", f"SC106 a comma ends the value of max(a, b) | {QUOTE}'max(a, b)'"),
    "a tuple": ("- conv: {filters: 1, kernel: «(3, 3)»}", "SC106 a comma ends the value of (3, 3) | a list stands in square brackets: [3, 3]"),
    "two numbers": ("- conv: {filters: 1, kernel: «3,3», padding: 1}", "SC106 a comma ends the value of 3,3 | a list stands in square brackets: [3, 3]"),
    "no space, braces": ("- conv«:»{filters: 6}", f"{SPACE}conv: {{filters: 6}}"),
    "no space, in braces": ("- conv: {filters«:»6}", f"{SPACE}filters: 6"),
    "no space, a number": ("- conv«:»6", f"{SPACE}- conv: 6"),
    "a full-width colon": ("- conv«：»6", f"{WIDE}- conv: 6"),
    "a full-width colon and a space": ("- conv«：» 6", f"{WIDE}- conv: 6"),
    "a full-width colon, braces": ("- conv«：»{filters: 6}", f"{WIDE}conv: {{filters: 6}}"),
    "a full-width colon, in braces": ("- conv: {filters«：»6}", f"{WIDE}filters: 6"),
    "a repeated key": ("- conv: {filters: 6, kernel: 1, «filters»: 7}", "SC104 filters is given twice | keep one of the two"),
    "an anchor": ("- «&a» conv: 6", "SC103 an anchor (&a) is not part of the language | repeat entries with repeat:, or make a block"),
    "an alias": ("- add: [prev, «*conv»]", f"SC103 an alias (*conv) is not part of the language | {ALIAS}"),
    "an alias for a value": ("- conv: {filters: «*mid»}", f"SC103 an alias (*mid) is not part of the language | {ALIAS}"),
    "a merge key": ("- conv: {«<<»: *a, filters: 3}", "SC103 a merge key (<<) is not part of the language | use a block with parameters"),
    "a tag": ("- conv: «!!int» 6", "SC103 a tag (!!int) is not part of the language | write the plain value"),
    "a Python object": ("- conv: «!!python/object/apply:os.system» [ls]", "SC103 a tag (!!python/object/apply:os.system) is not part of the language | write the plain value"),
    "a key that is a mapping": ("- conv: {filters: {«{» mid }}}", f"SC105 a key must be a word | {KEY}"),
    "no is a word": ("- conv: {filters: 6, bias: «no»}", "SC204 expected true or false, found no | write true or false"),
    "a number with a leading zero": ("- conv: «010»", "SC204 expected a whole number, found 010 | a number has no leading zero: 10"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "finding"), SINGLE.values(), ids=SINGLE)
def test_traps(mistakes: Mistakes, line: str, finding: str) -> None:
    assert mistakes(f"params: {{a: 3, b: 4, mid: 5}}\ninput: 8x8x4\nlayers:\n  {line}\n") == [finding]


SYNTAX = {
    "a bare question mark": ("- conv: «?»", f"SC101 a bare ? is not YAML | {WRITE_OUT}"),
    "one in braces": ("- conv: {filters: 3, padding: «?»}", f"SC101 a bare ? is not YAML | {WRITE_OUT}"),
    "one in a list": ("- conv: {filters: 3, padding: [«?», 1]}", f"SC101 a bare ? is not YAML | {WRITE_OUT}"),
    "${ } in braces": ("- conv: {filters: «${mid*4}»}", "SC101 ${ } inside { } must stand in quotes | leave the braces out: mid*4; or quote it: '${mid*4}'"),
    "a tab": ("\n  -«\t»conv: 6", ""),
    "a tab before a key": ("- conv:\n«\t»filters: 6", "SC101 a tab stands where spaces belong | indent with spaces"),
    "a brace never closed": ("- conv: «{»filters: 6\n  - relu", "SC101 this { is never closed | close it with }"),
    "a bracket never closed": ("- conv: {kernel: «[»3, 3}", "SC101 this [ is never closed | close it with ]"),
    "a brace too many": ("- conv: {filters: 6}«}»", "SC101 this } closes nothing | take it out, or open the bracket"),
    "a quote never closed": ("- relu: {note: «'»max(0, x)}", "SC101 this quote is never closed | close it at the end of the value"),
    "a comma missing": ("- conv: {filters: 6 «kernel»: 3}", "SC101 a comma is missing before kernel | separate the options by commas"),
    "a comma too many": ("- conv: {filters: 6,«,» kernel: 3}", "SC101 a value is missing here | write it, or take the comma out"),
    "braces missing": ("- conv: filters«:» 6", "SC101 a second colon in one value | put the options in braces: conv: {filters: 6}"),
    "brackets missing": ("- add: {a: maxpool«:» 2, b: identity}", "SC101 a second colon in one value | give it brackets of its own: a: [maxpool: …]"),
    "a value that begins with @": ("- relu: {note: «@»home}", "SC101 a value cannot begin with @ | put it in quotes: '@home'"),
    "an entry not indented": ("- conv: 6\n «-» relu", f"SC101 this line fits no column above it | {COLUMN}"),
    "a dash missing": ("- conv: 6\n  «relu»", "SC101 a colon is missing after relu | an entry begins with '- ', a key ends with ':'"),
    "a stray asterisk": ("- conv: {filters: «*» 4}", "SC103 an alias (*) is not part of the language | quote an expression that begins with * or &"),
    "an unknown escape": ('- relu: {note: "a«\\q»"}', "SC101 this is no escape of YAML's double quotes | use single quotes: nothing is an escape in them"),
    "text behind a quote": ('- relu: {note: "a" «b»}', "SC101 something stands behind the closing quote | put the whole value inside the quotes"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "finding"), [c for c in SYNTAX.values() if c[1]], ids=[n for n in SYNTAX if SYNTAX[n][1]]
)
def test_syntax(mistakes: Mistakes, line: str, finding: str) -> None:
    assert mistakes(f"params: {{mid: 5}}\ninput: 8x8x4\nlayers:\n  {line}\n") == [finding]


WHOLE = {
    "two documents": ("input: 8x8x4\nlayers: [relu]\n«---»\ninput: 3x3x3\n", "SC102 a file holds one spec, and here a second document begins | put each network into a file of its own"),
    "text after the end": ("input: 8x8x4\nlayers: [relu]\n...\n«f»oo: 3\n", "SC101 the spec ended above | take out the line ..., or the text that follows"),
    "a second colon": ("name: LeNet«:» the classic\ninput: 8x8x4\nlayers: [relu]\n", 'SC101 a second colon in one value | put the value in quotes: "LeNet: the classic"'),
    "no space at the top": ("input«:»8x8x4\nlayers: [relu]\n", f"{SPACE}input: 8x8x4"),
    "a full-width colon at the top": ("input«：»8x8x4\nlayers: [relu]\n", f"{WIDE}input: 8x8x4"),
    "a directive": ("«%»YAML 9.9 x\n---\ninput: 8x8x4\n", "SC101 a line cannot begin with % | leave it out"),
    "a control character": ("input: 8x8x4\nname: a«\x00»b\n", "SC101 the character U+0000 cannot stand in a spec | delete it, and save the file as plain UTF-8 text"),
    "a surrogate": ("name: a«\ud800»b\n", "SC101 the character U+D800 cannot stand in a spec | delete it, and save the file as plain UTF-8 text"),
    "indented too far": ("input: 8x8x4\n  «layers»: [relu]\n", "SC101 layers is indented too far | begin it in the same column as the keys it belongs to, or give the line above only a key and a colon"),
    "a list behind its key": ("input: 8x8x4\nlayers: «-» relu\n", "SC101 a list cannot begin behind its key | begin it on the next line, or write it in [ ]"),
    "a list at the top": ("«[relu]»", "SC207 a spec is a mapping with input: and layers: | input: 32x32x1\nlayers:\n  - conv: {filters: 6, kernel: 5}"),
    "a word at the top": ("«hello»", "SC207 a spec is a mapping with input: and layers: | input: 32x32x1\nlayers:\n  - conv: {filters: 6, kernel: 5}"),
    "no entries": ("input: 8x8x4\nlayers:«»\n", "SC207 layers: has no entries | layers:\n  - conv: {filters: 6, kernel: 5}"),
    "no input": ("«l»ayers: [relu]\n", "SC207 a spec needs input: | input: 32x32x1"),
    "no layers": ("«i»nput: 8x8x4\n", "SC207 a spec needs layers: | layers:\n  - conv: {filters: 6, kernel: 5}"),
    "nothing": ("", "SC109 t.yaml is empty | a spec needs input: and layers:"),
    "only a comment": ("# nothing\n", "SC109 t.yaml is empty | a spec needs input: and layers:"),
    "only a dash": ("---\n", "SC109 t.yaml is empty | a spec needs input: and layers:"),
    "a tag on it all": ("«!!map» {input: 3x3x3, layers: [relu]}", "SC103 a tag (!!map) is not part of the language | write the plain value"),
}  # fmt: skip


@pytest.mark.parametrize(("spec", "finding"), WHOLE.values(), ids=WHOLE)
def test_whole_files(mistakes: Mistakes, spec: str, finding: str) -> None:
    assert mistakes(spec) == [finding]


FINE = {
    "CRLF": "input: 8x8x4\r\nlayers:\r\n  - conv: 6\r\n",
    "no newline at the end": "input: 8x8x4\nlayers: [conv: 6]",
    "comments": "# a\ninput: 8x8x4  # b\nlayers:\n  # c\n  - conv: 6\n",
    "a document marker": "---\ninput: 8x8x4\nlayers: [conv: 6]\n...\n",
    "JSON": '{"input": "8x8x4", "layers": [{"conv": 6}]}',
    "quoted words": "'input': '8x8x4'\n\"layers\": [\"conv\": '6']\n",
    "Chinese": "name: 卷积网络\ninput: 8x8x4\nlayers: [conv: {filters: 6, name: 卷积一, note: 第一层：卷积}]\n",
}


@pytest.mark.parametrize("spec", FINE.values(), ids=FINE)
def test_fine(mistakes: Mistakes, spec: str) -> None:
    assert mistakes(spec) == []


def test_a_full_width_question_mark_is_no_bare_one(mistakes: Mistakes) -> None:
    assert mistakes("note: what is this: ?\n".replace(": ?", "?") + "input: 8x8x4\nlayers: [relu]\n") == []
