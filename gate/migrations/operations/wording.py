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


def sentence(clash: Clash) -> str:
    """Return what the two steps do, and how that ends: a sentence without a full stop."""
    first, second = clash.first, clash.second
    if clash.weight == "unknown":
        table = f" on `{clash.table}`" if clash.table else ""
        return (
            f"what {first.stream} does in {first.node.path}{table} is unknown ({first.operation.why}); "
            f"{second.stream} {does(second, clash.table)}"
        )
    end = _ENDS.get(clash.weight, "") or (_ENDS.get(clash.rule, "") if clash.weight == "warn" else "")
    both = f"{first.stream} {does(first, clash.table)}, {second.stream} {does(second, clash.table)}"
    return f"{both}; {end}" if end else both


def place(step: Step) -> str:
    """Return the file of a step, with its line."""
    return f"{step.node.path}:{step.operation.line}"


def does(step: Step, table: str) -> str:
    """Return what a step does, for a clash on this table."""
    operation = step.operation
    verb, _, thing = operation.verb.partition(" ")
    if verb == "opaque":
        return f"does something that cannot be read ({operation.why})"
    if thing == "data":
        return f"{_EFFECTS[operation.effect]} `{table or next(iter(operation.tables), 'some table')}`"
    whole = tool(step.node.tool).qualified_table(step.node.key.store, operation.table)
    to = f" to `{operation.to.lstrip('.')}`" if operation.to else ""
    if thing == "table":
        return f"{verb}s the table `{whole}`{to}"
    named = f" `{operation.name}`" if operation.name else ""
    where = f" of `{whole or table}`" if whole or table else ""
    return f"{verb}s the {thing}{named}{where}{to}{_over(step)}"


def _over(step: Step) -> str:
    operation = step.operation
    if operation.verb not in ("add index", "add constraint") or not operation.columns:
        return ""
    return f" over {', '.join(f'`{column}`' for column in operation.columns)}"
