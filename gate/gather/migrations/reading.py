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


def reader(objects: Objects, cache: FactsCache, jobs: int) -> Texts:
    """Reads migrations; `jobs` is how many processes may do so at once."""
    return Texts(objects, cache, _WAY, jobs)


def _extractor(name: str) -> str:
    return kept_as(f"migrations-{name}", system(name).VERSION)


def _read(name: str, content: bytes) -> Migration | None:
    return system(name).read(content)


def _unreadable(why: str) -> Migration | None:
    return Migration("none", why)


def _decode(content: bytes) -> Migration | None:
    return _DECODER.decode(content)


_DECODER: msgspec.msgpack.Decoder[Migration | None] = msgspec.msgpack.Decoder(Migration | None)
_WAY: blobs.Way[Migration | None] = blobs.Way(_decode, _extractor, _read, _unreadable)
