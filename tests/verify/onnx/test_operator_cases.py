"""The operator cases that ONNX publishes in its package: every one is run on our kernels, or listed with the reason.

From onnx.backend.test: the cases of single nodes, and the models converted from PyTorch's own tests. Only the first
output is compared (no kernel gives a pool's places, a dropout's mask or a norm's mean). Pitfall: a case that is neither
run nor listed fails, and so does one that is listed but could be run.
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from shapecalc.errors import ShapeError

from . import sequences  # noqa: F401  (its operators are registered)
from .adapters import ADAPTERS, NotOurs

onnx = pytest.importorskip("onnx", reason="the onnx package is not installed: there are no published cases")

OPERATORS = sorted(ADAPTERS.keys() - {"Constant", "Squeeze", "Unsqueeze"})
MODULES = {"BatchNormalization": "batch_normalization", "InstanceNormalization": "instance_normalization"}
CONVERTED = ("pytorch-converted", "pytorch-operator", "simple")

NOT_EXPRESSIBLE = {
    "it measures the batch: training": """
        test_batchnorm_example_training_mode test_batchnorm_epsilon_training_mode""",
    "values are dropped at random: training": """
        test_training_dropout_default test_training_dropout_default_mask test_training_dropout
        test_training_dropout_mask""",
    "its padding is more than half a window, which is refused, as PyTorch refuses it": """
        test_maxpool_2d_pads test_averagepool_2d_pads test_averagepool_2d_pads_count_include_pad test_lppool_2d_pads""",
    "a product of two inputs, and a linear layer has one matrix": """
        test_matmul_3d test_matmul_4d test_matmul_bcast test_matmul_1d_3d""",
    "it pads with pixels of the image and not with a constant": """
        test_edge_pad test_reflect_pad test_wrap_pad test_ReflectionPad2d test_ReplicationPad2d test_operator_pad""",
    "its line is 0.2·x + ½ or another; ours is x/6 + ½": """
        test_hardsigmoid_example test_hardsigmoid test_hardsigmoid_default""",
    "a slope for every value; ours are one a channel, or one": "test_prelu_example",
    "the form with tanh": "test_gelu_tanh_1 test_gelu_tanh_2",
    "the other order of channels, PyTorch's pixel unshuffle": "test_spacetodepth_crd_mode_example",
    "a list of tensors or an optional one, and no tensor": "test_identity_sequence test_identity_opt",
    "it makes a map smaller, or larger by no whole number": """
        test_resize_downsample_scales_nearest test_resize_upsample_sizes_nearest test_resize_downsample_sizes_nearest
        test_resize_downsample_scales_linear test_resize_downsample_scales_linear_align_corners
        test_resize_downsample_scales_cubic test_resize_downsample_scales_cubic_align_corners
        test_resize_upsample_sizes_cubic test_resize_downsample_sizes_cubic
        test_resize_downsample_scales_cubic_A_n0p5_exclude_outside test_resize_tf_crop_and_resize
        test_resize_tf_crop_and_resize_extrapolation_value test_resize_downsample_sizes_linear_pytorch_half_pixel
        test_resize_downsample_scales_linear_antialias
        test_resize_downsample_sizes_linear_antialias test_resize_downsample_scales_cubic_antialias
        test_resize_downsample_sizes_cubic_antialias test_resize_upsample_sizes_nearest_axes_2_3
        test_resize_upsample_sizes_nearest_axes_3_2 test_resize_tf_crop_and_resize_axes_2_3
        test_resize_tf_crop_and_resize_axes_3_2 test_resize_upsample_sizes_nearest_not_larger
        test_resize_upsample_sizes_nearest_not_smaller test_resize_downsample_sizes_nearest_not_larger
        test_resize_downsample_sizes_nearest_not_smaller test_resize_downsample_scales_linear_half_pixel_symmetric
        test_resize_upsample_scales_linear_half_pixel_symmetric""",
    "it takes another pixel than the nearest, or the other one of two that are as near": """
        test_resize_upsample_sizes_nearest_ceil_half_pixel test_resize_upsample_sizes_nearest_floor_align_corners
        test_resize_upsample_sizes_nearest_round_prefer_ceil_asymmetric""",
    "it mixes sixteen pixels, or puts the corners on the corners": """
        test_resize_upsample_scales_cubic test_resize_upsample_scales_cubic_align_corners
        test_resize_upsample_scales_cubic_A_n0p5_exclude_outside test_resize_upsample_scales_cubic_asymmetric
        test_resize_upsample_scales_linear_align_corners""",
    "a state that was there before, and gates that see the memory": "test_lstm_with_peepholes",
    "nothing is left, or it is read backwards": """
        test_slice_start_out_of_bounds test_slice_neg_steps test_split_zero_size_splits_opset13
        test_split_zero_size_splits_opset18""",
    "a window, a cache that is partly filled, or a causal mask that begins later": """
        test_attention_4d_with_past_and_present_qk_matmul_bias_3d_mask_causal
        test_attention_4d_with_past_and_present_qk_matmul_bias_4d_mask_causal
        test_attention_4d_diff_heads_mask4d_padded_kv test_attention_4d_padded_kv_bf16
        test_attention_4d_causal_padded_kv_bf16 test_attention_4d_gqa_causal_nonpad_decode
        test_attention_4d_gqa_causal_nonpad_decode_fp16 test_attention_4d_causal_nonpad_continued_prefill
        test_attention_4d_causal_with_past_and_present test_attention_4d_causal_nonpad_negative_offset_structural_empty
        test_attention_4d_causal_nonpad_attn_mask_composition test_attention_4d_causal_nonpad_batch_prefill
        test_attention_local_window test_attention_bidirectional_window test_attention_local_window_rank1_boolean_mask
        test_attention_local_window_with_past test_attention_local_window_ext_cache_rank3_head_mask
        test_attention_local_window_ext_cache_rank4_batch_mask test_attention_local_window_ext_cache_rank2_mask
        test_attention_local_window_ext_cache_float16_mask test_attention_3d_local_window
        test_attention_local_window_gqa_rank4_mask""",
    "a position that sees nothing at all": """
        test_attention_causal_boolmask_nan_robustness test_attention_23_boolmask_fullymasked_row_nan_robustness
        test_attention_23_fullymasked_qk_matmul_output_mode3_zero test_attention_24_fullymasked_qk_matmul_output_mode3_zero
        test_attention_24_qk_matmul_output_mode3_softmax_precision""",
    "numbers of sixteen bits, rounded on the way": """
        test_attention_4d_causal_bf16 test_attention_4d_attn_mask_causal_bf16 test_attention_3d_causal_bf16""",
    "it stretches an axis of 1": "test_operator_add_size1_broadcast",
    "doubles beyond what float32 holds": """
        test_operator_add_broadcast test_operator_add_size1_right_broadcast test_operator_addconstant
        test_operator_add_size1_singleton_broadcast""",
    "a table of more axes than ours has letters for": "test_PixelShuffle test_operator_permute2",
}
"""Why the cases of our operators that are listed here cannot be said with our kernels."""

REASONS = {name: reason for reason, names in NOT_EXPRESSIBLE.items() for name in names.split()}


@cache
def nodes() -> dict[str, list[Any]]:
    """The published cases of single nodes, by operator."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cases = import_module("onnx.backend.test.case.node")
        for op in OPERATORS:
            import_module(f"{cases.__name__}.{MODULES.get(op, op.lower())}")
    found: dict[str, list[Any]] = {op: [] for op in OPERATORS}
    for case in cases._NodeTestCases:
        node = case.model.graph.node
        if len(node) == 1 and node[0].op_type in found and "_expanded" not in case.name:
            found[node[0].op_type].append(case)
    return found


