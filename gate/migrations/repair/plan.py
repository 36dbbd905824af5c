"""Which migrations get which parents and names."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from gate.migrations.graph.target_graph import TargetGraph, standing_for
from gate.migrations.repair.numbers import numbered
from gate.migrations.repair.renumber import Limits, raised
from gate.migrations.tools import tool
from gate.model.repairs import CannotRepair

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from gate.migrations.graph.target_graph import Nodes
    from gate.model.migrations import Delta, Key, Node, Store


@dataclass(slots=True)
class Moves:
    """New parents by migration and old parent, new keys, and migrations that go. Keys are those of the stream's tip."""

    parents: dict[Key, dict[Key, Key]] = field(default_factory=dict)
    names: dict[Key, Key] = field(default_factory=dict)
    dropped: dict[Key, Key] = field(default_factory=dict)
    """Each with the one that takes its place."""
    merges: list[tuple[Store, Key, Key]] = field(default_factory=list)
    """Heads that need a migration that merges them: the one that landed, and the stream's."""
    versions: dict[Key, str] = field(default_factory=dict)
    """The versions of those that are renamed in ordered stores, as they are written."""
    clashing: set[Key] = field(default_factory=set)
    """Migrations whose name something that landed has too."""

    def __bool__(self) -> bool:
        return bool(self.parents or self.names or self.dropped or self.merges)

    @property
    def steps(self) -> tuple[str, ...]:
        """What is done, in words."""
        return tuple(self._steps())

    def _steps(self) -> Iterator[str]:
        for key, new in self.dropped.items():
            yield f"drop `{key.id}`: `{new.id}` merges the same heads"
        for node, parents in self.parents.items():
            for old, new in parents.items():
                yield f"`{node.id}` follows `{new.id}` in place of `{old.id}`"
        for old, new in self.names.items():
            yield f"`{old.id}` becomes `{new.id}`"
        for _, one, other in self.merges:
            yield f"a new migration merges `{one.id}` and `{other.id}`"


def plan(
    stores: Sequence[Store],
    target: Sequence[Node],
    before: Sequence[Delta],
    delta: Delta,
    *,
    keep_names: bool = False,
    published: Collection[str] = (),
    out_of_order: bool = True,
) -> Moves:
    """What has to move so that landing the stream leaves the heads that are there already, and no version late.

    Raises:
        CannotRepair: it cannot be told, or nobody but a person should do it.
    """
    moves = Moves()
    known = landed(target, before)
    own = {node.key for node in target}
    edited = [node for node in delta.added if node.key in own]
    left = {node.key for node in (*delta.removed, *edited)}
    ground = TargetGraph(stores, (*(node for key, node in known.items() if key not in left), *edited))
    fresh = {node.key: node for node in delta.added if node not in edited and not _same(node, known)}
    twice = {node.key for node, _ in delta.repeated}
    limits = Limits(published, {node.blob for node in delta.removed}, twice, keep_names, out_of_order)
    for store in stores:
        mine = {key: node for key, node in fresh.items() if key.store == store.name}
        if store.model == "ordered":
            _raise(store, ground, mine, limits, moves)
        else:
            for part in _parts(mine):
                ground = _Part(store, ground, part, moves).moved(keep_names=keep_names, published=published)
    return moves


def _raise(store: Store, ground: TargetGraph, mine: Nodes, limits: Limits, moves: Moves) -> None:
    there = [node for key, node in ground.nodes.items() if key.store == store.name]
    for key, (node, version) in raised(store, there, list(mine.values()), limits).items():
        moves.names[key] = node.key
        moves.versions[key] = version


def landed(target: Sequence[Node], before: Sequence[Delta]) -> Nodes:
    """The target's migrations once the streams `before` have landed on it."""
    known = {node.key: node for node in target}
    for delta in before:
        for node in delta.removed:
            known.pop(node.key, None)
        known |= {node.key: node for node in delta.added}
    return known


def _same(node: Node, known: Mapping[Key, Node]) -> bool:
    return node.key in known and known[node.key].blob == node.blob


def _parts(nodes: Nodes) -> list[Nodes]:
    """What hangs together, each with parents first."""
    group = {key: {key} for key in nodes}
    for key, node in nodes.items():
        for parent in node.own_parents:
            if parent in nodes and group[parent] is not group[key]:
                group[parent] |= group[key]
                for one in group[key]:
                    group[one] = group[parent]
    parts = {min(one): one for one in group.values()}
    return [{key: nodes[key] for key in _sorted(keys, nodes)} for _, keys in sorted(parts.items())]


def _sorted(keys: Collection[Key], nodes: Nodes) -> list[Key]:
    above = {key: [one for one in sorted(nodes[key].own_parents) if one in keys] for key in sorted(keys)}
    try:
        return list(TopologicalSorter(above).static_order())
    except CycleError as error:
        raise CannotRepair("its migrations wait for one another") from error


