"""The words that headings are made of, each in its class: parameters, 参数 and learnables are one word here.

A heading is read by the classes of its words (`columns` has the rules), so a new way to put them together needs no entry.
Pitfall: a word has one class, whatever stands around it; "values" counts numbers, and "value" is an answer.
"""

from __future__ import annotations

from functools import lru_cache

from ...pattern import Pattern

_CLASSES = {
    "params": "params parameters param parameter paras para prms learnables nparams parametres parametern 参数 参数量",
    "weights": "weights weight gewichte 权重 权值",
    "biases": "biases bias biasterms 偏置 偏差",
    "macs": """macs mac gmacs mmacs kmacs multadds multadd madds madd muladds multiplyadds multiplyadd multiplyaccumulates
        multiplyaccumulate multiply adds accumulates accumulate multiplications mults computations computation cost 乘加 乘法 计算量""",
    "flops": "flops flop gflops mflops kflops gflop mflop floatingpoint 浮点",
    "memory": "memory mem bytes kb mb speicher 内存 显存 存储 字节",
    "receptive_field": "receptive field rf receptivefields 感受野",
    "padding": "padding pad pads p zeropadding 填充 零填充 补零",
    "stride": "stride strides s 步长 滑动步长 步幅",
    "connections": "connections connection conns 连接",
    "shape": "shape shapes dimension dimensions dims dim volume vol form 形状 维度 体积 hxwxc hwc chw cxhxw",
    "map": "map maps feature features spatial 特征 特征图",
    "extent": "尺寸",
    "size": "size sizes grosse groesse größe 大小",
    "activation": "activation activations act 激活 激活值",
    "values": "values neurons units elements numel 神经元 元素 值",
    "output": "output outputs out tensor ausgabe ausgabe- sortie 输出 张量",
    "count": "number num numbers no nb nr nos n count counts amount quantity anzahl 数 数量 数目 个数 次数 量 总量 总数 合计",
    "total": "total totals sum overall gesamt 合计 总计 总共 总",
    "layer": "layer layers block stage module node network schicht couche 层 网络层 图层 模块",
    "type": "type kind name names op operation operations operator 类型 名称 名",
    "height": "h height rows hout hoehe höhe 高 高度",
    "width": "w width wout breite cols 宽 宽度",
    "depth": "c d depth channels channel cout tiefe kanal kanäle kanaele canaux 通道 通道数 深度",
    "noise": """of the a and or in for per each all with at after to your you my our this that is are was what which how many
        calculated computed estimated learnable trainable learned learnt trained free found calculate compute resulting final
        used needed required answer here layerwise usage expected x model fwd forward result
        的 每 每层 各 各层 可训练 可学习 占用 运算 所 该 个 和 请 填写""",
    "filter": "filter filters kernel kernels window 卷积核 滤波器 卷积",
    "other": """input inputs eingabe function functions formula formulas working calculation calculations derivation
        explanation note notes comment comments remark remarks index timestamp score points marks section submitted
        time start date group groups dilation why reason non frozen fixed example percent share ratio rate yes connected
        opcode device dtype old previous wrong
        提交 输入 备注 说明 序号 编号 过程 计算过程 推导 班级 时间 来源 总分 函数 所用""",
}  # fmt: skip
_CLASS = {word: kind for kind, text in _CLASSES.items() for word in text.split()}
_UNIT = {
    **dict.fromkeys(("k", "thousand", "thousands", "千", "10^3", "10³", "1e3", "1000", "1000s"), "K"),
    **dict.fromkeys(
        ("m", "million", "millions", "mio", "百万", "10^6", "10⁶", "1e6", "mega", "1000000"), "M"
    ),
    **dict.fromkeys(("g", "billion", "billions", "bn", "giga", "十亿", "10^9", "10⁹", "1e9"), "G"),
    **{unit + more: unit for unit in ("万", "亿") for more in ("", "个")},
    **{unit.lower(): unit for unit in ("KB", "MB", "GB", "KiB", "MiB", "GiB")},
    "bytes": "B",
    "byte": "B",
    "b": "B",
    "kparams": "K",
    "mparams": "M",
}
"""What a unit in a heading is, as it is written behind a number."""
_INSIDE = Pattern(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_BEHIND = Pattern(r"(?:\bin|/|,|×|\bx)\s*([^\s,/()]+)\s*$")
_PREFIXED = Pattern(r"\b([kmg])(?:flops?|macs?|params)\b")
_TIMES = Pattern(r"^(?:in\s+|单位\s*[:：]?\s*|[×x*]\s*)|\s+|\s*of\s+.*$")
_CAMEL = Pattern(r"(?<=[a-z])(?=[A-Z])")
_WORD = Pattern(r"[a-zäöüß]+|[0-9]+|[\u3000-\u9fff]+|[#№%]")
_LAYOUT = Pattern(r"n?(?:hwc|chw)")


def without_unit(header: str) -> str:
    """A heading without the unit behind it: `Memory` of `Memory in MB`."""
    return _BEHIND.sub("", header)


def unit_of(header: str) -> str:
    """The unit that a heading gives all numbers below it, `FLOPs (M)`, `Memory in KB`, `GFLOPs`; "" for none."""
    text = header.strip().lower()
    for written in (*_INSIDE.findall(text), *_BEHIND.findall(text)):
        plain = _TIMES.sub("", written.strip())
        if plain in _UNIT:
            return _UNIT[plain]
        if len(plain) > 1 and plain[0] in "kmg" and _CLASS.get(plain[1:]) in ("params", "macs", "flops"):
            return plain[0].upper()
    match = _PREFIXED.search(text)
    return match[1].upper() if match else ""


def layout_of(header: str) -> str:
    """The order of axes that a heading names, `Output (C, H, W)`: CHW, NCHW, HWC, NHWC or ""."""
    for written in (*_INSIDE.findall(header), header):
        plain = "".join(c for c in written.lower().replace("x", "").replace("d", "c") if c.isalpha())
        if _LAYOUT.fullmatch(plain):
            return plain.upper()
    return ""


@lru_cache(maxsize=4096)
def classes(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The classes of a heading's words, and the words that are in none."""
    found, unknown = set[str](), list[str]()
    for word in _WORD.findall(_CAMEL.sub(" ", text).lower()):
        if word in ("#", "№"):
            found.add("count")
        elif word == "%":
            found.add("other")
        else:
            parts = _parts(word)
            if parts is None:
                unknown.append(word)
            else:
                found.update(parts)
    return frozenset(found - {"noise"}), tuple(unknown)


def _parts(word: str) -> list[str] | None:
    """The classes of a word, or of the words that are written together in it, `outputshape`, 输出特征图尺寸; else None."""
    if word in _CLASS:
        return [_CLASS[word]]
    least = 1 if word[0] > "\u2fff" else 3
    ways: list[list[str] | None] = [[], *[None] * len(word)]
    for end in range(1, min(len(word), 40) + 1):
        for start in range(max(0, end - 14), end - least + 1):
            before, kind = ways[start], _CLASS.get(word[start:end])
            if before is not None and kind and ways[end] is None:
                ways[end] = [*before, kind]
    return ways[-1] if len(word) <= 40 else None
