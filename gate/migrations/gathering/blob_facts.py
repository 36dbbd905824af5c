"""What blobs say as migrations, kept between runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gate.cache import blob_facts
from gate.languages.registry import kept_as
from gate.migrations.tools import system
from gate.model.migrations import Migration

if TYPE_CHECKING:
    from gate.cache.database import FactsCache
    from gate.git.objects import Objects

Texts = blob_facts.BlobFacts[Migration | None]
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
_WAY: blob_facts.BlobReader[Migration | None] = blob_facts.BlobReader(_decode, _extractor, _read, _unreadable)
