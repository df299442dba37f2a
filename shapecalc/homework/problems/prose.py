"""What a question's own words say of layers, for setups that leave it to them: `Conv2d(3, 24, 3)`, `kernel 5, padding 2`.

Pitfall: words are read only where the setup is silent, only in these forms, and what was read is shown with the answer;
a sentence that fits none of the forms gives nothing.
"""

from __future__ import annotations

import re
from typing import Any

from ...record import Record

_SIZE = r"\(?\s*(\d+)\s*(?:[x×,，]\s*(\d+)\s*)?(?:[x×]\s*\d+\s*)?\)?"
_SETTINGS = (
    ("kernel", re.compile(rf"(?:kernel|filter size|filter|window|field|pool|核大小|卷积核|核)(?:_size)?(?: size)?(?: of)?\s*[=:：为是]?\s*{_SIZE}", re.IGNORECASE)),
    ("kernel", re.compile(r"(?<![\dx×])(\d+)\s*[x×]\s*(\d+)(?:\s*[x×]\s*\d+)?\s*(?:的)?\s*(?:filter|kernel|conv|layer|pool|max|average|卷积|核|窗)", re.IGNORECASE)),
    ("kernel", re.compile(r"(?:filters?|kernels?)(?: of)?(?: size)?\s*(\d+)\s*[x×]\s*(\d+)", re.IGNORECASE)),
    ("stride", re.compile(rf"(?:strides?|步幅|步长)(?: of)?\s*[=:：为是]?\s*{_SIZE}", re.IGNORECASE)),
    ("padding", re.compile(rf"(?:padding|pad|填充)(?: of)?\s*[=:：为是]?\s*{_SIZE}", re.IGNORECASE)),
    ("dilation", re.compile(rf"(?:dilation|dilated by|膨胀率?|空洞率?|扩张率?)(?: rate)?(?: of)?\s*[=:：为是]?\s*{_SIZE}", re.IGNORECASE)),
)  # fmt: skip
_WORDS = (
    (re.compile(r"\bsame\b|SAME", re.IGNORECASE), ("padding", "same")),
    (re.compile(r"\bvalid\b|no padding|without padding|unpadded|无填充|不填充", re.IGNORECASE), ("padding", "valid")),
)  # fmt: skip
_NUMBER_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10}
_FILTERS = (
    re.compile(r"(\d+|one|two|three|four|five|six|eight|ten)\s+(?:\d+\s*[x×]\s*\d+(?:\s*[x×]\s*\d+)?\s+)?(?:filters|kernels|feature maps|output channels)", re.IGNORECASE),
    re.compile(r"(\d+)\s*个\s*(?:\d+\s*[x×]\s*\d+(?:\s*[x×]\s*\d+)?\s*(?:的)?)?(?:卷积核|滤波器|filter)"),
)  # fmt: skip
_INPUT = re.compile(r"(?<![\dx×])(\d+)\s*[x×]\s*(\d+)(?:\s*[x×]\s*(\d+))?\s*(?:matrix|image|picture|input|map|volume|rgb|gr[ae]y|图像|输入|矩阵)", re.IGNORECASE)  # fmt: skip
_INPUT_AFTER = re.compile(r"(?:input|image|picture|输入|图像)(?: of| size)?\s*[:：]?\s*(\d+)\s*[x×]\s*(\d+)(?:\s*[x×]\s*(\d+))?", re.IGNORECASE)  # fmt: skip
_CALL = re.compile(
    r"(?:nn\.|layers\.)?(Conv(?:Transpose)?[123][dD](?:Transpose)?|Linear|Dense|(?:Max|Avg|Average)Pool(?:ing)?[123][dD]|LSTM|GRU|RNN|SimpleRNN|Embedding|BatchNorm[123]d|DepthwiseConv2D|SeparableConv2D)\(([^()]*(?:\([^()]*\)[^()]*)*)\)"
)
_ARROW = re.compile(
    r"(conv(?:olution|2d)?|dense|linear|fc|fully connected|卷积|全连接)\s*(\d+)\s*(?:->|→|to)\s*(\d+)\s*(?:[,(]?\s*(?:kernel |k|核 ?)?(\d+)(?:\s*[x×]\s*\d+)?\s*\)?)?",
    re.IGNORECASE,
)
_AT = re.compile(r"conv(?:2d)?\s*(\d+)\s*@\s*(\d+)(?:\s*[x×]\s*\d+)?((?:\s+(?:[ps]\s*=?\s*\d+|valid|same|stride \d+|pad(?:ding)? \d+))*)", re.IGNORECASE)  # fmt: skip
_UNITS = re.compile(
    r"\b(?:dense|linear|fc|softmax)\s*\(?\s*(?:\?\s*,\s*)?(\d+)\b(?!\s*(?:->|→))", re.IGNORECASE
)


