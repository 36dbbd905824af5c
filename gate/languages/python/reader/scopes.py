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
_LEAF_FIELDS = frozenset(
    ("ctx", "op", "ops", "id", "attr", "arg", "asname", "is_async", "type_comment", "lineno")
)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(slots=True)
class BlockNames:
    """The names one block binds: how often, how often by imports, and which it declares to be of an outer block."""

    names: Counter[str] = field(default_factory=Counter)
    imports: Counter[str] = field(default_factory=Counter)
    outer: set[str] = field(default_factory=set)
    values: dict[str, ast.expr] = field(default_factory=dict)
    """What plain assignments bind a name to; of a name bound more than once, the last."""

    @property
    def local(self) -> set[str]:
        """Names of the block itself."""
        return self.names.keys() - self.outer


def block_names(nodes: Iterable[ast.AST], *, walrus: bool = True) -> BlockNames:
    """Return what these nodes bind in the block they stand in; blocks within them bind for themselves.

    Expressions bind by `:=` alone; without a `walrus` in the file they are not looked at.
    """
    block = BlockNames()
    queue = list(nodes)
    while queue:
        node = queue.pop()
        kind = type(node)
        if kind is ast.Name:
            if not isinstance(node.ctx, ast.Load):  # type: ignore[attr-defined]
                block.names[node.id] += 1  # type: ignore[attr-defined]
        elif isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            block.names[node.name] += 1
            queue += node.decorator_list
        elif isinstance(node, ast.Lambda):
            continue
        elif isinstance(node, _COMPREHENSIONS):
            queue += [part for part in ast.walk(node) if isinstance(part, ast.NamedExpr)]
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            _add_imports(node, block)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            block.outer.update(node.names)
        else:
            _add_bindings(node, block)
            queue += children(node) if walrus else filter(_may_bind, children(node))
    return block


def _may_bind(node: ast.AST) -> bool:
    return not isinstance(node, ast.expr) or isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del))


def children(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes right below a node.

    Those of `ast.iter_child_nodes`, less operators and contexts, in a third of the time.
    """
    for name in _node_fields(type(node)):  # type: ignore[arg-type]  # classes of nodes are hashable
        value = getattr(node, name, None)
        if isinstance(value, list):
            for part in value:
                if isinstance(part, ast.AST):
                    yield part
        elif isinstance(value, ast.AST):
            yield value


@cache
def _node_fields(kind: type[ast.AST]) -> tuple[str, ...]:
    """Return the fields that may hold nodes; names, numbers and the like hold none."""
    if kind in (ast.Constant, ast.Pass, ast.Break, ast.Continue):
        return ()
    return tuple(name for name in kind._fields if name not in _LEAF_FIELDS)


def _add_imports(node: ast.Import | ast.ImportFrom, block: BlockNames) -> None:
    for alias in node.names:
        name = alias.asname or (alias.name.partition(".")[0] if isinstance(node, ast.Import) else alias.name)
        block.names[name] += 1
        block.imports[name] += 1


def _add_bindings(node: ast.AST, block: BlockNames) -> None:
    """Add what a node binds by itself: the values of assignments, and names that are no nodes of their own."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        block.values[node.targets[0].id] = node.value
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
        block.values[node.target.id] = node.value
    elif isinstance(node, (ast.ExceptHandler, ast.MatchStar, ast.MatchAs)) and node.name:
        block.names[node.name] += 1
    elif isinstance(node, ast.MatchMapping) and node.rest:
        block.names[node.rest] += 1


def parameters(node: ast.arguments) -> list[ast.arg]:
    """Return all parameters in order, `*args` and `**kwargs` last."""
    swallowing = [argument for argument in (node.vararg, node.kwarg) if argument is not None]
    return [*node.posonlyargs, *node.args, *node.kwonlyargs, *swallowing]
