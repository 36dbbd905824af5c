"""The statements that bind names, by assignment or import, and those that unbind them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from gate.languages.python.reader import declared_types, definitions, digest, fields
from gate.languages.python.reader.chains import chain
from gate.languages.python.reader.reads import PythonReads
from gate.model.source import Definition, Import

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from gate.languages.python.reader.frames import PythonFrame


class BindingWalk:
    """The part of a walk for assignments and imports: the definitions, imports and exports it has met so far."""

    def __init__(self, text: str) -> None:
        self._lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._reads = PythonReads()
        self._definitions: list[Definition] = []
        self._imports: list[Import] = []
        self._exports: list[str] | None = None
        self._condition_depth = 0
        """In how many blocks the walk is that may not run."""
        self._guard_depth = 0
        """In how many blocks the walk is whose failure is expected."""
        self._typing_depth = 0
        """In how many blocks the walk is that only type checkers read."""
        self._postpones_annotations = False
        """Whether annotations of the module are never evaluated."""

    def _annotations(self) -> AbstractContextManager[None]:
        """Return the context in which to read annotations."""
        return self._reads.typing() if self._postpones_annotations else self._reads.annotations()

    @property
    def _frame(self) -> PythonFrame:
        return self._reads.frames[-1]

    def _on_Assign(self, node: ast.Assign) -> None:  # noqa: N802
        several = any(isinstance(target, (ast.Tuple, ast.List)) for target in node.targets)
        self._reads.expression(node.value, "unpacked" if several else "")
        for target in node.targets:
            self._target(target, node.value, node)

    def _on_AnnAssign(self, node: ast.AnnAssign) -> None:  # noqa: N802
        # Those of local variables are never evaluated (PEP 526).
        with self._reads.typing() if self._frame.kind == "function" else self._annotations():
            self._reads.expression(node.annotation)
        self._reads.expression(node.value)
        field = fields.annotated_field(node) if self._frame.kind == "class" else ""
        declared_type = declared_types.of_module(self._reads.frames, declared_types.instance(node.annotation))
        self._target(node.target, node.value, node, field=field, declared_type=declared_type)

    def _on_AugAssign(self, node: ast.AugAssign) -> None:  # noqa: N802
        self._reads.expression(node.value)
        self._reads.expression(node.target)
        if not isinstance(node.target, ast.Name) or self._frame.kind == "function":
            return
        if node.target.id == "__all__" and self._frame.kind == "module":
            self._list_exports(node.value, more=True)
        self._reads.setting(node.target.id, node.value)

    def _on_Delete(self, node: ast.Delete) -> None:  # noqa: N802
        for target in node.targets:
            self._reads.expression(target)
        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
        if self._frame.kind == "module" and names:
            self._forget(names)

    def _on_Import(self, node: ast.Import) -> None:  # noqa: N802
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            binding = Import(alias.name, "", name, 0, node.lineno, renamed=alias.asname is not None)
            self._import(binding, node)

    def _on_ImportFrom(self, node: ast.ImportFrom) -> None:  # noqa: N802
        for alias in node.names:
            name = "" if alias.name == "*" else alias.asname or alias.name
            self._import(Import(node.module or "", alias.name, name, node.level, node.lineno), node)

    def _import(self, binding: Import, node: ast.stmt) -> None:
        """Add an import, with what the blocks around it make of it."""
        in_function = any(frame.kind == "function" for frame in self._reads.frames)
        if self._frame.kind == "class" and not in_function:
            self._definitions.append(definitions.variable(binding.alias, self._frame.path, node))
        self._imports.append(
            replace(
                binding,
                scope=self._frame.path,
                typing=bool(self._typing_depth),
                guarded=bool(self._guard_depth),
                conditional=bool(self._condition_depth),
            )
        )

    def _forget(self, names: set[str]) -> None:
        """Unbind names of the module; under a condition they become conditional."""
        maybe = bool(self._condition_depth)
        self._definitions = [
            replace(definition, conditional=True) if definition.path in names else definition
            for definition in self._definitions
            if maybe or definition.path not in names
        ]
        self._imports = [
            replace(binding, alias="")
            if binding.alias in names and not binding.scope and not maybe
            else binding
            for binding in self._imports
        ]

    def _target(self, node: ast.expr, value: ast.expr | None, statement: ast.stmt, **details: Any) -> None:
        """Bind a target of an assignment; `details` are fields of the definition."""
        if isinstance(node, (ast.Tuple, ast.List, ast.Starred)):
            for part in ast.iter_child_nodes(node):
                if isinstance(part, ast.expr):
                    self._target(part, None, statement)
        elif isinstance(node, ast.Attribute):
            self._reads.expression(node.value)
            if isinstance(node.value, ast.Name) and node.value.id == self._frame.me:
                self._attribute(node.attr, value, statement, details.get("declared_type", ""))
        elif not isinstance(node, ast.Name):
            self._reads.expression(node)
        elif self._frame.kind != "function":
            self._variable(node.id, value, statement, details)

    def _variable(
        self, name: str, value: ast.expr | None, statement: ast.stmt, details: dict[str, Any]
    ) -> None:
        """Bind a variable of a module or class, with its keys where it is a dictionary."""
        scope = self._frame.path
        if name == "__all__" and not scope:
            self._list_exports(value)
        if value is not None:
            self._reads.setting(name, value)
        if self._frame.kind == "class" and "field" not in details:
            details = {"field": fields.bare_field(value)}
        self._definitions.append(
            definitions.variable(
                name,
                scope,
                statement,
                value=chain(value),
                conditional=bool(self._condition_depth),
                digest=digest.of_text(self._lines[statement.lineno - 1 : statement.end_lineno]),
                **details,
            )
        )
        if isinstance(value, ast.Dict):
            key_scope = f"{scope}.{name}[]" if scope else f"{name}[]"
            for key, key_value in zip(value.keys, value.values, strict=True):
                if isinstance(key, ast.Constant):
                    self._definitions.append(self._key(repr(key.value), key_scope, key.lineno, key_value))
        self._enum_value(scope, value)

    def _enum_value(self, scope: str, value: ast.expr | None) -> None:
        """Add what an enum is called with to get its member."""
        if self._frame.enum and isinstance(value, ast.Constant) and not self._condition_depth:
            self._definitions.append(self._key(repr(value.value), f"{scope}()", value.lineno, value))

    def _key(self, name: str, scope: str, line: int, value: ast.expr) -> Definition:
        end = value.end_lineno or line
        text = self._lines[line - 1 : end]
        return Definition(name, scope, "key", line, end, digest=digest.of_text(text))

    def _attribute(self, name: str, value: ast.expr | None, statement: ast.stmt, declared_type: str) -> None:
        """Bind an attribute of the instance whose method the walk is in."""
        line, end = statement.lineno, statement.end_lineno or statement.lineno
        text = chain(value)
        declared_type = declared_type or declared_types.of_module(self._reads.frames, text)
        owner = self._frame.owner
        self._definitions.append(
            Definition(name, owner, "attribute", line, end, value=text, declared_type=declared_type)
        )

    def _list_exports(self, value: ast.expr | None, *, more: bool = False) -> None:
        """Take a value for `__all__`; `more` adds it to those before."""
        elements = value.elts if isinstance(value, (ast.List, ast.Tuple)) else None
        if (
            elements is None
            or not all(isinstance(element, ast.Constant) for element in elements)
            or self._condition_depth
        ):
            self._reads.dynamic.add("exports")
            return
        names = [str(element.value) for element in elements if isinstance(element, ast.Constant)]
        self._exports = [*(self._exports or ()), *names] if more else names
        self._reads.exports(zip(names, (element.lineno for element in elements), strict=True))
