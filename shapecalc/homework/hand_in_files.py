"""The files of a class, in folders and in zips, each with a name to find its student by and a way to read it.

Nothing is unpacked to disk. Pitfall: what a zip says about itself is not to be trusted: sizes are counted while reading,
and a name such as ../../x is only ever shown.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath

from ..record import Record
from ..text import _
from .sheets.decode import MAX_BYTES
from .spelling.refused import Refused

MAX_DEPTH = 8
MAX_ENTRIES = 200_000
MAX_OPEN = 4
NESTED = 3
MAX_NESTED_ZIP = 64 * 2**20
_IGNORED = {
    ".ds_store",
    "thumbs.db",
    "desktop.ini",
    "__macosx",
    ".ipynb_checkpoints",
    ".git",
    "__pycache__",
    "timestamp.txt",
    ".gitkeep",
    "__zip_filename__",
    ".otter_log",
}


class File(Record):
    """A file: where it lies (shown to the teacher), its name below what was given, and its bytes."""

    path: str
    name: str
    read: Callable[[], bytes]
    problem: str = ""


class _Archives:
    """The zips that were opened last; opening one anew for each of its files would read its directory every time."""

    def __init__(self) -> None:
        self.kept: dict[str, zipfile.ZipFile] = {}

    def get(self, path: str, source: Callable[[], str | BytesIO]) -> zipfile.ZipFile:
        """The zip at a path, open. Raises what zipfile raises, and Refused."""
        if path not in self.kept:
            while len(self.kept) >= MAX_OPEN:
                self.kept.pop(next(iter(self.kept))).close()
            self.kept[path] = zipfile.ZipFile(source())
        return self.kept[path]


def files(path: str) -> Iterator[File]:
    """Every file under a path, in a stable order. A zip counts as a folder; no link leads to a folder, or out of it."""
    if os.path.isdir(path):
        yield from _folder(path, "", 0, _Archives(), os.path.realpath(path))
    elif path.lower().endswith(".zip"):
        yield from _zip(path, "", lambda: path, 0, _Archives())
    else:
        yield File(path, os.path.basename(path), _opener(path))


def ignored(name: str) -> bool:
    """Whether a name is what computers leave behind in folders."""
    return any(part.lower() in _IGNORED or part.startswith("._") for part in name.split("/"))


def _order(name: str) -> tuple[str, str]:
    return name.casefold(), name


def _folder(path: str, below: str, depth: int, archives: _Archives, root: str) -> Iterator[File]:
    try:
        with os.scandir(path) as found:
            entries = sorted(found, key=lambda e: _order(e.name))
    except OSError as error:
        yield File(
            path,
            below or os.path.basename(path),
            bytes,
            _("it cannot be opened: {reason}").format(reason=error.strerror),
        )
        return
    for entry in entries:
        name = f"{below}/{entry.name}" if below else entry.name
        if ignored(entry.name):
            continue
        if entry.is_symlink() and (problem := _astray(entry.path, root)):
            yield File(entry.path, name, bytes, problem)
        elif entry.is_dir(follow_symlinks=False):
            if depth < MAX_DEPTH:
                yield from _folder(entry.path, name, depth + 1, archives, root)
        elif entry.is_file() and entry.name.lower().endswith(".zip"):
            yield from _zip(
                entry.path, os.path.splitext(name)[0], partial(str, entry.path), depth + 1, archives
            )
        elif entry.is_file():
            yield File(entry.path, name, _opener(entry.path))


def _astray(path: str, root: str) -> str:
    """What is wrong with a link; nothing where it leads to a file of the same tree."""
    target = os.path.realpath(path)
    if not target.startswith(os.path.join(root, "")):
        return _("it is a link that leads out of what was given, and was not followed")
    if os.path.isdir(target):
        return _("it is a link to a folder, and was not followed")
    return "" if os.path.isfile(target) else _("it is a link that leads nowhere")


def _opener(path: str) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with open(path, "rb") as file:
                return file.read(MAX_BYTES + 1)
        except OSError as error:
            raise Refused(_("it cannot be opened: {reason}").format(reason=error.strerror or error)) from None

    return read


def _zip(
    path: str, below: str, source: Callable[[], str | BytesIO], depth: int, archives: _Archives
) -> Iterator[File]:
    """The files of a zip, under the name it has without its suffix."""
    name = below or os.path.basename(path)
    try:
        entries = archives.get(path, source).infolist()
    except Refused as refused:
        yield File(path, name, bytes, refused.reason)
        return
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError):
        yield File(path, name, bytes, _("it is no zip that can be opened"))
        return
    if len(entries) > MAX_ENTRIES:
        yield File(path, name, bytes, _("it holds more than {n} files").format(n=MAX_ENTRIES))
        return
    for entry in sorted(entries, key=lambda e: _order(_unzipped(e))):
        inside = _unzipped(entry)
        name = f"{below}/{inside}" if below else inside
        shown = f"{path}/{inside}"
        if entry.is_dir() or not inside or ignored(inside):
            continue
        if inside.lower().endswith(".zip") and depth < NESTED:
            whole = _zipped(path, source, entry, MAX_NESTED_ZIP, archives)
            yield from _zip(
                shown, os.path.splitext(name)[0], partial(_opened, whole), depth + NESTED, archives
            )
        else:
            yield File(shown, name, _zipped(path, source, entry, MAX_BYTES, archives))


def _opened(read: Callable[[], bytes]) -> BytesIO:
    return BytesIO(read())


def _zipped(
    path: str, source: Callable[[], str | BytesIO], entry: zipfile.ZipInfo, most: int, archives: _Archives
) -> Callable[[], bytes]:
    def read() -> bytes:
        if entry.flag_bits & 1:
            raise Refused(_("it is encrypted"))
        try:
            with archives.get(path, source).open(entry) as file:
                data = file.read(most + 1)
        except (
            OSError,
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
            RuntimeError,
            EOFError,
            ValueError,
        ):
            raise Refused(_("it is damaged inside its zip")) from None
        if len(data) > most:
            raise Refused(_("it unpacks to more than {n} MB").format(n=most // 2**20))
        return data

    return read


def _unzipped(entry: zipfile.ZipInfo) -> str:
    """An entry's name below the zip: no drive, no way upwards; old zips from China hold GBK."""
    name = entry.filename
    if not entry.flag_bits & 0x800 and not name.isascii():
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "gb18030") if raw else ():
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = [
        p
        for p in PurePosixPath(name.replace("\\", "/")).parts
        if p not in ("/", "..", ".") and not p.endswith(":")
    ]
    return "/".join("".join(c if c.isprintable() else "?" for c in p)[:200] for p in parts[-MAX_DEPTH:])
