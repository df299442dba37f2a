"""What kind of layer a row's name means, and its number: C1, Conv-1 and 卷积层1 are the first convolution.

Pitfall: S2 is LeNet's second layer, a pool, and the number of CONV-5-64 is no number of a layer: only a number at the end of
a plain name counts.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from ..pattern import Pattern
from .spelling.listed import listed

TOTALS = frozenset(
    listed(
        "total totals sum overall whole all network 合计 总计 总和 总共 总参数 总参数量 全部 总数 totalparams totalparameters grandtotal"
    )
)
_SPELLINGS = {
    "conv": "conv convolution convolutional convolve conv1d conv2d conv3d c cv cnn cl convlayer convolutionlayer convolutionallayer 卷积 卷积层 卷积层conv",
    "pool": """pool pooling maxpool maxpooling avgpool averagepool averagepooling avgpooling meanpool meanpooling maxpool2d avgpool2d maxpooling2d averagepooling2d s p mp ap
        subsample subsampling trainablepool lppool poollayer poolinglayer sub 池化 池化层 最大池化 最大池化层 平均池化 平均池化层 下采样 下采样层 降采样""",
    "gap": "globalavgpool gap globalaveragepool globalaveragepooling globalaveragepooling2d globalavgpooling globalmaxpool adaptiveavgpool adaptiveavgpool2d 全局平均池化 全局池化",
    "fc": """fc fullyconnected fullyconnectedlayer fclayer full dense denselayer linear linearlayer f ip innerproduct affine fullconnection fullyconn mlp fcl 全连接 全连接层
        稠密层 线性层""",
    "out": "softmax softmaxlayer out output outputlayer sm logits classifier predictions prediction classification 输出层 输出 分类层 分类",
    "flatten": "flatten flat flattening flattenlayer reshape 展平 展平层 拉平 扁平化 压平",
    "input": "input inputs inputlayer inputimage image img data in x 输入 输入层 图像 原图",
    "bn": "bn batchnorm batchnormalization batchnorm2d norm 批归一化 批标准化 批量归一化",
    "act": "relu activation act relu6 sigmoid tanh gelu silu leakyrelu 激活 激活层 激活函数",
    "dropout": "dropout drop 随机失活 丢弃层",
    "add": "add sum residual shortcut skip 相加 残差",
    "concat": "concat concatenate cat 拼接",
    "depthwise": "depthwise dw dwconv depthwiseconv 深度卷积",
    "convtranspose": "convtranspose deconv transposedconv upconv convtranspose2d conv2dtranspose 转置卷积 反卷积",
    "rnn": "lstm gru rnn",
    "embed": "embed embedding 嵌入",
}  # fmt: skip
_KINDS = {word: kind for kind, text in _SPELLINGS.items() for word in text.split()}
_NAMED = Pattern(
    r"(?:layer|层|第)?(\d{0,3})(?:层|个)?([^\W\d_]+?(?:[123]d)?)(?:layer|层)?(\d{0,4})(?:layer|层)?"
)
_WORDS = Pattern(r"[^\W\d_]+(?:[123]d(?![a-z]))?")
_JUNK = Pattern(r"\([^()]*\)|[\W_]+")
_HANZI = str.maketrans("一二三四五六七八九", "123456789")


@lru_cache(maxsize=8192)
def canonical(name: str) -> str:
    """A name without regard to case, width, spaces and punctuation."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


@lru_cache(maxsize=8192)
def kind_and_number(name: str) -> tuple[str | None, int | None]:
    """The kind of layer that a row's name means, and its number; None where it tells none."""
    plain = canonical(_JUNK.sub(" ", name) or name)
    plain = plain.translate(_HANZI) if not plain.isascii() else plain
    match = _NAMED.fullmatch(plain)
    if match:
        before, word, after = match.groups()
        kind = _KINDS.get(word) or _KINDS.get(word + "层")
        if kind:
            number = after or before
            return kind, int(number) if number else None
    words = [
        w
        for w in _WORDS.findall(unicodedata.normalize("NFKC", name).casefold())
        if len(w) > 1 and w not in ("layer", "max", "avg", "the")
    ]
    kinds = [_KINDS[w] for w in words if w in _KINDS]
    joined = _KINDS.get("".join(words[:2]))
    return (joined or kinds[0], None) if kinds or joined else (None, None)


def kind_of_word(word: str) -> str | None:
    """The kind of a spec's layer word."""
    return _KINDS.get(word)
