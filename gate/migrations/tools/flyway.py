"""Flyway: `V<version>__<description>.sql`, or a class of that name.

`CompositeMigrationResolver` refuses two of one version ("Found more than one migration with version"), `validate` a
version below the highest applied unless `outOfOrder` is set, and a changed checksum. Repeatable migrations (`R__`) have
no place in the order, undo migrations (`U`) belong to a versioned one. Parts of a version are compared as numbers, and
zeros at its end count for nothing: `MigrationVersion`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gate.migrations.tools.base.evidence import ToolEvidence
from gate.migrations.tools.base.ordered import OrderedTool

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gate.model.migrations import File, OrderKey, Store

_SOURCES = re.compile(r"(?:^|(?<=/))src/main/(?:resources|java|kotlin|groovy)/")
"""What of these lies in one package is one location of the class path."""
_BUILDS = ("pom.xml", "build.gradle", "build.gradle.kts", "flyway.conf", "flyway.toml")
_SETTINGS = tuple(
    f"{place}application.{ending}"
    for place in ("", "src/main/resources/")
    for ending in ("yml", "yaml", "properties")
)
_FILES = (*_BUILDS, *_SETTINGS)


class Flyway(OrderedTool):
    """SQL and classes of one location lie in different folders."""

    name = "flyway"
    title = "Flyway"
    runs_sql = True
    file = re.compile(r"(?P<id>(?:V(?P<version>\d{1,20}(?:[._]\d{1,20}){0,12})|R)__[^/]+)\.(?:sql|java|kt)")
    late = "error"
    certain = (ToolEvidence(_FILES, re.compile(rb"flyway", re.IGNORECASE)),)
    lenient = (
        ToolEvidence(_FILES, re.compile(rb"out[-_]?of[-_]?order\W{1,9}(?:set\()?true", re.IGNORECASE)),
    )
    checked = True
    companion_letters = "VU"
    class_pattern = rb"\bclass\s+(?P<word>V%s__\w+)"
    needs_class = True

    def order_key(self, match: re.Match[str]) -> OrderKey:
        """Return the parts of a version, without zeros at its end."""
        parts = [int(part) for part in re.split(r"[._]", match["version"])]
        while len(parts) > 1 and not parts[-1]:
            parts.pop()
        return tuple(parts)

    def needs_full_scan(self, folders: Mapping[str, Sequence[File]]) -> bool:
        """Return whether a package may have other sources."""
        return any(_SOURCES.search(f"{folder}/") for folder in folders)

    def stores(self, folders: Mapping[str, Sequence[File]], evidence: Mapping[str, bytes]) -> Sequence[Store]:
        """Return each package as a store."""
        packages: dict[str, Store] = {}
        for store in super().stores(folders, evidence):
            package = _SOURCES.sub("src/main/resources/", f"{store.name}/")
            first = packages.get(package)
            packages[package] = replace(first, folders=(*first.folders, store.name)) if first else store
        return list(packages.values())


TOOL = Flyway()
