"""For every slip a wrong value that somebody who makes it would hand in, worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from shapecalc.homework.question import TOTAL, Question
from shapecalc.layers import words

from .setups import FIELD, KERAS, asked, chain, question

LENET = chain((32, 32, 3), [
    ("conv", {"filters": 6, "kernel": 5}), ("maxpool", {"kernel": 2}), ("conv", {"filters": 16, "kernel": 5}),
    ("maxpool", {"kernel": 2}), ("fc", {"units": 120})])  # fmt: skip
MLP = Question("params", TOTAL, {}, (), chain((10,), [("fc", {"units": n}) for n in (64, 32, 5)]))
HEADS = Question("params", TOTAL, {"heads": 2}, (), chain((10, 64), [("linear", {"units": 64})] * 4))
STACK = chain((64, 64, 1), [("conv", {"filters": 1, "kernel": 3}), ("maxpool", {"kernel": 2}),
                            ("conv", {"filters": 1, "kernel": 3})])[-1]._replace(quantity="receptive_field")  # fmt: skip
GROUPED = asked("weights", "conv", (32, 32, 24), filters=24, kernel=3, groups=4, bias=False)
CONV = asked("params", "conv", (32, 32, 3), filters=6, kernel=5)
WIDE = asked("output_shape", "conv", (28, 28, 3), filters=8, kernel=3, padding=1)
STRIDED = asked("output_size", "conv", (64, 64, 3), filters=1, kernel=5, stride=2)
FULL = asked("output_size", "conv", (64, 64, 3), filters=1, kernel=5, stride=2, padding=4)


def real(name: str) -> Question:
    """The question of a public wrong answer."""
    found = question(name)
    assert found is not None
    return found


POSITIVE: list[tuple[str, Question, Any]] = [
    ("no_bias", CONV, 450),
    ("one_bias_per_layer", CONV, 451),
    ("bias_twice", CONV, 462),
    ("bias_per_input", asked("params", "fc", (84,), units=10), 924),
    ("bias_per_position", CONV, 5154),
    ("no_input_depth", CONV, 156),
    ("no_kernel", asked("params", "conv", (28, 28, 32), filters=64, kernel=3), 2112),
    ("wrong_fan_in", asked("params", "conv", (28, 28, 32), filters=64, kernel=3), 36928),
    ("plane_instead_of_depth", asked("params", "conv", (64, 64, 16), filters=1), 4097),
    ("batch_as_features", asked("params", "fc", (784,), units=10), 330),
    ("timesteps_as_units", asked("params", "linear", (16, 4096), units=256), 4352),
    ("groups_ignored", GROUPED, 5184),
    ("groups_as_depthwise", GROUPED, 216),
    ("groups_divided_twice", GROUPED, 324),
    ("heads_multiplied", HEADS, 33280),
    ("no_output_projection", HEADS, 12480),
    ("no_num_filters", CONV, 76),
    ("filters_as_params", CONV, 6),
    ("no_weight_sharing", CONV, 352800),
    ("no_weight_sharing", CONV, 357504),
    ("params_as_activations", CONV, 4704),
    ("input_size_as_params", CONV, 3072),
    ("pool_has_params", asked("params", "maxpool", (28, 28, 6), kernel=2), 4),
    ("bn_two_of_four", asked("params", "bn", (512,), wanted=KERAS), 1024),
    ("bn_one", asked("params", "bn", (512,)), 512),
    ("counts_other_tensors", asked("params", "bn", (512,)), 2048),
    ("extra_layer", MLP, 3114),
    ("missing_layer", MLP, 869),
    ("stopped_early", MLP, 2784),
    ("guessed_flatten", LENET[-1]._replace(quantity="params"), 300 * 120 + 120),
    ("depth_from_input", WIDE, (28, 28, 3)),
    ("depth_multiplied", WIDE, (28, 28, 24)),
    ("lost_maps", asked("output_shape", "conv", (227, 227, 3), filters=96, kernel=11, stride=4), (55, 55, 48)),
    ("pool_channels", asked("output_shape", "maxpool", (32, 32, 16), kernel=2), (16, 16, 8)),
    ("pool_channels_only", asked("output_shape", "maxpool", (32, 32, 16), kernel=2), (32, 32, 8)),
    ("pad_channels", asked("output_shape", "pad", (15, 15, 8), amount=2), (19, 19, 12)),
    ("pad_once", WIDE, (27, 27, 8)),
    ("pad_ignored", asked("output_size", "conv", (64, 64, 3), filters=8, kernel=5, stride=2, padding=1), 30),
    ("valid_for_same", WIDE, (26, 26, 8)),
    ("pad_equals_kernel", asked("padding", "conv", (63, 63, 16), filters=32, kernel=7, padding=3), 7),
    ("pad_habit_3x3", asked("padding", "conv", (63, 63, 16), filters=32, kernel=7, padding=3), 1),
    ("pad_habit_5x5", asked("padding", "conv", (63, 63, 16), filters=32, kernel=7, padding=3), 2),
    ("pad_once_too_many", asked("output_size", "conv", (128, 128, 3), filters=16, kernel=5, padding=2), 130),
    ("pad_without_kernel", asked("output_size", "conv", (32, 32, 10), filters=20, kernel=7, padding=3), 35),
    ("same_for_valid", LENET[0], (32, 32, 6)),
    ("even_same_symmetric", asked("output_size", "conv", (28, 28, 3), filters=1, kernel=4, padding="same"), 27),
    ("sign_of_padding", asked("output_size", "conv", (32, 32, 3), filters=1, kernel=5), 36),
    ("sign_of_kernel", asked("output_size", "conv", (32, 32, 3), filters=1, kernel=5), 36),
    ("full_formula", FULL, 68),
    ("no_plus_one", STRIDED, 29),
    ("off_by_one", asked("output_size", "conv", (130, 130, 3), filters=10, kernel=3), 129),
    ("ceil_for_floor", STRIDED, 31),
    ("floor_for_ceil", asked("output_size", "maxpool", (112, 112, 1), kernel=3, stride=2, rounding="ceil"), 55),
    ("ceil_for_floor_or_slip", asked("output_size", "maxpool", (28, 28, 6), kernel=2), 15),
    ("ceil_without_clip", asked("output_size", "maxpool", (5, 5, 8), kernel=2, stride=2, padding=1, rounding="ceil"), 4),
    ("not_rounded", STRIDED, Fraction("30.5")),
    ("stride_plus_one_grouping", asked("output_size", "conv", (63, 63, 1), filters=1, kernel=7, stride=2), 18),
    ("bracket_misplaced", STRIDED, 63),
    ("misapplied_formula", STRIDED, 60),
    ("kernel_ignored", STRIDED, 32),
    ("kernel_as_size", STRIDED, 5),
    ("kernel_habit_3x3", asked("output_size", "conv", (64, 64, 1), filters=1, kernel=7), 62),
    ("kernel_habit_5x5", asked("output_size", "conv", (64, 64, 1), filters=1, kernel=7), 60),
    ("wrong_stride", asked("output_size", "conv", (64, 64, 1), filters=1, kernel=3), 31),
    ("pool_as_conv", asked("output_size", "maxpool", (13, 13, 32), kernel=2), 11),
    ("pool_does_nothing", asked("output_size", "maxpool", (13, 13, 32), kernel=2), 13),
    ("pool_habit", WIDE, (14, 14, 8)),
    ("dilation_formula", asked("output_size", "conv", (10, 10, 3), filters=1, kernel=3, dilation=2), 8),
    ("dilation_off_by_one", asked("dilation", "conv", (9, 9, 1), filters=1, kernel=3, dilation=2), 1),
    ("transposed_doubles", asked("output_size", "convtranspose", (14, 14, 3), filters=1, kernel=3, stride=2, padding=1), 28),
    ("rf_ignores_stride", STACK, 6),
    ("rf_reverse_order", FIELD, 8),
    ("rf_additive", STACK, 9),
    ("missing_layer", STACK, 5),
    ("no_plus_one", STACK, 7),
    ("mac_vs_flop", asked("macs", "fc", (400,), units=120), 96_000),
    ("factor_two", asked("macs", "fc", (400,), units=120), 96_000),
    ("input_positions", asked("macs", "conv", (32, 32, 3), filters=8, kernel=3, stride=2), 221_184),
    ("unit_slip", asked("params", "fc", (4096,), units=1000), 409_700),
    ("decimal_slip", asked("weights", "conv", (128, 128, 3), filters=32, kernel=9), 77_760),
    ("unexplained_factor", asked("params", "fc", (784,), units=10), 23_550),
    ("carried_error", LENET[-1]._replace(quantity="params"), 69_240),
    ("wrong_input_size", asked("output_shape", "conv", (227, 227, 3), filters=96, kernel=11, stride=4), (54, 54, 96)),
    ("misread", asked("params", "conv", (28, 28, 32), filters=64, kernel=3), 48 * 289),
    ("arithmetic_slip", asked("params", "conv", (28, 28, 32), filters=64, kernel=3), 18_946),
    ("unexplained_size+depth_from_input", real("wa-009"), (16, 16, 16)),
]  # fmt: skip
"""A slip, the question, and the value."""

if "lstm" in words():
    POSITIVE.append(("gates_three", asked("params", "lstm", (16, 4096), units=256), 3_343_104))
    POSITIVE.append(("timesteps_as_units", asked("params", "lstm", (16, 4096), units=256), 17_246_978_048))
if "gru" in words():
    POSITIVE.append(("gru_bias_convention", asked("params", "gru", (10, 4), units=5, biases=2), 150))
OF_A_LAYER = {"gates_three": "lstm", "gru_bias_convention": "gru"}
"""Slips that only one layer allows."""
