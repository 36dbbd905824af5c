"""`atlas.sum`, made of the files of a folder.

Rules read in https://github.com/ariga/atlas `sql/migrate/dir.go`: files in the order of their names; one running
SHA-256 takes the name and the content of each, and its value after a file is that file's line. The
first line is the SHA-256 of all names and values. Of a file that begins with `atlas:sum ignore` only the name counts.
Which files count differs with the format of the folder: the one that fits the sum which is there is taken, and none is
guessed.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "atlas.sum"
_FORMATS = (re.compile(r".*\.sql", re.DOTALL), re.compile(r".*\.up\.sql", re.DOTALL))
"""Atlas's own format, goose's and dbmate's; golang-migrate's."""
_IGNORED = re.compile(rb"[ -~]*atlas:sum +ignore(?![ -~])")


def directory_sum(files: Mapping[str, bytes]) -> bytes:
    """Return the text of `atlas.sum` for these files, by name."""
    running, lines = hashlib.sha256(), []
    for name in sorted(files, key=_raw):
        running.update(_raw(name))
        if not _IGNORED.match(files[name]):
            running.update(files[name])
            lines.append((_raw(name), b64encode(running.digest())))
    whole = hashlib.sha256(b"".join(name + value for name, value in lines))
    return b"h1:%b\n" % b64encode(whole.digest()) + b"".join(b"%b h1:%b\n" % line for line in lines)


def _raw(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


def counted_files(files: Mapping[str, bytes]) -> re.Pattern[str] | None:
    """Return which names of a folder its own sum counts; None where it is no sum of its files."""
    written = files.get(NAME, b"").replace(b"\r\n", b"\n")
    for pattern in _FORMATS:
        if directory_sum(matching(files, pattern)) == written:
            return pattern
    return None


def matching(files: Mapping[str, bytes], pattern: re.Pattern[str]) -> dict[str, bytes]:
    """Return the files whose names match."""
    return {name: content for name, content in files.items() if pattern.fullmatch(name)}
