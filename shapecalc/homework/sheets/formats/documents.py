"""Documents of word processors and PDF, which are refused: where a number stands on a page says little of what it is.

Pitfall: an office file is a zip, as a spreadsheet is; only its suffix tells them apart before it is opened.
"""

from __future__ import annotations

from ....text import N_
from ..format import Format

FORMAT = Format(
    (".docx", ".doc", ".pdf", ".odt", ".rtf", ".pages", ".wps", ".ppt", ".pptx"),
    refusal=N_("it is a document; copy the table into a CSV or a Markdown file and hand that in"),
    magic=(b"%PDF", b"{\\rtf"),
)
