"""The words that stand beside an answer, in English and Chinese, by what they do to it: nothing, a unit, a doubt, a bound.

Each grammar says in a table of its own what a class of words does there. Pitfall: `none` is 0 parameters and no answer at
all where a shape was asked for, so it is in a list of its own.
"""

from __future__ import annotations

import re

from ...pattern import Pattern
from .listed import listed

BLANK = frozenset(
    listed("""- -- --- ---- ? ?? ??? / // \\ . .. ... … _ __ ___ ____ × ×× ××× n/a na n.a n.a. nan null nil blank empty (blank) (empty) tbd todo idk idc dk
    skip skipped pass unknown dunno unsure - ( ) () [] 不会 不会做 不知道 不清楚 不懂 没做 未做 未作答 空 空白 略 待定 待填 不详 没学过 无答案 (?) [?] [ ] #n/a #ref #value #name
    #div/0 #num #null ≈ ¯\\_(ツ)_/¯ """)
) | {"", "i don't know", "i dont know", "don't know", "dont know", "do not know", "i do not know", "no idea", "not sure", "no answer",
     "no clue", "not answered", "not done", "not applicable", "i have no idea", "i'm not sure", "to do", "left blank", "( )", "[ ]",
     "can't do it", "cannot do it", "no answer given"}  # fmt: skip
_NOT_ANY = listed("params parameters param parameter weights bias biases padding pad macs flops operations")
_LEARNED = listed("params parameters")
NOTHING = frozenset(
    listed("""none zero nothing 无 没有 零 无参数 没有参数 ∅ ø 〇 没 不需要 不用 无需 无填充 不填充 没有填充 不用填充 无可学习参数 没有可学习参数 无可训练参数
    没有可训练参数 无权重 没有权重 不含参数 无需填充 不需要填充""")
) | {f"no {word}" for word in _NOT_ANY} | {f"no {how} {word}" for how in ("learnable", "trainable") for word in _LEARNED} | {
     "not any", "has none", "has no params", "has no parameters", "none at all", "without padding", "nothing to learn",
     "no zero padding", "no zero-padding"}  # fmt: skip
"""Ways to say 0."""
_SAID = Pattern(
    r"(?:.*\b)?(?:no|zero|without)(?: any)?(?: learnable| trainable)? (?:params?|parameters?|weights)(?:[ ]*[.,;:(!)].*| (?:here|in|to|for|as|at)\b.*)?"
    r"|.*(?:没有|无|不含)(?:可学习|可训练|任何)?(?:的)?(?:参数|权重)(?:[ .,;:(!)].*)?",
    re.IGNORECASE,
)
_HEAD = Pattern(r"\s*(?:[(,;:]| because | since | - )")


def says_nothing(text: str, counted: bool) -> bool:
    """Whether a text says 0: alone, with a remark, `none (pooling)`, or of a count in a sentence: pools have no weights."""
    head = _HEAD.split(text, 1)[0].lower()
    if any(c.isdigit() and c != "0" for c in text):
        return False
    return head in NOTHING or (counted and not any(c.isdigit() for c in text) and bool(_SAID.fullmatch(text)))


ALTERNATIVES = frozenset(listed("or 或 或者 还是 versus vs alternatively 要么"))
BOUNDS = frozenset(
    listed("""not isn't no less more fewer greater smaller than least most under over below above between per each every half twice double
    without 不是 每 每个 至少 至多 大于 小于 不到 超过 以上 以下 多于 少于 不等于 介于""")
)
"""Words that make something else of the number beside them."""
ABOUT = frozenset(
    listed(
        """about around approx approximately approximate roughly circa ca nearly almost 约 大约 大概 约为 约等于 大约是 左右 近似 差不多"""
    )
)
_COUNTED = {
    "flops": "flops flop floating flop/s flops/s 浮点运算 次浮点运算",
    "macs": """macs mac madds madd mult-adds mult-add multiply-adds multiply-accumulates maccs macc multadds muladds mult multiplications
        multiplication multiplies mults 乘加 次乘加 乘法 次乘法 次乘加运算 次乘法运算""",
    "params": "params parameters param parameter prms parms learnables 参数 个参数 参数量 个可学习参数 参",
    "weights": "weights weight wts w 权重 个权重 个权值",
    "biases": "biases bias b 偏置 个偏置",
    "connections": "connections connection 连接 个连接",
    "activations": """activations activation values neurons neuron units unit nodes node outputs elements numbers features classes entries
        神经元 个神经元 个值 个激活 个激活值 个单元 个节点 个输出 个元素 类""",
    "bytes": "bytes byte 字节 个字节",
}
UNITS = {word: unit for unit, words in _COUNTED.items() for word in listed(words)}
"""Nouns after a number, and what they say was counted."""
FILLERS = frozenset(
    listed("""total in all altogether sum trainable learnable the a an is are of number count ops operations pixels pixel px pts points
    times 个 共 总共 一共 总 为 是 次 像素 个像素 层 合计 总计 等于 floats wide high tall long size dimensional dim dims d-dim approx. equals answer
    ans result output so thus hence it i think get got gives be would 答 答案 得 所以 即""")
)
MAPS = frozenset(
    listed("""channels channel ch chs maps map filters filter fmaps planes deep depth feature-maps kernels featuremaps 通道 个通道 张 个特征图
    张特征图 特征图 个卷积核 个滤波器 深度 feature""")
)
"""Words after the number of a shape's maps."""
JOINERS = frozenset(
    listed("with of and each at 的 个 张 size sized resolution images image in on for 大小 大小为")
)
"""Words that join the parts of a shape: 6 maps of 28x28."""
BATCH = frozenset(
    listed("none null n b m bs batch batch_size batchsize nil any samples examples 批 批大小 批量 样本数")
)
SMALL = {
    w: n
    for n, w in enumerate(
        listed("""zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
        nineteen twenty""")
    )
}
HANZI = frozenset(
    w
    for w in (*UNITS, *FILLERS, *MAPS, *JOINERS, *ALTERNATIVES, *BOUNDS, *ABOUT, "和", "与")
    if not w.isascii()
)
"""Chinese words that are cut out of a run of characters, the longest first."""
NOTE = Pattern(r"\s*(?://|#|;|--|\s-\s|,)\s*(?=[^\W\d])[^0-9=]*$")
"""A remark after the answer: `456 // with bias`."""
LABEL = Pattern(r"[^:=≈→]*[^\W\d_×][^:=≈→]*:(?!=)(?!//)\s*")
"""A name and a colon before the answer: `params: 456`."""
ALIKE = Pattern(r"\b(?:or so|or thereabouts|give or take|more or less)\b", re.IGNORECASE)
