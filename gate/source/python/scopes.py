"""Which names a function, class or module binds, as Python's compiler decides it: before any of it runs."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(slots=True)
class Bound:
    """The names one block binds: how often, which of them by imports, and which it declares to be of the module."""

    names: Counter[str] = field(default_factory=Counter)
    imports: Counter[str] = field(default_factory=Counter)
    outer: set[str] = field(default_factory=set)
    values: dict[str, ast.expr] = field(default_factory=dict)
    """What plain assignments bind a name to; of a name bound more than once, the last."""

    @property
    def local(self) -> set[str]:
        """Names of the block itself."""
        return self.names.keys() - self.outer


def bound(nodes: Iterable[ast.AST]) -> Bound:
    """What these nodes bind in the block they stand in; blocks within them bind for themselves."""
    found = Bound()
    queue = list(nodes)
    while queue:
        node = queue.pop()
        kind = type(node)
        if kind is ast.Name:
            if not isinstance(node.ctx, ast.Load):  # type: ignore[attr-defined]
                found.names[node.id] += 1  # type: ignore[attr-defined]
        elif isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            found.names[node.name] += 1
            queue += node.decorator_list
        elif isinstance(node, ast.Lambda):
            continue
        elif isinstance(node, _COMPREHENSIONS):
            queue += [walrus for walrus in ast.walk(node) if isinstance(walrus, ast.NamedExpr)]
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            _imported(node, found)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            found.outer.update(node.names)
        else:
            _other(node, found)
            queue += ast.iter_child_nodes(node)
    return found


def _imported(node: ast.Import | ast.ImportFrom, found: Bound) -> None:
    for alias in node.names:
        name = alias.asname or (alias.name.partition(".")[0] if isinstance(node, ast.Import) else alias.name)
        found.names[name] += 1
        found.imports[name] += 1


def _other(node: ast.AST, found: Bound) -> None:
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        found.values[node.targets[0].id] = node.value
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
        found.values[node.target.id] = node.value
    elif isinstance(node, (ast.ExceptHandler, ast.MatchStar, ast.MatchAs)) and node.name:
        found.names[node.name] += 1
    elif isinstance(node, ast.MatchMapping) and node.rest:
        found.names[node.rest] += 1


def parameters(node: ast.arguments) -> list[ast.arg]:
    """All parameters in order, those that swallow the rest included."""
    rest = [one for one in (node.vararg, node.kwarg) if one is not None]
    return [*node.posonlyargs, *node.args, *node.kwonlyargs, *rest]
