"""Writing: to standard output, to standard error, and whole files."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path

import click

from gate.errors import EnvironmentFault, UsageError

STDOUT = "-"


def write(text: str) -> None:
    """Print, as UTF-8 whatever the locale. When the reader has gone (`| head`), the rest is dropped.

    Raises:
        EnvironmentFault: it cannot be written.
    """
    write_bytes(text.encode())


def write_bytes(content: bytes) -> None:
    """Write bytes to standard output, as `write` does text: a patch holds bytes of files."""
    if sys.stdout is None:
        raise EnvironmentFault("standard output is closed")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except OSError as error:
        # What is still buffered would fail again when Python ends, with an exit code of its own.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise EnvironmentFault(f"cannot write standard output: {error.strerror}") from error


def note(text: str) -> None:
    """Say something that is not the answer, on standard error."""
    from gate.report.text import clean

    click.echo(clean(text), err=True)


def require_place(file: Path) -> None:
    """Check, as far as possible, that a file can be made there.

    Raises:
        UsageError: it cannot.
    """
    if file.is_dir():
        raise UsageError(f"{file} is a folder", "name a file in it")
    if not file.absolute().parent.is_dir():
        raise UsageError(f"there is no folder for {file}", f"mkdir -p {file.parent}")


def save(path: Path, text: str) -> None:
    """Write a file whole: into a temporary one beside it, then in its place; a link's target is replaced, not the link.

    What is no file (`/dev/null`, a pipe) is written to as it is.

    Raises:
        EnvironmentFault: it cannot be written; the old one is still there.
    """
    save_bytes(path, text.encode())


def save_bytes(path: Path, content: bytes) -> None:
    """Save bytes, as `save` does text."""
    try:
        place = path.resolve()
        if place.exists() and not stat.S_ISREG(place.stat().st_mode):
            place.write_bytes(content)
        else:
            _replace(place, content)
    except OSError as error:
        raise EnvironmentFault(f"cannot write {path}: {error.strerror or error}") from error


def _replace(place: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name[:50]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(_mode(place))
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(place: Path) -> int:
    """The old file's permissions, or what a new file gets."""
    if place.exists():
        return stat.S_IMODE(place.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
