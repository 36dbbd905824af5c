"""Blobs as migrations, kept between runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gate.cache import blob_facts
from gate.languages.registry import kept_as
from gate.migrations.tools import python_tools, tool
from gate.model.migrations import Migration

if TYPE_CHECKING:
    from gate.cache.database import FactsCache
    from gate.git.objects import Objects

MigrationTexts = blob_facts.BlobFacts[Migration | None]
"""Migrations by blob and tool; None for a file that is none."""
ANY_PYTHON = "any in Python"
"""In place of a tool's name: one reading shows whether a Python file anywhere is a migration at all."""


def migration_texts(objects: Objects, cache: FactsCache, jobs: int) -> MigrationTexts:
    """Return a reader of migrations; `jobs` is how many processes may read at once."""
    return MigrationTexts(objects, cache, _READER, jobs)


def _extractor(name: str) -> str:
    if name != ANY_PYTHON:
        return kept_as(f"migrations-{name}", tool(name).version)
    versions = (kept_as(tool.name, tool.version) for tool in python_tools())
    return f"migrations-{'-'.join(versions)}"


def _read(name: str, content: bytes) -> Migration | None:
    if name != ANY_PYTHON:
        return tool(name).read(content)
    migrations = (tool.read(content) for tool in python_tools())
    return next((migration for migration in migrations if migration is not None), None)


def _unreadable(why: str) -> Migration | None:
    return Migration("none", why)


def _decode(content: bytes) -> Migration | None:
    return _DECODER.decode(content)


_DECODER: msgspec.msgpack.Decoder[Migration | None] = msgspec.msgpack.Decoder(Migration | None)
_READER: blob_facts.BlobReader[Migration | None] = blob_facts.BlobReader(
    _decode, _extractor, _read, _unreadable
)
