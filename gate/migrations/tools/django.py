"""Django: `class Migration` with `dependencies`, `run_before` and `replaces`.

How Django reads them: `db/migrations/loader.py` and `graph.py`. Migrations are known by (app label, name). The label is
no part of the file, and the folder need not be called after it: it is what most dependencies on files of the same
folder call it, else what the app's `AppConfig` says, else the folder's name. Settings may name both: `configured`.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from typing import TYPE_CHECKING, Literal

from gate.migrations.tools import _constants
from gate.migrations.tools._constants import Computed, Text
from gate.model.migrations import Key, Mark, Migration, Node, Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.migrations.tools._constants import Names
    from gate.model.migrations import File, Role

NAME = "django"
VERSION = 2
MODEL: Literal["graph"] = "graph"
BY_NAME = False

_FOLDER = re.compile(r"(^|/)[^/]*migrat[^/]*$", re.IGNORECASE)
_FILE = re.compile(r"[^_~./][^./]*\.py$")
_CLASS = re.compile(rb"^class[ \t]+Migration\b", re.MULTILINE)
_OPERATIONS = re.compile(rb"^(?:    |\t)operations[ \t]*[:=]", re.MULTILINE)
_LATER = re.compile(
    rb"^(?:    |\t)(?:dependencies|run_before|replaces)\b|^\S*[ \t]*Migration\.", re.MULTILINE
)
_ROLES: dict[str, Role] = {"dependencies": "parent", "run_before": "run_before", "replaces": "replaces"}
_SOUTH = ("SchemaMigration", "DataMigration")
"""South's classes, from before Django had migrations: they name no parents."""
_FIRST_OR_LAST = ("__first__", "__latest__")


def folder(path: str) -> str | None:
    """Its folder, where that looks like one of migrations."""
    parent, _, name = path.rpartition("/")
    return parent if _FILE.match(name) and _FOLDER.search(parent) else None


def is_file(path: str) -> bool:
    """Whether the name of a file is one of a migration, wherever it lies."""
    return _FILE.match(path.rpartition("/")[2]) is not None


def read(content: bytes) -> Migration | None:
    """What a migration says of its place; its operations are not even parsed where they come last."""
    if not _CLASS.search(content):
        return None
    if _constants.in_conflict(content):
        return Migration("none", "it holds conflict markers")
    operations = _OPERATIONS.search(content)
    header = content
    if operations and not _LATER.search(content, operations.start()):
        header = content[: operations.start()]
    tree = _constants.parsed(header) or _constants.parsed(content) or _constants.parsed(_class_alone(header))
    if tree is None:
        return Migration("none", "it cannot be read as Python")
    classes = [one for one in tree.body if isinstance(one, ast.ClassDef) and one.name == "Migration"]
    if not classes or any(base in _SOUTH for base in _bases(classes[-1])):
        return None
    return _read(Text.of(content), _constants.assigned(tree.body), classes[-1])


def _class_alone(header: bytes) -> bytes:
    """The class on the lines it has, without what stands above it (Python 2, say)."""
    start = _CLASS.search(header)
    return b"\n" * header.count(b"\n", 0, start.start()) + header[start.start() :] if start else header


def _read(text: Text, around: Names, migration: ast.ClassDef) -> Migration:
    own = _constants.assigned(migration.body)
    marks: list[Mark] = []
    why = ""
    for name, role in _ROLES.items():
        if name not in own:
            continue
        try:
            for item in _constants.items(own[name], around | own):
                mark, computed = _pair(text, role, item, around)
                marks += [mark] if mark else []
                why = why or (f"it computes one of its {name}" if computed else "")
        except (Computed, RecursionError):
            why = why or f"it computes its {name}"
    if not own.keys() & _ROLES.keys() and _inherits(migration):
        why = "it inherits from another migration"
    return Migration("partial" if why else "full", why, tuple(marks), migration.lineno)


def _pair(text: Text, role: Role, item: ast.expr, around: Names) -> tuple[Mark | None, bool]:
    """A pair (app, name) as a mark; whether there is one that cannot be told. A swappable model is none of these."""
    if isinstance(item, ast.Call):
        called = item.func.attr if isinstance(item.func, ast.Attribute) else getattr(item.func, "id", "")
        return None, called != "swappable_dependency"
    if not isinstance(item, ast.Tuple | ast.List) or len(item.elts) != 2:
        return None, True
    try:
        app, name = (_constants.constant(one, around) for one in item.elts)
    except Computed:
        return None, True
    if not isinstance(app.value, str) or not isinstance(name.value, str):
        return None, True
    if name.value in _FIRST_OR_LAST:
        return None, False
    return text.mark(role, name, app.value), False


