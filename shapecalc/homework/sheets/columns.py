"""What the heading of a column means: shape, output volume, 尺寸 are one column, and so are #params and 参数量.

A heading is read by the classes of its words: the first rule below that its classes fulfil says what it is. Pitfall:
"size" alone is the number of values in the course's own table (activation size) and a shape in many others, so it is read
as a shape only where no other column of the table is one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ...pattern import Pattern
from ...record import Record
from ..kinds import canonical, kind_and_number
from .heading_words import classes, layout_of, unit_of, without_unit

QUANTITIES = ("output_shape", "activations", "weights", "biases", "params", "macs", "flops", "memory", "receptive_field", "padding",
              "stride", "connections")  # fmt: skip
_ROLES = {
    "layer": """layer|layers|layer name|name|layer type|block|stage|module|node|row|op|operation|operator|type|网络层|层|层名|层名称|名称
        |层类型|类型|模块|图层|layer number|layer no|层数|layer id|part|problem|question|cell|题目|题号|item|kind|schicht""",
    "student": """student|student id|studentid|id|sid|student number|student no|student name|username|user name|user|user id|login|email|e mail|email address
        |mail|full name|学号|学生|学生学号|姓名|学生姓名|帐号|账号|用户名|邮箱|your name|your id|name and id|matriculation number|netid|net id
        |sis user id|sis login id|first and last name|id number|your student id|your email|学生编号|考号|登录名|您的学号|您的姓名|你的学号|你的姓名""",
    "column": "column|quantity|what|property|asked|列|项目|量|问题项|metric",
    "answer": "answer|answers|value|response|result|results|your answer|student answer|given|答案|回答|值|作答|结果|解答",
    "receptive_field": "field",
    "macs": "operations count",
    "other": "no|number|f|k|trainable|activation function|激活函数|bias yes no|来源详情|来自ip|提交答卷时间|开始时间|number of channels|filters depth",
}
_KNOWN = {
    re.sub(r"\s+", " ", words).strip(): role for role, text in _ROLES.items() for words in text.split("|")
}
_COUNTED = ("receptive_field", "connections", "memory", "flops", "macs")
MAX_HEADER = 120
MAX_UNKNOWN = 2
_BRACKETS = Pattern(r"[(（\[【][^()（）\[\]【】]*[)）\]】]|\$[^$]*\$")
_MARKUP = Pattern(r"<[^<>]*>|[*_`#:：/\\|+.,;?？!^&~\"'“”‘’=×-]+|\s+")
_JOIN = Pattern(r"\s*[.:：/|·—–>→]+\s*|\s+-\s+|\s*[(（\[【]|[)）\]】]|\s+(?:of|for|的)?\s*|_+|-+|的")
_OF = Pattern(r"\s*(.+?)\s+(?:of|for|in|at|after)\s+(?:the\s+)?(?:layer\s+)?(.+?)\s*", re.IGNORECASE)
Names = frozenset[str]
"""The names of a key's rows, canonical; empty where a file is read without one."""


class Heading(Record):
    """What a heading says: a quantity, a role (`layer student column answer total other`), `size`, an axis, or None.

    `unit` is that of the numbers below it, `layout` the order of the axes; `sure` where all of its words are known.
    """

    kind: str | None
    unit: str = ""
    layout: str = ""
    sure: bool = True


def _plain(header: str) -> str:
    return _MARKUP.sub(" ", header.replace("\ufeff", "")).strip().lower()


@lru_cache(maxsize=4096)
def heading(header: str) -> Heading:
    """What a heading means."""
    if len(header) > MAX_HEADER or not header.strip():
        return Heading(None if header.strip() else "other")
    bare = _BRACKETS.sub(" ", _BRACKETS.sub(" ", header))
    for text in (header, bare, *((without_unit(bare),) if unit_of(header) else ())):
        plain = _plain(text)
        if plain in _KNOWN:
            return Heading(_KNOWN[plain])
        if plain.isdigit() or not plain:
            return Heading("other")
        for words in (text, plain.replace(" ", "")):  # mult-adds is a word
            found, unknown = classes(words)
            kind = _ruled(found)
            if kind and not unknown:
                return Heading(kind, unit_of(header), layout_of(header) if kind == "output_shape" else "")
    found, unknown = classes(text)
    few = len(unknown) <= MAX_UNKNOWN and not any(word.isdigit() for word in unknown)
    kind = _ruled(found) if few else None
    return Heading(kind if kind in QUANTITIES or kind == "other" else None, unit_of(header), sure=False)


