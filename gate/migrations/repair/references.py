"""What else names a migration: tests, and the files that keep a store's head."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from gate.migrations.tools import tool
from gate.migrations.tools.base.syntax import SourceText, parsed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from gate.migrations.tools.base.tool import Tool
    from gate.model.migrations import Key, Store

Span = tuple[int, int, str]
"""Bytes from, bytes to, and the text that takes their place."""
Spans = dict[str, set[Span]]
"""What changes in files, by path."""


def in_python(
    stores: Sequence[Store], old: Key, new: Key, contents: Mapping[str, bytes], migrations: Collection[str]
) -> Spans:
    """Return the constants that name a migration in the stream's Python files, but for `migrations`, by path."""
    spans: Spans = {}
    naming = _tools(stores, old)
    for path, content in contents.items():
        if path.endswith(".py") and path not in migrations and old.id.encode() in content:
            tree = parsed(content)
            if tree is not None:
                text = SourceText.of(content)
                constants = (constant for tool in naming for constant in tool.mentions(tree, old))
                marks = (text.mark("parent", constant) for constant in constants)
                ends = (mark.end - 1 for mark in marks if mark.start >= 0)
                spans[path] = {(end - len(old.id), end, new.id) for end in ends}
    return spans


def in_head_files(stores: Sequence[Store], old: Key, new: Key, contents: Mapping[str, bytes]) -> Spans:
    """Return the lines of head files that name a migration, by path."""
    spans: defaultdict[str, set[Span]] = defaultdict(set)
    for store in stores:
        if store.name == old.store:
            naming = tool(store.tool)
            for path in naming.head_files(store):
                spans[path].update(_lines(contents.get(path, b""), naming.head_line(old), new.id))
    return dict(spans)


def _tools(stores: Sequence[Store], key: Key) -> list[Tool]:
    """Return the tools of the stores that may have a migration."""
    return [tool(store.tool) for store in stores if store.name == key.store]


def _lines(content: bytes, pattern: bytes, name: str) -> Iterator[Span]:
    for line in re.finditer(pattern, content, re.MULTILINE):
        yield *line.span("name"), name