def _inherits(migration: ast.ClassDef) -> bool:
    return any(base != "Migration" for base in _bases(migration))


def _bases(migration: ast.ClassDef) -> list[str]:
    """The last names of the bases."""
    return [getattr(base, "attr", getattr(base, "id", "")) for base in migration.bases]


def elsewhere(_: Mapping[str, Sequence[File]]) -> bool:
    """An app's migrations lie in one folder; what other apps have counts only where a stream changes it."""
    return False


def beside(folder: str) -> tuple[str, ...]:
    """The app's configuration."""
    parent = folder.rpartition("/")[0]
    return (f"{parent}/apps.py".lstrip("/"),)


def stores(folders: Mapping[str, Sequence[File]], beside: Mapping[str, bytes]) -> tuple[Store, ...]:
    """Each folder is an app's. A label that two folders have (of different projects) is told apart by the folder."""
    labels = {name: _label(name, files, beside) for name, files in folders.items()}
    twice = {label for label, count in Counter(labels.values()).items() if count > 1}
    names = {name: f"{label}@{name}" if label in twice else label for name, label in labels.items()}
    return tuple(Store(NAME, names[name], (name,)) for name in sorted(folders))


def _label(folder: str, files: Sequence[File], beside: Mapping[str, bytes]) -> str:
    stems = {_stem(path) for path, _, _ in files}
    roles: tuple[Role, ...] = ("parent", "replaces")
    votes = Counter(
        mark.app
        for path, _, one in files
        for role in roles
        for mark in one.of(role)
        if mark.text in stems and mark.text != _stem(path)  # that would be another app's of the same name
    )
    parent, _, name = folder.rpartition("/")
    likely = (
        _configured(folder, beside),
        parent.rpartition("/")[2] if name == "migrations" and parent else name,
    )
    winners = sorted(label for label, count in votes.items() if count == max(votes.values()))
    best = [one for one in likely if one in winners] or winners or [one for one in likely if one]
    return best[0]


def _configured(folder: str, beside: Mapping[str, bytes]) -> str:
    """The label in the app's configuration, "" when there is none or several."""
    found = set()
    for path in django_beside(folder):
        tree = _constants.parsed(beside.get(path, b""))
        for one in tree.body if tree else ():
            if isinstance(one, ast.ClassDef) and any(
                ast.unparse(base).endswith("AppConfig") for base in one.bases
            ):
                names = {
                    name: getattr(value, "value", None)
                    for name, value in _constants.assigned(one.body).items()
                }
                label = names.get("label") or names.get("name")
                if isinstance(label, str):
                    found.add(label.rpartition(".")[2])
    return found.pop() if len(found) == 1 else ""


django_beside = beside
"""`stores` has a parameter of that name."""


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".py")


def nodes(store: Store, files: Sequence[File]) -> Sequence[Node]:
    """The migrations of an app."""
    label = store.name.partition("@")[0]
    return [_node(store, label, path, blob, one) for path, blob, one in files if one.parse != "none"]


def _node(store: Store, label: str, path: str, blob: str, one: Migration) -> Node:
    def keys(role: Role) -> Iterator[Key]:
        for mark in one.of(role):
            yield Key(store.name if mark.app == label else mark.app, mark.text)

    name = _stem(path)
    number = re.match(r"\d+", name)
    return Node(
        system=NAME,
        key=Key(store.name, name),
        path=path,
        blob=blob,
        parents=tuple(dict.fromkeys(keys("parent"))),
        replaces=tuple(dict.fromkeys(keys("replaces"))),
        run_before=tuple(dict.fromkeys(keys("run_before"))),
        order_key=(int(number[0]),) if number and len(number[0]) < 12 else (),
        sure=one.parse == "full",
        why=one.why,
        line=one.line,
        marks=one.marks,
    )


def head_files(store: Store) -> tuple[str, ...]:
    """What django-linear-migrations and sentry keep the last migration's name in."""
    return (*(f"{folder}/max_migration.txt" for folder in store.folders), "migrations_lockfile.txt")
