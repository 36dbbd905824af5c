"""How a function is called, and what its text shows that a call gives."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Literal

from gate.languages.python.reader.chains import dotted
from gate.languages.python.reader.scopes import children
from gate.model.source import Parameter, Signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Function = ast.FunctionDef | ast.AsyncFunctionDef
_BUILT_IN_TYPES = {"str", "bytes", "int", "float", "bool", "list", "dict", "tuple", "set", "frozenset"}
_LITERAL_NODES = (
    *(ast.Constant, ast.JoinedStr, ast.List, ast.Dict, ast.Set, ast.Tuple),
    *(ast.ListComp, ast.DictComp, ast.SetComp),
)
_SUITES = ("body", "orelse", "finalbody", "handlers", "cases")
_BLOCKS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def signature(node: Function, lines: Sequence[str]) -> Signature:
    """Return the signature of a function whose text is `lines`."""
    arguments = node.args
    positional = [
        *((argument, "positional") for argument in arguments.posonlyargs),
        *((argument, "either") for argument in arguments.args),
    ]
    required = len(positional) - len(arguments.defaults)
    parameters = [
        Parameter(argument.arg, kind, position < required)  # type: ignore[arg-type]
        for position, (argument, kind) in enumerate(positional)
    ]
    if arguments.vararg is not None:
        parameters.append(Parameter(arguments.vararg.arg, "rest", required=False))
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        parameters.append(Parameter(argument.arg, "keyword", default is None))
    if arguments.kwarg is not None:
        parameters.append(Parameter(arguments.kwarg.arg, "keywords", required=False))
    generator = any("yield" in line for line in lines) and _yields(node)
    return Signature(tuple(parameters), isinstance(node, ast.AsyncFunctionDef), generator)


def _yields(node: Function) -> bool:
    """Return whether a function itself yields, and not only one that it holds."""
    queue: list[ast.AST] = list(node.body)
    while queue:
        part = queue.pop()
        if isinstance(part, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(part, _BLOCKS):
            queue += children(part)
    return False


def gives(node: Function, signature: Signature) -> Literal["", "nothing", "value", "never"]:
    """Return `Definition.gives` of a function; a placeholder that others replace shows nothing."""
    if node.name == "__getattr__" and _only_raises(node):
        return "never"
    if signature.asynchronous or signature.generator or _is_placeholder(node.body[-1]):
        return ""
    if node.returns is not None:
        return _annotated_result(node.returns)
    result: Literal["", "nothing", "value"] = "nothing"
    for statement in returns(node):
        kind = _literal(statement.value)
        if not kind:
            return ""
        result = "value" if "value" in (kind, result) else "nothing"
    return result


def _only_raises(node: Function) -> bool:
    has_docstring = ast.get_docstring(node, clean=False) is not None
    return len(node.body) == 1 + has_docstring and isinstance(node.body[-1], ast.Raise)


def returns(node: Function) -> Iterator[ast.Return]:
    """Yield the `return` statements of a function itself."""
    stack: list[ast.AST] = list(node.body)
    while stack:
        part = stack.pop()
        if isinstance(part, ast.Return):
            yield part
        elif not isinstance(part, _BLOCKS):
            for name in _SUITES:
                stack += getattr(part, name, ())


def _is_placeholder(last: ast.stmt) -> bool:
    """Return whether a body with this last statement stands in for others: it is empty, or raises."""
    is_constant = isinstance(last, ast.Expr) and isinstance(last.value, ast.Constant)
    return is_constant or isinstance(last, (ast.Raise, ast.Pass))


def _annotated_result(node: ast.expr) -> Literal["", "nothing", "value"]:
    if isinstance(node, ast.Constant):
        return "nothing" if node.value is None else ""
    return (
        "value" if dotted(node.value if isinstance(node, ast.Subscript) else node) in _BUILT_IN_TYPES else ""
    )


def _literal(node: ast.expr | None) -> Literal["", "nothing", "value"]:
    """Return what an expression is by its syntax alone: None, a value of a built-in type, or "" for anything."""
    if node is None or (isinstance(node, ast.Constant) and node.value is None):
        return "nothing"
    return "value" if isinstance(node, _LITERAL_NODES) else ""
