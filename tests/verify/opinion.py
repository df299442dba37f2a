"""What the two sides say of a network: they agree, they disagree, both refuse it, or one of them alone does.

Where the engine refuses, it does so at one layer, whose word, options and inputs are known; the kernel is then run on
that layer alone, and must refuse it too.
"""

from __future__ import annotations

from typing import Any

from shapecalc import reconcile
from shapecalc.errors import SpecError
from shapecalc.graph import Graph
from shapecalc.verify import Measurement, run

from .sample import BATCH, Sample, refusals

AGREE, DISAGREE, REFUSE = "agree", "disagree", "both refuse"
ENGINE_ALONE, KERNEL_ALONE, BREAKS = "only the engine refuses", "only the kernel refuses", "breaks"


def ran(graph: Graph) -> bool:
    """Whether the kernels run every layer of the graph."""
    return all(m.shape is not None for m in run(graph, batch=BATCH).layers)


def opinion(sample: Sample) -> str:
    """What both sides say now; neither's earlier answers are used."""
    with refusals() as refused:
        try:
            bound, table = sample.answer()
        except SpecError:
            if not refused:
                return BREAKS
            return ENGINE_ALONE if ran(refused[0][1]) else REFUSE
        except Exception:
            return BREAKS
    return compared(bound, table)


def kernels_opinion(sample: Sample) -> str:
    """What both sides say, where only the kernels may have changed since the sample was first computed."""
    if sample.legal:
        return compared(*sample.truth)
    return ENGINE_ALONE if ran(sample.refused) else REFUSE


def compared(bound: Any, table: Any) -> str:
    try:
        found = reconcile.verify(bound, table, fields=True)
    except Exception:
        return BREAKS
    if found.ok:
        return AGREE
    return DISAGREE if all(layer.ok is not None for layer in found.layers) else KERNEL_ALONE


class Remembered:
    """Runs of the kernels, kept while only formulas change: a graph is run once."""

    def __init__(self) -> None:
        self.known: dict[str, Measurement] = {}

    def run(self, graph: Graph, seed: int, **options: Any) -> Measurement:
        nodes = [(node.name, node.layer, node.inputs, node.options) for node in graph.nodes]
        key = repr((graph.inputs, nodes, options["batch"]))
        if key not in self.known:
            self.known[key] = run(graph, seed, **options)
        return self.known[key]
