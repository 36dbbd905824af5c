"""Which names a function, class or module binds, as Python's compiler decides it: before any of it runs."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SILENT = frozenset(("ctx", "op", "ops", "id", "attr", "arg", "asname", "is_async", "type_comment", "lineno"))
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


def bound(nodes: Iterable[ast.AST], *, walrus: bool = True) -> Bound:
    """What these nodes bind in the block they stand in; blocks within them bind for themselves.

    Expressions bind by `:=` alone; without a `walrus` in the file none of them needs to be looked at.
    """
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
            queue += children(node) if walrus else filter(_may_bind, children(node))
    return found


def _may_bind(node: ast.AST) -> bool:
    return not isinstance(node, ast.expr) or isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del))


def children(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes right below one; of `ast.iter_child_nodes`, less operators and contexts, in a third of the time."""
    for name in _fields(type(node)):  # type: ignore[arg-type]  # classes of nodes are hashable
        value = getattr(node, name, None)
        if isinstance(value, list):
            for one in value:
                if isinstance(one, ast.AST):
                    yield one
        elif isinstance(value, ast.AST):
            yield value


@cache
def _fields(kind: type[ast.AST]) -> tuple[str, ...]:
    """The fields that may hold nodes which say something; names, numbers and the like hold none."""
    if kind in (ast.Constant, ast.Pass, ast.Break, ast.Continue):
        return ()
    return tuple(name for name in kind._fields if name not in _SILENT)


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
