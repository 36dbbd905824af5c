"""Calls in migrations: their arguments by name, constants, definitions without positions."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gate.migrations.tools.base import syntax

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gate.migrations.tools.base.syntax import Assignments

_WORD = re.compile(r"[^\W\d]\w*")
_MOST_WORDS = 2000
_LINES = 8
_WIDTH = 200


@dataclass(frozen=True, slots=True)
class MigrationModule:
    """A migration's text, parsed: constants and functions at its top."""

    lines: tuple[str, ...]
    names: Assignments
    functions: dict[str, ast.FunctionDef | ast.AsyncFunctionDef] = field(default_factory=dict)

    @classmethod
    def of(cls, content: bytes, tree: ast.Module) -> MigrationModule:
        """Return the module of a text and its tree."""
        functions = {
            statement.name: statement
            for statement in tree.body
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        lines = tuple(content.decode("utf-8", "replace").splitlines())
        return cls(lines, syntax.assigned(tree.body), functions)

    def snippet(self, node: ast.expr | ast.stmt) -> str:
        """Return the first lines of a piece of the text."""
        last = min(node.end_lineno or node.lineno, node.lineno + _LINES - 1)
        return _clipped(self.lines[node.lineno - 1 : last])


def clipped(text: str) -> str:
    """Return the first lines of a text."""
    return _clipped(text.split("\n", _LINES)[:_LINES])


def _clipped(lines: Iterable[str]) -> str:
    return "\n".join(line[:_WIDTH].rstrip() for line in lines)


def called(call: ast.Call) -> str:
    """Return the last name of what is called."""
    return last_name(call.func)


def last_name(value: ast.expr) -> str:
    """Return `c` of `a.b.c`; "" where there is none."""
    return value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")


def arguments(call: ast.Call, parameters: Sequence[str]) -> dict[str, ast.expr]:
    """Return the arguments by the names of the parameters; what is starred is left out."""
    plain: list[ast.expr] = []
    for argument in call.args:
        if isinstance(argument, ast.Starred):
            break
        plain.append(argument)
    values = dict(zip(parameters, plain, strict=False))
    values.update((keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg is not None)
    return values


def string(value: ast.expr | None, names: Assignments) -> str | None:
    """Return the text an expression is, through constants and `op.f(...)`; None when it is none."""
    if isinstance(value, ast.Call) and called(value) in ("f", "text", "quoted_name") and value.args:
        value = value.args[0]
    if value is None:
        return None
    try:
        text = syntax.constant(value, names).value
    except syntax.Computed:
        return None
    return text if isinstance(text, str) else None


def strings(value: ast.expr | None, names: Assignments) -> tuple[str, ...]:
    """Return the texts in a list or tuple; items that are no text are left out."""
    if value is None:
        return ()
    try:
        texts = [string(item, names) for item in syntax.items(value, names)]
    except syntax.Computed:
        return ()
    return tuple(text for text in texts if text is not None)


def truth(value: ast.expr | None) -> bool | None:
    """Return True or False where it is written out, else None."""
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, bool) else None


def dump(value: ast.AST) -> str:
    """Return a definition without positions; the module a name is reached through does not count."""
    return re.sub(
        r"Attribute\(value=Name\(id='\w+', ctx=Load\(\)\), attr='(\w+)'", r"Name(id='\1'", ast.dump(value)
    )


def words(nodes: Iterable[ast.AST]) -> tuple[str, ...]:
    """Return the words in the texts and names of pieces of a tree, in lower case."""
    result: set[str] = set()
    for root in nodes:
        for node in ast.walk(root):
            match node:
                case ast.Constant(value=str() as text):
                    result.update(word.lower() for word in _WORD.findall(text))
                case ast.Attribute(attr=name) | ast.Name(id=name):
                    result.add(name.lower())
                case ast.keyword(arg=str() as name):
                    # `filter(author__name=1)` names a field and one of another table
                    result.update(word for word in (name.lower(), *name.lower().split("__")) if word)
                case _:
                    pass
    return tuple(sorted(result)[:_MOST_WORDS])


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, in lower case."""
    return tuple(sorted({word.lower() for word in _WORD.findall(text)})[:_MOST_WORDS])


def calls(nodes: Iterable[ast.AST]) -> Iterator[ast.Call]:
    """Yield every call in these pieces."""
    for root in nodes:
        for node in ast.walk(root):
            if isinstance(node, ast.Call):
                yield node


def reached(module: MigrationModule, start: ast.AST) -> list[ast.AST]:
    """Return a function and those of the same text that it calls, directly or not."""
    functions, queue = [start], [start]
    seen: set[str] = {getattr(start, "name", "")}
    while queue:
        for node in ast.walk(queue.pop()):
            if isinstance(node, ast.Name) and node.id in module.functions and node.id not in seen:
                seen.add(node.id)
                functions.append(module.functions[node.id])
                queue.append(module.functions[node.id])
    return functions
