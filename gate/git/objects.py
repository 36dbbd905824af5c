"""Reading objects: one long-lived process for any number of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.errors import GitFailed
from gate.git.process import encode
from gate.git.repository import GitClient

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Info:
    """An object of git: its id, its type, its size in bytes."""

    oid: str
    kind: str
    size: int


class Objects(GitClient):
    """Objects by id or by any expression git understands that holds no newline."""

    def info(self, name: str) -> Info | None:
        """The object of that name, None when there is none or the name is ambiguous."""
        return self._parse(self._ask(b"info", name))

    def infos(self, names: Iterable[str]) -> dict[str, Info | None]:
        """As `info`, for many."""
        return {name: self.info(name) for name in names}

    def blob(self, name: str, limit: int | None = None) -> bytes | None:
        """The content of a blob; None when it is missing, no blob, or larger than `limit` bytes.

        Raises:
            GitFailed: the object is damaged.
        """
        info = self.info(name)
        if info is None or info.kind != "blob" or (limit is not None and info.size > limit):
            return None
        header = self._parse(self._ask(b"contents", info.oid))
        return None if header is None else self._content(header.size)

    def _content(self, size: int) -> bytes:
        assert self._process is not None
        try:
            return self._process.exactly(size + 1)[:-1]
        except GitFailed:
            self._process = None
            raise

    def _ask(self, verb: bytes, name: str) -> bytes:
        if "\n" in name:
            return b"missing"
        if self._process is None:
            self._process = self._repository.converse("cat-file", "--batch-command")
        try:
            self._process.say(b"%s %s\n" % (verb, encode(name)))
            return self._process.until(b"\n")
        except GitFailed:
            self._process = None
            raise

    def _parse(self, answer: bytes) -> Info | None:
        words = answer.rsplit(b" ", 2)
        if len(words) != 3 or not words[2].isdigit():
            return None
        return Info(words[0].decode(), words[1].decode(), int(words[2]))
