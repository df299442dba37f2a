"""A file, or a folder of files, is written beside its place and then put there: whoever looks sees all of it or nothing.

Pitfall: a name beside that can be guessed is a name that a stranger can plant a link under, so it is drawn, opened only
where nothing is, and of one length however long the file's own name is. A file of several names keeps them all.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress

from ..text import _

_PARTS = 2**16


def write_file(path: str, chunks: Iterable[str], encoding: str = "utf-8", errors: str = "replace") -> None:
    """Write text to `path` whole; a link is kept and what it leads to written. Raises OSError or ValueError."""
    now = os.stat(path) if os.path.exists(path) else None
    if now is not None and not stat.S_ISREG(
        now.st_mode
    ):  # a device or a pipe, which nothing may take the place of
        with open(path, "w", encoding=encoding, errors=errors, newline="") as file:
            file.writelines(chunks)
        return
    path = os.path.realpath(path)
    as_now = os.access in os.supports_effective_ids
    if now is not None and not os.access(path, os.W_OK, effective_ids=as_now):
        raise PermissionError(0, _("it is write-protected"))
    beside = _beside(path)
    try:
        _fill(beside, chunks, encoding, errors)
        if now is None:
            os.replace(beside, path)
        elif now.st_nlink > 1:
            _over(beside, path)
        else:
            os.chmod(beside, stat.S_IMODE(now.st_mode))
            os.replace(beside, path)
    finally:
        with suppress(OSError):
            os.unlink(beside)


def write_folder(folder: str, files: Mapping[str, str]) -> None:
    """Write files into a folder, all or none; keys are paths in it, with slashes. Raises OSError or ValueError."""
    from shutil import rmtree

    folder = os.path.realpath(folder)
    there = os.path.isdir(folder)
    if not there:
        os.makedirs(os.path.dirname(folder), exist_ok=True)
    staged = os.path.join(folder, _drawn()) if there else _beside(folder)
    os.mkdir(staged)
    try:
        for name, text in files.items():
            path = os.path.join(staged, *name.split("/"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            _fill(path, [text], "utf-8", "replace")
        if there:
            _moved(staged, folder, files)
        else:
            os.rename(staged, folder)
    finally:
        rmtree(staged, ignore_errors=True)


def _moved(staged: str, folder: str, files: Iterable[str]) -> None:
    """Move files into a folder that is there already; what stood in their places comes back if one cannot be moved."""
    kept, done = os.path.join(staged, _drawn()), list[tuple[str, str | None]]()
    os.mkdir(kept)
    try:
        for number, name in enumerate(files):
            parts = name.split("/")
            target, old = os.path.join(folder, *parts), os.path.join(kept, str(number))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            if os.path.lexists(target):
                os.rename(target, old)
                done.append((target, old))
            else:
                done.append((target, None))
            os.rename(os.path.join(staged, *parts), target)
    except BaseException:
        for target, before in reversed(done):
            with suppress(OSError):
                os.replace(before, target) if before else os.unlink(target)
        raise


def _drawn() -> str:
    return f".shapecalc-{os.urandom(8).hex()}"


def _beside(path: str) -> str:
    """A name in the same folder that nobody can know before."""
    return os.path.join(os.path.dirname(path), _drawn())


def _fill(path: str, chunks: Iterable[str], encoding: str, errors: str) -> None:
    """Write a file that is not there yet; where something is, link or not, this fails."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    with open(os.open(path, flags, 0o666), "w", encoding=encoding, errors=errors, newline="") as file:
        file.writelines(chunks)


def _over(beside: str, path: str) -> None:
    """Copy a finished file over one of several names; renaming would leave the others with the old text."""
    with open(beside, "rb") as source, open(path, "r+b") as target:
        while part := source.read(_PARTS):
            target.write(part)
        target.truncate()
