"""The words that stand beside an answer, in English and Chinese: those that mean nothing, a unit, or "I do not know".

Pitfall: `none` is 0 parameters and no answer at all where a shape was asked for, so it is in a list of its own.
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
NOTHING = frozenset(
    listed("""none zero nothing 无 没有 零 无参数 没有参数 ∅ ø 〇 没 不需要 不用 无需 无填充 不填充 没有填充 不用填充 无可学习参数 没有可学习参数 无可训练参数
    没有可训练参数 无权重 没有权重 不含参数 无需填充 不需要填充""")
) | {"no params", "no parameters", "no param", "no parameter", "no weights", "no bias", "no biases", "no learnable parameters",
     "no trainable parameters", "not any", "has none", "has no params", "has no parameters", "none at all", "no padding", "no pad",
     "without padding", "nothing to learn", "no learnable params", "no trainable params", "no zero padding", "no zero-padding",
     "no macs", "no flops", "no operations"}  # fmt: skip
"""Ways to say 0."""
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
UNITS = {
    **dict.fromkeys(["flops", "flop", "floating", "flop/s", "flops/s", "浮点运算", "次浮点运算"], "flops"),
    **dict.fromkeys(
        listed("""macs mac madds madd mult-adds mult-add multiply-adds multiply-accumulates maccs macc multadds muladds mult multiplications
        multiplication multiplies mults 乘加 次乘加 乘法 次乘法 次乘加运算 次乘法运算"""),
        "macs",
    ),
    **dict.fromkeys(
        listed(
            """params parameters param parameter prms parms learnables 参数 个参数 参数量 个可学习参数 参"""
        ),
        "params",
    ),
    **dict.fromkeys(["weights", "weight", "wts", "w", "权重", "个权重", "个权值"], "weights"),
    **dict.fromkeys(["biases", "bias", "b", "偏置", "个偏置"], "biases"),
    **dict.fromkeys(["connections", "connection", "连接", "个连接"], "connections"),
    **dict.fromkeys(
        listed("""activations activation values neurons neuron units unit nodes node outputs elements numbers features classes entries
        神经元 个神经元 个值 个激活 个激活值 个单元 个节点 个输出 个元素 类"""),
        "activations",
    ),
    **dict.fromkeys(["bytes", "byte", "字节", "个字节"], "bytes"),
}
"""Nouns after a number, and what they say was counted."""
FILLERS = frozenset(
    listed("""total in all altogether sum trainable learnable the a an is are of number count ops operations pixels pixel px pts points
    times 个 共 总共 一共 总 为 是 次 像素 个像素 层 合计 总计 等于 = floats wide high tall long size dimensional dim dims d-dim approx. equals answer
    ans result output so thus hence it i think get got gives be would 答 答案 得 所以 即""")
)
CHANNELS = frozenset(
    listed("""channels channel ch chs maps map filters filter fmaps planes deep depth feature-maps kernels featuremaps 通道 个通道 张 个特征图
    张特征图 特征图 个卷积核 个滤波器 深度 feature""")
)
JOINERS = frozenset(
    listed("with of by and each at 的 个 张 size sized resolution images image in on for 大小 大小为")
)
"""Words that join the parts of a shape: 6 maps of 28x28, 28 by 28 by 6."""
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
NOTE = Pattern(r"\s*(?://|#|;|--|\s-\s|,)\s*(?=[^\W\d])[^0-9=]*$")
"""A remark after the answer: `456 // with bias`."""
LABEL = Pattern(r"[^:=≈→]*[^\W\d_×][^:=≈→]*:(?!=)(?!//)\s*")
"""A name and a colon before the answer: `params: 456`."""
ALIKE = Pattern(r"\b(?:or so|or thereabouts|give or take|more or less)\b", re.IGNORECASE)
