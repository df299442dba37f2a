"""Archives other than zip, which are refused; a zip is opened as a folder long before."""

from __future__ import annotations

from ....text import N_
from ..format import Format

FORMAT = Format(
    (".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"),
    refusal=N_("it is an archive; hand in a zip or the sheet itself"),
)
