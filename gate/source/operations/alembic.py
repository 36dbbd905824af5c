"""Alembic's operations: the calls of `op`, and of a batch, in `upgrade()` and the functions it calls.

What they are called and take: `alembic/operations/ops.py`. What stands in a condition or a `try` may not be done.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from gate.model.operations import Operation
from gate.source.migrations import _constants
from gate.source.operations import sql, unread
from gate.source.operations._calls import (
    Module,
    arguments,
    called,
    calls,
    dump,
    last_name,
    string,
    strings,
    truth,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gate.model.operations import Effect, Verb

_DEEPEST = 4
"""Functions that call one another are followed that far."""
_PARAMETERS: dict[str, tuple[str, ...]] = {
    "create_table": ("table_name",),
    "drop_table": ("table_name",),
    "rename_table": ("old_table_name", "new_table_name"),
    "add_column": ("table_name", "column"),
    "drop_column": ("table_name", "column_name"),
    "alter_column": ("table_name", "column_name"),
    "create_index": ("index_name", "table_name", "columns"),
    "drop_index": ("index_name", "table_name"),
    "create_unique_constraint": ("constraint_name", "table_name", "columns"),
    "create_check_constraint": ("constraint_name", "table_name", "condition"),
    "create_exclude_constraint": ("constraint_name", "table_name"),
    "create_primary_key": ("constraint_name", "table_name", "columns"),
    "create_foreign_key": (
        "constraint_name",
        "source_table",
        "referent_table",
        "local_cols",
        "remote_cols",
    ),
    "drop_constraint": ("constraint_name", "table_name", "type_"),
    "bulk_insert": ("table", "rows"),
    "execute": ("sqltext",),
}
_TABLE = ("table_name", "source_table", "old_table_name")
_HARMLESS = frozenset(
    {
        "f",
        "get_bind",
        "get_context",
        "inline_literal",
        "implementation",
        "batch_alter_table",
        "invoke",
        "register_operation",
        "create_table_comment",
        "drop_table_comment",
        "autocommit_block",
    }
)
_ADDED: dict[str, Verb] = {
    "create_unique_constraint": "add constraint",
    "create_check_constraint": "add constraint",
    "create_exclude_constraint": "add constraint",
    "create_primary_key": "add constraint",
    "create_foreign_key": "add constraint",
    "create_index": "add index",
    "drop_constraint": "drop constraint",
    "drop_index": "drop index",
}
_NO_SCHEMA = frozenset({"comment", "info", "doc", "default", "onupdate", "key"})


def read(content: bytes) -> tuple[Operation, ...]:
    """What `upgrade()` does."""
    tree = _constants.parsed(content)
    if tree is None:
        return (unread("it cannot be read as Python"),)
    module = Module.of(content, tree)
    upgrade = module.functions.get("upgrade")
    if upgrade is None:
        return (unread("its `upgrade` is no function of it"),) if b"upgrade" in content else ()
    return tuple(_Reader(module).body(upgrade.body, {}, sure=True))


class _Reader:
    """Walks a function as it would run. `batches` are names of batches with their tables."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._names = dict(module.names)
        self._inside: list[str] = []

    def body(
        self, statements: Sequence[ast.stmt], batches: dict[str, str | None], *, sure: bool
    ) -> Iterator[Operation]:
        self._names |= _constants.assigned(statements)
        for one in statements:
            match one:
                case ast.With(items=items, body=body):
                    opened = batches | dict(self._opened(items))
                    yield from self.body(body, opened, sure=sure)
                case ast.If(body=body, orelse=orelse):
                    yield from self._test(one.test)
                    for part in (body, orelse):
                        yield from self.body(part, batches, sure=False)
                case ast.For(body=body, orelse=orelse) | ast.While(body=body, orelse=orelse):
                    for part in (body, orelse):
                        yield from self.body(part, batches, sure=False)
                case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=final):
                    for part in (body, *(each.body for each in handlers), orelse, final):
                        yield from self.body(part, batches, sure=False)
                case ast.FunctionDef() | ast.ClassDef() | ast.Import() | ast.ImportFrom():
                    pass
                case _:
                    yield from self._calls(one, batches, sure=sure)

    def _test(self, test: ast.expr) -> Iterator[Operation]:
        yield from self._calls(test, {}, sure=False)

    def _opened(self, items: Iterable[ast.withitem]) -> Iterator[tuple[str, str | None]]:
        for one in items:
            call, name = one.context_expr, one.optional_vars
            if (
                isinstance(call, ast.Call)
                and called(call) == "batch_alter_table"
                and isinstance(name, ast.Name)
            ):
                given = arguments(call, ("table_name", "schema"))
                yield name.id, self._qualified(string(given.get("table_name"), self._names), given)

    def _qualified(self, table: str | None, given: dict[str, ast.expr]) -> str | None:
        schema = string(given.get("schema"), self._names)
        if table is None or (given.get("schema") is not None and not schema and not _none(given["schema"])):
            return None
        return (f"{schema}.{table}" if schema and schema != "public" else table).lower()

    def _calls(self, piece: ast.AST, batches: dict[str, str | None], *, sure: bool) -> Iterator[Operation]:
        for call in calls([piece]):
            match call.func:
                case ast.Attribute(value=ast.Name(id="op"), attr=name):
                    yield from self._operation(call, name, None, batched=False, sure=sure)
                case ast.Attribute(value=ast.Name(id=batch), attr=name) if batch in batches:
                    yield from self._operation(call, name, batches[batch], batched=True, sure=sure)
                case ast.Attribute(attr="execute" | "exec_driver_sql"):
                    yield from self._executed(call, sure=sure)
                case ast.Name(id=name) if name in self._module.functions:
                    yield from self._within(name, sure=sure)
                case ast.Name(id=name) if (
                    isinstance(piece, ast.Expr) and piece.value is call and name != "print"
                ):
                    yield self._opaque(call, f"it calls `{name}`, which stands elsewhere", sure=sure)
                case _:
                    pass

    def _within(self, name: str, *, sure: bool) -> Iterator[Operation]:
        """A function of the same text. What its parameters stand for is not known."""
        if name in self._inside or len(self._inside) >= _DEEPEST:
            return
        function = self._module.functions[name]
        outer, self._names = self._names, dict(self._module.names)
        self._inside.append(name)
        yield from self.body(function.body, {}, sure=sure)
        self._inside.pop()
        self._names = outer

    def _operation(
        self, call: ast.Call, name: str, table: str | None, *, batched: bool, sure: bool
    ) -> Iterator[Operation]:
        if name in _HARMLESS:
            return
        parameters = _PARAMETERS.get(name)
        if parameters is None:
            yield self._opaque(call, f"`{name}` is not known", sure=sure)
            return
        if batched:
            parameters = tuple(one for one in parameters if one not in ("table_name", "source_table"))
        given = arguments(call, parameters)
        sure = sure and not any(truth(given.get(one)) for one in ("if_exists", "if_not_exists"))
        if name == "execute":
            yield from self._executed(call, sure=sure)
        elif name == "bulk_insert":
            yield self._inserted(call, given, sure=sure)
        else:
            if not batched:
                found = next((given[one] for one in _TABLE if one in given), None)
                table = self._qualified(string(found, self._names), given)
            yield self._told(call, name, table, given, sure=sure)

    def _told(
        self, call: ast.Call, name: str, table: str | None, given: dict[str, ast.expr], *, sure: bool
    ) -> Operation:
        if table is None:
            return self._opaque(call, "its table is computed", sure=sure)
        common: dict[str, Any] = {
            "sure": sure,
            "line": call.lineno,
            "text": self._module.snippet(call),
        }
        match name:
            case "create_table":
                return Operation(
                    "create table", table, references=self._led_to(call), digest=_created(call), **common
                )
            case "drop_table":
                return Operation("drop table", table, **common)
            case "rename_table":
                to = self._qualified(string(given.get("new_table_name"), self._names), given)
                if to is not None:
                    return Operation("rename table", table, to=to, **common)
            case "add_column":
                if isinstance(column := given.get("column"), ast.Call):
                    return self._column(table, column, common)
            case "drop_column" | "alter_column":
                if (column_name := string(given.get("column_name"), self._names)) is not None:
                    return self._altered(name, table, column_name.lower(), given, common)
            case _:
                return self._constraint(name, table, given, common)
        return self._opaque(call, "what it names is computed", sure=sure, table=table)

    def _column(self, table: str, column: ast.Call, common: dict[str, Any]) -> Operation:
        given = arguments(column, ("name", "type_"))
        name = string(given.get("name"), self._names)
        if name is None:
            return self._opaque(column, "what it names is computed", sure=bool(common["sure"]), table=table)
        required = truth(given.get("nullable")) is False and "server_default" not in given
        return Operation(
            "add column",
            table,
            name.lower(),
            references=self._led_to(column),
            required=required and not any(called(one) in ("Computed", "Identity") for one in calls([column])),
            digest=_definition(column),
            **common,
        )

    def _altered(
        self, verb: str, table: str, name: str, given: dict[str, ast.expr], common: dict[str, Any]
    ) -> Operation:
        if verb == "drop_column":
            return Operation("drop column", table, name, **common)
        to = string(given.get("new_column_name"), self._names)
        if to is not None and to.lower() != name:
            return Operation("rename column", table, name, to.lower(), **common)
        said = (
            f"{key}={dump(value)}"
            for key, value in sorted(given.items())
            if key in ("nullable", "type_", "server_default")
        )
        return Operation("alter column", table, name, digest=tuple(said), **common)

    def _constraint(
        self, call: str, table: str, given: dict[str, ast.expr], common: dict[str, Any]
    ) -> Operation:
        name = next(
            (string(given[one], self._names) for one in ("index_name", "constraint_name") if one in given),
            None,
        )
        covered = strings(given.get("columns") or given.get("local_cols"), self._names)
        target = string(given.get("referent_table"), self._names)
        return Operation(
            _ADDED[call],
            table,
            (name or "").lower(),
            columns=tuple(one.lower() for one in covered),
            references=(target.lower(),) if target else (),
            unique=call in ("create_unique_constraint", "create_check_constraint")
            or truth(given.get("unique")) is True,
            digest=tuple(f"{key}={dump(value)}" for key, value in sorted(given.items())),
            **common,
        )

    def _led_to(self, call: ast.Call) -> tuple[str, ...]:
        """The tables of `ForeignKey("t.c")` and `ForeignKeyConstraint([...], ["t.c"])`."""
        found: list[str] = []
        for one in calls([call]):
            given = arguments(one, ("first", "second"))
            if called(one) == "ForeignKey":
                found += strings(given.get("first"), self._names)
            elif called(one) == "ForeignKeyConstraint":
                found += strings(given.get("second") or given.get("refcolumns"), self._names)
        return tuple(dict.fromkeys(one.rpartition(".")[0].lower() for one in found if "." in one))

    def _inserted(self, call: ast.Call, given: dict[str, ast.expr], *, sure: bool) -> Operation:
        table = self._table(given.get("table"))
        if not table:
            return self._opaque(call, "its table is computed", sure=sure)
        return Operation(
            "change data",
            table,
            tables=(table,),
            words=words([call]),
            effect="inserts",
            sure=sure,
            line=call.lineno,
            text=self._module.snippet(call),
        )

    def _table(self, value: ast.expr | None) -> str:
        """The name of `table("t", ...)`, directly or by the name it was given."""
        for _ in range(4):
            if isinstance(value, ast.Name) and value.id in self._names:
                value = self._names[value.id]
        if isinstance(value, ast.Call) and called(value) in ("table", "Table") and value.args:
            return (string(value.args[0], self._names) or "").lower()
        return ""

    def _executed(self, call: ast.Call, *, sure: bool) -> Iterator[Operation]:
        """A text, or an expression of which only the tables and words are known."""
        if not call.args and not call.keywords:
            return
        given = call.args[0] if call.args else call.keywords[0].value
        text = string(given, self._names)
        if text is not None:
            yield from sql.read(text, sure=sure, line=call.lineno, snippet=self._module.snippet(call))
            return
        named = {node.id for node in ast.walk(given) if isinstance(node, ast.Name)}
        pieces = [given, *(self._names[one] for one in named if one in self._names)]
        tables = {self._table(one) for one in pieces} | {
            self._table(self._names[one]) for one in named if one in self._names
        }
        tables |= {self._table(one) for one in calls(pieces)}
        verbs = {last_name(one.func) for one in calls(pieces)}
        known = tuple(sorted(tables - {""}))
        if known and verbs & {"insert", "update", "delete", "select"}:
            effect: Effect = (
                "inserts" if "insert" in verbs else "writes" if verbs & {"update", "delete"} else "uses"
            )
            yield Operation(
                "change data",
                known[0] if len(known) == 1 else "",
                tables=known,
                words=words(pieces),
                effect=effect,
                sure=sure,
                line=call.lineno,
                text=self._module.snippet(call),
            )
        else:
            yield self._opaque(call, "its SQL is computed", sure=sure, pieces=pieces)

    def _opaque(
        self, call: ast.Call, why: str, *, sure: bool, table: str = "", pieces: Sequence[ast.AST] = ()
    ) -> Operation:
        return Operation(
            "opaque",
            table,
            words=words(pieces or [call]),
            anywhere=not table,
            why=why,
            sure=sure,
            line=call.lineno,
            text=self._module.snippet(call),
        )


def _none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _definition(column: ast.Call) -> tuple[str, ...]:
    """What of a column the database sees."""
    named = (
        f"{one.arg}={dump(one.value)}"
        for one in sorted(column.keywords, key=lambda each: each.arg or "")
        if one.arg not in _NO_SCHEMA
    )
    return (*(dump(one) for one in column.args), *named)


def _created(call: ast.Call) -> tuple[str, ...]:
    return tuple(dump(one) for one in call.args[1:])
