"""Who is behind each folder of a Gradescope export: its `submission_metadata.yml`.

Pitfall: its keys are Ruby's, `:submitters:`, and a group is one submission with several submitters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..record import Record
from .sheets.decode import decoded
from .sheets.formats.yaml import parsed, plain
from .spelling.refused import Refused

NAME = "submission_metadata.yml"


class Submitter(Record):
    """A student of a Gradescope submission."""

    student: str
    facts: Mapping[str, Any]


def submitters(data: bytes) -> dict[str, list[Submitter]]:
    """Submitters by folder. Raises Refused where the file is no such metadata."""
    root = plain(parsed(decoded(data, "utf-8"))[0])
    if not isinstance(root, dict):
        raise Refused("")
    return {
        folder: [_submitter(s) for s in _listed(entry, "submitters")]
        for folder, entry in root.items()
        if isinstance(entry, dict)
    }


def _listed(entry: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = entry.get(f":{key}", entry.get(key))
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _submitter(entry: dict[str, Any]) -> Submitter:
    fields = {key.lstrip(":"): value for key, value in entry.items() if isinstance(value, str)}
    student = fields.get("sid") or fields.get("email") or fields.get("name") or ""
    return Submitter(
        student, {"platform": "gradescope", **{k: fields[k] for k in ("name", "email", "sid") if k in fields}}
    )
