"""The proof: the graph built again from the new files, and the files the same but for the names in them."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gate.migrations.graph import collide
from gate.migrations.graph.target_graph import TargetGraph
from gate.migrations.repair.plan import landed
from gate.migrations.tools import tool
from gate.migrations.tools.base.syntax import parsed
from gate.model.migrations import Delta, File
from gate.model.repairs import CannotRepair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.migrations.repair.plan import Moves
    from gate.migrations.tools.base.tool import Tool
    from gate.model.collisions import MigrationFacts
    from gate.model.migrations import Node, Store
    from gate.model.repairs import Rewrite


def proved(
    stores: Sequence[Store],
    target: Sequence[Node],
    before: Sequence[Delta],
    delta: Delta,
    moves: Moves,
    rewrites: Sequence[Rewrite],
) -> tuple[Node, ...]:
    """The stream's migrations as the new files have them.

    Raises:
        CannotRepair: something does not come out as it should.
    """
    renamed = (moves.names, *moves.parents.values())
    names = {(old.id, new.id) for one in renamed for old, new in one.items()}
    said = _said(stores, delta, moves)
    tools = [tool(name) for name in sorted({store.tool for store in stores})]
    for one in rewrites:
        if one.before is not None and one.after is not None:
            if one.path.endswith(".py"):
                _require_same(one, names, tools)
            else:
                _require_same_but(one, said)
        if any(other is not one and other.final_path == one.final_path for other in rewrites):
            raise CannotRepair(f"two migrations would become {one.final_path}")
    nodes = tuple(_read(stores, delta.added, rewrites))
    ground = tuple(landed(target, before).values())
    _require_graph(stores, ground, replace(delta, added=nodes, repeated=()), moves)
    _require_turns(ground, delta.added, nodes, moves)
    return nodes


def _said(stores: Sequence[Store], delta: Delta, moves: Moves) -> re.Pattern[bytes]:
    """What may change in a file that is not read as a program: names of migrations, and versions."""
    homes = {store.name: store for store in stores}
    words = {key.id for pair in moves.names.items() for key in pair}
    numbers = set(moves.versions.values())
    for node in delta.added:
        if node.key in moves.versions:
            numbers.add(tool(homes[node.key.store].tool).version_of(node.path))
    texts = [re.escape(word) for word in words] + ["_?".join(map(re.escape, number)) for number in numbers]
    every = "|".join(sorted(texts, key=len, reverse=True)) or r"(?!)"
    return re.compile(every.encode("utf-8", "surrogateescape"))


def _require_same_but(one: Rewrite, said: re.Pattern[bytes]) -> None:
    assert one.before is not None
    assert one.after is not None
    if one.before != one.after and said.sub(b"", one.before) != said.sub(b"", one.after):
        raise CannotRepair(f"{one.path} would change besides")


def _read(stores: Sequence[Store], nodes: Sequence[Node], rewrites: Sequence[Rewrite]) -> Iterator[Node]:
    """All migrations of the stream; those in new files are read from them."""
    changed = {one.path: one for one in rewrites}
    blobs = {node.path: node.blob for node in nodes}
    for node in nodes:
        if node.path not in changed:
            yield node
    for store in stores:
        homes = {node.path for node in nodes if node.key.store == store.name}
        files = []
        for one in rewrites:
            mine = one.path in homes or (
                one.before is None and one.final_path.rpartition("/")[0] in store.folders
            )
            says = tool(store.tool).read(one.after) if mine and one.after is not None else None
            if says is not None:
                blob = "" if one.before != one.after else blobs.get(one.path, "")
                files.append(File(one.final_path, blob or f"patched {one.final_path}", says))
        yield from tool(store.tool).nodes(store, files)


def _require_graph(stores: Sequence[Store], ground: Sequence[Node], delta: Delta, moves: Moves) -> None:
    touched = {key.store for key in (*moves.parents, *moves.names, *moves.dropped)}
    touched |= {store.name for store, _, _ in moves.merges}
    facts = collide(stores, ground, [delta])
    trouble = next(_troubles(facts, touched), "")
    if trouble:
        raise CannotRepair(f"after the change {trouble}")
    before = TargetGraph(stores, ground)
    gone = {node.key for node in delta.removed}
    after = TargetGraph(
        stores, (*(one for one in before.nodes.values() if one.key not in gone), *delta.added)
    )
    linked = {store.name for store in stores if store.model == "graph"}
    for name in sorted(touched & linked):
        if len(after.heads(name)) > max(len(before.heads(name)), 1):
            raise CannotRepair(f"after the change {name} still has {len(after.heads(name))} heads")
    _require_above(after, moves)


def _troubles(facts: MigrationFacts, touched: set[str]) -> Iterator[str]:
    yield from ("there is still a fork" for fork in facts.forks if fork.store.name in touched)
    yield from (
        f"`{one.node.id}` would come late"
        for one in facts.late
        if one.store.late == "error" and one.store.name in touched
    )
    yield from (
        f"`{one.parent.id}` is missing" for one in facts.missing_parents if one.node.key.store in touched
    )
    yield from ("migrations wait for one another" for one in facts.cycles if one.store.name in touched)
    yield from (
        f"`{one.value}` is there twice"
        for one in facts.duplicates
        if one.kind in ("id", "file", "key", "name") and one.store.name in touched
    )


def _require_above(after: TargetGraph, moves: Moves) -> None:
    """Each new parent is one."""
    for key, parents in moves.parents.items():
        node = after.nodes.get(moves.names.get(key, key))
        if node is None or not {*parents.values()} <= {*node.parents} or {*parents} & {*node.parents}:
            raise CannotRepair(f"`{key.id}` does not follow what it should")


def _require_turns(ground: Sequence[Node], old: Sequence[Node], new: Sequence[Node], moves: Moves) -> None:
    """In ordered stores, what was raised comes after all that was there, and the stream's own in their order."""
    for name in sorted({key.store for key in moves.versions}):
        before, after = (_in_turn(nodes, name) for nodes in (old, new))
        if [moves.names.get(node.key, node.key) for node in before] != [node.key for node in after]:
            raise CannotRepair(f"the migrations of {name} would change places")
        own = {node.key for node in after}
        top = max((node.order_key for node in _in_turn(ground, name) if node.key not in own), default=())
        raised = {moves.names[key] for key in moves.versions}
        late = [node for node in after if node.key in raised and node.order_key <= top]
        if late:
            raise CannotRepair(f"`{late[0].id}` would still come before what lands before it")


