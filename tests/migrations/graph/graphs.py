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
    above = tuple(key(parent, of.store) for parent in parents.split(",") if parent)
    keys: dict[str, Any] = {
        role: tuple(key(name, of.store) for name in more.pop(role, ()))
        for role in ("replaces", "run_before", "soft_parents")
    }
    return Node(
        more.pop("tool", "alembic"), of, path, more.pop("blob", f"blob of {text}"), above, **keys, **more
    )


def nodes(*texts: str | Node) -> tuple[Node, ...]:
    """Several."""
    return tuple(text if isinstance(text, Node) else node(text) for text in texts)


def delta(stream: str, *added: str | Node, removed: tuple[str, ...] = (), **more: Any) -> Delta:
    """What a stream does."""
    return Delta(stream, nodes(*added), nodes(*removed), **more)


def collided(target: tuple[str | Node, ...], *deltas: Delta, **store: Any) -> MigrationFacts:
    """What comes of it; every store that is named is there."""
    target_nodes = nodes(*target)
    names = {
        node.key.store
        for node in (*target_nodes, *(node for delta in deltas for node in (*delta.added, *delta.removed)))
    }
    every = (*target_nodes, *(node for delta in deltas for node in delta.added))
    store.setdefault("tool", "django" if any(node.replaces for node in every) else STORE.tool)
    stores = [replace(STORE, name=name, folders=(name,), **store) for name in sorted(names)]
    return collide(stores, target_nodes, deltas)
