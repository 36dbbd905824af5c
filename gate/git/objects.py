"""Reading objects: one long-lived process for any number of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.errors import GitFailed
from gate.git.process import encode

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from gate.git.process import Conversation
    from gate.git.repository import Repository


@dataclass(frozen=True, slots=True)
class Info:
    """What git says of an object: its id, its type, its size in bytes."""

    oid: str
    kind: str
    size: int


class Objects:
    """Objects by id or by any expression git understands that holds no newline."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._process: Conversation | None = None

    def __enter__(self) -> Objects:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.__exit__(kind, error, trace)
            self._process = None

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
        found = self.info(name)
        if found is None or found.kind != "blob" or (limit is not None and found.size > limit):
            return None
        header = self._parse(self._ask(b"contents", found.oid))
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