class Mention(Record):
    """A layer that the words name: its operation by our words, the channels it takes where they say, and the text."""

    op: dict[str, Any]
    channels: int | None
    text: str


def settings(text: str) -> dict[str, Any]:
    """Kernel, stride, padding, dilation and filters that a piece of text says."""
    found: dict[str, Any] = {}
    for key, pattern in _SETTINGS:
        match = pattern.search(text)
        if match and key not in found:
            a, b = int(match[1]), match[2]
            found[key] = a if b is None or int(b) == a else [a, int(b)]
    for pattern, (key, value) in _WORDS:
        if pattern.search(text):
            found.setdefault(key, value) if value == "valid" else found.update({key: value})
    for pattern in _FILTERS:
        match = pattern.search(text)
        if match:
            found["filters"] = _NUMBER_WORDS.get(match[1].lower()) or int(match[1])
            break
    return found


def one_window(text: str) -> bool:
    """Whether a text speaks of one kernel size and no more."""
    found = {(m[1], m[2]) for key, pattern in _SETTINGS if key == "kernel" for m in pattern.finditer(text)}
    return len({a for a, _b in found}) == 1


def input_in(text: str) -> list[int] | None:
    """The size of a matrix or picture that a piece of text names; one channel where it names none."""
    match = _INPUT.search(text) or _INPUT_AFTER.search(text)
    if not match:
        return None
    rgb = re.search(r"rgb|colou?r|彩色", text, re.IGNORECASE)
    return [int(match[1]), int(match[2]), int(match[3]) if match[3] else 3 if rgb else 1]


def clauses(question: str, cells: tuple[str, ...]) -> dict[str, str]:
    """The piece of the question that belongs to each cell: after its mark `(a)`, or one piece a cell between semicolons."""
    names = [cell.lower().strip("()") for cell in cells]
    seen: dict[str, re.Match[str]] = {}
    for match in re.finditer(r"[(（]([a-z]|\d+|[ivx]+)[)）]", question):
        if match[1] in names or not any(name in seen for name in names):
            seen.setdefault(match[1], match)
    marks = list(seen.values())
    by_mark = {
        m[1]: question[m.end() : n.start() if n else len(question)] for m, n in zip(marks, [*marks[1:], None])
    }
    if names and all(name in by_mark for name in names):
        return dict(zip(cells, (by_mark[name] for name in names)))
    if len(marks) == len(cells) > 1:
        return dict(zip(cells, by_mark.values()))
    pieces = re.split(r"[;；]", question)
    if len(pieces) == len(cells) > 1 and all(settings(piece) for piece in pieces):
        return dict(zip(cells, pieces))
    return {}


