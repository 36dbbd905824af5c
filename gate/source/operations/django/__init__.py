"""Django's operations: the list in `class Migration`. What they take: `db/migrations/operations/`.

A model is `app.model`, one of the migration's own app `.model`; tables in SQL have the names the database knows.
"""

from __future__ import annotations

import ast
import re
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
    reached,
    string,
    strings,
    truth,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.model.operations import Effect, Verb

_CLASS = re.compile(rb"^class[ \t]+Migration\b", re.MULTILINE)
_FIELD = ("model_name", "name", "field", "preserve_default")
_PARAMETERS: dict[str, tuple[str, ...]] = {
    "CreateModel": ("name", "fields", "options", "bases", "managers"),
    "DeleteModel": ("name",),
    "RenameModel": ("old_name", "new_name"),
    "AddField": _FIELD,
    "AlterField": _FIELD,
    "RemoveField": ("model_name", "name"),
    "RenameField": ("model_name", "old_name", "new_name"),
    "AddIndex": ("model_name", "index"),
    "AddIndexConcurrently": ("model_name", "index"),
    "RemoveIndex": ("model_name", "name"),
    "RemoveIndexConcurrently": ("model_name", "name"),
    "AddConstraint": ("model_name", "constraint"),
    "AddConstraintNotValid": ("model_name", "constraint"),
    "RemoveConstraint": ("model_name", "name"),
    "AlterUniqueTogether": ("name", "unique_together"),
    "AlterIndexTogether": ("name", "index_together"),
    "AlterModelOptions": ("name", "options"),
    "AlterModelTable": ("name", "table"),
    "AlterOrderWithRespectTo": ("name", "order_with_respect_to"),
    "RunPython": ("code", "reverse_code"),
    "RunSQL": ("sql", "reverse_sql", "state_operations"),
    "SeparateDatabaseAndState": ("database_operations", "state_operations"),
}
_OPTIONS = {
    "AlterUniqueTogether": "unique_together",
    "AlterIndexTogether": "index_together",
    "AlterModelOptions": "options",
    "AlterModelTable": "db_table",
    "AlterOrderWithRespectTo": "order_with_respect_to",
}
_HARMLESS = frozenset(
    {
        "AlterModelManagers",
        "ValidateConstraint",
        "RenameIndex",
        "TrigramExtension",
        "UnaccentExtension",
        "CITextExtension",
        "HStoreExtension",
        "BtreeGinExtension",
        "BtreeGistExtension",
        "CryptoExtension",
        "BloomExtension",
        "CreateExtension",
        "CreateCollation",
        "RemoveCollation",
        "AlterModelTableComment",
    }
)
_RELATIONS = ("ForeignKey", "OneToOneField", "ManyToManyField")
_WRITES = frozenset(
    {
        "save",
        "update",
        "bulk_update",
        "delete",
        "add",
        "set",
        "remove",
    }
)
_INSERTS = frozenset(
    {
        "create",
        "bulk_create",
        "get_or_create",
        "update_or_create",
    }
)


def read(content: bytes) -> tuple[Operation, ...]:
    """What the migration does forwards."""
    tree = _constants.parsed(content)
    if tree is None:
        return (unread("it cannot be read as Python"),)
    classes = [one for one in tree.body if isinstance(one, ast.ClassDef) and one.name == "Migration"]
    if not classes:
        return (unread("it has no operations of its own"),)
    own = _constants.assigned(classes[-1].body)
    if "operations" not in own:
        return ()
    return tuple(_Reader(Module.of(content, tree)).listed(own["operations"]))


