"""What else names a migration: tests, and the files that keep a store's head."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from gate.migrations.tools import tool
from gate.migrations.tools.base.syntax import SourceText, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.migrations.repair.situation import Situation
    from gate.migrations.repair.spans import Span
    from gate.migrations.tools.base.tool import Tool
    from gate.model.migrations import Key


def in_python(situation: Situation, old: Key, new: Key) -> dict[str, set[Span]]:
    """Return the constants that name a migration in the stream's other Python files, by path."""
    spans: dict[str, set[Span]] = {}
    naming = _tools(situation, old)
    migrations = {node.path for node in situation.added}
    for path, content in situation.contents.items():
        if path.endswith(".py") and path not in migrations and old.id.encode() in content:
            tree = parsed(content)
            if tree is not None:
                text = SourceText.of(content)
                constants = (constant for tool in naming for constant in tool.mentions(tree, old))
                marks = (text.mark("parent", constant) for constant in constants)
                ends = (mark.end - 1 for mark in marks if mark.start >= 0)
                spans[path] = {(end - len(old.id), end, new.id) for end in ends}
    return spans


def in_head_files(situation: Situation, old: Key, new: Key) -> dict[str, set[Span]]:
    """Return the lines of head files that name a migration, by path."""
    spans: defaultdict[str, set[Span]] = defaultdict(set)
    for store in situation.stores:
        if store.name == old.store:
            naming = tool(store.tool)
            for path in naming.head_files(store):
                content = situation.contents.get(path, b"")
                spans[path].update(_lines(content, naming.head_line(old), new.id))
    return dict(spans)


def _tools(situation: Situation, key: Key) -> list[Tool]:
    """Return the tools of the stores that may have a migration."""
    return [tool(store.tool) for store in situation.stores if store.name == key.store]


def _lines(content: bytes, pattern: bytes, name: str) -> Iterator[Span]:
    for line in re.finditer(pattern, content, re.MULTILINE):
        yield *line.span("name"), name
