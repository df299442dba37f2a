"""What stands above and below a printed table: the network's name, and what was counted, in the contract's words.

Pitfall: the factor 2 between MACs and FLOPs fills every counter's issue tracker, so it is said under every table.
"""

from __future__ import annotations

import re
from typing import Any

from ..text import _, ngettext
from .table import Table


def title(table: Table) -> str:
    """The network's name and where it comes from."""
    source = " ".join(table.texts.get("source", "").split())
    return f"{table.name} — {source}" if source else table.name


def notes(table: Table) -> list[str]:
    """What the columns count, what only the whole network has, and the file's own note."""
    totals, dtype = table.totals(), table.dtype
    params, peak = totals.params, totals.peak_activation_bytes
    sentence = _("FLOPs = 2 × MACs = {n:,}; peak activation bytes {peak:,} ({dtype}).")
    if table.symbolic:
        sentence = _("FLOPs = 2 × MACs; peak activation bytes ({dtype}) = {peak}")
    lines = [*counted(table.batch), sentence.format(n=totals.flops, peak=peak, dtype=dtype)]
    lines += [_("The letters are whole numbers from 1 on.")] if table.symbolic else []
    if table.conditions:
        lines.append(_("All of it needs {conditions}.").format(conditions=_listed(table.conditions)))
    facts = ngettext("{n} weight layer", "{n} weight layers", totals.weight_layers).format(
        n=totals.weight_layers
    )
    if params.buffers:
        facts += _("; {n:,} buffers beside the params").format(n=params.buffers)
    lines.append(_("{facts}.").format(facts=facts))
    if params.trainable != params.total:
        frozen = params.total - params.trainable
        lines.append(_("{n:,} params are trainable, {m:,} frozen.").format(n=params.trainable, m=frozen))
    if any(key.startswith("receptive_field.") for key in table.view.columns):
        lines += _hulls(table)
    if table.texts.get("note"):
        lines.append(" ".join(table.texts["note"].split()))
    return lines


def _listed(conditions: tuple[str, ...]) -> str:
    """Conditions in a sentence: H ≥ 33, and H a multiple of 16."""
    texts = []
    for text in conditions:
        remainder = re.fullmatch(r"(\w+) % (\d+) == (\d+)", text)
        if remainder and remainder[3] == "0":
            sentence = _("{name} a multiple of {m}")
            texts.append(sentence.format(name=remainder[1], m=remainder[2]))
        else:
            for word, sign in (
                (">=", "≥"),
                ("<=", "≤"),
                ("==", "="),
                ("*", "·"),
                ("%", "mod"),
                ("//", " div "),
            ):
                text = text.replace(word, sign)
            texts.append(text)
    return _(" and ").join(texts)


def _hulls(table: Table) -> list[str]:
    """That a receptive field is a hull, where paths with different centres or strides have met."""
    names = [row.name for row in table.rows if row.receptive_field and not row.receptive_field.aligned]
    if not names:
        return []
    text = ngettext(
        "{n} receptive field is not centred: at {first} paths with different centres or strides meet, and it is the hull of all.",
        "{n} receptive fields are not centred: from {first} on paths with different centres or strides meet, and they are the hulls of all.",
        len(names),
    )
    return [text.format(n=len(names), first=names[0])]


def counted(batch: Any) -> list[str]:
    """What params and MACs are, for a batch of this size."""
    samples = _("one sample") if batch == 1 else _("a batch of {n}").format(n=batch)
    return [
        _("params: weights and biases. MACs: multiply-accumulates of {samples}.").format(samples=samples),
        _("Taps on padding count as MACs; biases, pools, norms and activations do not."),
    ]
