"""Excel's workbooks: every worksheet is a table, a formula counts as what it gave when the file was saved.

Pitfall: Excel turns 10-10-16 into a day as it is typed. A day is handed on as one, 2016-10-10, for the reader of cells to
say so. A workbook is a zip, so its true size is looked at before it is opened.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from importlib import import_module
from io import BytesIO
from itertools import islice
from typing import Any

from ....text import _
from ...spelling.refused import Refused
from ..columns import Names
from ..format import Format
from ..sheet import Sheet
from ..table import Line, sheets

MAX_UNPACKED = 64 * 2**20
MAX_ROWS = 20_000
MAX_COLUMNS = 300
MAX_SHEETS = 30


def read(data: bytes, names: Names) -> list[Sheet]:
    """The sheets of all worksheets. Raises Refused where openpyxl is missing or the file cannot be opened."""
    _checked(data)
    try:
        openpyxl = import_module("openpyxl")
    except ImportError:
        raise Refused(
            _(
                "it is a spreadsheet, and openpyxl, which reads them, is missing: pip install 'shapecalc[xlsx]', or export it as CSV"
            )
        ) from None
    try:
        books = [
            openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=given) for given in (True, False)
        ]
        return [
            sheet
            for title in books[0].sheetnames[:MAX_SHEETS]
            for sheet in sheets(list(_lines(*(book[title] for book in books))), ",", names)
        ]
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        SyntaxError,
        zipfile.BadZipFile,
    ):
        raise Refused(
            _("it is a spreadsheet that cannot be opened; export it as CSV and hand that in")
        ) from None


def _checked(data: bytes) -> None:
    """Raises Refused for what is no workbook, or unpacks to far more than one."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as book:
            entries = book.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise Refused(
            _("it is a spreadsheet that cannot be opened; export it as CSV and hand that in")
        ) from None
    if not any(entry.filename == "xl/workbook.xml" for entry in entries):
        raise Refused(_("it is a document; copy the table into a CSV or a Markdown file and hand that in"))
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Refused(_("it unpacks to more than {n} MB").format(n=MAX_UNPACKED // 2**20))


def _lines(given: Any, typed: Any) -> Iterator[Line]:
    """The rows of a worksheet; a formula without a stored result, as programs write it, as its own text."""
    if not hasattr(given, "iter_rows"):  # a sheet that is one chart
        return
    size = {"max_row": MAX_ROWS, "max_col": MAX_COLUMNS, "values_only": True}
    rows = zip(given.iter_rows(**size), typed.iter_rows(**size))
    for number, (values, texts) in enumerate(islice(rows, MAX_ROWS), 1):
        cells = [_shown(text if value is None else value) for value, text in zip(values, texts)]
        if any(cells):
            yield number, cells


def _shown(value: Any) -> str:
    """A cell as a person would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value).lstrip("=") if str(value).startswith("=") else str(value)


FORMAT = Format((".xlsx", ".xlsm"), read_bytes=read, magic=(b"PK\3\4",))
