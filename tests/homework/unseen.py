"""Wrong answers as teachers know them, each with the slip that was meant: none of them is in the public collection.

The questions are those of CS231n's notes, deeplearning.ai's quizzes and Chinese examinations. Every number is worked out
by hand beside its slip. Pitfall: slips are tuned on FIRST only; SECOND was written down before it was run.
"""

from __future__ import annotations

from typing import Any

from shapecalc.homework.question import TOTAL, Question

from .setups import chain

CONV = "conv"
LENET = chain((32, 32, 3), [
    (CONV, {"filters": 6, "kernel": 5}), ("maxpool", {"kernel": 2}), (CONV, {"filters": 16, "kernel": 5}),
    ("maxpool", {"kernel": 2}), ("fc", {"units": 120}), ("fc", {"units": 84}), ("fc", {"units": 10})])  # fmt: skip
ALEX = chain((227, 227, 3), [
    (CONV, {"filters": 96, "kernel": 11, "stride": 4}), ("maxpool", {"kernel": 3, "stride": 2}),
    (CONV, {"filters": 256, "kernel": 5, "padding": 2}), ("maxpool", {"kernel": 3, "stride": 2})])  # fmt: skip
NOTES = chain((32, 32, 3), [(CONV, {"filters": 10, "kernel": 5, "padding": 2})])
NG = chain((39, 39, 3), [
    (CONV, {"filters": 10, "kernel": 3}), (CONV, {"filters": 20, "kernel": 5, "stride": 2}),
    (CONV, {"filters": 40, "kernel": 5, "stride": 2}), ("fc", {"units": 1})])  # fmt: skip
NIUKE = chain((200, 200, 1), [
    (CONV, {"filters": 1, "kernel": 5, "stride": 2, "padding": 1}), ("maxpool", {"kernel": 3, "stride": 1}),
    (CONV, {"filters": 1, "kernel": 3, "padding": 1})])  # fmt: skip
FIELD = chain((64, 64, 1), [
    (CONV, {"filters": 1, "kernel": 5, "padding": 2}), (CONV, {"filters": 1, "kernel": 2, "stride": 2}),
    (CONV, {"filters": 1, "kernel": 5, "padding": 2})])  # fmt: skip
VGG = chain((64, 64, 1), [
    (CONV, {"filters": 1, "kernel": 3, "padding": 1}), (CONV, {"filters": 1, "kernel": 3, "padding": 1}),
    ("maxpool", {"kernel": 2}), (CONV, {"filters": 1, "kernel": 3, "padding": 1}),
    (CONV, {"filters": 1, "kernel": 3, "padding": 1}), ("maxpool", {"kernel": 2})])  # fmt: skip
TINY = chain((5, 5, 1), [(CONV, {"filters": 1, "kernel": 3, "stride": 2})])
MLP = chain((784,), [("fc", {"units": 100}), ("fc", {"units": 10})])


def of(steps: tuple[Question, ...], at: int, quantity: str) -> Question:
    return steps[at]._replace(quantity=quantity)


def total(steps: tuple[Question, ...], quantity: str) -> Question:
    return Question(quantity, TOTAL, {}, (), steps)


