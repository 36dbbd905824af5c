"""What else names a migration: tests, and the files that keep a store's head."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from gate.migrations.tools import system
from gate.migrations.tools._constants import Text, parsed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from gate.model.migrations import Key, Store

Span = tuple[int, int, str]
_NAMES = re.compile(r"migrat", re.IGNORECASE)
"""What variables are called that hold the name of a migration: `migrate_from`, `migration_name`."""


def tests(
    old: Key, new: Key, contents: Mapping[str, bytes], migrations: Collection[str]
) -> dict[str, set[Span]]:
    """Constants in the stream's other Python files that name a migration: `("app", "0004_x")`, `migrate_from = ...`."""
    found = {}
    for path, content in contents.items():
        if path.endswith(".py") and path not in migrations and old.id.encode() in content:
            tree = parsed(content)
            if tree is not None:
                found[path] = set(_named(tree, Text.of(content), old, new.id))
    return found


def _named(tree: ast.Module, text: Text, old: Key, new: str) -> Iterator[Span]:
    for node in _constants(tree, old):
        mark = text.mark("parent", node)
        if mark.start >= 0:
            end = mark.end - 1
            yield end - len(old.id), end, new


def _constants(tree: ast.Module, old: Key) -> Iterator[ast.Constant]:
    app = old.store.partition("@")[0]
    for node in ast.walk(tree):
        match node:
            case (
                ast.Tuple(elts=[ast.Constant(value=str(label)), ast.Constant(value=str(name)) as said])
                | ast.List(elts=[ast.Constant(value=str(label)), ast.Constant(value=str(name)) as said])
            ) if label == app and name == old.id:
                yield said
            case ast.Assign(targets=[target], value=ast.Constant(value=str(name)) as said) if name == old.id:
                if _NAMES.search(getattr(target, "id", getattr(target, "attr", ""))):
                    yield said
            case ast.Constant(value=str(name)) if name.endswith(f".{app}.migrations.{old.id}"):
                yield node


def head_files(
    stores: Sequence[Store], old: Key, new: Key, contents: Mapping[str, bytes]
) -> dict[str, set[Span]]:
    """The lines of head files that name it: the name alone, or after `app: ` where one file has all apps."""
    found: defaultdict[str, set[Span]] = defaultdict(set)
    for store in stores:
        if store.name == old.store:
            for path in system(store.system).head_files(store):
                found[path].update(_lines(contents.get(path, b""), old, new.id))
    return dict(found)


def _lines(content: bytes, old: Key, new: str) -> Iterator[Span]:
    app = re.escape(old.store.partition("@")[0].encode("utf-8", "replace"))
    name = re.escape(old.id.encode("utf-8", "replace"))
    for line in re.finditer(
        rb"^(?:%s:)?[ \t]*(?P<name>%s)[ \t]*(?:\r?$|\(head\))" % (app, name), content, re.MULTILINE
    ):
        yield line.start("name"), line.end("name"), new
