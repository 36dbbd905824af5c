"""The rules of operations on one table. Each function answers for one rule and one order of the two sides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gate.migrations.tools import tool
from gate.model.operations import Clash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gate.model.operations import Operation, Step, Weight

Answer = tuple["Weight", str] | None
"""How much a clash weighs, and the column, index or constraint it is about ("" for the whole table)."""


def table_key(table: str) -> str:
    """Return one name for a table, whether it is called as a model or as the database knows it."""
    return table.replace(".", "_")


@dataclass(frozen=True)
class Act:
    """A step with its tables by key. `table` is what it is done to, `to` the new name of a rename.

    `references` are the tables that foreign keys lead to, `uses` those that it works on in other ways.
    """

    step: Step
    table: str
    to: str
    references: frozenset[str]
    uses: frozenset[str]

    @property
    def operation(self) -> Operation:
        """The operation of the step."""
        return self.step.operation

    @property
    def is_opaque(self) -> bool:
        """Whether it may do other things than it says."""
        return bool(self.operation.why)

    @property
    def is_data(self) -> bool:
        """Whether it works on rows."""
        return self.operation.verb == "change data"

    @cached_property
    def tables(self) -> frozenset[str]:
        """Every table it has to do with."""
        return frozenset({self.table, self.to} - {""}) | self.references | self.uses

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of what it does to data."""
        return frozenset(self.operation.words)

    def mentions(self, table: str) -> bool:
        """Return whether its words name a table, as the database or as the code calls it."""
        words = tool(self.step.node.tool).table_words(table)
        return table in (self.table, *self.uses) or not self.words.isdisjoint(words)


def act(step: Step) -> Act:
    """Return a step with its tables as they are compared."""
    operation, node = step.operation, step.node

    def key(table: str) -> str:
        return table_key(tool(node.tool).qualified_table(node.key.store, table))

    is_data = operation.verb == "change data"
    uses = (*operation.tables, operation.table) if is_data else operation.tables
    return Act(
        step,
        "" if is_data else key(operation.table),
        key(operation.to) if operation.verb == "rename table" else "",
        frozenset(map(key, operation.references)),
        frozenset(map(key, uses)) - {""},
    )


def clashing(table: str, first: Act, second: Act) -> Iterator[Clash]:
    """Yield the clash of two acts on a table they both have to do with, under the first rule that applies."""
    for rule, ask in RULES.items():
        for left, right in ((first, second), (second, first)):
            answer = ask(table, left, right)
            if answer is not None:
                weight, name = answer
                yield Clash(rule, weight, left.step, right.step, table_name(table, left, right), name)
                return


def same_index(first: Act, second: Act) -> Clash | None:
    """Return M-OP-06 where an index is dropped by its name alone, which is enough where a schema has it once."""
    operations = first.operation, second.operation
    name = operations[0].name
    if any("index" not in operation.verb for operation in operations):
        return None
    if not name or name != operations[1].name:
        return None
    bare = any(operation.verb == "drop index" and not operation.table for operation in operations)
    table = first.table or second.table
    return Clash("M-OP-06", _hard(first, second), first.step, second.step, table, name) if bare else None


def unknown(opaque: Act, act: Act, table: str) -> Clash:
    """Return M-OP-12: an opaque act beside another one, on a table, or "" for any."""
    named = table_name(table, act, opaque) if table else ""
    return Clash("M-OP-12", "unknown", opaque.step, act.step, named)


def table_name(table: str, *acts: Act) -> str:
    """Return a table, given by key, as the code of one of these acts calls it."""
    for act in acts:
        operation, node = act.operation, act.step.node
        for name in (operation.table, operation.to, *operation.references, *operation.tables):
            whole = tool(node.tool).qualified_table(node.key.store, name)
            if table_key(whole) == table:
                return whole
    return table


def _creates(table: str, act: Act) -> bool:
    return (act.operation.verb == "create table" and act.table == table) or act.to == table


def _on(table: str, first: Act, second: Act) -> bool:
    return first.table == second.table == table


def _hard(first: Act, second: Act) -> Weight:
    """Return the weight of what cannot be done twice: `same` where both say so (`IF NOT EXISTS`) and say the same."""
    ours, theirs = first.operation, second.operation
    equal = ours.verb == theirs.verb and ours.digest == theirs.digest
    return "same" if equal and ours.guarded and theirs.guarded else "hard"


def _created_twice(table: str, first: Act, second: Act) -> Answer:
    if not (_creates(table, first) and _creates(table, second)):
        return None
    return (_hard(first, second), "")


