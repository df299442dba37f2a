"""Every numeric claim of the lecture notes: right ones come out of the program, wrong ones are shown to be wrong."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import Any

import pytest

from . import claims_alexnet, claims_lenet, claims_modules, claims_vgg, claims_windows
from .claim import Claim, numbers
from .net import document

PARTS = (claims_windows, claims_lenet, claims_alexnet, claims_vgg, claims_modules)
TABLES = [part.CLAIMS for part in PARTS]
CLAIMS: dict[str, Claim] = dict(chain.from_iterable(part.items() for part in TABLES))
NOT_COMPUTED = {
    "S001-47": "AlexNet's error rates were measured on photographs; no shape or count decides them",
    "S001-60": "five crops and their mirror images are ten pictures: a procedure of testing, and no layer has a part in it",
    "S001-61": "the memory of a graphics card is a fact about the card",
    "S004-01": "the year of a publication",
    "S004-07": "the year of a publication",
    "S004-17": "the year of a publication",
    "S004-19": "what values come out where weights are zero; shapes and counts are the same for all weights",
}


def notes() -> dict[str, Any]:
    return {claim["id"]: claim for claim in document("claims.yaml")["claims"]}


def test_every_claim_once() -> None:
    met = Counter([*chain.from_iterable(TABLES), *NOT_COMPUTED])
    assert met == Counter(notes().keys())
    assert (len(CLAIMS), len(met)) == (143, 150)


@pytest.mark.parametrize("name", CLAIMS)
def test_claim(name: str) -> None:
    claim = CLAIMS[name]
    found = claim.ask()
    assert found == claim.exact
    if claim.verdict == "WRONG":
        assert found != claim.instead
        if isinstance(claim.said, int):
            assert all(n != pytest.approx(claim.said, rel=0.1) for n in numbers(found))
    elif claim.within:
        assert all(n == pytest.approx(claim.said, rel=claim.within) for n in numbers(found))


def test_the_tables_say_what_the_notes_say() -> None:
    for name, claim in CLAIMS.items():
        note = notes()[name]
        assert claim.verdict == note["verdict"], name
        if claim.said is None or isinstance(claim.said, str):
            assert claim.said == note["claimed"], name
        else:
            assert numbers(claim.said) == numbers(str(note["claimed"])), name


def test_the_exact_values_of_the_notes_are_ours() -> None:
    """Numbers that the file gives as exact stand in our tables; torchvision's variants are other networks."""
    others = {"torchvision", "torchvision_bn_no_aux", "paper_table1_sum_K", "shape"}
    for name, claim in CLAIMS.items():
        exact = notes()[name]["exact"]
        wanted = [v for k, v in exact.items() if k not in others] if isinstance(exact, dict) else [exact]
        ours = claim.exact if isinstance(claim.exact, tuple) else ()
        known = numbers(claim.exact) + [sum(numbers(part)) for part in ours if isinstance(part, tuple)]
        assert [n for n in wanted if isinstance(n, (int, float)) and n not in known] == [], name
