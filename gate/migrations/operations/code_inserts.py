"""Migrations that ask something new of a table's rows, beside ordinary code that another stream adds: M-OP-09, 10."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from gate.migrations.operations.rules import Act, act, said, table_key
from gate.model.migrations import Key, Node
from gate.model.operations import Clash, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.model.migrations import Delta
    from gate.model.operations import Operation


class Write(NamedTuple):
    """What a stream's code inserts, in lines it adds."""

    path: str
    blob: str
    operation: Operation


class Asked:
    """What the streams' migrations ask of rows that are inserted, by stream and table."""

    def __init__(
        self,
        deltas: Sequence[Delta],
        known: Sequence[Node],
        steps: Mapping[tuple[str, str], Sequence[Operation]],
    ) -> None:
        there = {node.key for node in known}
        self._own = {delta.stream: {node.key for node in delta.added} for delta in deltas}
        self._acts: defaultdict[str, defaultdict[str, list[Act]]] = defaultdict(lambda: defaultdict(list))
        for delta in deltas:
            fresh = (node for node in delta.added if node.key not in there and not node.replaces)
            for node in fresh:
                for operation in steps.get((node.path, node.blob), ()):
                    one = act(Step(delta.stream, node, operation))
                    self._acts[delta.stream][one.table].append(one)

    @property
    def tables(self) -> frozenset[str]:
        """The tables, by key, that code is worth looking for."""
        return frozenset(
            table
            for acts in self._acts.values()
            for table, here in acts.items()
            if table and any(one.operation.required or _narrowed(one, acts) for one in here)
        )

    def clashes(self, writes: Mapping[str, Sequence[Write]]) -> tuple[Clash, ...]:
        """One for each table and column of two streams; what both bring is nobody's. `writes` are by stream."""
        found = {
            (one.first.stream, one.second.stream, one.table, one.name): one
            for asking in sorted(self._acts)
            for writing in sorted(writes.keys() - {asking})
            for one in self._between(asking, writing, writes[writing])
        }
        return tuple(found[key] for key in sorted(found))

    def _between(self, asking: str, writing: str, writes: Sequence[Write]) -> Iterator[Clash]:
        acts, theirs = self._acts[asking], self._own.get(writing, set())
        # The first write of a table is told: it is sorted last.
        for write in sorted(writes, reverse=True, key=lambda each: (each.path, each.operation.line)):
            table = table_key(write.operation.table)
            for one in acts.get(table, ()):
                if one.step.node.key in theirs:
                    continue
                rule = _rule(one, write.operation, acts)
                if rule:
                    node = Node(one.step.node.tool, Key("", write.path), write.path, write.blob)
                    step = Step(writing, node, write.operation)
                    yield Clash(rule, "warn", one.step, step, said(table, one), one.operation.name)


def _rule(one: Act, write: Operation, acts: Mapping[str, Sequence[Act]]) -> str:
    """The rule under which an insert may fail once a migration is done; "" for none."""
    operation = one.operation
    if operation.required and operation.name not in write.words:
        return "M-OP-09"
    covered, expected = set(operation.columns), set(write.columns)
    if _narrowed(one, acts) and covered != expected and covered & expected:
        return "M-OP-10"
    return ""


def _narrowed(one: Act, acts: Mapping[str, Sequence[Act]]) -> bool:
    """Whether something else becomes unique in place of what was: `ON CONFLICT` has to name what there is."""
    if not (one.operation.unique and one.operation.columns):
        return False
    near = (*acts.get(one.table, ()), *acts.get("", ()))
    return any(each.operation.verb in ("drop index", "drop constraint") for each in near)
