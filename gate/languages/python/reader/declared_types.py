"""What the text declares values to be: annotations that name one class, returns that make one."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gate.languages.python.reader.chains import chain, dotted
from gate.languages.python.reader.frames import find_root
from gate.languages.python.reader.signatures import returns

if TYPE_CHECKING:
    from gate.languages.python.reader.frames import PythonFrame
    from gate.languages.python.reader.signatures import Function

_LONGEST = 200
"""Characters of a quoted annotation; what is longer names more than one class."""
_COMMON_TYPES = {
    *("str", "bytes", "int", "float", "bool", "complex", "list", "dict", "tuple", "set", "frozenset"),
    *("object", "type", "Any", "Self", "None", "List", "Dict", "Tuple", "Set", "Callable", "Iterable"),
}
"""Names that stand for no class of a repository."""


def instance(node: ast.expr | None) -> str:
    """Return the chain of the instance an annotation promises, `Type()`; "" when that is not one class (or None)."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        node = _unquoted(node.value)
    if isinstance(node, ast.Subscript):
        return _subscript_instance(node)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _only_instance((node.left, node.right))
    name = dotted(node) if node is not None else ""
    return f"{name}()" if name and name not in _COMMON_TYPES else ""


def _unquoted(text: str) -> ast.expr | None:
    """Return the expression in a quoted annotation; None when it is none, or too long."""
    if len(text) > _LONGEST:
        return None
    if text.isidentifier():  # most are, and need no parser
        return ast.Name(text)
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _subscript_instance(node: ast.Subscript) -> str:
    """Return what `Optional[...]` or `Union[...]` promises."""
    last = dotted(node.value).rpartition(".")[2]
    if last == "Optional":
        return instance(node.slice)
    if last == "Union" and isinstance(node.slice, ast.Tuple):
        return _only_instance(tuple(node.slice.elts))
    return ""


def _only_instance(parts: tuple[ast.expr, ...]) -> str:
    """Return what a part of a union promises when all others are None."""
    types = [part for part in parts if not _is_none(part)]
    return instance(types[0]) if len(types) == 1 else ""


def _is_none(node: ast.expr | None) -> bool:
    return node is None or (isinstance(node, ast.Constant) and node.value is None)


def parameters(node: Function) -> dict[str, str]:
    """Return by name the instances that annotations of parameters promise; `*args` and `**kwargs` promise none."""
    arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
    instances = (
        (argument.arg, instance(argument.annotation))
        for argument in arguments
        if argument.annotation is not None
    )
    return {name: promise for name, promise in instances if promise}


def result(node: Function, frames: list[PythonFrame]) -> str:
    """Return what a function gives, as its module would write it: by its annotation, else what all returns agree on.

    `frames` are the blocks around the function's body, its own the last.
    """
    if node.returns is not None:
        return of_module(frames[:-1], instance(node.returns))
    chains = {chain(statement.value) for statement in returns(node) if not _is_none(statement.value)}
    return of_module(frames, chains.pop() if len(chains) == 1 else "")


def of_module(frames: list[PythonFrame], text: str) -> str:
    """Return a chain as the module would write it; "" when its first name is one of a block."""
    first, dot, members = text.partition(".")
    is_call = first.endswith("()")
    root = find_root(frames, first.removesuffix("()")) if first else None
    if root is None or root.via != "module" or (is_call and root.chain.endswith("()")):
        return ""
    return f"{root.chain}{'()' if is_call else ''}{dot}{members}"
