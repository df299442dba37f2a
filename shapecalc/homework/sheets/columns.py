"""What the head of a column means: shape, output volume, 尺寸 are one column, and so are #params and 参数量.

Pitfall: "size" alone is the number of values in the course's own table (activation size) and a shape in many others, so
it is read as a shape only where no other column of the table is one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ...pattern import Pattern

QUANTITIES = ("output_shape", "activations", "weights", "biases", "params", "macs", "flops", "memory", "receptive_field", "padding",
              "stride", "connections")  # fmt: skip
_SPELLINGS = {
    "layer": """layer|layers|layer name|name|layer type|block|stage|module|node|row|op|operation|operator|type|网络层|层|层名|层名称|名称
        |层类型|类型|模块|图层|layer number|layer no|层数|layer id|part|problem|question|cell|题目|题号|item|kind""",
    "student": """student|student id|studentid|id|sid|student number|student no|student name|username|user name|user|user id|login|email|e mail|email address
        |mail|full name|学号|学生|学生学号|姓名|学生姓名|帐号|账号|用户名|邮箱|your name|your id|name and id|matriculation number|netid|net id
        |sis user id|sis login id|first and last name|id number|your student id|your email|学生编号|考号|登录名|您的学号|您的姓名|你的学号|你的姓名""",
    "column": "column|quantity|what|field|property|asked|列|项目|量|问题项|metric",
    "answer": "answer|answers|value|response|result|your answer|student answer|given|答案|回答|值|作答|结果|解答",
    "output_shape": """output shape|shape|output|output volume|volume|output size|out shape|output dim|output dims|output dimensions
        |output dimension|dimension|dimensions|dims|dim|out|activation shape|activations shape|feature map|feature maps|feature map size|feature map shape
        |feature size|map size|spatial size|tensor shape|shape of output|size of output|output tensor|outputs|result shape|outputs shape|outshape|output map
        |hxwxc|h w c|c h w|h x w x c|output feature map|out size|output activation shape|activation volume|activation map|volume size|outputshape
        |尺寸|输出|输出尺寸|输出形状|形状|输出大小|输出维度|维度|特征图|特征图尺寸|特征图大小|激活形状|激活值形状|激活值维度|激活维度|输出体积|输出特征图
        |输出特征图尺寸|输出特征图大小|输出的形状|输出的尺寸|输出张量""",
    "activations": """activations|activation size|activation|activations size|number of activations|num activations|act size|values
        |number of values|neurons|number of neurons|units|elements|number of elements|activation count|activation volume size|output values|output elements
        |activation number|numel|激活|激活大小|激活值大小|激活值数|激活值个数|激活值|激活数|激活值数量|激活值尺寸|神经元|神经元数|神经元个数|元素数|值的个数|输出个数""",
    "weights": """weights|weight|number of weights|num weights|weight count|weight params|weight parameters|kernel weights|权重|权重数|权重数量
        |权重个数|权值|权重参数|权值个数""",
    "biases": "biases|bias|number of biases|num biases|bias count|bias params|bias parameters|bias terms|偏置|偏置数|偏置数量|偏置个数|偏置参数|偏差",
    "params": """params|parameters|param|parameter|num params|number of params|number of parameters|param count|parameter count
        |parameters count|num parameters|no of parameters|no of params|learnable parameters|trainable parameters|trainable params|total params
        |total parameters|param number|param num|nparams|n params|paras|para|learnables|learnable params|no parameters|no params|prms
        |参数|参数量|参数数|参数个数|参数数量|可训练参数|参数总数|参数数目|可学习参数|参数总量|总参数|总参数量""",
    "macs": """macs|mac|mult adds|mult add|multiply adds|multiply add|multiply accumulates|multiply accumulate|multadds|madds|madd|gmacs|mmacs|multiplications
        |mults|number of multiplications|computations|computation|operations count|cost|mul adds|乘加|乘加数|乘加次数|乘加运算|乘法|乘法次数|计算量|乘加运算次数|乘加量|乘法数""",
    "flops": "flops|flop|gflops|mflops|number of flops|floating point operations|浮点|浮点运算|浮点运算数|浮点运算次数|浮点运算量",
    "memory": "memory|mem|bytes|memory bytes|activation memory|memory usage|size in bytes|kb|mb|内存|内存占用|显存|显存占用|存储|字节|字节数|内存大小",
    "receptive_field": "receptive field|rf|field|receptive field size|receptive|rf size|receptive fields|感受野|感受野大小|感受野尺寸",
    "padding": "padding|pad|p|zero padding|pads|填充|补零|填充大小|填充数|零填充",
    "stride": "stride|strides|s|步长|步幅|滑动步长",
    "connections": "connections|connection|number of connections|conns|连接|连接数|连接数量|连接个数",
}  # fmt: skip
_KNOWN = {
    re.sub(r"\s+", " ", w).strip(): column for column, text in _SPELLINGS.items() for w in text.split("|")
}
_OTHERS = frozenset(
    ["filter", "filters", "kernel", "kernels", "filter", "size", "kernel", "size", "number", "of", "filters", "num", "filters", "channels", "depth", "width", "height", "input", "input", "shape", "input", "size", "notes", "note", "comment", "comments", "remark", "remarks", "formula", "working", "calculation", "calculations", "derivation", "explanation", "activation", "function", "index", "no", "number", "timestamp", "score", "points", "marks", "section", "submitted", "at", "start", "time", "date", "group", "input", "volume", "dilation", "groups", "why", "reason", "bias", "yes", "no", "备注", "说明", "卷积核", "卷积核大小", "卷积核个数", "滤波器", "输入", "输入尺寸", "序号", "编号", "计算过程", "过程", "推导", "班级", "时间", "提交时间", "提交答卷时间", "所用时间", "来源", "来源详情", "来自ip", "总分", "激活函数", "c", "h", "w", "s", "f", "k", "n"]
) | {"filter size", "kernel size", "number of filters", "num filters", "input shape", "input size", "activation function", "start time",
     "submitted at", "input volume", "size of filter", "filter shape", "number of kernels"}  # fmt: skip
MAX_HEADER = 120
_BRACKETS = Pattern(r"[(（\[【][^()（）\[\]【】]*[)）\]】]|\$[^$]*\$")
_MARKUP = Pattern(r"<[^<>]*>|[*_`#:：/\\|+.,;?？!^&~\"'“”‘’=×-]+|\s+")
_PREFIX = Pattern(r"(?:the|your|total|每层|各层|q\d+|no of|num of|the number of) ")
_JOIN = Pattern(r"\s*[.:：/|·—–>→]+\s*|\s+-\s+|\s*[(（\[【]|[)）\]】]|\s+(?:of|for|的)?\s*|_+|-+|的")
_OF = Pattern(r"\s*(.+?)\s+(?:of|for|in|at|after)\s+(?:the\s+)?(?:layer\s+)?(.+?)\s*", re.IGNORECASE)


def _plain(header: str) -> str:
    return _MARKUP.sub(" ", header.replace("\ufeff", "")).strip().lower()


@lru_cache(maxsize=4096)
def column(header: str) -> str | None:
    """The column that a header names: a quantity of the contract, `layer student column answer`, `size`, or None."""
    if len(header) > MAX_HEADER:
        return None
    for text in (header, _BRACKETS.sub(" ", header)):
        plain = _plain(text)
        if plain in _KNOWN:
            return _KNOWN[plain]
        plain = _PREFIX.sub("", plain)
        if plain in _KNOWN:
            return _KNOWN[plain]
        if plain in ("size", "sizes", "大小"):
            return "size"
    return _KNOWN.get(plain.replace(" ", ""))


def known_other(header: str) -> bool:
    """Whether a column of this name is expected and holds no answers: filters, notes, a timestamp."""
    plain = _plain(_BRACKETS.sub(" ", header[:MAX_HEADER]))
    return not plain or plain in _OTHERS or plain.isdigit()


@lru_cache(maxsize=4096)
def quantity(header: str) -> str | None:
    """The quantity that a word names; None where it names none."""
    found = column(header)
    return "output_shape" if found == "size" else found if found in QUANTITIES else None


@lru_cache(maxsize=4096)
def layer_and_quantity(header: str) -> tuple[str, str] | None:
    """`CONV1.shape`, `params of CONV1`, `CONV1 参数量` as a layer and a quantity; None where it is not one of each."""
    if len(header) > MAX_HEADER or quantity(header):
        return None
    match = _OF.fullmatch(header)
    if match and (found := quantity(match[1])):
        return match[2], found
    text = header.strip().rstrip(")）]】 ")
    cuts = [(m.start(), m.end()) for m in _JOIN.finditer(text) if m.end() > m.start()]
    cuts += [(i, i) for i in range(1, len(text)) if text[i] > "\u2fff" and text[i - 1] < "\u2fff"]
    for start, end in sorted(cuts):
        head, tail = text[:start].strip(" .([（【"), text[end:].strip()
        if head and tail and (found := quantity(tail)) and not quantity(head):
            return head, found
    for start, end in sorted(cuts, reverse=True):
        head, tail = text[:start].strip(), text[end:].strip()
        if (
            head
            and tail
            and (found := quantity(head))
            and any(c.isalpha() for c in tail)
            and not tail[0].isdigit()
        ):
            return tail, found
    return None
