"""Migrations as literals: `"b1<a1,a2"` is a node `b1` with two parents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gate.migrations.graph import collide
from gate.model.migrations import Delta, Key, Node, Store

if TYPE_CHECKING:
    from gate.model.collisions import MigrationFacts

STORE = Store("alembic", "db", ("db",))


def key(text: str, store: str = "db") -> Key:
    """`other.x` is `x` of the store `other`."""
    app, dot, name = text.rpartition(".")
    return Key(app if dot else store, name)


def node(text: str, **more: Any) -> Node:
    """One migration; its file is named after it."""
    name, _, parents = text.partition("<")
    of = key(name)
    path = more.pop("path", f"{of.store}/{of.id}.py")
    above = tuple(key(one, of.store) for one in parents.split(",") if one)
    keys: dict[str, Any] = {
        role: tuple(key(one, of.store) for one in more.pop(role, ()))
        for role in ("replaces", "run_before", "soft_parents")
    }
    return Node(
        more.pop("tool", "alembic"), of, path, more.pop("blob", f"blob of {text}"), above, **keys, **more
    )


def nodes(*texts: str | Node) -> tuple[Node, ...]:
    """Several."""
    return tuple(one if isinstance(one, Node) else node(one) for one in texts)


def delta(stream: str, *added: str | Node, gone: tuple[str, ...] = (), **more: Any) -> Delta:
    """What a stream does."""
    return Delta(stream, nodes(*added), nodes(*gone), **more)


def collided(target: tuple[str | Node, ...], *deltas: Delta, **store: Any) -> MigrationFacts:
    """What comes of it; every store that is named is there."""
    known = nodes(*target)
    names = {
        one.key.store for one in (*known, *(one for each in deltas for one in (*each.added, *each.removed)))
    }
    every = (*known, *(one for each in deltas for one in each.added))
    store.setdefault("tool", "django" if any(one.replaces for one in every) else STORE.tool)
    stores = [replace(STORE, name=name, folders=(name,), **store) for name in sorted(names)]
    return collide(stores, known, deltas)