def mentions(text: str) -> list[Mention]:
    """The layers that the text names, in its order."""
    found: list[tuple[int, Mention]] = []
    for match in _CALL.finditer(text):
        made = _call(match[1], match[2])
        if made:
            found.append((match.start(), Mention(*made, match[0])))
    for match in _ARROW.finditer(text):
        dense = match[1].lower() in ("dense", "linear", "fc", "fully connected", "全连接")
        op: dict[str, Any] = (
            {"op": "fc", "units": int(match[3])} if dense else {"op": "conv", "filters": int(match[3])}
        )
        if not dense:
            if match[4] is None:
                continue
            op["kernel"] = int(match[4])
        found.append((match.start(), Mention(op, int(match[2]), match[0])))
    for match in _AT.finditer(text):
        op = {"op": "conv", "filters": int(match[1]), "kernel": int(match[2])}
        for key, value in re.findall(
            r"([ps]|stride|pad(?:ding)?)\s*=?\s*(\d+)", match[3] or "", re.IGNORECASE
        ):
            op["stride" if key.lower().startswith("s") else "padding"] = int(value)
        if "same" in (match[3] or "").lower():
            op["padding"] = "same"
        found.append((match.start(), Mention(op, None, match[0].strip())))
    return [mention for _at, mention in sorted(found, key=lambda pair: pair[0])]


def units(text: str) -> int | None:
    """The units of the only dense layer that the text names by them: `Linear 10`, `Linear(?, 10)`."""
    found = {int(n) for n in _UNITS.findall(text)}
    return found.pop() if len(found) == 1 else None


def _call(word: str, inside: str) -> tuple[dict[str, Any], int | None] | None:
    """A layer written as a call of PyTorch (in, out, kernel …) or Keras (filters, kernel …)."""
    plain: list[Any] = []
    named: dict[str, Any] = {}
    for piece in re.split(r",(?![^(]*\))", inside):
        text = piece.strip()
        key, equals, value = text.partition("=")
        if equals:
            named[key.strip()] = _value(value)
        elif re.fullmatch(r"\d+|\?|\(\s*\d+\s*,\s*\d+\s*\)", text):
            plain.append(_value(text))
        elif text.lower() in ("no bias", "without bias", "bias=false"):
            named["bias"] = False
        elif text and text.lower() != "bias":
            return None
    low = word.lower()
    torch = word[-1] == "d" or word == "Linear"
    keys: tuple[str, ...]
    if low.startswith("conv"):
        name = "convtranspose" if "transpose" in low else "conv"
        keys = ("in", "filters", "kernel", "stride", "padding")
        if not torch or (len(plain) == 2 and "kernel_size" not in named):
            keys = keys[1:]
    elif "pool" in low:
        name, keys = "avgpool" if low.startswith("a") else "maxpool", ("kernel", "stride", "padding")
    elif low in ("linear", "dense"):
        name, keys = "fc", ("in", "units") if low == "linear" and len(plain) > 1 else ("units",)
    elif low in ("lstm", "gru", "rnn", "simplernn"):
        name, keys = low.removeprefix("simple"), ("in", "units", "layers") if len(plain) > 1 else ("units",)
        named.setdefault("biases", 2 if len(plain) > 1 else 1)
    elif low == "embedding":
        name, keys = "embed", ("vocab", "d")
    else:
        return None
    op: dict[str, Any] = {"op": name, **dict(zip(keys, plain)), **named}
    for old, new in (("kernel_size", "kernel"), ("out_channels", "filters"), ("in_channels", "in"), ("in_features", "in"),
                     ("out_features", "units"), ("input_size", "in"), ("hidden_size", "units"), ("use_bias", "bias"),
                     ("strides", "stride"), ("dilation_rate", "dilation")):  # fmt: skip
        if old in op:
            op[new] = op.pop(old)
    channels = op.pop("in", None)
    if any(op.get(key) == "?" for key in ("filters", "units", "kernel")):
        return None
    return op, channels if isinstance(channels, int) else None


def _value(text: str) -> Any:
    text = text.strip().strip("'\"")
    if text in ("True", "true", "False", "false"):
        return text.lower() == "true"
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    if re.fullmatch(r"\(?\s*\d+(\s*,\s*\d+)*\s*,?\)?", text):
        return numbers[0] if len(set(numbers)) == 1 else numbers
    return text
