"""Every sentence the user sees goes through `_`, so that another language is a catalogue and not a rewrite.

Pitfall: mark a sentence where it is built, and put its values in afterwards, `_("{n} layers").format(n=3)`; a sentence
glued from pieces cannot be translated.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gettext

LANGUAGES = ("auto", "en", "zh")
DOMAIN = "shapecalc"
FOLDER = os.path.join(os.path.dirname(__file__), "locale")
_catalogue: gettext.NullTranslations | None = None


def use(language: str) -> None:
    """Speak `language` from now on: `en`, `zh`, or `auto` for the environment's; English where no catalogue exists."""
    global _catalogue
    _catalogue = None
    if language == "en":
        return
    import gettext

    with suppress(ImportError, OSError):  # without Babel or the right to write, what is compiled has to do
        freshen()
    languages = None if language == "auto" else [language]
    found = gettext.translation(DOMAIN, FOLDER, languages, fallback=True)
    _catalogue = found if isinstance(found, gettext.GNUTranslations) else None


def english() -> bool:
    """Whether sentences are shown as they stand in the program."""
    return _catalogue is None


@contextmanager
def untranslated() -> Iterator[None]:
    """Sentences stay as they are: for importing what marks them with `_` and is shown in any language later."""
    global _catalogue
    kept, _catalogue = _catalogue, None
    try:
        yield
    finally:
        _catalogue = kept


def freshen() -> None:
    """In a checkout, compile the readable catalogue where it is newer; a wheel brings the compiled one alone."""
    source = os.path.join(FOLDER, "zh", "LC_MESSAGES", f"{DOMAIN}.po")
    compiled = source[:-2] + "mo"
    if not os.path.exists(source):
        return
    if os.path.exists(compiled) and os.path.getmtime(compiled) >= os.path.getmtime(source):
        return
    from babel.messages import mofile, pofile

    with open(source, "rb") as readable:
        catalogue = pofile.read_po(readable, locale="zh")
    beside = f"{compiled}.{os.getpid()}"
    with open(beside, "wb") as file:
        mofile.write_mo(file, catalogue)
    os.replace(beside, compiled)


def _(message: str) -> str:
    """`message` in the user's language."""
    return message if _catalogue is None else _catalogue.gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the sentence that fits the number `n`."""
    if _catalogue is None:
        return singular if n == 1 else plural
    return _catalogue.ngettext(singular, plural, n)


def N_(message: str) -> str:
    """Mark a sentence for the catalogue where it stands as data; whoever prints it calls `_`."""
    return message


def labelled(label: str, words: str) -> str:
    """`label: words`."""
    return _("{label}: {words}").format(label=label, words=words)


def listed(words: Iterable[str]) -> str:
    """Words of the user's language with commas between them; names that are typed keep those of ASCII."""
    return _(", ").join(words)


def clauses(parts: Iterable[str]) -> str:
    """Parts of a sentence with semicolons between them."""
    return _("; ").join(parts)


def run_on(sentences: Iterable[str]) -> str:
    """Sentences one behind the other; a full-width stop needs no blank after it."""
    text = ""
    for sentence in sentences:
        text += sentence if not text or text[-1] in "。；：，！？）" else f" {sentence}"
    return text