def _ruled(found: frozenset[str]) -> str | None:
    """The column that words of these classes mean."""
    if "other" in found:
        return "other"
    for kind in _COUNTED:
        if kind in found:
            return kind
    if {"weights", "biases"} <= found:
        return "params"
    for kind in ("biases", "weights", "params"):
        if kind in found:
            return kind
    if "filter" in found:
        return "other"
    for kind in ("padding", "stride"):
        if kind in found:
            return kind
    if "activation" in found and "map" not in found and ("size" in found or not found & {"shape", "output"}):
        return "activations"
    if {"count", "map"} <= found and not found & {"shape", "size", "extent"}:
        return "depth"
    for axis in ("height", "width", "depth"):
        if axis in found and not found & {"shape", "size", "extent", "map"}:
            return axis if len(found & {"height", "width", "depth"}) == 1 else "output_shape"
    if found & {"shape", "map", "extent"}:
        return "output_shape"
    if "values" in found or {"output", "count"} <= found:
        return "activations"
    if "output" in found:
        return "output_shape"
    for kind in ("size", "layer", "type", "total"):
        if kind in found:
            return "layer" if kind == "type" else kind
    return "other" if found == {"count"} else None


def column(header: str) -> str | None:
    """The column that a heading names: a quantity of the contract, `layer student column answer`, `size`, or None."""
    found = heading(header)
    return (
        found.kind
        if found.sure and found.kind not in ("other", "total", "height", "width", "depth")
        else None
    )


@lru_cache(maxsize=4096)
def quantity(header: str) -> str | None:
    """The quantity that a word names; None where it names none."""
    found = column(header)
    return "output_shape" if found == "size" else found if found in QUANTITIES else None


def a_layer(name: str, names: Names = frozenset()) -> bool:
    """Whether a text is the name of a layer: of a row of the key, else one that tells a kind."""
    plain = canonical(name)
    return plain in names or (
        bool(plain) and len(name) < 60 and not quantity(name) and kind_and_number(name)[0] is not None
    )


@lru_cache(maxsize=4096)
def layer_and_quantity(header: str, names: Names = frozenset()) -> tuple[str, str] | None:
    """`CONV1.shape`, `params of CONV1`, `CONV1 参数量` as a layer and a quantity; None where it is not one of each."""
    if len(header) > MAX_HEADER or canonical(header) in names or (quantity(header) and not names):
        return None
    own = bool(quantity(header))  # OUT params: a quantity, but for a key with a row OUT
    match = _OF.fullmatch(header)
    if match and not own and (found := quantity(match[1])):
        return match[2].strip(" ?？.:："), found
    text = header.strip().rstrip(")）]】 ")
    cuts = [(m.start(), m.end()) for m in _JOIN.finditer(text) if m.end() > m.start()]
    cuts += [(i, i) for i in range(1, len(text)) if text[i] > "\u2fff" and text[i - 1] < "\u2fff"]
    for start, end in sorted(cuts):
        head, tail = text[:start].strip(" .([（【"), text[end:].strip()
        if not head or not tail or not (found := quantity(tail)):
            continue
        if canonical(head) in names or (not own and not quantity(head) and _named(head, names)):
            return head, found
    if own:
        return None
    for start, end in sorted(cuts, reverse=True):
        head, tail = text[:start].strip(), text[end:].strip()
        if head and tail and (found := quantity(head)) and _named(tail, names) and not tail[0].isdigit():
            return tail, found
    return None


def _named(text: str, names: Names) -> bool:
    """Whether the rest of a heading can be a layer's name: words that all headings are made of are none."""
    if canonical(text) in names:
        return True
    return any(c.isalpha() for c in text) and bool(classes(text)[1] or kind_and_number(text)[0])
