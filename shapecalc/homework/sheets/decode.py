"""A file's bytes as text: UTF-8 where they are valid, UTF-16 as Excel's "Unicode text", else what the teacher says.

A class has both, so the encoding that is named is for the files that are no UTF-8. Pitfall: GB18030 accepts nearly any
bytes, so nothing is tried unasked; a file is refused with the option to give.
"""

from __future__ import annotations

import codecs

from ...pattern import Pattern
from ...text import _
from ..spelling.refused import Refused

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ALONE = Pattern(r"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
MAX_BYTES = 32 * 2**20


def decoded(data: bytes, encoding: str) -> str:
    """The text: by its byte-order mark, as UTF-8, else in `encoding`. Raises Refused in words."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    wide = encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32"))
    if marked is None and b"\0" in data[:4096] and not wide:
        raise Refused(_("it is no text; save the answers as CSV"))
    for name in (marked,) if marked else (encoding, "utf-8") if wide else ("utf-8", encoding):
        try:
            return data.decode(name).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    raise Refused(_advice(data, (marked or encoding).upper()))


def _advice(data: bytes, used: str) -> str:
    """What to do about bytes that could not be read: letters like ö stand alone, and Chinese ones in pairs."""
    if not used.startswith("UTF"):
        return _("it is neither UTF-8 nor {encoding}; give the right encoding with --encoding").format(
            encoding=used
        )
    if used != "UTF-8":
        return _("it is no {encoding}; give the right one with --encoding").format(encoding=used)
    text = data[:100_000].decode("latin-1")
    high = sum(c > "\x7f" for c in text)
    if 2 * len(_ALONE.findall(text)) > high:
        return _("it is no {encoding}; Excel in Europe writes CP1252: give --encoding cp1252").format(
            encoding=used
        )
    return _("it is no {encoding}; Excel in China writes GB18030: give --encoding gb18030").format(
        encoding=used
    )
