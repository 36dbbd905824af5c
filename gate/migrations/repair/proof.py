"""The proof: the graph built again from the new files, and the files the same but for the names in them."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from gate.migrations.graph import collide
from gate.migrations.graph.target_graph import TargetGraph
from gate.migrations.tools import tool
from gate.migrations.tools.base.syntax import parsed
from gate.model.migrations import File
from gate.model.repairs import CannotRepair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.migrations.repair.plan import RepairPlan
    from gate.migrations.repair.situation import Situation
    from gate.migrations.tools.base.tool import Tool
    from gate.model.collisions import MigrationFacts
    from gate.model.migrations import Delta, Node, Store
    from gate.model.repairs import Rewrite


def proved(situation: Situation, plan: RepairPlan, rewrites: Sequence[Rewrite]) -> tuple[Node, ...]:
    """Return the stream's migrations as the new files have them.

    Raises:
        CannotRepair: something does not come out as it should.
    """
    _Files(situation, plan).require_same(rewrites)
    nodes = tuple(_read(situation, rewrites))
    landed = tuple(situation.landed().values())
    _require_graph(situation, landed, replace(situation.delta, added=nodes, repeated=()), plan)
    _require_order(landed, situation.added, nodes, plan)
    return nodes


def _read(situation: Situation, rewrites: Sequence[Rewrite]) -> Iterator[Node]:
    """Yield all migrations of the stream; those in new files are read from them."""
    changed = {rewrite.path for rewrite in rewrites}
    yield from (node for node in situation.added if node.path not in changed)
    for store in situation.stores:
        yield from tool(store.tool).nodes(store, list(_files(store, situation.added, rewrites)))


def _files(store: Store, nodes: Sequence[Node], rewrites: Sequence[Rewrite]) -> Iterator[File]:
    """Yield the new files that are migrations of a store; what is only moved keeps its blob."""
    blobs = {node.path: node.blob for node in nodes}
    paths = {node.path for node in nodes if node.key.store == store.name}
    for rewrite in rewrites:
        is_new = rewrite.before is None and rewrite.final_path.rpartition("/")[0] in store.folders
        if rewrite.after is None or not (rewrite.path in paths or is_new):
            continue
        migration = tool(store.tool).read(rewrite.after)
        if migration is not None:
            blob = "" if rewrite.before != rewrite.after else blobs.get(rewrite.path, "")
            yield File(rewrite.final_path, blob or f"patched {rewrite.final_path}", migration)


# -- the graph


def _require_graph(situation: Situation, landed: Sequence[Node], delta: Delta, plan: RepairPlan) -> None:
    touched = {key.store for key in (*plan.parents, *plan.names, *plan.dropped)}
    touched |= {store.name for store, _, _ in plan.merges}
    problem = next(_problems(collide(situation.stores, landed, [delta]), touched), "")
    if problem:
        raise CannotRepair(f"after the change {problem}")
    before = TargetGraph(situation.stores, landed)
    removed = {node.key for node in delta.removed}
    staying = (node for node in before.nodes.values() if node.key not in removed)
    after = TargetGraph(situation.stores, (*staying, *delta.added))
    linked = {store.name for store in situation.stores if store.model == "graph"}
    for name in sorted(touched & linked):
        if len(after.heads(name)) > max(len(before.heads(name)), 1):
            raise CannotRepair(f"after the change {name} still has {len(after.heads(name))} heads")
    _require_parents(after, plan)


def _problems(facts: MigrationFacts, touched: set[str]) -> Iterator[str]:
    """Yield what is still wrong in the stores that the plan touches."""
    yield from ("there is still a fork" for fork in facts.forks if fork.store.name in touched)
    yield from (
        f"`{version.node.id}` would come late"
        for version in facts.late
        if version.store.late == "error" and version.store.name in touched
    )
    yield from (
        f"`{missing.parent.id}` is missing"
        for missing in facts.missing_parents
        if missing.node.key.store in touched
    )
    yield from ("migrations wait for one another" for cycle in facts.cycles if cycle.store.name in touched)
    yield from (
        f"`{duplicate.value}` is there twice"
        for duplicate in facts.duplicates
        if duplicate.kind in ("id", "file", "key", "name") and duplicate.store.name in touched
    )


def _require_parents(after: TargetGraph, plan: RepairPlan) -> None:
    """Raise CannotRepair where a migration has not all of its new parents, or one of the old."""
    for key, parents in plan.parents.items():
        node = after.nodes.get(plan.names.get(key, key))
        if node is None or not {*parents.values()} <= {*node.parents} or {*parents} & {*node.parents}:
            raise CannotRepair(f"`{key.id}` does not follow what it should")


def _require_order(
    landed: Sequence[Node], old: Sequence[Node], new: Sequence[Node], plan: RepairPlan
) -> None:
    """Raise CannotRepair where a raised version is not above all that landed, or the stream's own change places."""
    raised = {plan.names[key] for key in plan.versions}
    for name in sorted({key.store for key in plan.versions}):
        before, after = (_ordered(nodes, name) for nodes in (old, new))
        if [plan.names.get(node.key, node.key) for node in before] != [node.key for node in after]:
            raise CannotRepair(f"the migrations of {name} would change places")
        keys = {node.key for node in after}
        top = max((node.order_key for node in _ordered(landed, name) if node.key not in keys), default=())
        late = [node for node in after if node.key in raised and node.order_key <= top]
        if late:
            raise CannotRepair(f"`{late[0].id}` would still come before what lands before it")