@cache
def converted() -> dict[str, Path]:
    """The folders of the models whose nodes are all of operators that we have."""
    data = Path(onnx.__file__).parent / "backend" / "test" / "data"
    folders = {folder.name: folder for kind in CONVERTED for folder in sorted((data / kind).iterdir())}
    return {name: folder for name, folder in folders.items()
            if all(node.op_type in ADAPTERS for node in onnx.load(folder / "model.onnx").graph.node)}  # fmt: skip


def perform(model: Any, inputs: list[Any]) -> Any:
    """The model's first output, each node carried out by our kernels."""
    version = max(o.version for o in model.opset_import if o.domain in ("", "ai.onnx"))
    values = dict(zip((i.name for i in model.graph.input), inputs))
    values |= {t.name: onnx.numpy_helper.to_array(t) for t in model.graph.initializer}
    for node in model.graph.node:
        adapter = ADAPTERS[node.op_type]
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        place = next(i for i, name in enumerate(node.output) if name)
        known = {"op": node.op_type, "version": version, "place": place, "parts": len(node.output)}
        extra = {k: v for k, v in known.items() if k in inspect.signature(adapter).parameters}
        found = adapter(attributes, *(values.get(name) for name in node.input), **extra)
        values |= dict(zip(node.output, found)) if isinstance(found, list) else {node.output[place]: found}
    return values[model.graph.output[0].name]


def check(name: str, model: Any, inputs: list[Any], wanted: Any, rtol: float) -> str:
    """What is wrong with a case, in a word; empty where it agrees or is rightly listed."""
    try:
        if not all(isinstance(x, (np.ndarray, np.generic)) for x in (*inputs, wanted)):
            raise NotOurs("no tensor")
        if any(x.dtype == np.float64 and np.any(abs(x) > np.finfo(np.float32).max) for x in inputs):
            raise NotOurs("numbers beyond float32")
        y = perform(model, [np.asarray(x) for x in inputs])
    except (NotOurs, ShapeError) as reason:
        return "" if name in REASONS else f"{name} is neither run nor listed: {reason}"
    if name in REASONS:
        return f"{name} is listed, but it can be run"
    if y.shape != wanted.shape:
        return f"{name}: {y.shape} for {wanted.shape}"
    close = np.allclose(y, wanted.astype(np.float32), rtol=rtol, atol=1e-5)
    return "" if close else f"{name}: off by {np.max(abs(y - wanted))}"


@pytest.mark.parametrize("op", OPERATORS)
def test_every_published_case_of_an_operator_is_run_or_listed(op: str) -> None:
    assert nodes()[op], "published cases"
    problems = []
    for case in nodes()[op]:
        (inputs, outputs), *_more = case.data_sets
        problems.append(check(case.name, case.model, list(inputs), outputs[0], case.rtol))
    assert not list(filter(None, problems))


def test_models_converted_from_torch_agree() -> None:
    problems = []
    for name, folder in converted().items():
        for data in sorted(folder.glob("test_data_set_*")):
            inputs, (wanted, *_more) = (list(tensors(data, kind)) for kind in ("input", "output"))
            problems.append(check(name, onnx.load(folder / "model.onnx"), inputs, wanted, 1e-3))
    assert len(problems) > 70
    assert not list(filter(None, problems))


def tensors(folder: Path, kind: str) -> Iterator[Any]:
    for i in range(len(list(folder.glob(f"{kind}_*.pb")))):
        yield onnx.numpy_helper.to_array(onnx.load_tensor(folder / f"{kind}_{i}.pb"))


def test_the_list_names_nothing_that_is_not_published() -> None:
    names = {case.name for cases in nodes().values() for case in cases} | converted().keys()
    assert not sorted(REASONS.keys() - names)
