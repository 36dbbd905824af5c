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
    from collections.abc import Iterator, Mapping, Sequence

    from gate.migrations.repair.situation import Situation
    from gate.model.migrations import Key, Node, Store


@dataclass(frozen=True, slots=True)
class Renumbering:
    """An ordered store, what has `landed` in it, and the situation of the stream."""

    store: Store
    landed: Sequence[Node]
    situation: Situation

    @property
    def ordered(self) -> list[Node]:
        """The landed migrations that have a place in the order."""
        return [node for node in self.landed if node.order_key]

    def first_to_raise(self, nodes: Sequence[Node]) -> int | None:
        """Return the place of the first of the stream's migrations, in their order, that cannot stay."""
        taken = {node.order_key for node in self.ordered}
        late = self.store.late
        strict = late == "error" or (late and self.situation.options.out_of_order)
        top = max(taken, default=())
        places = (
            at
            for at, node in enumerate(nodes)
            if node.order_key in taken or (strict and node.order_key < top)
        )
        return next(places, None)

    def placed(self, node: Node, version: str, last: Node) -> Node:
        """Return a migration with another version, above `last`."""
        path = tool(self.store.tool).renumbered(node.path, version)
        nodes = tool(self.store.tool).nodes(self.store, [File(path, node.blob, Migration("full"))])
        if len(nodes) != 1 or nodes[0].order_key <= last.order_key:
            raise CannotRepair(f"there is no version above that of `{last.id}` for {node.path}")
        return nodes[0]

    # -- what only people decide

    def require_names(self, fresh: Sequence[Node]) -> None:
        """Raise CannotRepair where a name besides the version is taken: code knows it, so people have to give it."""
        holders = {label: node for node in self.landed for label in node.labels}
        for node in fresh:
            for label in node.labels:
                if label in holders:
                    raise CannotRepair(
                        f"`{node.id}` has the name of `{holders[label].id}`: "
                        "give it another, in the file and in its class"
                    )

    def require_order(self, nodes: Sequence[Node]) -> None:
        """Raise CannotRepair where it is not certain which of the stream's migrations comes first, or which stays."""
        if self.store.unread:
            raise CannotRepair(f"the place of {self.store.unread[0]} on the target is not known")
        repeated = {node.key for node, _ in self.situation.delta.repeated}
        for node, follower in pairwise(nodes):
            if node.order_key == follower.order_key:
                raise CannotRepair(
                    f"the stream itself has {node.path} and {follower.path}: say which of them comes first"
                )
        for node in nodes:
            if node.key in repeated:
                raise CannotRepair(f"the stream itself has `{node.id}` in two files")
            content = (node.blob, node.order_key)
            twins = [twin for twin in self.ordered if (twin.blob, twin.order_key) == content]
            if twins:
                raise CannotRepair(
                    f"{node.path} says what {twins[0].path} says, which lands before it: drop it"
                )

    def require_free(self, node: Node) -> None:
        """Raise CannotRepair where a version has to stay."""
        if node.path in self.situation.published:
            top = max(self.ordered, key=lambda node: node.order_key)
            raise CannotRepair(
                f"`{node.id}` is published, and `{top.id}` lands before it: its version has to stay"
            )
        if node.blob in {removed.blob for removed in self.situation.delta.removed}:
            raise CannotRepair(
                f"{node.path} is a migration of the target under another version: leave it as it was"
            )
        if self.situation.options.keep_names:
            raise CannotRepair(f"`{node.id}` needs another version, so that its name cannot be kept")


def renumbered(renumbering: Renumbering, fresh: Sequence[Node]) -> Mapping[Key, tuple[Node, str]]:
    """Return the migrations among `fresh` that need another version, each as it is then with that version.

    They keep their order: where one is raised, those after it are too, as far as they would come before it.

    Raises:
        CannotRepair: it is not certain which comes first, or nobody but a person should rename them.
    """
    renumbering.require_names(fresh)
    nodes = sorted((node for node in fresh if node.order_key), key=lambda node: (node.order_key, node.path))
    first = renumbering.first_to_raise(nodes)
    if first is None:
        return {}
    renumbering.require_order(nodes[first:])
    return dict(_raised(renumbering, nodes[first:]))


def _raised(renumbering: Renumbering, nodes: Sequence[Node]) -> Iterator[tuple[Key, tuple[Node, str]]]:
    last = max(renumbering.ordered, key=lambda node: node.order_key)
    for node in nodes:
        if node.order_key > last.order_key:
            last = node
            continue
        renumbering.require_free(node)
        version = following(tool(renumbering.store.tool).version_of(last.path))
        last = renumbering.placed(node, version, last)
        yield node.key, (last, version)
