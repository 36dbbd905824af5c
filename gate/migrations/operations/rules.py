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
"""How much it weighs, and the column, index or constraint it is about ("" for the whole table)."""


def table_key(table: str) -> str:
    """One name for a table, whether it is called as a model or as the database knows it."""
    return table.replace(".", "_")


@dataclass(frozen=True)
class Act:
    """A step with its tables by key. `table` is what it is done to, `to` what a rename makes of it."""

    step: Step
    table: str
    to: str
    references: frozenset[str]
    uses: frozenset[str]

    @property
    def operation(self) -> Operation:
        """What is done."""
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
        """Whether its words name a table, as the database or as the code calls it."""
        words = tool(self.step.node.tool).table_words(table)
        return table in (self.table, *self.uses) or not self.words.isdisjoint(words)


def act(step: Step) -> Act:
    """A step with its tables as they are compared."""
    node = step.node

    def key(table: str) -> str:
        return table_key(tool(node.tool).qualified_table(node.key.store, table))

    one = step.operation
    return Act(
        step,
        "" if one.verb == "change data" else key(one.table),
        key(one.to) if one.verb == "rename table" else "",
        frozenset(map(key, one.references)),
        frozenset(map(key, (*one.tables, one.table) if one.verb == "change data" else one.tables)) - {""},
    )


def clashing(table: str, one: Act, other: Act) -> Iterator[Clash]:
    """What two acts do to each other on a table they both have to do with, under the first rule that says."""
    for rule, ask in RULES.items():
        for first, second in ((one, other), (other, one)):
            answer = ask(table, first, second)
            if answer is not None:
                yield Clash(rule, answer[0], first.step, second.step, said(table, first, second), answer[1])
                return


def same_index(one: Act, other: Act) -> Clash | None:
    """M-OP-06 where an index is dropped by its name alone, which is enough where a schema has it once."""
    both = one.operation, other.operation
    if any("index" not in each.verb for each in both) or not both[0].name or both[0].name != both[1].name:
        return None
    bare = [each.verb == "drop index" and not each.table for each in both]
    table = one.table or other.table
    weight = _hard(one, other)
    return Clash("M-OP-06", weight, one.step, other.step, table, both[0].name) if any(bare) else None


def unknown(one: Act, other: Act, table: str) -> Clash:
    """M-OP-12: `one` is opaque."""
    return Clash("M-OP-12", "unknown", one.step, other.step, said(table, other, one) if table else "")


def said(table: str, *acts: Act) -> str:
    """A table as the code calls it."""
    for one in acts:
        operation = one.step.operation
        for name in (operation.table, operation.to, *operation.references, *operation.tables):
            whole = tool(one.step.node.tool).qualified_table(one.step.node.key.store, name)
            if table_key(whole) == table:
                return whole
    return table


def _made(table: str, one: Act) -> bool:
    return (one.operation.verb == "create table" and one.table == table) or one.to == table


def _hard(one: Act, other: Act) -> Weight:
    """What cannot be done twice, but where both say so (`IF NOT EXISTS`) and say the same."""
    both = one.operation, other.operation
    again = both[0].verb == both[1].verb and both[0].digest == both[1].digest
    return "same" if again and all(each.guarded for each in both) else "hard"


def _created_twice(table: str, one: Act, other: Act) -> Answer:
    if not (_made(table, one) and _made(table, other)):
        return None
    return (_hard(one, other), "")


def _lost_table(table: str, one: Act, other: Act) -> Answer:
    if one.operation.verb not in ("drop table", "rename table") or one.table != table:
        return None
    if other.is_data:
        return ("warn", "")
    touched = other.table == table and other.operation.verb not in ("create table", "opaque")
    return (_hard(one, other), "") if touched or table in other.references else None


def _gained(one: Act) -> str:
    """The column that comes to be."""
    operation = one.operation
    if operation.verb == "add column":
        return operation.name
    return operation.to if operation.verb == "rename column" else ""


def _same_column(table: str, one: Act, other: Act) -> Answer:
    column = _gained(one)
    if not column or column != _gained(other) or not (one.table == other.table == table):
        return None
    both = one.operation, other.operation
    same = all(each.verb == "add column" for each in both) and both[0].digest == both[1].digest
    return ("same" if same else "hard", column)


def _lost(one: Act) -> str:
    """The column that is there no longer."""
    return one.operation.name if one.operation.verb in ("drop column", "rename column") else ""


def _lost_column(table: str, one: Act, other: Act) -> Answer:
    column, operation = _lost(one), other.operation
    if not column or not (one.table == other.table == table):
        return None
    on_it = "column" in operation.verb and operation.name == column
    over_it = operation.verb in ("add index", "add constraint", "set option") and column in operation.columns
    return (_hard(one, other), column) if on_it or over_it else None


def _parts(operation: Operation) -> dict[str, str]:
    pairs = (part.partition("=") for part in operation.digest)
    return {key: value for key, _, value in pairs}


def _altered_twice(table: str, one: Act, other: Act) -> Answer:
    both = one.operation, other.operation
    if not (one.table == other.table == table) or both[0].name != both[1].name:
        return None
    if any(each.verb != "alter column" for each in both):
        return None
    mine, theirs = map(_parts, both)
    shared = mine.keys() & theirs.keys()
    if not shared:
        return None
    return ("same" if all(mine[key] == theirs[key] for key in shared) else "order", both[0].name)


_NAMED = ("add index", "drop index", "add constraint", "drop constraint")


def _same_name(table: str, one: Act, other: Act) -> Answer:
    both = one.operation, other.operation
    named = both[0].name and both[0].name == both[1].name and all(each.verb in _NAMED for each in both)
    return (_hard(one, other), both[0].name) if named and one.table == other.table == table else None


def _same_option(table: str, one: Act, other: Act) -> Answer:
    both = one.operation, other.operation
    if any(each.verb != "set option" for each in both) or both[0].name != both[1].name:
        return None
    if not (one.table == other.table == table):
        return None
    return ("same" if both[0].digest == both[1].digest else "order", both[0].name)


def _data(table: str, other: Act) -> bool:
    return other.is_data and (table in other.uses or (other.operation.anywhere and other.mentions(table)))


def _read_column(table: str, one: Act, other: Act) -> Answer:
    column = _lost(one)
    known = column and one.table == table and _data(table, other) and column in other.words
    return ("warn", column) if known else None


def _required(table: str, one: Act, other: Act) -> Answer:
    operation = one.operation
    known = operation.required and one.table == table and _data(table, other)
    return ("warn", operation.name) if known and other.operation.effect == "inserts" else None


def _unique(table: str, one: Act, other: Act) -> Answer:
    operation = one.operation
    if not operation.unique or one.table != table or not _data(table, other):
        return None
    inserts = other.operation.effect == "inserts"
    over = not operation.columns or not other.words.isdisjoint(operation.columns)
    return ("warn", operation.name) if inserts or (other.operation.effect == "writes" and over) else None


RULES: dict[str, Callable[[str, Act, Act], Answer]] = {
    "M-OP-01": _created_twice,
    "M-OP-02": _lost_table,
    "M-OP-03": _same_column,
    "M-OP-04": _lost_column,
    "M-OP-05": _altered_twice,
    "M-OP-06": _same_name,
    "M-OP-07": _same_option,
    "M-OP-08": _read_column,
    "M-OP-09": _required,
    "M-OP-10": _unique,
}
"""By the ids of the reference; M-OP-11 is about models, M-OP-12 about what cannot be read."""