@dataclass(slots=True)
class _Part:
    """Migrations of one stream in one store that hang together, and what is there before them."""

    store: Store
    ground: TargetGraph
    nodes: Nodes
    moves: Moves

    def moved(self, *, keep_names: bool, published: Collection[str]) -> TargetGraph:
        """What is there once they have landed; how they have to move for it goes into `moves`."""
        clashing = {key for key in self.nodes if key in self.ground.nodes}
        if not clashing and not self._forks():
            return self._with(self.nodes.values())
        self._require_plain()
        if self._drops():
            return self.ground
        if any(node.path in published for node in self.nodes.values()):
            return self._merged(clashing)
        parents = self._parents()
        names = self._names(parents, clashing, keep_names=keep_names)
        self.moves.parents.update(parents)
        self.moves.names.update(names)
        self.moves.clashing |= clashing
        return self._with(_moved(node, parents.get(key, {}), names) for key, node in self.nodes.items())

    def _with(self, nodes: Iterable[Node]) -> TargetGraph:
        return TargetGraph(self.ground.stores.values(), (*self.ground.nodes.values(), *nodes))

    def _forks(self) -> bool:
        if any(node.labels for node in self.nodes.values()):
            return False  # a branch that is meant
        before = self.ground.heads(self.store.name)
        return bool(before) and len(self._with(self.nodes.values()).heads(self.store.name)) > len(before)

    def _require_plain(self) -> None:
        if self.store.unread:
            raise CannotRepair(f"the place of {self.store.unread[0]} on the target cannot be told")
        for node in self.nodes.values():
            reason = tool(node.tool).immovable(node)
            if reason:
                raise CannotRepair(reason)
            if not node.sure:
                raise CannotRepair(f"{node.path} is not certain: {node.why}")
            if node.replaces:
                raise CannotRepair(f"`{node.id}` is a squash: make it anew on what has landed")
            unknown = [one for one in node.own_parents if one not in self.ground.nodes | self.nodes]
            if unknown and not all(one in self.ground.squashed for one in unknown):
                raise CannotRepair(f"`{unknown[0].id}`, the parent of `{node.id}`, is not there")

    def _edges(self) -> list[tuple[Key, Key, Key]]:
        """Where they follow something that landed and that others follow too: who, what, and the head after it."""
        found = []
        for key, node in self.nodes.items():
            for parent in node.own_parents:
                if parent not in self.nodes:
                    found.append((key, parent, self._head(parent)))
        return [one for one in found if one[1] != one[2]]

    def _head(self, key: Key) -> Key:
        """The one head that comes of a migration."""
        heads = {node.key for node in self.ground.heads(self.store.name)}
        seen, queue = set(), [standing_for(self.ground.squashed, key)]
        while queue:
            one = queue.pop()
            if one not in seen:
                seen.add(one)
                queue += self.ground.children.get(one, ())
        if len(seen & heads) != 1:
            raise CannotRepair(
                f"{len(seen & heads) or 'no'} heads follow `{key.id}`: say which one is meant by merging them"
            )
        return next(iter(seen & heads))

    def _parents(self) -> dict[Key, dict[Key, Key]]:
        """New parents. Where several lead to one head, only the last of them has to move."""
        edges = self._edges()
        found: dict[Key, dict[Key, Key]] = {}
        for key, parent, head in edges:
            rivals = [other for _, other, same in edges if same == head and other != parent]
            if not any(parent in self._above(other) for other in rivals):
                found.setdefault(key, {})[parent] = head
        for key, parents in found.items():
            whole = [parents.get(one, one) for one in self.nodes[key].own_parents]
            if len(set(whole)) < len(whole):
                raise CannotRepair(f"all that `{key.id}` merges leads to `{whole[0].id}` by now: drop it")
        return found

    def _above(self, key: Key) -> set[Key]:
        seen, queue = {key}, [key]
        while queue:
            node = self.ground.nodes.get(queue.pop())
            for parent in node.own_parents if node else ():
                if parent not in seen:
                    seen.add(parent)
                    queue.append(parent)
        return seen - {key}

    def _names(
        self, parents: Mapping[Key, Mapping[Key, Key]], clashing: Collection[Key], *, keep_names: bool
    ) -> dict[Key, Key]:
        """New names of those that move and of those after them."""
        moving = set(clashing)
        for key, node in self.nodes.items():
            if key in parents or moving.intersection(node.own_parents):
                moving.add(key)
        taken = {key.id for key in (*self.ground.nodes, *self.nodes) if key.store == self.store.name}
        names: dict[Key, Key] = {}
        for key, node in self.nodes.items():
            if key not in moving or (keep_names and key not in clashing):
                continue
            above = [names.get(one, one) for one in _parents_of(node, parents.get(key, {}))]
            new = numbered(node, above, taken, clashing=key in clashing)
            if new != key.id:
                names[key] = key._replace(id=new)
                taken.add(new)
        return names

    def _drops(self) -> bool:
        """Whether they are one merge of heads that something else merges already."""
        [key, *more] = self.nodes
        node = self.nodes[key]
        if more or len(node.own_parents) < 2:
            return False
        rivals = [
            other.key
            for other in self.ground.nodes.values()
            if {*other.own_parents} == {*node.own_parents} and other.key != key
        ]
        if rivals:
            self.moves.dropped[key] = rivals[0]
        return bool(rivals)

    def _merged(self, clashing: Collection[Key]) -> TargetGraph:
        """They stay as they are, and another one merges both heads."""
        if clashing:
            raise CannotRepair(f"`{min(clashing).id}` is published, and its name is taken")
        edges = self._edges()
        if not edges:
            raise CannotRepair("its published migrations follow nothing that others follow too")
        _, _, head = edges[0]
        own = [key for key in self.nodes if not any(key in one.own_parents for one in self.nodes.values())]
        if len(own) != 1:
            raise CannotRepair("its published migrations have several heads")
        self.moves.merges.append((self.store, head, own[0]))
        return self._with(self.nodes.values())


def _parents_of(node: Node, moved: Mapping[Key, Key]) -> list[Key]:
    return [moved.get(one, one) for one in node.own_parents]


def _moved(node: Node, parents: Mapping[Key, Key], names: Mapping[Key, Key]) -> Node:
    """A migration in its new place."""
    new = tuple(parents.get(one, names.get(one, one)) for one in node.parents)
    return replace(node, key=names.get(node.key, node.key), parents=new)
