"""New bytes: only the constants that name a migration change, so that quotes, comments and line ends stay."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from gate.migrations.repair import merging
from gate.migrations.repair.companions import carried
from gate.migrations.repair.references import head_files, tests
from gate.migrations.repair.refused import Refused
from gate.model.migrations import Key
from gate.model.repairs import Rewrite

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from gate.migrations.repair.plan import Moves
    from gate.model.migrations import Mark, Node, Store

Span = tuple[int, int, str]
"""Bytes from, bytes to, and the text that takes their place."""
_SAFE = re.compile(r"[\w.-]+")
_TITLE = rb"^[ \t]*Revision ID[ \t]*:[ \t]*(?P<id>%s)[ \t]*\r?$"
"""The line of Alembic's docstring that repeats the id."""


def rewritten(
    stores: Sequence[Store],
    nodes: Sequence[Node],
    moves: Moves,
    contents: Mapping[str, bytes],
    new: Collection[str] = (),
) -> tuple[Rewrite, ...]:
    """Every file that changes, by path; `new` are those of the stream that the target lacks.

    Raises:
        Refused: a constant is not one plain literal, or a file is not what was read.
    """
    spans: defaultdict[str, set[Span]] = defaultdict(set)
    for node in nodes:
        spans[node.path].update(_spans(node, moves, contents))
    linked = {old: key for old, key in moves.names.items() if old not in moves.versions}
    for old, key in linked.items():
        spans = _more(spans, tests(old, key, contents, {node.path for node in nodes}))
        spans = _more(spans, head_files(stores, old, key, contents))
    more = carried(stores, nodes, moves.versions, contents, new)
    spans = _more(spans, more.spans)
    paths = {node.path: _renamed(node, linked[node.key]) for node in nodes if node.key in linked} | more.paths
    changed = [
        Rewrite(path, contents[path], replaced(contents[path], spans[path]), paths.get(path, ""))
        for path in sorted({path for path in spans if spans[path]} | paths.keys())
    ]
    dropped = [_dropped(node, contents) for node in nodes if node.key in moves.dropped]
    return (*changed, *dropped, *(merging.revision(*one, nodes) for one in moves.merges))


def _dropped(node: Node, contents: Mapping[str, bytes]) -> Rewrite:
    content = contents.get(node.path, b"")
    if not merging.does_nothing(content):
        raise Refused(f"`{node.id}` merges heads that are merged already, and does more than that")
    return Rewrite(node.path, content, None)


def _more(spans: defaultdict[str, set[Span]], found: Mapping[str, set[Span]]) -> defaultdict[str, set[Span]]:
    for path, one in found.items():
        spans[path] |= one
    return spans


def replaced(content: bytes, spans: set[Span]) -> bytes:
    """The content with these spans replaced.

    Raises:
        Refused: two of them overlap.
    """
    ordered = sorted(spans)
    if any(one[1] > other[0] for one, other in pairwise(ordered)):
        raise Refused("one constant would have to become two")
    for start, end, text in reversed(ordered):
        content = content[:start] + text.encode("ascii") + content[end:]
    return content


def _spans(node: Node, moves: Moves, contents: Mapping[str, bytes]) -> Iterator[Span]:
    for mark in node.marks:
        new = _new(node, mark, moves)
        if new is None:
            continue
        if node.path not in contents:
            raise Refused(f"{node.path} is not the same file at the stream's tip")
        yield _span(node.path, mark, new, contents[node.path])
        if mark.role == "id":
            title = re.search(_TITLE % re.escape(mark.text.encode()), contents[node.path], re.MULTILINE)
            if title:
                yield *title.span("id"), new


def _new(node: Node, mark: Mark, moves: Moves) -> str | None:
    """What a constant has to say instead, None when it stays."""
    if mark.role == "label":
        return None
    if mark.role == "id":
        named = moves.names.get(node.key)
    else:
        label = node.key.store.partition("@")[0]
        store = mark.app if node.system == "django" and mark.app != label else node.key.store
        key = Key(store, mark.text)
        parents = moves.parents.get(node.key, {}) if mark.role in ("parent", "comment") else {}
        named = parents.get(key) or moves.names.get(key)
    return named.id if named else None


def _span(path: str, mark: Mark, new: str, content: bytes) -> Span:
    quoted = mark.role != "comment"
    start, end = mark.start + quoted, mark.end - quoted
    if mark.start < 0 or content[start:end] != mark.text.encode("utf-8", "replace"):
        raise Refused(f"`{mark.text}` in {path}:{mark.line} is not one plain text that could be replaced")
    if not (_SAFE.fullmatch(new) and new.isascii()):
        raise Refused(f"{new!r} is no name that could be written into a file")
    return start, end, new


def _renamed(node: Node, new: Key) -> str:
    """The path of a migration under its new name; Alembic's follows only where it begins with the id."""
    folder, slash, name = node.path.rpartition("/")
    stem = name.removesuffix(".py")
    if node.system == "django":
        return f"{folder}{slash}{new.id}.py"
    old, new_number = node.id.partition("_")[0], new.id.partition("_")[0]
    if stem.startswith(node.id):
        return f"{folder}{slash}{new.id}{stem.removeprefix(node.id)}.py"
    if old.isdigit() and re.match(rf"{old}(?!\d)", stem):
        return f"{folder}{slash}{new_number}{stem.removeprefix(old)}.py"
    return node.path
