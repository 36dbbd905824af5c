"""New bytes: only the constants that name a migration change, so that quotes, comments and line ends stay."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from gate.migrations.repair.companions import carried
from gate.migrations.repair.merging import merge_file
from gate.migrations.repair.references import in_head_files, in_python
from gate.migrations.tools import tool
from gate.model.repairs import CannotRepair, Rewrite

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from gate.migrations.repair.plan import Moves
    from gate.model.migrations import Mark, Node, Store

Span = tuple[int, int, str]
"""Bytes from, bytes to, and the text that takes their place."""
_SAFE = re.compile(r"[\w.-]+")


def rewritten(
    stores: Sequence[Store],
    nodes: Sequence[Node],
    moves: Moves,
    contents: Mapping[str, bytes],
    new: Collection[str] = (),
) -> tuple[Rewrite, ...]:
    """Every file that changes, by path; `new` are those of the stream that the target lacks.

    Raises:
        CannotRepair: a constant is not one plain literal, or a file is not what was read.
    """
    spans: defaultdict[str, set[Span]] = defaultdict(set)
    for node in nodes:
        spans[node.path].update(_spans(node, moves, contents))
    linked = {old: key for old, key in moves.names.items() if old not in moves.versions}
    for old, key in linked.items():
        spans = _more(spans, in_python(stores, old, key, contents, {node.path for node in nodes}))
        spans = _more(spans, in_head_files(stores, old, key, contents))
    more = carried(stores, nodes, moves.versions, contents, new)
    spans = _more(spans, more.spans)
    paths = {
        node.path: tool(node.tool).renamed_path(node, linked[node.key].id)
        for node in nodes
        if node.key in linked
    } | more.paths
    changed = [
        Rewrite(path, contents[path], replaced(contents[path], spans[path]), paths.get(path, ""))
        for path in sorted({path for path in spans if spans[path]} | paths.keys())
    ]
    dropped = [_dropped(node, contents) for node in nodes if node.key in moves.dropped]
    return (*changed, *dropped, *(merge_file(*merge, nodes) for merge in moves.merges))


def _dropped(node: Node, contents: Mapping[str, bytes]) -> Rewrite:
    content = contents.get(node.path, b"")
    if not tool(node.tool).only_merges(content):
        raise CannotRepair(f"`{node.id}` merges heads that are merged already, and does more than that")
    return Rewrite(node.path, content, None)


def _more(spans: defaultdict[str, set[Span]], found: Mapping[str, set[Span]]) -> defaultdict[str, set[Span]]:
    for path, one in found.items():
        spans[path] |= one
    return spans


def replaced(content: bytes, spans: set[Span]) -> bytes:
    """The content with these spans replaced.

    Raises:
        CannotRepair: two of them overlap.
    """
    ordered = sorted(spans)
    if any(one[1] > other[0] for one, other in pairwise(ordered)):
        raise CannotRepair("one constant would have to become two")
    for start, end, text in reversed(ordered):
        content = content[:start] + text.encode("ascii") + content[end:]
    return content


def _spans(node: Node, moves: Moves, contents: Mapping[str, bytes]) -> Iterator[Span]:
    for mark in node.marks:
        new = _new(node, mark, moves)
        if new is None:
            continue
        if node.path not in contents:
            raise CannotRepair(f"{node.path} is not the same file at the stream's tip")
        yield _span(node.path, mark, new, contents[node.path])
        if mark.role == "id":
            for span in tool(node.tool).repetitions(contents[node.path], mark.text):
                yield *span, new


def _new(node: Node, mark: Mark, moves: Moves) -> str | None:
    """What a constant has to say instead, None when it stays."""
    if mark.role == "label":
        return None
    if mark.role == "id":
        named = moves.names.get(node.key)
    else:
        key = tool(node.tool).named_key(node.key.store, mark)
        parents = moves.parents.get(node.key, {}) if mark.role in ("parent", "comment") else {}
        named = parents.get(key) or moves.names.get(key)
    return named.id if named else None


def _span(path: str, mark: Mark, new: str, content: bytes) -> Span:
    quoted = mark.role != "comment"
    start, end = mark.start + quoted, mark.end - quoted
    if mark.start < 0 or content[start:end] != mark.text.encode("utf-8", "replace"):
        raise CannotRepair(
            f"`{mark.text}` in {path}:{mark.line} is not one plain text that could be replaced"
        )
    if not (_SAFE.fullmatch(new) and new.isascii()):
        raise CannotRepair(f"{new!r} is no name that could be written into a file")
    return start, end, new
