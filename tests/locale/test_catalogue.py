"""Every sentence has its Chinese, with the same values in it, set as a Chinese typesetter would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

HAN = "\u4e00-\u9fff"
VALUE = re.compile(r"\{\w[^{}]*\}")
CODE = re.compile(r"`[^`]*`")
MISSET = {
    "ASCII punctuation after a Chinese character": rf"[{HAN}][,;:?!()]",
    "ASCII punctuation before a Chinese character": rf"[,;:?!()][{HAN}]",
    "a full stop of ASCII": rf"[{HAN}]\.(?:\s|$)",
    "a blank beside full-width punctuation": r"(?<! ) [，。；：？！（）、](?! )|(?<! )[，。；：？！（）、] (?! )",
    "a blank between a Chinese character and a digit": rf"[{HAN}] [0-9]|[0-9] [{HAN}]",
    "a blank between two Chinese characters": rf"[{HAN}] [{HAN}]",
}
UNUSUAL = ("滤波器", "过滤器", "信道", "步长", "特征映射", "神经元", "反卷积", "批次", "权值", "批标准化")
"""Words of other books: docs/glossary.md says which ones are used here."""
STEPS = ("取更大的步长：--for NAME=LO:HI:STEP", "取更大的步长")
"""The step of a range of numbers is no stride."""


def pairs(catalogue: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    for message in catalogue:
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            yield from ((ids, string) for string in strings)


def test_the_catalogue_is_what_the_program_says(messages: Any) -> None:
    """No sentence missing, none stale, all in the order of the source."""
    assert messages.written(messages.updated()) == messages.PO.read_text("utf-8"), (
        "run `python docs/messages.py`"
    )


def test_every_sentence_has_its_chinese(catalogue: Any) -> None:
    assert [ids for ids, chinese in pairs(catalogue) if not chinese.strip()] == []


def test_no_entry_is_uncertain(catalogue: Any, messages: Any) -> None:
    assert not [message.id for message in catalogue if message.id and message.fuzzy]
    assert not re.search(r"^#[~,]", messages.PO.read_text("utf-8"), re.MULTILINE)


def test_values_keep_their_places(catalogue: Any) -> None:
    wrong = [
        (ids[0], chinese)
        for ids, chinese in pairs(catalogue)
        if sorted(VALUE.findall(chinese)) not in [sorted(VALUE.findall(english)) for english in ids]
    ]
    assert wrong == []


def test_code_stays_as_it_is(catalogue: Any) -> None:
    wrong = [
        (ids[0], chinese)
        for ids, chinese in pairs(catalogue)
        if not set(CODE.findall(chinese)) <= set(CODE.findall(" ".join(ids)))
    ]
    assert wrong == []


@pytest.mark.parametrize("kind", MISSET)
def test_it_is_set_as_chinese_is(catalogue: Any, kind: str) -> None:
    wrong = [c for _ids, c in pairs(catalogue) if re.search(MISSET[kind], CODE.sub("`", c))]
    assert wrong == []


def test_one_word_for_one_thing(catalogue: Any) -> None:
    wrong = [c for _ids, c in pairs(catalogue) if any(word in c for word in UNUSUAL) and c not in STEPS]
    assert wrong == []
