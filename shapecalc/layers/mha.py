"""Multi-head attention: every position asks all others, and takes the mean of their values, weighted by how well they match.

Written out: three projections, the scores Q·Kᵀ / √d of every head, a softmax, the weighted sum and a last projection;
4·(d·d + d) parameters where query and memory are d wide. Pitfall: the number of heads changes neither parameters nor
products, only the scores that are kept: T×T×heads; and a causal mask saves nothing, the full square is counted.
"""

from __future__ import annotations

from ..formula import Formula, Requires
from ..text import N_
from ._base import Case, Layer, Option


class Mha(Layer):
    ranks = (2,)
    reads = ("query", "memory")
    synonyms = ("multihead_attention", "multi_head_attention", "attention", "self_attention", "cross_attention",
                "grouped_query_attention", "scaled_dot_product_attention", "注意力", "自注意力", "多头注意力",
                "多头自注意力", "交叉注意力")  # fmt: skip

    heads = Option("int", help=N_("number of heads"))
    d = Option("int", "input.D", help=N_("width of all heads together, and of the output"))
    kv_heads = Option(
        "int", "heads", help=N_("heads of keys and values; fewer are shared by groups of queries")
    )
    bias = Option("bool", True, help=N_("whether the four projections have one"))
    causal = Option("bool", False, help=N_("whether a position sees earlier ones and itself only"))

    demands = (
        Requires(
            Formula("d % heads == 0"),
            "SC404",
            N_("{d} channels do not split into {heads} heads"),
            "heads",
            N_("heads must divide {d}"),
        ),
        Requires(
            Formula("heads % kv_heads == 0"),
            "SC404",
            N_("{heads} heads do not share {kv_heads} heads of keys and values evenly"),
            "kv_heads",
            N_("it must divide {heads}"),
        ),
    )
    BODY = """\
- linear: {name: query, units: d, bias: bias}
- linear: {name: key, from: memory, units: d // heads * kv_heads, bias: bias}
- linear: {name: value, from: memory, units: d // heads * kv_heads, bias: bias}
- scores: {from: [query, key], heads: heads, share: heads // kv_heads, causal: causal}
- softmax: W
- attend: {from: [prev, value], share: heads // kv_heads}
- linear: {name: out, units: d, bias: bias}
"""

    CASES = (
        Case(
            "Vaswani et al. 2017, arXiv:1706.03762, Table 3, base; PyTorch, MultiheadAttention(512, 8): 1,050,624",
            (128, 512),
            {"heads": 8},
            (128, 512),
            {"weights": 1_048_576, "biases": 2_048, "macs": 150_994_944, "ops.exp": 131_072},
        ),
        Case(
            "torchvision ViT-B/16, self_attention: 2,362,368 parameters",
            (197, 768),
            {"heads": 12},
            (197, 768),
            {"weights": 2_359_296, "biases": 3_072, "macs": 524_391_936},
        ),
        Case(
            "PyTorch, MultiheadAttention(512, 8, kdim=256, vdim=256, bias=False) on a memory of 77: 786,432",
            ((128, 512), (77, 256)),
            {"heads": 8, "bias": False},
            (128, 512),
            {"weights": 786_432, "biases": 0},
        ),
        Case(
            "Llama 3 8B: 32 heads share 8 of keys and values; transformers, k_proj 4096→1024",
            (2, 4096),
            {"heads": 32, "kv_heads": 8, "bias": False, "causal": True},
            (2, 4096),
            {"weights": 41_943_040},
        ),
    )
