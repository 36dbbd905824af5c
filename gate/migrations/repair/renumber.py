"""Which migrations of an ordered store get which versions: those above everything that lands before them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from gate.migrations.repair.versions import following
from gate.migrations.tools import tool
from gate.model.migrations import File, Migration
from gate.model.repairs import CannotRepair

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from gate.model.migrations import Key, Node, Store


@dataclass(frozen=True, slots=True)
class Limits:
    """What must not be renamed, and what need not.

    `published` are paths that others may have run. `gone` and `twice` are blobs and keys: of migrations that the stream
    takes away, and of those it has in two files. Unless `out_of_order`, a late version stays where its tool runs it.
    """

    published: Collection[str] = ()
    gone: Collection[str] = ()
    twice: Collection[Key] = ()
    keep_names: bool = False
    out_of_order: bool = True


def raised(
    store: Store, known: Sequence[Node], fresh: Sequence[Node], limits: Limits
) -> Mapping[Key, tuple[Node, str]]:
    """The migrations among `fresh` that need another version, each as it is then with that version.

    They keep their order: where one is raised, those after it are too, as far as they would come before it.

    Raises:
        CannotRepair: it cannot be told which comes first, or nobody but a person should rename them.
    """
    _require_names(known, fresh)
    there = [node for node in known if node.order_key]
    own = sorted((node for node in fresh if node.order_key), key=lambda node: (node.order_key, node.path))
    at = _first(store, there, own, limits)
    if at is None:
        return {}
    last = max(there, key=lambda node: node.order_key)
    _require_plain(store, there, own[at:], limits)
    found = {}
    for node in own[at:]:
        if node.order_key <= last.order_key:
            _require_free(node, there, limits)
            version = following(tool(store.tool).version_of(last.path))
            found[node.key] = (_placed(store, node, version, last), version)
            last = found[node.key][0]
        else:
            last = node
    return found


def _first(store: Store, there: Sequence[Node], own: Sequence[Node], limits: Limits) -> int | None:
    """The place of the first that cannot stay."""
    taken = {node.order_key for node in there}
    strict = store.late == "error" or (store.late and limits.out_of_order)
    top = max(taken, default=())
    low = (at for at, one in enumerate(own) if one.order_key in taken or (strict and one.order_key < top))
    return next(low, None)


def _placed(store: Store, node: Node, version: str, last: Node) -> Node:
    path = tool(store.tool).renumbered(node.path, version)
    found = tool(store.tool).nodes(store, [File(path, node.blob, Migration("full"))])
    if len(found) != 1 or found[0].order_key <= last.order_key:
        raise CannotRepair(f"there is no version above that of `{last.id}` for {node.path}")
    return found[0]


def _require_names(known: Sequence[Node], fresh: Sequence[Node]) -> None:
    """Names besides versions have to be given by people: code knows them."""
    taken = dict(_labels(known))
    for label, node in _labels(fresh):
        if label in taken:
            raise CannotRepair(
                f"`{node.id}` has the name of `{taken[label].id}`: give it another, in the file and in its class"
            )


def _labels(nodes: Sequence[Node]) -> Iterator[tuple[str, Node]]:
    return ((label, node) for node in nodes for label in node.labels)


def _require_plain(store: Store, there: Sequence[Node], own: Sequence[Node], limits: Limits) -> None:
    if store.unread:
        raise CannotRepair(f"the place of {store.unread[0]} on the target cannot be told")
    for one, other in pairwise(own):
        if one.order_key == other.order_key:
            raise CannotRepair(
                f"the stream itself has {one.path} and {other.path}: say which of them comes first"
            )
    for node in own:
        if node.key in limits.twice:
            raise CannotRepair(f"the stream itself has `{node.id}` in two files")
        twins = [one for one in there if (one.blob, one.order_key) == (node.blob, node.order_key)]
        if twins:
            raise CannotRepair(f"{node.path} says what {twins[0].path} says, which lands before it: drop it")


def _require_free(node: Node, there: Sequence[Node], limits: Limits) -> None:
    if node.path in limits.published:
        top = max(there, key=lambda one: one.order_key)
        raise CannotRepair(
            f"`{node.id}` is published, and `{top.id}` lands before it: its version has to stay"
        )
    if node.blob in limits.gone:
        raise CannotRepair(
            f"{node.path} is a migration of the target under another version: leave it as it was"
        )
    if limits.keep_names:
        raise CannotRepair(f"`{node.id}` needs another version, so that its name cannot be kept")
