"""One file of answers, in whatever format: the suffix says which, and the text itself where the suffix does not.

Pitfall: nothing here opens a file, so that what lies in a zip is read like what lies in a folder.
"""

from __future__ import annotations

import os

from ...text import N_, _
from ..spelling.refused import Refused
from .decode import decoded
from .sheet import Sheet

_FORMATS = {
    **dict.fromkeys((".csv", ".tsv", ".tab"), "csv"),
    **dict.fromkeys((".md", ".markdown", ".rmd", ".qmd", ".mkd"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".yaml", ".yml"), "yaml"),
    ".json": "json",
    ".ipynb": "notebook",
    **dict.fromkeys((".txt", ".text", ".log", ".eml", ""), "text"),
}
_SPREADSHEET = N_("it is a spreadsheet; export it as CSV (Save as, CSV UTF-8) and hand that in")
_DOCUMENT = N_("it is a document; copy the table into a CSV or a Markdown file and hand that in")
_PICTURE = N_("it is a picture, which is read by a person; type the answers into a CSV")
_CODE = N_("it is a program or typeset text; type the answers into a CSV")
_UNREADABLE = {
    **dict.fromkeys((".xlsx", ".xls", ".xlsm", ".ods", ".numbers", ".et", ".xlsb"), _SPREADSHEET),
    **dict.fromkeys((".docx", ".doc", ".pdf", ".odt", ".rtf", ".pages", ".wps", ".ppt", ".pptx"), _DOCUMENT),
    **dict.fromkeys(
        (".png", ".jpg", ".jpeg", ".heic", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".svg"), _PICTURE
    ),
    **dict.fromkeys((".py", ".tex", ".typ", ".m", ".r", ".java", ".c", ".cpp"), _CODE),
    **dict.fromkeys(
        (".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"),
        N_("it is an archive; hand in a zip or the sheet itself"),
    ),
}
_MAGIC = (
    (b"PK\3\4", _SPREADSHEET),
    (b"%PDF", _DOCUMENT),
    (b"\xd0\xcf\x11\xe0", _SPREADSHEET),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
)


def readable(name: str) -> bool:
    """Whether a file of this name may hold answers that can be read."""
    return os.path.splitext(name)[1].lower() in _FORMATS


def read_sheets(data: bytes, name: str, encoding: str) -> list[Sheet]:
    """The sheets in a file's bytes, at least one. Raises Refused with a sentence where there are none."""
    suffix = os.path.splitext(name)[1].lower()
    if suffix in _UNREADABLE:
        raise Refused(_(_UNREADABLE[suffix]))
    magic = next((sentence for mark, sentence in _MAGIC if data.startswith(mark)), None)
    if magic:
        raise Refused(_(magic))
    if not data.strip():
        raise Refused(_("it is empty"))
    text = decoded(data, encoding)
    found = _by_format(text, _FORMATS.get(suffix, "text"))
    if not found:
        raise Refused(
            _(
                "no answers were found in it: there is no table with a column “layer” beside others such as “output_shape” and “params”"
            )
        )
    return found


def _by_format(text: str, format: str) -> list[Sheet]:
    if format == "csv":
        from . import csv

        return csv.read(text)
    if format == "markdown":
        from . import markdown

        return markdown.read(text) or _guessed(text)
    if format == "html":
        from . import html

        plain = html.plain(text)
        return (
            html.read(text) or _by_format(plain, "text") if plain.strip() or "<table" in text.lower() else []
        )
    if format == "yaml":
        from . import yaml

        return yaml.read(text)
    if format == "json":
        from . import json

        return json.read(text)
    if format == "notebook":
        from . import notebook

        return notebook.read(text)
    return _guessed(text)


def _guessed(text: str) -> list[Sheet]:
    """A text without a telling suffix: JSON or HTML by its first sign, a table by its head, else lines."""
    start = text.lstrip()[:200].lower()
    if start.startswith(("{", "[{")):
        try:
            return _by_format(text, "notebook" if '"cells"' in text else "json")
        except Refused:
            pass
    if start.startswith(("<!doctype", "<html", "<table", "<p", "<div")):
        return _by_format(text, "html")
    from . import csv, lines, markdown

    return markdown.read(text) or csv.read(text) or lines.read(text)
