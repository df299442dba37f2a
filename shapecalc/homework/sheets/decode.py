"""A file's bytes as text: UTF-8 with or without its mark, UTF-16 as Excel's "Unicode text", or what the teacher says.

Pitfall: GB18030 accepts nearly any bytes, so it is never tried unasked; what is no UTF-8 is refused with the option to give.
"""

from __future__ import annotations

import codecs

from ...text import _
from ..spelling.refused import Refused

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MAX_BYTES = 32 * 2**20


def decoded(data: bytes, encoding: str) -> str:
    """The text. A byte-order mark goes before `encoding`. Raises Refused in words."""
    if len(data) > MAX_BYTES:
        raise Refused(_("it is larger than {n} MB, which no answer sheet is").format(n=MAX_BYTES // 2**20))
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked is None and b"\0" in data[:4096]:
        raise Refused(_("it is no text; save the answers as CSV"))
    try:
        text = data.decode(marked or encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        used = (marked or encoding).upper()
        if used.startswith("UTF"):
            sentence = _("it is no {encoding}; Excel in China writes GB18030: give --encoding gb18030")
        else:
            sentence = _("it is no {encoding}; give the right one with --encoding")
        raise Refused(sentence.format(encoding=used)) from None
    return text.removeprefix("\ufeff")
