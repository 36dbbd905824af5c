"""Calls in migrations: their arguments by name, constants, definitions without positions."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gate.migrations.tools.base import syntax

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gate.migrations.tools.base.syntax import Names

_WORD = re.compile(r"[^\W\d]\w*")
_MOST_WORDS = 2000
_LINES = 8
_WIDTH = 200


@dataclass(frozen=True, slots=True)
class Module:
    """A migration's text, parsed: constants and functions at its top."""

    lines: tuple[str, ...]
    names: Names
    functions: dict[str, ast.FunctionDef | ast.AsyncFunctionDef] = field(default_factory=dict)

    @classmethod
    def of(cls, content: bytes, tree: ast.Module) -> Module:
        """The module of a text and its tree."""
        functions = {
            one.name: one for one in tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        lines = tuple(content.decode("utf-8", "replace").splitlines())
        return cls(lines, syntax.assigned(tree.body), functions)

    def snippet(self, node: ast.expr | ast.stmt) -> str:
        """The first lines of a piece of the text."""
        last = min(node.end_lineno or node.lineno, node.lineno + _LINES - 1)
        return _clipped(self.lines[node.lineno - 1 : last])


def clipped(text: str) -> str:
    """The first lines of a text."""
    return _clipped(text.split("\n", _LINES)[:_LINES])


def _clipped(lines: Iterable[str]) -> str:
    return "\n".join(line[:_WIDTH].rstrip() for line in lines)


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    return last_name(call.func)


def last_name(value: ast.expr) -> str:
    """`c` of `a.b.c`; "" where there is none."""
    return value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")


def arguments(call: ast.Call, parameters: Sequence[str]) -> dict[str, ast.expr]:
    """The arguments by the names of the parameters; what is starred is left out."""
    plain: list[ast.expr] = []
    for one in call.args:
        if isinstance(one, ast.Starred):
            break
        plain.append(one)
    found = dict(zip(parameters, plain, strict=False))
    found.update((one.arg, one.value) for one in call.keywords if one.arg is not None)
    return found


def string(value: ast.expr | None, names: Names) -> str | None:
    """The text an expression is, through constants and `op.f(...)`; None when it is none."""
    if isinstance(value, ast.Call) and called(value) in ("f", "text", "quoted_name") and value.args:
        value = value.args[0]
    if value is None:
        return None
    try:
        found = syntax.constant(value, names).value
    except syntax.Computed:
        return None
    return found if isinstance(found, str) else None


def strings(value: ast.expr | None, names: Names) -> tuple[str, ...]:
    """The texts in a list or tuple, those that are none left out."""
    if value is None:
        return ()
    try:
        found = [string(one, names) for one in syntax.items(value, names)]
    except syntax.Computed:
        return ()
    return tuple(one for one in found if one is not None)


def truth(value: ast.expr | None) -> bool | None:
    """True or False where it is written out."""
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, bool) else None


def dump(value: ast.AST) -> str:
    """A definition without positions; the module a name is reached through does not count."""
    return re.sub(
        r"Attribute\(value=Name\(id='\w+', ctx=Load\(\)\), attr='(\w+)'", r"Name(id='\1'", ast.dump(value)
    )


def words(nodes: Iterable[ast.AST]) -> tuple[str, ...]:
    """The words in the texts and names of a piece, in lower case."""
    found: set[str] = set()
    for root in nodes:
        for node in ast.walk(root):
            match node:
                case ast.Constant(value=str() as text):
                    found.update(one.lower() for one in _WORD.findall(text))
                case ast.Attribute(attr=name) | ast.Name(id=name):
                    found.add(name.lower())
                case ast.keyword(arg=str() as name):
                    # `filter(author__name=1)` names a field and one of another table
                    found.update(one for one in (name.lower(), *name.lower().split("__")) if one)
                case _:
                    pass
    return tuple(sorted(found)[:_MOST_WORDS])


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, in lower case."""
    return tuple(sorted({one.lower() for one in _WORD.findall(text)})[:_MOST_WORDS])


def calls(nodes: Iterable[ast.AST]) -> Iterator[ast.Call]:
    """Every call in these pieces."""
    for root in nodes:
        for node in ast.walk(root):
            if isinstance(node, ast.Call):
                yield node


def reached(module: Module, start: ast.AST) -> list[ast.AST]:
    """A function and those of the same text that it calls, directly or not."""
    found, queue = [start], [start]
    seen: set[str] = {getattr(start, "name", "")}
    while queue:
        for node in ast.walk(queue.pop()):
            if isinstance(node, ast.Name) and node.id in module.functions and node.id not in seen:
                seen.add(node.id)
                found.append(module.functions[node.id])
                queue.append(module.functions[node.id])
    return found
