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

SECOND: tuple[tuple[Question, Any, str], ...] = (
    (of(LENET, 2, P), 2_496, "bias_per_kernel"),  # 2,400 + 6·16
    (of(LENET, 2, P), 25, "kernel_area"),
    (of(LENET, 2, P), 151, "no_num_filters"),  # 5·5·6 + 1
    (of(LENET, 2, P), 400, "no_input_depth+no_bias"),  # 5·5·16
    (of(LENET, 2, P), 240_000, "no_weight_sharing+no_bias"),  # 10·10·2,400
    (of(LENET, 3, P), 64, "pool_has_params"),  # 2·2·16
    (of(LENET, 3, P), 1_024, "pool_has_params"),  # 2·2·16·16
    (of(LENET, 6, P), 10_080, "no_bias"),
    (of(LENET, 6, P), 10_081, "one_bias_per_layer"),
    (of(LENET, 6, P), 33_684, "missing_layer"),  # 400·84 + 84: FC3 left out
    (of(LENET, 7, P), 94, "added_for_multiplied"),
    (of(LENET, 7, P), 924, "bias_per_input"),
    (of(LENET, 7, P), 1_210, "missing_layer"),  # 120·10 + 10
    (of(LENET, 2, S), (14, 14, 16), "same_for_valid"),
    (of(LENET, 2, S), (10, 10, 96), "depth_multiplied"),
    (of(LENET, 2, S), (14, 14, 6), "same_for_valid+depth_from_input"),
    (of(LENET, 2, S), (11, 11, 16), "off_by_one"),
    (of(LENET, 3, S), (5, 5, 8), "pool_channels"),
    (of(LENET, 1, S), (27, 27, 6), "wrong_stride"),  # 28 − 2 + 1
    (of(LENET, 5, S), (400,), "stopped_early"),
    (of(LENET, 4, S), (1_600,), "missing_layer"),  # 10·10·16
    (of(LENET, 4, S), (64,), "extra_layer"),  # 2·2·16
    (of(LENET, 2, M), 40_000, "no_input_depth"),  # 10·10·5·5·16
    (of(LENET, 2, M), 470_400, "same_for_valid"),  # 14·14·2,400
    (of(LENET, 5, M), 192_000, "missing_layer"),  # 1,600·120
    (of(ALEX, 1, S), (27, 27, 48), "pool_channels"),
    (of(ALEX, 1, S), (26, 26, 96), "no_plus_one"),  # ⌊52 / 2⌋
    (of(ALEX, 0, S), (57, 57, 96), "same_for_valid"),  # ⌈227 / 4⌉
    (of(ALEX, 0, S), (56, 56, 96), "kernel_ignored"),  # ⌊227 / 4⌋
    (of(ALEX, 0, S), (217, 217, 96), "wrong_stride"),  # 227 − 11 + 1
    (of(ALEX, 0, P), 35_136, "bias_per_kernel"),  # 34,848 + 3·96
    (of(ALEX, 0, P), 121, "kernel_area"),  # 11·11
    (of(ALEX, 0, P), 364, "no_num_filters"),  # 11·11·3 + 1
    (of(ALEX, 2, P), 614_400, "no_bias"),
    (of(ALEX, 2, P), 6_656, "no_input_depth"),  # 5·5·256 + 256
    (of(ALEX, 2, S), (23, 23, 256), "pad_ignored"),
    (of(ALEX, 2, S), (25, 25, 256), "pad_once"),
    (of(ALEX, 2, S), (26, 26, 256), "no_plus_one"),
    (of(NG, 1, S), (16, 16, 20), "no_plus_one"),  # 32 // 2
    (of(NG, 1, S), (33, 33, 20), "wrong_stride"),
    (of(NG, 2, S), (6, 6, 40), "no_plus_one"),
    (of(NG, 2, S), (6, 6, 20), "no_plus_one+depth_from_input"),
    (of(NG, 3, S), (49,), "no_input_depth"),
    (of(NG, 4, P), 1_960, "no_bias"),
    (of(NG, 4, P), 50, "no_input_depth"),  # 7·7 + 1
    (of(NG, 4, P), 5_781, "missing_layer"),  # 17·17·20 + 1
    (of(NG, 1, P), 520, "no_input_depth"),  # 5·5·20 + 20
    (of(NG, 1, P), 5_200, "bias_per_kernel"),  # 5,000 + 10·20
    (of(NG, 1, P), 251, "no_num_filters"),
    (of(NIUKE, 1, S), (99, 99, 1), "pool_does_nothing"),
    (of(NIUKE, 1, S), (96, 96, 1), "no_plus_one"),
    (of(NIUKE, 1, S), (49, 49, 1), "pool_habit"),
    (of(NIUKE, 0, S), (98, 98, 1), "pad_ignored"),  # ⌊195 / 2⌋ + 1
    (of(FIELD, 1, R), 7, "rf_additive"),  # 5 + 2
    (of(FIELD, 2, R), 13, "no_plus_one"),
    (of(FIELD, 2, R), 12, "rf_additive"),
    (of(VGG, 4, R), 15, "rf_additive"),  # 3 + 3 + 2 + 3 + 3 = 14 is right by chance; with the stride, 15
    (of(VGG, 3, R), 9, "missing_layer"),  # 10 − 1: without the pool
    (of(VGG, 5, R), 14, "missing_layer"),
    (of(MLP, 0, P), 78_401, "one_bias_per_layer"),
    (of(MLP, 1, P), 7_850, "missing_layer"),  # 784·10 + 10
    (of(MLP, 1, P), 110, "added_for_multiplied"),
    (total(MLP, P), 78_500, "stopped_early"),
    (total(MLP, P), 79_402, "one_bias_per_layer"),
    (total(LENET, P), 61_770, "no_bias"),  # 62,006 − 236
    (total(LENET, P), 13_886, "missing_layer"),  # 62,006 − 48,120
    (total(LENET, P), 59_706, "no_input_depth"),  # 62,006 − 300 − 2,000
)
