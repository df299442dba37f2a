"""Every sentence the user sees goes through `_`, so that another language is a catalogue and not a rewrite.

Pitfall: mark a sentence where it is built, and put its values in afterwards, `_("{n} layers").format(n=3)`; a sentence
glued from pieces cannot be translated.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gettext

LANGUAGES = ("auto", "en", "zh")
DOMAINS = ("shapecalc", "quiz", "grade", "slips")
"""Catalogues, a file each under locale/; what the first does not know is looked up in the next."""
_catalogue: gettext.NullTranslations | None = None


def use(language: str) -> None:
    """Speak `language` from now on: `en`, `zh`, or `auto` for the environment's; English where no catalogue exists."""
    global _catalogue
    import gettext

    languages = None if language == "auto" else [language]
    folder = os.path.join(os.path.dirname(__file__), "locale")
    read = (gettext.translation(domain, folder, languages, fallback=True) for domain in DOMAINS)
    found = [catalogue for catalogue in read if isinstance(catalogue, gettext.GNUTranslations)]
    for other in found[1:]:
        found[0].add_fallback(other)
    _catalogue = found[0] if found else None


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