def _removed_table(table: str, first: Act, second: Act) -> Answer:
    if first.operation.verb not in ("drop table", "rename table") or first.table != table:
        return None
    if second.is_data:
        return ("warn", "")
    touched = second.table == table and second.operation.verb not in ("create table", "opaque")
    return (_hard(first, second), "") if touched or table in second.references else None


def _new_column(act: Act) -> str:
    """Return the column that an act brings, "" for none."""
    operation = act.operation
    if operation.verb == "add column":
        return operation.name
    return operation.to if operation.verb == "rename column" else ""


def _same_column(table: str, first: Act, second: Act) -> Answer:
    column = _new_column(first)
    if not column or column != _new_column(second) or not _on(table, first, second):
        return None
    ours, theirs = first.operation, second.operation
    same = ours.verb == theirs.verb == "add column" and ours.digest == theirs.digest
    return ("same" if same else "hard", column)


def _removed_name(act: Act) -> str:
    """Return the column that no longer exists after an act, "" for none."""
    return act.operation.name if act.operation.verb in ("drop column", "rename column") else ""


def _removed_column(table: str, first: Act, second: Act) -> Answer:
    column, operation = _removed_name(first), second.operation
    if not column or not _on(table, first, second):
        return None
    on_it = "column" in operation.verb and operation.name == column
    over_it = operation.verb in ("add index", "add constraint", "set option") and column in operation.columns
    return (_hard(first, second), column) if on_it or over_it else None


def _parts(operation: Operation) -> dict[str, str]:
    """Return the parts of a definition by their keys."""
    pairs = (part.partition("=") for part in operation.digest)
    return {key: value for key, _, value in pairs}


def _altered_twice(table: str, first: Act, second: Act) -> Answer:
    ours, theirs = first.operation, second.operation
    if not _on(table, first, second) or ours.name != theirs.name:
        return None
    if not ours.verb == theirs.verb == "alter column":
        return None
    our_parts, their_parts = _parts(ours), _parts(theirs)
    shared = our_parts.keys() & their_parts.keys()
    if not shared:
        return None
    return ("same" if all(our_parts[key] == their_parts[key] for key in shared) else "order", ours.name)


_NAMED = ("add index", "drop index", "add constraint", "drop constraint")


def _same_name(table: str, first: Act, second: Act) -> Answer:
    ours, theirs = first.operation, second.operation
    if not ours.name or ours.name != theirs.name or ours.verb not in _NAMED or theirs.verb not in _NAMED:
        return None
    return (_hard(first, second), ours.name) if _on(table, first, second) else None


def _same_option(table: str, first: Act, second: Act) -> Answer:
    ours, theirs = first.operation, second.operation
    if not ours.verb == theirs.verb == "set option" or ours.name != theirs.name:
        return None
    if not _on(table, first, second):
        return None
    return ("same" if ours.digest == theirs.digest else "order", ours.name)


def _works_on(table: str, act: Act) -> bool:
    """Return whether an act works on rows of a table."""
    return act.is_data and (table in act.uses or (act.operation.anywhere and act.mentions(table)))


def _read_column(table: str, first: Act, second: Act) -> Answer:
    column = _removed_name(first)
    reads = column and first.table == table and _works_on(table, second) and column in second.words
    return ("warn", column) if reads else None


def _required(table: str, first: Act, second: Act) -> Answer:
    operation = first.operation
    hits = operation.required and first.table == table and _works_on(table, second)
    return ("warn", operation.name) if hits and second.operation.effect == "inserts" else None


def _unique(table: str, first: Act, second: Act) -> Answer:
    operation = first.operation
    if not operation.unique or first.table != table or not _works_on(table, second):
        return None
    inserts = second.operation.effect == "inserts"
    over = not operation.columns or not second.words.isdisjoint(operation.columns)
    return ("warn", operation.name) if inserts or (second.operation.effect == "writes" and over) else None


RULES: dict[str, Callable[[str, Act, Act], Answer]] = {
    "M-OP-01": _created_twice,
    "M-OP-02": _removed_table,
    "M-OP-03": _same_column,
    "M-OP-04": _removed_column,
    "M-OP-05": _altered_twice,
    "M-OP-06": _same_name,
    "M-OP-07": _same_option,
    "M-OP-08": _read_column,
    "M-OP-09": _required,
    "M-OP-10": _unique,
}
"""By the ids of the reference; M-OP-11 is about models, M-OP-12 about what cannot be read."""
