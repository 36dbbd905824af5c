"""What a module does while it loads, statement by statement; what functions do when they are called is left out."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gate.languages.python.reader import decoded
from gate.languages.python.reader.chains import dotted
from gate.languages.python.reader.scopes import block_names, children
from gate.model.loading import LoadProgram, LoadStep
from gate.model.source import Import

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNPREDICTABLE_NAMES = {
    *("globals", "locals", "vars", "exec", "eval", "setattr", "delattr"),
    *("import_module", "__import__", "modules"),
}
"""Names that bind names or load modules in ways the text does not show."""
_HOOKS = {"__getattr__", "__class__"}
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_SUPPRESSORS = {"suppress", "raises"}


def program(content: bytes) -> LoadProgram | None:
    """Return the steps of a module; None when it cannot be read."""
    text = decoded(content)
    if text is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
        walk = _LoadingWalk()
        walk.block(tree.body, maybe=False)
        loose = {name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names}
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return LoadProgram(tuple(walk.steps), frozenset(loose))


class _LoadingWalk:
    """A walk over what runs as a module loads. `maybe`: it may be left out, or its failure may be caught."""

    def __init__(self) -> None:
        self.steps: list[LoadStep] = []
        self._local: set[str] | None = None
        """The names of the class body the walk is in, None outside of one."""

    def block(self, nodes: Iterable[ast.stmt], *, maybe: bool) -> None:
        """Add the steps of statements."""
        for node in nodes:
            method = getattr(self, f"_on_{type(node).__name__}", None)
            if method is not None:
                method(node, maybe)
            else:
                self._parts(node, maybe)

    def _parts(self, node: ast.AST, maybe: bool) -> None:
        """Add a statement whose expressions all run; blocks in it (loops, `match`) may be left out."""
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.stmt):
                self.block((part,), maybe=True)
            elif isinstance(part, ast.expr):
                self._expression(part, maybe)
            else:
                self._parts(part, maybe=True)
        if isinstance(node, (ast.For, ast.AsyncFor, ast.Match)):
            for name in block_names([node]).local:
                self._bind(name, node.lineno, maybe=True)

    def _bind(self, name: str, line: int, maybe: bool) -> None:
        if self._local is not None:
            return
        if name in _HOOKS:
            self.steps.append(LoadStep("unknown", line))
        self.steps.append(LoadStep("bind", line, name, maybe=maybe))

    # Definitions

    def _on_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef, maybe: bool) -> None:  # noqa: N802
        for value in (*node.decorator_list, *node.args.defaults, *node.args.kw_defaults):
            self._expression(value, maybe)
        self._bind(node.name, node.lineno, maybe)

    _on_AsyncFunctionDef = _on_FunctionDef  # noqa: N815

    def _on_ClassDef(self, node: ast.ClassDef, maybe: bool) -> None:  # noqa: N802
        for value in (*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)):
            self._expression(value, maybe)
        outer, self._local = self._local, block_names(node.body).local
        self.block(node.body, maybe=maybe)
        self._local = outer
        self._bind(node.name, node.lineno, maybe)

    # Conditions

    def _on_If(self, node: ast.If, maybe: bool) -> None:  # noqa: N802
        if dotted(node.test).rpartition(".")[2] == "TYPE_CHECKING":
            self.block(node.orelse, maybe=maybe)
            return
        self._expression(node.test, maybe)
        self.block((*node.body, *node.orelse), maybe=True)

    def _on_Try(self, node: ast.Try, maybe: bool) -> None:  # noqa: N802
        handled = [statement for handler in node.handlers for statement in handler.body]
        self.block((*node.body, *handled, *node.orelse), maybe=maybe or bool(node.handlers))
        self.block(node.finalbody, maybe=maybe)

    _on_TryStar = _on_Try  # noqa: N815

    def _on_With(self, node: ast.With | ast.AsyncWith, maybe: bool) -> None:  # noqa: N802
        for item in node.items:
            self._expression(item.context_expr, maybe)
            if item.optional_vars is not None:
                self._target(item.optional_vars, maybe)
        calls = (item.context_expr for item in node.items if isinstance(item.context_expr, ast.Call))
        caught = any(dotted(call.func).rpartition(".")[2] in _SUPPRESSORS for call in calls)
        self.block(node.body, maybe=maybe or caught)

    # Plain statements

    def _on_Assign(self, node: ast.Assign, maybe: bool) -> None:  # noqa: N802
        self._expression(node.value, maybe)
        for target in node.targets:
            self._target(target, maybe)

    def _on_AnnAssign(self, node: ast.AnnAssign, maybe: bool) -> None:  # noqa: N802
        if node.value is not None:
            self._expression(node.value, maybe)
            self._target(node.target, maybe)

    def _on_Delete(self, node: ast.Delete, maybe: bool) -> None:  # noqa: N802
        self.steps.append(LoadStep("unknown", node.lineno, maybe=maybe))

    def _on_TypeAlias(self, node: ast.stmt, maybe: bool) -> None:  # noqa: N802
        self._bind(node.name.id, node.lineno, maybe)  # type: ignore[attr-defined]  # Python 3.12

    def _target(self, node: ast.expr, maybe: bool) -> None:
        """Bind what a target of an assignment names."""
        if isinstance(node, (ast.Tuple, ast.List)):
            for element in node.elts:
                self._target(element, maybe)
        elif isinstance(node, ast.Starred):
            self._target(node.value, maybe)
        elif isinstance(node, ast.Name):
            self._bind(node.id, node.lineno, maybe)
        elif isinstance(node, ast.Attribute):
            self._expression(node.value, maybe)
            self.steps.append(LoadStep("bind", node.lineno, dotted(node), maybe=True))
        else:
            self._expression(node, maybe)

    # Imports

    def _on_Import(self, node: ast.Import, maybe: bool) -> None:  # noqa: N802
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            renamed = alias.asname is not None
            self._import(Import(alias.name, "", name, 0, node.lineno, renamed=renamed), maybe)

    def _on_ImportFrom(self, node: ast.ImportFrom, maybe: bool) -> None:  # noqa: N802
        for alias in node.names:
            name = "" if alias.name == "*" else alias.asname or alias.name
            self._import(Import(node.module or "", alias.name, name, node.level, node.lineno), maybe)

    def _import(self, binding: Import, maybe: bool) -> None:
        """Add an import, which binds no name of the module when it stands in a class."""
        imported = binding if self._local is None else replace(binding, alias="")
        self.steps.append(LoadStep("import", binding.line, _text(binding), imported, maybe))

    # Expressions

    def _expression(self, node: ast.AST | None, maybe: bool) -> None:
        """Add what an expression reads, and binds by `:=`, in about the order it does."""
        if isinstance(node, ast.Lambda):
            for default in (*node.args.defaults, *node.args.kw_defaults):
                self._expression(default, maybe)
        elif isinstance(node, _COMPREHENSIONS):
            self._expression(node.generators[0].iter, maybe)
            self.steps += (
                LoadStep("bind", part.lineno, part.target.id, maybe=True)
                for part in ast.walk(node)
                if isinstance(part, ast.NamedExpr)
            )
        elif isinstance(node, ast.NamedExpr):
            self._expression(node.value, maybe)
            self._target(node.target, maybe)
        elif isinstance(node, (ast.Name, ast.Attribute)):
            self._chain(node, maybe)
        elif isinstance(node, (ast.BoolOp, ast.IfExp, ast.Compare)):
            first, *operands = (
                (node.test, node.body, node.orelse) if isinstance(node, ast.IfExp) else children(node)
            )
            self._expression(first, maybe)
            for part in operands:
                self._expression(part, maybe=True)
        elif node is not None:
            for part in children(node):
                self._expression(part, maybe)

    def _chain(self, node: ast.Name | ast.Attribute, maybe: bool) -> None:
        """Add a chain of names that is read; a single name matters only where it may do anything."""
        inner: ast.expr = node
        while isinstance(inner, ast.Attribute):
            if inner.attr in _UNPREDICTABLE_NAMES:
                self.steps.append(LoadStep("unknown", node.lineno, maybe=maybe))
            inner = inner.value
        if not isinstance(inner, ast.Name):
            self._expression(inner, maybe)
        elif inner.id in _UNPREDICTABLE_NAMES:
            self.steps.append(LoadStep("unknown", node.lineno, maybe=maybe))
        elif isinstance(node, ast.Attribute) and inner.id not in (self._local or ()):
            self.steps.append(LoadStep("read", node.lineno, dotted(node), maybe=maybe))


def _text(binding: Import) -> str:
    """Return an import as it is written, its alias aside."""
    if not binding.name:
        return f"import {binding.module}"
    return f"from {'.' * binding.level}{binding.module} import {binding.name}"
