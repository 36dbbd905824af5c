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
from typing import TYPE_CHECKING, Literal

from gate.migrations.tools.liquibase import sql
from gate.model.migrations import Key, Migration, Node, Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gate.model.migrations import File, Part

NAME = "liquibase"
VERSION = 1
MODEL: Literal["ordered"] = "ordered"
BY_NAME = False

_FILES = (".xml", ".yaml", ".yml", ".json", ".sql")
_NAMED = re.compile(r"change[-_.]?(?:log|set)|liquibase|migrat(?=.*\.(?:xml|ya?ml)\Z)", re.IGNORECASE)
_RESOURCES = re.compile(r"(?:^|(?<=/))src/[^/]+/resources/")
_YAML = re.compile(rb"^[\"']?databaseChangeLog[\"']?[ \t]*:", re.MULTILINE)
_MARKERS = re.compile(rb"^<{7} ", re.MULTILINE)
_BOM = b"\xef\xbb\xbf"
_NEAREST = 12
"""Folders that are looked at for what includes a file; nobody has more."""
_ELSEWHERE = "whether one run includes both files is not certain"


def folder(path: str) -> str | None:
    """The folder of resources, or the one that has the folder or file whose name speaks of changelogs."""
    if not path.lower().endswith(_FILES):
        return None
    named = _NAMED.search(path)
    if named is None:
        return None
    resources = [one.end() for one in _RESOURCES.finditer(path)]
    return path[: resources[-1] - 1] if resources else path[: named.start()].rpartition("/")[0]


def read(content: bytes) -> Migration | None:
    """What a changelog says."""
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


def elsewhere(_: Mapping[str, Sequence[File]]) -> bool:
    """A store is one folder."""
    return False


def beside(_: str) -> tuple[str, ...]:
    """Nothing else is needed."""
    return ()


def stores(folders: Mapping[str, Sequence[File]], _: Mapping[str, bytes]) -> Sequence[Store]:
    """Each folder is a store."""
    return [
        Store(NAME, name, (name,), "ordered", checked=True)
        for name, files in sorted(folders.items())
        if any(file.says.parse == "full" for file in files)
    ]


def nodes(store: Store, files: Sequence[File]) -> Sequence[Node]:
    """The changeSets of all files."""
    included = _included(files)
    return [_node(store, file, part, included) for file in files for part in file.says.parts]


def _node(store: Store, file: File, part: Part, included: frozenset[str]) -> Node:
    own = file.path[len(store.name) :].lstrip("/")
    # Only together may files share a logical path: a project may choose one of several by itself.
    where = part.file if part.file and file.path in included else own
    key = Key(store.name, f"{where}::{part.name}")
    return Node(
        system=NAME,
        key=key,
        path=file.path,
        blob=file.blob,
        order_key=(key.id,),
        sure=where == own,
        why="" if where == own else _ELSEWHERE,
        line=part.line,
        digest=part.digest,
        free=part.free,
    )


def _included(files: Iterable[File]) -> frozenset[str]:
    """The paths that a changelog names, or whose folder it does, from whatever folder above."""
    named = {mark.text for file in files for mark in file.says.of("include")}
    asked = {file.path for file in files if any(part.file for part in file.says.parts)}
    return frozenset(path for path in asked if not named.isdisjoint(_names(path)))


def _names(path: str) -> Iterable[str]:
    """What may name a file: its path from any of the nearest folders on, or the same of a folder it lies in."""
    steps = path.split("/")[-_NEAREST:]
    for start in range(len(steps)):
        yield "/".join(steps[start:])
        yield from ("/".join(steps[start:end]) + "/" for end in range(start + 1, len(steps)))


def head_files(_: Store) -> tuple[str, ...]:
    """None: the changelog that includes others is one of them."""
    return ()
