"""TypeORM: `<milliseconds>-<Name>.ts` in a package that depends on it.

Classes run in the order of the time their names end in; late ones run, out of order. Two of one name are refused:
`MigrationExecutor.checkForDuplicateMigrations` ("Duplicate migrations"). A class may say another name as its `name`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gate.migrations.tools.base.evidence import package
from gate.migrations.tools.base.ordered import MIGRATIONS, OrderedTool
from gate.model.migrations import Mark, Migration

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.model.migrations import File, Node, Store

_CLASS = re.compile(
    rb"^(?:export[ \t]+(?:default[ \t]+)?|(?:module\.)?exports(?:\.[\w$]+)?[ \t]*=[ \t]*)?"
    rb"class[ \t]+(?P<name>[A-Za-z_$\x80-\xff][\w$\x80-\xff]{0,200}\d{13})(?![\w$\x80-\xff])",
    re.MULTILINE,
)
_NAME = re.compile(
    rb"^[ \t]+(?:(?:public|readonly)[ \t]+){0,2}(?:this\.)?name[ \t]*(?::[ \t]*string[ \t]*)?=[ \t]*"
    rb"(?P<quote>[\"'`])(?P<name>[\w$.\x80-\xff-]{0,200}\d{13})(?P=quote)",
    re.MULTILINE,
)
_STAMP = 13


class TypeOrm(OrderedTool):
    """Names of classes stand in the files."""

    name = "typeorm"
    title = "TypeORM"
    below = MIGRATIONS
    file = re.compile(r"(?P<id>(?P<version>\d{13})-[A-Za-z_$][^/.]*)\.(?:js|ts)")
    needed = (package("typeorm"),)
    rivals = (package("node-pg-migrate"),)
    class_pattern = rb"\b(?:class\s+|name\s*[:=]\s*['\"`])(?P<word>[A-Za-z_$][\w$]*?%s)(?![\w$])"
    needs_class = True

    @property
    def by_name(self) -> bool:
        """Whether paths say everything: texts say what has to be unique."""
        return False

    def read(self, content: bytes) -> Migration | None:
        """Return the names of its classes, which their texts may give."""
        classes, names = [*_CLASS.finditer(content)], [*_NAME.finditer(content)]
        matches = names if len(names) == len(classes) == 1 else classes if not names else []
        return Migration("full", marks=tuple(_marks(content, matches)))

    def node(self, store: Store, file: File, match: re.Match[str]) -> Node:
        """Return the migration of a file, sorted by the time its class ends in."""
        node = super().node(store, file, match)
        labels = tuple(mark.text for mark in file.migration.marks)
        stamp = labels[0][-_STAMP:] if len(labels) == 1 else match["version"]
        return replace(node, labels=labels, order_key=(stamp, node.id), marks=file.migration.marks)


def _marks(content: bytes, matches: Sequence[re.Match[bytes]]) -> Iterator[Mark]:
    line, counted = 1, 0
    for match in matches:
        line += content.count(b"\n", counted, match.start())
        counted = match.start()
        yield Mark("label", match["name"].decode("utf-8", "replace"), line, *match.span("name"))


TOOL = TypeOrm()
