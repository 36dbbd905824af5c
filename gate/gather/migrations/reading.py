"""What blobs say as migrations, kept between runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gate.gather import blobs
from gate.model.migrations import Migration
from gate.source import kept_as
from gate.source.migrations import system

if TYPE_CHECKING:
    from gate.git.facts_cache import FactsCache
    from gate.git.objects import Objects

Texts = blobs.Blobs[Migration | None]
"""Migrations by blob and system; None for a file that is none."""
PYTHON = ("alembic", "django")
"""Systems whose migrations are Python files."""
EITHER = " or ".join(PYTHON)
"""In place of a system: what tells in one reading whether a Python file anywhere is a migration at all."""


def reader(objects: Objects, cache: FactsCache, jobs: int) -> Texts:
    """Reads migrations; `jobs` is how many processes may do so at once."""
    return Texts(objects, cache, _WAY, jobs)


def _extractor(name: str) -> str:
    if name != EITHER:
        return kept_as(f"migrations-{name}", system(name).VERSION)
    versions = (kept_as(one, system(one).VERSION) for one in PYTHON)
    return f"migrations-{'-'.join(versions)}"


def _read(name: str, content: bytes) -> Migration | None:
    if name != EITHER:
        return system(name).read(content)
    found = (system(one).read(content) for one in PYTHON)
    return next((one for one in found if one is not None), None)


def _unreadable(why: str) -> Migration | None:
    return Migration("none", why)


def _decode(content: bytes) -> Migration | None:
    return _DECODER.decode(content)


_DECODER: msgspec.msgpack.Decoder[Migration | None] = msgspec.msgpack.Decoder(Migration | None)
_WAY: blobs.Way[Migration | None] = blobs.Way(_decode, _extractor, _read, _unreadable)