class _Reader:
    """Reads the operations of one text."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._names = module.names

    def listed(self, value: ast.expr) -> Iterator[Operation]:
        """The operations of a list."""
        try:
            found = list(_constants.items(value, self._names))
        except _constants.Computed:
            yield self._opaque(value, "its operations are computed")
            return
        for one in found:
            if isinstance(one, ast.Call):
                yield from self._operation(one)
            else:
                yield self._opaque(one, "an operation is computed")

    def _operation(self, call: ast.Call) -> Iterator[Operation]:
        name = called(call)
        if name in _HARMLESS:
            return
        if name not in _PARAMETERS:
            yield self._opaque(call, f"`{name or 'it'}` is not known")
            return
        given = arguments(call, _PARAMETERS[name])
        match name:
            case "SeparateDatabaseAndState":
                for part in ("database_operations", "state_operations"):
                    if part in given:
                        yield from self.listed(given[part])
            case "RunSQL":
                yield from self._sql(call, given)
                if "state_operations" in given:
                    yield from self.listed(given["state_operations"])
            case "RunPython":
                yield from self._python(call, given)
            case _:
                told = self._told(call, name, given)
                yield told or self._opaque(call, "what it names is computed")

    def _told(self, call: ast.Call, name: str, given: dict[str, ast.expr]) -> Operation | None:
        common: dict[str, Any] = {"line": call.lineno, "text": self._module.snippet(call)}
        table = self._low(given, _PARAMETERS[name][0])
        if not table:
            return None
        table = f".{table}"
        match name:
            case "CreateModel":
                references = self._led_to(given.get("fields"), table)
                digest = tuple(
                    f"{one}={dump(given[one])}" for one in ("fields", "options", "bases") if one in given
                )
                return Operation("create table", table, references=references, digest=digest, **common)
            case "DeleteModel":
                return Operation("drop table", table, **common)
            case "RenameModel":
                to = self._low(given, "new_name")
                return Operation("rename table", table, to=f".{to}", **common) if to else None
            case "AddField" | "AlterField" | "RemoveField" | "RenameField":
                return self._field(name, table, given, common)
            case "AddIndex" | "AddIndexConcurrently" | "AddConstraint" | "AddConstraintNotValid":
                verb: Verb = "add index" if "Index" in name else "add constraint"
                return self._index(verb, table, given.get("index") or given.get("constraint"), common)
            case "RemoveIndex" | "RemoveIndexConcurrently" | "RemoveConstraint":
                verb = "drop index" if "Index" in name else "drop constraint"
                dropped = self._low(given, "name")
                return Operation(verb, table, dropped, **common) if dropped else None
            case _:
                return self._option(name, table, given, common)

    def _low(self, given: dict[str, ast.expr], name: str) -> str:
        return (string(given.get(name), self._names) or "").lower()

    def _field(
        self, name: str, table: str, given: dict[str, ast.expr], common: dict[str, Any]
    ) -> Operation | None:
        column = self._low(given, "old_name" if name == "RenameField" else "name")
        if not column:
            return None
        if name == "RemoveField":
            return Operation("drop column", table, column, **common)
        if name == "RenameField":
            to = self._low(given, "new_name")
            return Operation("rename column", table, column, to, **common) if to else None
        field = given.get("field")
        verb: Verb = "add column" if name == "AddField" else "alter column"
        return Operation(
            verb,
            table,
            column,
            references=self._led_to(field, table),
            required=verb == "add column" and _required(field),
            digest=(f"field={_definition(field)}",) if field is not None else (),
            **common,
        )

    def _index(
        self, verb: Verb, table: str, made: ast.expr | None, common: dict[str, Any]
    ) -> Operation | None:
        if not isinstance(made, ast.Call):
            return None
        given = arguments(made, ())
        fields = strings(given.get("fields"), self._names) or _asked(made)
        return Operation(
            verb,
            table,
            self._low(given, "name"),
            columns=tuple(one.lstrip("-").lower() for one in fields),
            unique=called(made) in ("UniqueConstraint", "CheckConstraint"),
            digest=(f"made={dump(made)}",),
            **common,
        )

    def _option(self, name: str, table: str, given: dict[str, ast.expr], common: dict[str, Any]) -> Operation:
        value = given.get(_PARAMETERS[name][1])
        covered = words([value]) if value is not None and name.endswith("Together") else ()
        return Operation(
            "set option",
            table,
            _OPTIONS[name],
            columns=covered,
            unique=name == "AlterUniqueTogether" and bool(covered),
            digest=(f"value={dump(value)}" if value is not None else "value=",),
            **common,
        )

    def _led_to(self, value: ast.expr | None, table: str) -> tuple[str, ...]:
        """The models that the relations of a definition lead to; those settings name are not known."""
        found: list[str] = []
        for one in calls([value] if value is not None else []):
            if called(one) in _RELATIONS:
                to = (string(arguments(one, ("to",)).get("to"), self._names) or "").lower()
                found += [table if to == "self" else to if "." in to else f".{to}"] if to else []
        return tuple(dict.fromkeys(found))

    def _sql(self, call: ast.Call, given: dict[str, ast.expr]) -> Iterator[Operation]:
        value = given.get("sql")
        text = string(value, self._names)
        if text is not None:
            yield from sql.read(text, sure=True, line=call.lineno, snippet=self._module.snippet(call))
            return
        several = strings(value, self._names) if isinstance(value, ast.List | ast.Tuple) else ()
        if several and len(several) == len(getattr(value, "elts", ())):
            for one in several:
                yield from sql.read(one, sure=True, line=call.lineno, snippet=self._module.snippet(call))
        elif not (value is not None and last_name(value) == "noop"):
            yield self._opaque(call, "its SQL is computed")

    def _python(self, call: ast.Call, given: dict[str, ast.expr]) -> Iterator[Operation]:
        """What a function does is not run: the models it asks for, its words, whether it writes."""
        code = given.get("code")
        if code is not None and last_name(code) == "noop":
            return
        start: ast.AST | None = code if isinstance(code, ast.Lambda) else None
        if isinstance(code, ast.Name):
            start = self._module.functions.get(code.id)
        if start is None:
            yield self._opaque(call, "its function stands elsewhere")
            return
        pieces = reached(self._module, start)
        models = self._models(pieces)
        if models is None:
            yield self._opaque(call, "the models it takes are computed", pieces)
            return
        methods = {called(one) for one in calls(pieces)}
        effect: Effect = "inserts" if methods & _INSERTS else "writes" if methods & _WRITES else "uses"
        sent = any(called(one) == "execute" for one in calls(pieces))
        yield Operation(
            "change data",
            tables=models,
            words=words(pieces),
            effect=effect,
            anywhere=sent,
            sure=False,
            why="it sends SQL of its own" if sent else "",
            line=getattr(start, "lineno", call.lineno),
            text=self._module.snippet(start) if isinstance(start, ast.stmt) else self._module.snippet(call),
        )

    def _models(self, pieces: Sequence[ast.AST]) -> tuple[str, ...] | None:
        """The models of `apps.get_model("app", "Model")`; None where one is computed."""
        found: set[str] = set()
        for one in calls(pieces):
            if called(one) != "get_model":
                continue
            given = arguments(one, ("app_label", "model_name"))
            app, model = (string(given.get(name), self._names) for name in ("app_label", "model_name"))
            if app is None or (model is None and "." not in app):
                return None
            found.add((f"{app}.{model}" if model else app).lower())
        return tuple(sorted(found))

    def _opaque(self, node: ast.expr, why: str, pieces: Sequence[ast.AST] = ()) -> Operation:
        return Operation(
            "opaque",
            words=words(pieces or [node]),
            anywhere=True,
            why=why,
            line=node.lineno,
            text=self._module.snippet(node),
        )


def _required(field: ast.expr | None) -> bool:
    """Whether rows that are there, or that others insert without it, need a value: no null, no default."""
    if not isinstance(field, ast.Call) or called(field) == "ManyToManyField":
        return False
    given = arguments(field, ())
    stamps = any(truth(given.get(one)) for one in ("auto_now", "auto_now_add"))
    return (
        truth(given.get("null")) is not True and not stamps and not {"default", "db_default"} & given.keys()
    )


def _asked(made: ast.Call) -> tuple[str, ...]:
    """The fields that the conditions of a constraint name: `Q(title="")`, `F("title")`."""
    found: list[str] = []
    for one in calls([made]):
        if one is not made:
            found += (each.arg.split("__")[0] for each in one.keywords if each.arg)
            found += (
                each.value
                for each in one.args[:1]
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )
    return tuple(dict.fromkeys(found))


def _definition(field: ast.expr) -> str:
    """A field whatever the order of its named arguments."""
    if not isinstance(field, ast.Call):
        return dump(field)
    named = sorted(f"{one.arg}={dump(one.value)}" for one in field.keywords)
    return " ".join((called(field), *(dump(one) for one in field.args), *named))
