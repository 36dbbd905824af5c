"""New bytes: only the constants that name a migration change, so that quotes, comments and line ends stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.migrations.repair import spans as changes
from gate.migrations.repair.companions import companion_changes
from gate.migrations.repair.merging import merge_file
from gate.migrations.repair.references import in_head_files, in_python
from gate.migrations.tools import tool
from gate.model.repairs import CannotRepair, Rewrite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.migrations.repair.plan import RepairPlan
    from gate.migrations.repair.situation import Situation
    from gate.migrations.repair.spans import Span
    from gate.model.migrations import Mark, Node

_SAFE = re.compile(r"[\w.-]+")


def rewritten(situation: Situation, plan: RepairPlan) -> tuple[Rewrite, ...]:
    """Return every file that changes: by path, then those that are removed, then new ones.

    Raises:
        CannotRepair: a constant is not one plain literal, or a file is not what was read.
    """
    nodes, contents = situation.added, situation.contents
    spans = changes.no_spans()
    for node in nodes:
        spans[node.path].update(_spans(node, situation, plan))
    linked = {old: new for old, new in plan.names.items() if old not in plan.versions}
    for old, new in linked.items():
        changes.merge(spans, in_python(situation, old, new))
        changes.merge(spans, in_head_files(situation, old, new))
    companions = companion_changes(situation, plan.versions)
    changes.merge(spans, companions.spans)
    renamed = [node for node in nodes if node.key in linked]
    paths = {node.path: tool(node.tool).renamed_path(node, linked[node.key].id) for node in renamed}
    paths |= companions.paths
    rewrites = [
        Rewrite(path, contents[path], changes.replaced(contents[path], spans[path]), paths.get(path, ""))
        for path in sorted({path for path in spans if spans[path]} | paths.keys())
    ]
    dropped = [_dropped(node, contents.get(node.path, b"")) for node in nodes if node.key in plan.dropped]
    return (*rewrites, *dropped, *(merge_file(*merge, nodes) for merge in plan.merges))


def _dropped(node: Node, content: bytes) -> Rewrite:
    if not tool(node.tool).only_merges(content):
        raise CannotRepair(f"`{node.id}` merges heads that are merged already, and does more than that")
    return Rewrite(node.path, content, None)


def _spans(node: Node, situation: Situation, plan: RepairPlan) -> Iterator[Span]:
    for mark in node.marks:
        name = _new_name(node, mark, plan)
        if name is None:
            continue
        content = situation.contents.get(node.path)
        if content is None:
            raise CannotRepair(f"{node.path} is not the same file at the stream's tip")
        yield _span(node.path, mark, name, content)
        if mark.role == "id":
            for span in tool(node.tool).repetitions(content, mark.text):
                yield *span, name


def _new_name(node: Node, mark: Mark, plan: RepairPlan) -> str | None:
    """Return what a constant has to say instead, None when it stays."""
    if mark.role == "label":
        return None
    if mark.role == "id":
        new = plan.names.get(node.key)
    else:
        key = tool(node.tool).named_key(node.key.store, mark)
        parents = plan.parents.get(node.key, {}) if mark.role in ("parent", "comment") else {}
        new = parents.get(key) or plan.names.get(key)
    return new.id if new else None


def _span(path: str, mark: Mark, name: str, content: bytes) -> Span:
    quoted = mark.role != "comment"
    start, end = mark.start + quoted, mark.end - quoted
    if mark.start < 0 or content[start:end] != mark.text.encode("utf-8", "replace"):
        raise CannotRepair(
            f"`{mark.text}` in {path}:{mark.line} is not one plain text that could be replaced"
        )
    if not (_SAFE.fullmatch(name) and name.isascii()):
        raise CannotRepair(f"{name!r} is no name that could be written into a file")
    return start, end, name
