"""What the text declares values to be: annotations that name one class, returns that make one."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gate.languages.python.reader.define import dotted, returned, value
from gate.languages.python.reader.frames import root

if TYPE_CHECKING:
    from gate.languages.python.reader.define import Function
    from gate.languages.python.reader.frames import Frame

_LONGEST = 200
"""Characters of a quoted annotation; what is longer names more than one class."""
_EVERYDAY = {
    *("str", "bytes", "int", "float", "bool", "complex", "list", "dict", "tuple", "set", "frozenset"),
    *("object", "type", "Any", "Self", "None", "List", "Dict", "Tuple", "Set", "Callable", "Iterable"),
}
"""Names nobody looks for in a repository."""


def instance(node: ast.expr | None) -> str:
    """The chain of what an annotation promises, `Type()`, or "" when that is not one class (or None)."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        node = _quoted(node.value)
    if isinstance(node, ast.Subscript):
        return _of_subscript(node)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _only((node.left, node.right))
    name = dotted(node) if node is not None else ""
    return f"{name}()" if name and name not in _EVERYDAY else ""


def _quoted(text: str) -> ast.expr | None:
    if len(text) > _LONGEST:
        return None
    if text.isidentifier():  # most are, and need no parser
        return ast.Name(text)
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _of_subscript(node: ast.Subscript) -> str:
    last = dotted(node.value).rpartition(".")[2]
    if last == "Optional":
        return instance(node.slice)
    if last == "Union" and isinstance(node.slice, ast.Tuple):
        return _only(tuple(node.slice.elts))
    return ""


def _only(parts: tuple[ast.expr, ...]) -> str:
    """What one of these promises when all others are None."""
    others = [one for one in parts if not _is_none(one)]
    return instance(others[0]) if len(others) == 1 else ""


def _is_none(node: ast.expr | None) -> bool:
    return node is None or (isinstance(node, ast.Constant) and node.value is None)


def parameters(node: Function) -> dict[str, str]:
    """By name, what the annotations of parameters promise; those that swallow the rest are none."""
    given = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
    listed = ((one.arg, instance(one.annotation)) for one in given if one.annotation is not None)
    return {name: chain for name, chain in listed if chain}


def result(node: Function, frames: list[Frame]) -> str:
    """What a function gives, seen from its module: by its annotation, else what all its returns give alike.

    `frames` are the blocks within it, its own the last.
    """
    if node.returns is not None:
        return of_module(frames[:-1], instance(node.returns))
    found = {value(one.value) for one in returned(node) if not _is_none(one.value)}
    chain = found.pop() if len(found) == 1 else ""
    return of_module(frames, chain)


def of_module(frames: list[Frame], chain: str) -> str:
    """A chain as the module would write it; "" when its first name is one of a block."""
    first, dot, rest = chain.partition(".")
    called = first.endswith("()")
    found = root(frames, first.removesuffix("()")) if first else None
    if found is None or found.via != "module" or (called and found.chain.endswith("()")):
        return ""
    return f"{found.chain}{'()' if called else ''}{dot}{rest}"