def _ordered(nodes: Sequence[Node], store: str) -> list[Node]:
    return sorted(
        (node for node in nodes if node.key.store == store and node.order_key),
        key=lambda node: node.order_key,
    )


# -- the files


@dataclass(frozen=True)
class _Files:
    """The changes that files may have: names of migrations, and versions."""

    situation: Situation
    plan: RepairPlan

    def require_same(self, rewrites: Sequence[Rewrite]) -> None:
        """Raise CannotRepair where a file changes in another way, or two get one path."""
        for rewrite in rewrites:
            if rewrite.before is not None and rewrite.after is not None:
                if rewrite.path.endswith(".py"):
                    self._require_same_program(rewrite.path, rewrite.before, rewrite.after)
                else:
                    self._require_same_text(rewrite.path, rewrite.before, rewrite.after)
            rivals = (rival for rival in rewrites if rival is not rewrite)
            if any(rival.final_path == rewrite.final_path for rival in rivals):
                raise CannotRepair(f"two migrations would become {rewrite.final_path}")

    @cached_property
    def _names(self) -> set[tuple[str, str]]:
        """Pairs of names, old and new."""
        renamed = (self.plan.names, *self.plan.parents.values())
        return {(old.id, new.id) for names in renamed for old, new in names.items()}

    @cached_property
    def _words(self) -> re.Pattern[bytes]:
        """A pattern of the names and versions that may change in a file that is not read as a program."""
        names = {key.id for pair in self.plan.names.items() for key in pair}
        numbers = set(self.plan.versions.values())
        for node in self.situation.added:
            if node.key in self.plan.versions:
                store = self.situation.store_of(node)
                numbers.add(tool(store.tool).version_of(node.path))
        texts = [re.escape(name) for name in names]
        texts += ["_?".join(map(re.escape, number)) for number in numbers]
        every = "|".join(sorted(texts, key=len, reverse=True)) or r"(?!)"
        return re.compile(every.encode("utf-8", "surrogateescape"))

    @cached_property
    def _tools(self) -> list[Tool]:
        return [tool(name) for name in sorted({store.tool for store in self.situation.stores})]

    def _require_same_text(self, path: str, before: bytes, after: bytes) -> None:
        if before != after and self._words.sub(b"", before) != self._words.sub(b"", after):
            raise CannotRepair(f"{path} would change besides")

    def _require_same_program(self, path: str, before: bytes, after: bytes) -> None:
        """Raise CannotRepair where more than names changes in the syntax, or any byte of what a tool runs."""
        old, new = parsed(before), parsed(after)
        if old is None or new is None:
            raise CannotRepair(f"{path} cannot be read as Python, so that nothing could be proved of it")
        first, second = (list(ast.walk(tree)) for tree in (old, new))
        if len(first) != len(second):
            raise CannotRepair(f"{path} would become another program")
        docstring = _docstring(old)
        for a, b in zip(first, second, strict=True):
            if isinstance(a, ast.Constant) and isinstance(b, ast.Constant) and a.value != b.value:
                if a is not docstring and not self._may_become(a.value, b.value):
                    raise CannotRepair(f"{path}:{a.lineno} would change besides")
                b.value = a.value
        if ast.dump(old) != ast.dump(new) or self._fixed(before, old) != self._fixed(after, new):
            raise CannotRepair(f"{path} would become another program")

    def _may_become(self, old: object, new: object) -> bool:
        """Return whether a constant may change so: it names a migration, or ends with its name."""
        if not isinstance(old, str) or not isinstance(new, str):
            return False
        return any(
            (old == a and new == b) or (old.endswith(f".{a}") and new.endswith(f".{b}"))
            for a, b in self._names
        )

    def _fixed(self, content: bytes, tree: ast.Module) -> list[bytes]:
        """Return the lines of all statements that one of the tools says no repair may change."""
        lines = content.splitlines(keepends=True)
        statements = {
            (statement.lineno, statement.end_lineno)
            for tool in self._tools
            for statement in tool.fixed_statements(tree)
        }
        return [b"".join(lines[first - 1 : last]) for first, last in sorted(statements)]


def _docstring(tree: ast.Module) -> ast.expr | None:
    first = tree.body[0] if tree.body else None
    return first.value if isinstance(first, ast.Expr) else None
