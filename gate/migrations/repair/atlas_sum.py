"""`atlas.sum`, written anew for what lands.

Rules read in https://github.com/ariga/atlas `sql/migrate/dir.go`: files in the order of their names; one running
SHA-256 takes the name and the content of each in turn, and what it stands at after a file is that file's line. The
first line is the SHA-256 of all names and values. Of a file that begins with `atlas:sum ignore` only the name counts.
Which files count differs with the format of the folder: the one that fits the sum which is there is taken, and none is
guessed.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.migrations.repair.refused import Refused
from gate.model.repairs import Rewrite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

NAME = "atlas.sum"
_FORMATS = (re.compile(r".*\.sql", re.DOTALL), re.compile(r".*\.up\.sql", re.DOTALL))
"""Atlas's own format, goose's and dbmate's; golang-migrate's."""
_IGNORED = re.compile(rb"[ -~]*atlas:sum +ignore(?![ -~])")


@dataclass(frozen=True, slots=True)
class Directory:
    """A folder that has an `atlas.sum`, as contents by name.

    `target` is what the target has, `landed` what is there once the streams before have landed, `own` what this stream
    changes (None: it goes).
    """

    target: Mapping[str, bytes]
    landed: Mapping[str, bytes]
    own: Mapping[str, bytes | None]

    def after(self, folder: str, rewrites: Iterable[Rewrite]) -> dict[str, bytes]:
        """What is there once the stream has landed as its rewrites leave it."""
        moved = [one for one in rewrites if one.path.rpartition("/")[0] == folder]
        there = {one.path.rpartition("/")[2] for one in moved}
        files = {
            **self.landed,
            **{name: content for name, content in self.own.items() if name not in there},
            **{one.place.rpartition("/")[2]: one.after for one in moved},
        }
        return {name: content for name, content in files.items() if content is not None}


def summed(files: Mapping[str, bytes]) -> bytes:
    """The text of `atlas.sum` for these files, by name."""
    running, lines = hashlib.sha256(), []
    for name in sorted(files, key=_raw):
        running.update(_raw(name))
        if not _IGNORED.match(files[name]):
            running.update(files[name])
            lines.append((_raw(name), b64encode(running.digest())))
    whole = hashlib.sha256(b"".join(name + value for name, value in lines))
    told = (b"%b h1:%b\n" % line for line in lines)
    return b"h1:%b\n" % b64encode(whole.digest()) + b"".join(told)


def _raw(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


def rewritten(
    known: Mapping[str, Directory], rewrites: Sequence[Rewrite], contents: Mapping[str, bytes]
) -> Iterator[Rewrite]:
    """The sums of these folders that the stream's tip does not have, of what is there once it has landed.

    A folder where neither it nor a stream before it moves anything has what its tip has.

    Raises:
        Refused: the target's sum is not that of its files, so that nobody knows how it is made.
    """
    for folder, one in sorted(known.items()):
        path = f"{folder}/{NAME}".lstrip("/")
        moved = any(other.path.rpartition("/")[0] == folder for other in rewrites)
        if not moved and one.landed == one.target:
            continue
        counts = _format(one.target)
        if counts is None:
            raise Refused(
                f"{path} of the target is not what its files give: run `atlas migrate hash` there first"
            )
        files = one.after(folder, rewrites)
        new = summed({name: content for name, content in files.items() if counts.fullmatch(name)})
        if new != contents.get(path):
            yield Rewrite(path, contents.get(path), new)


def _format(files: Mapping[str, bytes]) -> re.Pattern[str] | None:
    """Which files of a folder its sum counts."""
    told = files.get(NAME, b"").replace(b"\r\n", b"\n")
    for counts in _FORMATS:
        if summed({name: one for name, one in files.items() if counts.fullmatch(name)}) == told:
            return counts
    return None
