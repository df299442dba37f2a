"""Random small networks: both sides agree on every number of it, and both refuse what one of them refuses."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, note, seed, settings

from shapecalc import reconcile
from shapecalc.engine import tabulate

from .networks import Network, bound, networks
from .opinion import ran

MANY = 300
met: Counter[str] = Counter()
quick = settings(
    max_examples=MANY, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


def check(network: Network) -> None:
    note(network.text)
    net = bound(network.text)
    found = reconcile.verify(net, tabulate(net, batch=2), fields=True)
    assert found.ok, found.sentences()
    met.update(node.layer for node in net.graph.nodes)
    for refused in network.refused:
        note(f"{refused.code}: {refused.text}")
        assert not ran(refused.graph), "the engine refuses this layer, and its kernel runs it"
        met[refused.code] += 1


def test_both_sides_agree_or_both_refuse() -> None:
    quick(given(networks())(check))()
    assert len(met) > 60, f"the networks are idle ones: {met}"


@pytest.mark.slow
@seed(3)
@settings(quick, max_examples=20 * MANY, derandomize=False)
@given(networks())
def test_many_more(network: Network) -> None:
    check(network)