def _in_turn(nodes: Sequence[Node], store: str) -> list[Node]:
    return sorted(
        (node for node in nodes if node.key.store == store and node.order_key),
        key=lambda node: node.order_key,
    )


def _require_same(one: Rewrite, names: set[tuple[str, str]], tools: Sequence[Tool]) -> None:
    """The syntax is the same but for the names, and the operations are the same bytes."""
    assert one.before is not None
    assert one.after is not None
    old, new = parsed(one.before), parsed(one.after)
    if old is None or new is None:
        raise CannotRepair(f"{one.path} cannot be read as Python, so that nothing could be proved of it")
    first, second = (list(ast.walk(tree)) for tree in (old, new))
    if len(first) != len(second):
        raise CannotRepair(f"{one.path} would become another program")
    docstring = _docstring(old)
    for a, b in zip(first, second, strict=True):
        if isinstance(a, ast.Constant) and isinstance(b, ast.Constant) and a.value != b.value:
            if a is not docstring and not _may_become(a.value, b.value, names):
                raise CannotRepair(f"{one.path}:{a.lineno} would change besides")
            b.value = a.value
    if ast.dump(old) != ast.dump(new) or _fixed(one.before, old, tools) != _fixed(one.after, new, tools):
        raise CannotRepair(f"{one.path} would become another program")


def _may_become(old: object, new: object, names: set[tuple[str, str]]) -> bool:
    """Whether a constant may change so: it names a migration, or ends with its name."""
    if not isinstance(old, str) or not isinstance(new, str):
        return False
    return any((old == a and new == b) or (old.endswith(f".{a}") and new.endswith(f".{b}")) for a, b in names)


def _docstring(tree: ast.Module) -> ast.expr | None:
    first = tree.body[0] if tree.body else None
    return first.value if isinstance(first, ast.Expr) else None


def _fixed(content: bytes, tree: ast.Module, tools: Sequence[Tool]) -> list[bytes]:
    """Return the lines of all statements that one of the tools says no repair may change."""
    lines = content.splitlines(keepends=True)
    statements = {
        (statement.lineno, statement.end_lineno)
        for tool in tools
        for statement in tool.fixed_statements(tree)
    }
    return [b"".join(lines[first - 1 : last]) for first, last in sorted(statements)]
