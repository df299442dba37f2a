"""Spreadsheets that openpyxl does not read, which are refused: `.xls`, `.ods`, `.numbers`."""

from __future__ import annotations

from ....text import N_
from ..format import Format

FORMAT = Format(
    (".xls", ".ods", ".numbers", ".et", ".xlsb"),
    refusal=N_("it is a spreadsheet; export it as CSV (Save as, CSV UTF-8) and hand that in"),
    magic=(b"\xd0\xcf\x11\xe0",),
)
