"""Migrations that ask something new of a table's rows, beside ordinary code that another stream adds: M-OP-09, 10."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from gate.migrations.operations.rules import Act, act, table_key, table_name
from gate.model.migrations import Key, Node
from gate.model.operations import Clash, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.model.migrations import Delta
    from gate.model.operations import Operation


class Write(NamedTuple):
    """An insert in code, in lines that a stream adds."""

    path: str
    blob: str
    operation: Operation


class RowRequirements:
    """The demands of streams' migrations on rows that are inserted, by stream and table."""

    def __init__(
        self,
        deltas: Sequence[Delta],
        target: Sequence[Node],
        operations: Mapping[tuple[str, str], Sequence[Operation]],
    ) -> None:
        existing = {node.key for node in target}
        self._added = {delta.stream: {node.key for node in delta.added} for delta in deltas}
        self._acts: defaultdict[str, defaultdict[str, list[Act]]] = defaultdict(lambda: defaultdict(list))
        for delta in deltas:
            fresh = (node for node in delta.added if node.key not in existing and not node.replaces)
            for node in fresh:
                for operation in operations.get((node.path, node.blob), ()):
                    change = act(Step(delta.stream, node, operation))
                    self._acts[delta.stream][change.table].append(change)

    @property
    def tables(self) -> frozenset[str]:
        """The tables, by key, that code is worth looking for."""
        return frozenset(
            table
            for acts in self._acts.values()
            for table, changes in acts.items()
            if table and any(change.operation.required or _narrowed(change, acts) for change in changes)
        )

    def clashes(self, writes: Mapping[str, Sequence[Write]]) -> tuple[Clash, ...]:
        """Return one clash for each table and column of two streams; `writes` are by stream.

        What both streams bring is left out.
        """
        by_place = {
            (clash.first.stream, clash.second.stream, clash.table, clash.name): clash
            for migrating in sorted(self._acts)
            for writing in sorted(writes.keys() - {migrating})
            for clash in self._between(migrating, writing, writes[writing])
        }
        return tuple(by_place[key] for key in sorted(by_place))

    def _between(self, migrating: str, writing: str, writes: Sequence[Write]) -> Iterator[Clash]:
        acts, shared = self._acts[migrating], self._added.get(writing, set())
        # The first write of a table stays: it comes last here.
        for write in sorted(writes, reverse=True, key=lambda write: (write.path, write.operation.line)):
            for change in acts.get(table_key(write.operation.table), ()):
                rule = _rule(change, write.operation, acts)
                if rule and change.step.node.key not in shared:
                    yield _clash(rule, change, writing, write)


def _clash(rule: str, change: Act, writing: str, write: Write) -> Clash:
    node = Node(change.step.node.tool, Key("", write.path), write.path, write.blob)
    step = Step(writing, node, write.operation)
    table = table_name(table_key(write.operation.table), change)
    return Clash(rule, "warn", change.step, step, table, change.operation.name)


def _rule(change: Act, write: Operation, acts: Mapping[str, Sequence[Act]]) -> str:
    """Return the rule under which an insert may fail once a migration is done; "" for none."""
    operation = change.operation
    if operation.required and operation.name not in write.words:
        return "M-OP-09"
    covered, expected = set(operation.columns), set(write.columns)
    if _narrowed(change, acts) and covered != expected and covered & expected:
        return "M-OP-10"
    return ""


def _narrowed(change: Act, acts: Mapping[str, Sequence[Act]]) -> bool:
    """Return whether other columns become unique in place of those before: `ON CONFLICT` has to name them.

    `acts` are all of the stream, by table.
    """
    if not (change.operation.unique and change.operation.columns):
        return False
    near = (*acts.get(change.table, ()), *acts.get("", ()))
    return any(act.operation.verb in ("drop index", "drop constraint") for act in near)