P, S, M, R = "params", "output_shape", "macs", "receptive_field"
FIRST: tuple[tuple[Question, Any, str], ...] = (
    (of(LENET, 0, P), 468, "bias_per_kernel"),  # 5·5·3·6 + 3·6
    (of(LENET, 0, P), 25, "kernel_area"),  # 5·5
    (of(LENET, 0, P), 26, "kernel_area"),  # 5·5 + 1
    (of(LENET, 0, P), 156, "no_input_depth"),  # 5·5·6 + 6
    (of(LENET, 0, P), 150, "no_input_depth+no_bias"),  # 5·5·6
    (of(LENET, 0, P), 76, "no_num_filters"),  # 5·5·3 + 1
    (of(LENET, 0, P), 352_800, "no_weight_sharing"),  # 28·28·450
    (of(LENET, 0, P), 117_600, "no_input_depth+no_weight_sharing"),  # 28·28·5·5·6
    (of(LENET, 2, P), 2401, "one_bias_per_layer"),  # 5·5·6·16 + 1
    (of(LENET, 2, P), 416, "no_input_depth"),  # 5·5·16 + 16
    (of(LENET, 2, P), 1216, "wrong_fan_in"),  # 5·5·3·16 + 16, the picture's depth
    (of(LENET, 1, P), 16, "pool_has_params"),  # 2·2·2·2
    (of(LENET, 1, P), 24, "pool_has_params"),  # 2·2·6
    (of(LENET, 1, P), 144, "pool_has_params"),  # 2·2·6·6
    (of(LENET, 1, P), 150, "pool_has_params"),  # 2·2·6·6 + 6
    (of(LENET, 1, P), 12, "pool_has_params"),  # 2·6
    (of(LENET, 5, P), 192_120, "missing_layer"),  # 10·10·16·120 + 120, the last pool forgotten
    (of(LENET, 5, P), 276_600, "missing_layer"),  # 12·12·16·120 + 120, the first pool forgotten
    (of(LENET, 5, P), 7_800, "extra_layer"),  # 2·2·16·120 + 120, the last pool twice
    (of(LENET, 5, P), 3_120, "no_input_depth"),  # 5·5·120 + 120, the depth left out
    (of(LENET, 5, P), 2_040, "wrong_fan_in"),  # 16·120 + 120, the depth alone
    (of(LENET, 5, P), 48_001, "one_bias_per_layer"),  # 400·120 + 1
    (of(LENET, 0, S), (27, 27, 3), "no_plus_one+depth_from_input"),  # ⌊27 / 1⌋ of 32, the picture's depth
    (of(LENET, 0, S), (32, 32, 3), "same_for_valid+depth_from_input"),
    (of(LENET, 0, S), (28, 28, 3), "depth_from_input"),
    (of(LENET, 0, S), (28, 28, 18), "depth_multiplied"),
    (of(LENET, 0, S), (27, 27, 18), "no_plus_one+depth_multiplied"),
    (of(LENET, 1, S), (13, 13, 3), "no_plus_one+pool_channels"),  # 26 // 2, the depth halved too
    (of(LENET, 2, S), (9, 9, 6), "no_plus_one+depth_from_input"),
    (of(LENET, 3, S), (4, 4, 8), "no_plus_one+pool_channels"),
    (of(TINY, 0, S), (1, 1, 1), "no_plus_one"),  # ⌊2 / 2⌋
    (of(ALEX, 0, S), (54, 54, 3), "no_plus_one+depth_from_input"),  # 216 / 4
    (of(ALEX, 0, P), 34_848, "no_bias"),
    (of(ALEX, 0, P), 11_712, "no_input_depth"),  # 11·11·96 + 96
    (of(ALEX, 2, S), (23, 23, 96), "pad_ignored+depth_from_input"),  # 27 − 5 + 1
    (of(ALEX, 2, P), 614_401, "one_bias_per_layer"),  # 5·5·96·256 + 1
    (of(NOTES, 0, P), 750, "no_bias"),
    (of(NOTES, 0, P), 260, "no_input_depth"),  # 5·5·10 + 10
    (of(NOTES, 0, P), 780, "bias_per_kernel"),  # 750 + 3·10
    (of(NOTES, 0, S), (30, 30, 10), "pad_once"),  # 32 + 2 − 5 + 1
    (of(NOTES, 0, S), (28, 28, 3), "pad_ignored+depth_from_input"),
    (of(FIELD, 2, R), 10, "rf_ignores_stride"),
    (of(FIELD, 2, R), 9, "missing_layer"),
    (of(FIELD, 2, R), 15, "rf_reverse_order"),  # 1 + 4 + 1·2 + 4·2: the pool's own stride too early
    (of(VGG, 4, R), 18, "extra_layer"),  # 14 + 2·2
    (of(VGG, 3, R), 8, "rf_ignores_stride"),  # 1 + 2 + 2 + 1 + 2
    (of(VGG, 4, R), 10, "rf_ignores_stride"),
    (of(NIUKE, 0, S), (100, 100, 1), "ceil_for_floor"),  # 98.5 + 1
    (of(NIUKE, 0, S), (98, 98, 1), "no_plus_one"),
    (of(NIUKE, 2, S), (95, 95, 1), "pad_ignored"),
    (of(NIUKE, 2, S), (96, 96, 1), "pad_once"),
    (of(MLP, 0, P), 78_400, "no_bias"),
    (of(MLP, 0, P), 884, "added_for_multiplied"),  # 784 + 100
    (of(MLP, 0, P), 79_184, "bias_per_input"),  # 78,400 + 784
    (total(MLP, P), 79_400, "no_bias"),  # 78,400 + 1,000
    (total(LENET, P), 61_706, "carried_error"),  # 62,006 − 456 + 156
    (total(LENET, P), 62_018, "carried_error"),  # 62,006 + 12: a pool given 2·6
    (of(LENET, 0, M), 117_600, "no_input_depth"),  # 28·28·5·5·6
    (of(LENET, 0, M), 460_800, "same_for_valid"),  # 32·32·450
    (of(LENET, 0, M), 705_600, "mac_vs_flop"),
)
