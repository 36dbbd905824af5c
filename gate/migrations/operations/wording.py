"""Clashes of operations in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.migrations.tools import tool

if TYPE_CHECKING:
    from gate.model.operations import Clash, Step

_ENDS = {
    "order": "the one that lands later silently wins",
    "same": "they say the same",
    "M-OP-02": "its rows may be gone, or elsewhere, by then",
    "M-OP-08": "the data is read or written where the column is no longer",
    "M-OP-09": "its rows lack the value",
    "M-OP-10": "rows may break the constraint",
}
_EFFECTS = {"uses": "reads rows of", "writes": "changes rows of", "inserts": "inserts rows into"}


def said(one: Clash) -> str:
    """What the two do, and what comes of it: a sentence without a full stop."""
    if one.weight == "unknown":
        table = f" on `{one.table}`" if one.table else ""
        return (
            f"what {one.first.stream} does in {one.first.node.path}{table} is unknown ({one.first.operation.why}); "
            f"{one.second.stream} {does(one.second, one.table)}"
        )
    end = _ENDS.get(one.weight, "") or (_ENDS.get(one.rule, "") if one.weight == "warn" else "")
    both = (
        f"{one.first.stream} {does(one.first, one.table)}, {one.second.stream} {does(one.second, one.table)}"
    )
    return f"{both}; {end}" if end else both


def place(step: Step) -> str:
    """The file of a step, with its line."""
    return f"{step.node.path}:{step.operation.line}"


def does(step: Step, table: str) -> str:
    """What a step does."""
    operation = step.operation
    verb, _, thing = operation.verb.partition(" ")
    if verb == "opaque":
        return f"does something that cannot be read ({operation.why})"
    if thing == "data":
        return f"{_EFFECTS[operation.effect]} `{table or next(iter(operation.tables), 'some table')}`"
    own = _table(step)
    to = f" to `{operation.to.lstrip('.')}`" if operation.to else ""
    if thing == "table":
        return f"{verb}s the table `{own}`{to}"
    named = f" `{operation.name}`" if operation.name else ""
    where = f" of `{own or table}`" if own or table else ""
    return f"{verb}s the {thing}{named}{where}{to}{_over(step)}"


def _over(step: Step) -> str:
    operation = step.operation
    if operation.verb not in ("add index", "add constraint") or not operation.columns:
        return ""
    return f" over {', '.join(f'`{one}`' for one in operation.columns)}"


def _table(step: Step) -> str:
    return tool(step.node.tool).qualified_table(step.node.key.store, step.operation.table)
