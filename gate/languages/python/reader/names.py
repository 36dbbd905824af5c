"""The names that statements bind, and those they unbind."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from gate.languages.python.reader import declared, define
from gate.languages.python.reader.reads import Reads
from gate.model.source import Definition, Import

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from gate.languages.python.reader.frames import Frame


class Names:
    """What a walk has met of names so far."""

    def __init__(self, text: str) -> None:
        self._lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._reads = Reads()
        self._definitions: list[Definition] = []
        self._imports: list[Import] = []
        self._exports: list[str] | None = None
        self._conditional = 0
        self._lazy = False

    def _annotations(self) -> AbstractContextManager[None]:
        """What is read here stands in annotations; those of a `_lazy` module are never evaluated."""
        return self._reads.typing() if self._lazy else self._reads.annotations()

    @property
    def _frame(self) -> Frame:
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
        field = define.field(node) if self._frame.kind == "class" else ""
        declared_type = declared.of_module(self._reads.frames, declared.instance(node.annotation))
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
        for one in node.targets:
            self._reads.expression(one)
        gone = {one.id for one in node.targets if isinstance(one, ast.Name)}
        if self._frame.kind == "module" and gone:
            self._forget(gone)

    def _forget(self, gone: set[str]) -> None:
        """Names of the module that `del` unbinds; under a condition they may be there or not."""
        maybe = bool(self._conditional)
        self._definitions = [
            replace(one, conditional=True) if one.path in gone else one
            for one in self._definitions
            if maybe or one.path not in gone
        ]
        self._imports = [
            replace(one, alias="") if one.alias in gone and not one.scope and not maybe else one
            for one in self._imports
        ]

    def _target(self, node: ast.expr, value: ast.expr | None, at: ast.stmt, **more: Any) -> None:
        if isinstance(node, (ast.Tuple, ast.List, ast.Starred)):
            for one in ast.iter_child_nodes(node):
                if isinstance(one, ast.expr):
                    self._target(one, None, at)
        elif isinstance(node, ast.Attribute):
            self._reads.expression(node.value)
            frame = self._frame
            if isinstance(node.value, ast.Name) and node.value.id == frame.me:
                self._attribute(node.attr, frame.owner, at, value, more.get("declared_type", ""))
        elif not isinstance(node, ast.Name):
            self._reads.expression(node)
        elif self._frame.kind != "function":
            self._variable(node.id, value, at, more)

    def _variable(self, name: str, value: ast.expr | None, at: ast.stmt, more: dict[str, Any]) -> None:
        scope = self._frame.path
        if name == "__all__" and not scope:
            self._list_exports(value)
        if value is not None:
            self._reads.setting(name, value)
        if self._frame.kind == "class" and "field" not in more:
            more = {"field": define.bare_field(value)}
        self._definitions.append(
            define.variable(
                name,
                scope,
                at,
                value=define.value(value),
                conditional=bool(self._conditional),
                digest=define.digest(self._lines[at.lineno - 1 : at.end_lineno], ""),
                **more,
            )
        )
        if isinstance(value, ast.Dict):
            inside = f"{scope}.{name}[]" if scope else f"{name}[]"
            for key, of in zip(value.keys, value.values, strict=True):
                if isinstance(key, ast.Constant):
                    self._definitions.append(self._key(repr(key.value), inside, key.lineno, of))
        self._enum_value(scope, value)

    def _enum_value(self, scope: str, value: ast.expr | None) -> None:
        """What a class is called with to get its member, when it is an enum."""
        if self._frame.enum and isinstance(value, ast.Constant) and not self._conditional:
            self._definitions.append(self._key(repr(value.value), f"{scope}()", value.lineno, value))

    def _key(self, name: str, scope: str, line: int, value: ast.expr) -> Definition:
        end = value.end_lineno or line
        text = self._lines[line - 1 : end]
        return Definition(name, scope, "key", line, end, digest=define.digest(text, ""))

    def _attribute(
        self, name: str, owner: str, at: ast.stmt, value: ast.expr | None, declared_type: str
    ) -> None:
        line, end = at.lineno, at.end_lineno or at.lineno
        chain = define.value(value)
        declared_type = declared_type or declared.of_module(self._reads.frames, chain)
        self._definitions.append(
            Definition(name, owner, "attribute", line, end, value=chain, declared_type=declared_type)
        )

    def _list_exports(self, value: ast.expr | None, *, more: bool = False) -> None:
        listed = value.elts if isinstance(value, (ast.List, ast.Tuple)) else None
        if listed is None or not all(isinstance(one, ast.Constant) for one in listed) or self._conditional:
            self._reads.dynamic.add("exports")
            return
        names = [str(one.value) for one in listed if isinstance(one, ast.Constant)]
        self._exports = [*(self._exports or ()), *names] if more else names
        self._reads.exported(zip(names, (one.lineno for one in listed), strict=True))
