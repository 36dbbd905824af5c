"""Liquibase: changelogs in XML, YAML, JSON and formatted SQL, with any number of changeSets each.

What names a changeSet is its file (or `logicalFilePath`), id and author: `ValidatingVisitor` refuses a changelog with
"duplicate identifiers", and one that was applied and has another checksum, but where `runOnChange`, `runAlways` or
`validCheckSum` allow for it. They run in the order of the text and of `include`, so that none is ever late.

Any file may be a changelog. Read are those that end in `.xml`, `.yaml`, `.yml`, `.json` or `.sql` and where the path
speaks of Liquibase, changelogs or changeSets (`db/changelog`, `config/liquibase`, `db.changelog-master.xml`,
`META-INF/jpa-changelog-1.0.xml`), or, in XML and YAML, of migrations. What lies in one folder of resources is one
store, else what lies beside the first folder or file so named.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.migrations.tools.base.tool import Tool
from gate.migrations.tools.liquibase import sql
from gate.model.migrations import Key, Migration, Node, Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gate.model.migrations import File, MigrationPart

_FILES = (".xml", ".yaml", ".yml", ".json", ".sql")
_NAMED = re.compile(r"change[-_.]?(?:log|set)|liquibase|migrat(?=.*\.(?:xml|ya?ml)\Z)", re.IGNORECASE)
_RESOURCES = re.compile(r"(?:^|(?<=/))src/[^/]+/resources/")
_YAML = re.compile(rb"^[\"']?databaseChangeLog[\"']?[ \t]*:", re.MULTILINE)
_MARKERS = re.compile(rb"^<{7} ", re.MULTILINE)
_BOM = b"\xef\xbb\xbf"
_NEAREST = 12
"""Folders that are looked at for what includes a file; nobody has more."""
_ELSEWHERE = "whether one run includes both files is not certain"


class Liquibase(Tool):
    """A file holds any number of changeSets, each a migration."""

    name = "liquibase"
    title = "Liquibase"
    model = "ordered"
    part = "changeSet"

    def folder(self, path: str) -> str | None:
        """Return the folder of resources, or the one with the folder or file whose name speaks of changelogs."""
        if not path.lower().endswith(_FILES):
            return None
        named = _NAMED.search(path)
        if named is None:
            return None
        resources = [match.end() for match in _RESOURCES.finditer(path)]
        return path[: resources[-1] - 1] if resources else path[: named.start()].rpartition("/")[0]

    def read(self, content: bytes) -> Migration | None:
        """Return the changeSets of a changelog."""
        content = content.removeprefix(_BOM)
        formatted = sql.FIRST.match(content)
        if not formatted and b"databaseChangeLog" not in content:
            return None
        if _MARKERS.search(content):
            return Migration("none", "it holds conflict markers")
        if formatted:
            return sql.read(content)
        start = content.lstrip()[:1]
        # Loaded here: few runs meet such a file.
        if start == b"<":
            from gate.migrations.tools.liquibase import xml

            return xml.read(content)
        from gate.migrations.tools.liquibase import tree

        if start == b"{":
            return tree.read_json(content)
        return tree.read_yaml(content) if _YAML.search(content) else None

    def stores(self, folders: Mapping[str, Sequence[File]], evidence: Mapping[str, bytes]) -> Sequence[Store]:
        """Return each folder as a store."""
        del evidence
        return [
            Store(self.name, name, (name,), "ordered", checked=True)
            for name, files in sorted(folders.items())
            if any(file.migration.parse == "full" for file in files)
        ]

    def nodes(self, store: Store, files: Sequence[File]) -> Sequence[Node]:
        """Return the changeSets of all files."""
        included = _included(files)
        return [_node(store, file, part, included) for file in files for part in file.migration.parts]


def _node(store: Store, file: File, part: MigrationPart, included: frozenset[str]) -> Node:
    """Return a changeSet; `included` are the paths that other changelogs of the store name."""
    within = file.path[len(store.name) :].lstrip("/")
    # Only together may files share a logical path: a project may choose one of several by itself.
    where = part.file if part.file and file.path in included else within
    key = Key(store.name, f"{where}::{part.name}")
    return Node(
        tool=store.tool,
        key=key,
        path=file.path,
        blob=file.blob,
        order_key=(key.id,),
        sure=where == within,
        why="" if where == within else _ELSEWHERE,
        line=part.line,
        digest=part.digest,
        may_change=part.may_change,
    )


def _included(files: Iterable[File]) -> frozenset[str]:
    """Return the paths that a changelog names, or whose folder it does, from whatever folder above."""
    names = {mark.text for file in files for mark in file.migration.marks_of("include")}
    logical = {file.path for file in files if any(part.file for part in file.migration.parts)}
    return frozenset(path for path in logical if not names.isdisjoint(_names(path)))


def _names(path: str) -> Iterable[str]:
    """Yield what may name a file: its path from any of the nearest folders on, or the same of a folder around it."""
    steps = path.split("/")[-_NEAREST:]
    for start in range(len(steps)):
        yield "/".join(steps[start:])
        yield from ("/".join(steps[start:end]) + "/" for end in range(start + 1, len(steps)))


TOOL = Liquibase()
