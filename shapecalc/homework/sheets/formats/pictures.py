"""Photos and scans, which are refused: a person reads them."""

from __future__ import annotations

from ....text import N_
from ..format import Format

FORMAT = Format(
    (".png", ".jpg", ".jpeg", ".heic", ".heif", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".svg"),
    refusal=N_("it is a picture, which is read by a person; type the answers into a CSV"),
    magic=(
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\0\0\0\x18ftyphei",
        b"\0\0\0\x1cftyphei",
        b"\0\0\0\x24ftyphei",
    ),
)
