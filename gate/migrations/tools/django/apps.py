"""Which app a folder of migrations belongs to, and the migrations of one.

A store is named by the app's label. Where two folders (of different projects) have one label, their stores are named
`label@folder`.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from typing import TYPE_CHECKING

from gate.migrations.tools.base import syntax
from gate.model.migrations import Key, Node, Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.model.migrations import File, Mark, Role

_LONGEST_NUMBER = 11
"""Digits of a number in a name; longer ones are times."""


def label_of(store: str) -> str:
    """Return the app's label in the name of a store."""
    return store.partition("@")[0]


def named_key(store: str, mark: Mark) -> Key:
    """Return the migration that a pair (app, name) in a migration of this store names."""
    return Key(store if mark.app == label_of(store) else mark.app, mark.text)


def config_path(folder: str) -> str:
    """Return the path of the configuration of the app that a folder of migrations is of."""
    return f"{folder.rpartition('/')[0]}/apps.py".lstrip("/")


def stores(
    tool: str, folders: Mapping[str, Sequence[File]], evidence: Mapping[str, bytes]
) -> tuple[Store, ...]:
    """Return the apps: each folder is one. `evidence` are the texts of their configurations by path."""
    labels = {folder: _label(folder, files, evidence) for folder, files in folders.items()}
    shared = {label for label, count in Counter(labels.values()).items() if count > 1}
    names = {folder: f"{label}@{folder}" if label in shared else label for folder, label in labels.items()}
    return tuple(Store(tool, names[folder], (folder,)) for folder in sorted(folders))


def _label(folder: str, files: Sequence[File], evidence: Mapping[str, bytes]) -> str:
    """Return what most dependencies within a folder call its app; else what its configuration or its place says."""
    stems = {_stem(file.path) for file in files}
    roles: tuple[Role, ...] = ("parent", "replaces")
    votes = Counter(
        mark.app
        for file in files
        for role in roles
        for mark in file.migration.marks_of(role)
        if mark.text in stems
        and mark.text != _stem(file.path)  # that would be another app's of the same name
    )
    parent, _, name = folder.rpartition("/")
    likely = (
        _configured_label(evidence.get(config_path(folder), b"")),
        parent.rpartition("/")[2] if name == "migrations" and parent else name,
    )
    winners = sorted(label for label, count in votes.items() if count == max(votes.values()))
    best = [label for label in likely if label in winners] or winners or [label for label in likely if label]
    return best[0]


def _configured_label(content: bytes) -> str:
    """Return the label in an app's configuration, "" where there is none or several."""
    tree = syntax.parsed(content)
    labels = set()
    for statement in tree.body if tree else ():
        if isinstance(statement, ast.ClassDef) and any(
            ast.unparse(base).endswith("AppConfig") for base in statement.bases
        ):
            values = syntax.assigned(statement.body)
            names = {name: getattr(value, "value", None) for name, value in values.items()}
            label = names.get("label") or names.get("name")
            if isinstance(label, str):
                labels.add(label.rpartition(".")[2])
    return labels.pop() if len(labels) == 1 else ""


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".py")


def nodes(store: Store, files: Sequence[File]) -> list[Node]:
    """Return the migrations of an app, without those whose place is not known."""
    return [_node(store, file) for file in files if file.migration.parse != "none"]


def _node(store: Store, file: File) -> Node:
    migration = file.migration

    def keys(role: Role) -> Iterator[Key]:
        return (named_key(store.name, mark) for mark in migration.marks_of(role))

    name = _stem(file.path)
    number = re.match(r"\d+", name)
    return Node(
        tool=store.tool,
        key=Key(store.name, name),
        path=file.path,
        blob=file.blob,
        parents=tuple(dict.fromkeys(keys("parent"))),
        replaces=tuple(dict.fromkeys(keys("replaces"))),
        run_before=tuple(dict.fromkeys(keys("run_before"))),
        order_key=(int(number[0]),) if number and len(number[0]) <= _LONGEST_NUMBER else (),
        sure=migration.parse == "full",
        why=migration.why,
        line=migration.line,
        marks=migration.marks,
    )
