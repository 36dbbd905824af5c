"""Alembic, and Flask-Migrate, which is Alembic: `revision`, `down_revision`, `depends_on` and `branch_labels`.

How Alembic reads them: `alembic/script/base.py` and `revision.py`. It imports every file; here only assignments at the
top of the text count, and names that stand for constants there.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Literal

from gate.migrations.tools import _constants
from gate.migrations.tools._constants import Computed, Text
from gate.model.migrations import Key, Mark, Migration, Node, Store

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Mapping, Sequence

    from gate.migrations.tools._constants import Names
    from gate.model.migrations import File, Role

NAME = "alembic"
VERSION = 2
MODEL: Literal["graph"] = "graph"
BY_NAME = False

_FOLDER = re.compile(
    r"(^|/)([^/]*versions?|[^/]*alembic[^/]*|[^/]*migrat[^/]*|[^/]*revisions?)(/|$)", re.IGNORECASE
)
_FILE = re.compile(r"(?!\.#|__init__)[^/]*\.py$")
"""The files Alembic takes for revisions (`script/base.py`)."""
_BODY = re.compile(rb"^(?:async )?def ", re.MULTILINE)
_HEADER = re.compile(
    rb"^(?P<name>revision|down_revision|depends_on|branch_labels)[ \t]*(?::[^=\n]*)?=[ \t]*(?P<value>[^\n]*)",
    re.MULTILINE,
)
_STRING = re.compile(rb"""u?(?P<quote>['"])(?P<text>[^'"\\\n]*)(?P=quote)""")
_SHAPE = re.compile(rb"None|S|[(\[][ \t]*(?:S[ \t]*,?[ \t]*)*[)\]]")
"""A value on one line, with its strings as S."""
_REVISES = re.compile(rb"^[ \t]*(?:Revises|Parent)[ \t]*:[ \t]*(?P<ids>[^\r\n]*)", re.MULTILINE)
_DOCSTRING = 8192
"""Bytes within which a docstring tells the parents."""
_WORD = re.compile(rb"[\w.-]+")
_HEAD_FILES = (
    ".current-alembic-head",
    "alembic_version_conflict_detection.txt",
    "HEAD",
    "HEADS",
    "EXPAND_HEAD",
    "CONTRACT_HEAD",
)
_ROLES: dict[str, Role] = {"down_revision": "parent", "depends_on": "soft", "branch_labels": "label"}


def folder(path: str) -> str | None:
    """Its folder, where that looks like one of revisions."""
    parent, _, name = path.rpartition("/")
    return parent if _FILE.match(name) and _FOLDER.search(parent) else None


def is_file(path: str) -> bool:
    """Whether the name of a file is one of a revision, wherever it lies."""
    return _FILE.match(path.rpartition("/")[2]) is not None


def read(content: bytes) -> Migration | None:
    """The header of a revision; what follows the first function is not even parsed."""
    if b"down_revision" not in content:
        return None
    if _constants.in_conflict(content):
        return Migration("none", "it holds conflict markers")
    body = _BODY.search(content)
    header = content[: body.start()] if body else content
    tree = _constants.parsed(header)
    if tree is None:
        return _by_lines(header)
    names = _constants.assigned(tree.body)
    if "down_revision" not in names:
        return None
    return _read(Text.of(header), names)


def _read(text: Text, names: Names) -> Migration:
    if "revision" not in names:
        return Migration("none", "it has no revision", line=names["down_revision"].lineno)
    line = names["revision"].lineno
    marks: list[Mark] = []
    for name in ("revision", "down_revision"):
        try:
            marks += _marks(text, names, name)
        except (Computed, RecursionError):
            return Migration("none", f"it computes its {name}", line=line)
        if name == "revision" and len(marks) != 1:
            return Migration("none", "its revision is no text", line=line)
    why = ""
    for name in ("depends_on", "branch_labels"):
        try:
            marks += _marks(text, names, name)
        except (Computed, RecursionError):
            why = why or f"it computes its {name}"
    return Migration("partial" if why else "full", why, (*marks, *_comments(text.content)), line)


def _marks(text: Text, names: Names, name: str) -> Iterator[Mark]:
    role = _ROLES.get(name, "id")
    if name in names:
        for item in _constants.items(names[name], names):
            found: ast.Constant = _constants.constant(item, names)
            if found.value:
                yield text.mark(role, found)


def _comments(content: bytes) -> Iterator[Mark]:
    """The parents as the docstring tells them, which is where the text begins."""
    for told in _REVISES.finditer(content, 0, _DOCSTRING):
        line = content.count(b"\n", 0, told.start()) + 1
        for word in _WORD.finditer(told["ids"]):
            start = told.start("ids") + word.start()
            said = word[0].decode("ascii", "replace")
            yield Mark("comment", said, line, start, start + len(word[0]))


def _by_lines(header: bytes) -> Migration:
    """What single lines of a text say that this Python cannot read (Python 2, say): never sure."""
    found: dict[str, re.Match[bytes]] = {one["name"].decode(): one for one in _HEADER.finditer(header)}
    if not {"revision", "down_revision"} <= found.keys():
        return Migration("none", "it cannot be read as Python")
    marks: list[Mark] = []
    for name, one in found.items():
        value = one["value"].partition(b"#")[0].strip()
        strings = list(_STRING.finditer(value))
        shape = _STRING.sub(b"S", value)
        if not _SHAPE.fullmatch(shape) or (name == "revision" and shape != b"S"):
            return Migration("none", "it cannot be read as Python")
        line = header.count(b"\n", 0, one.start()) + 1
        role = _ROLES.get(name, "id")
        marks += (Mark(role, string["text"].decode("utf-8", "replace"), line) for string in strings)
    return Migration("partial", "only its header could be read", tuple(marks), marks[0].line if marks else 1)


def elsewhere(folders: Mapping[str, Sequence[File]]) -> bool:
    """A revision may lie in another of the environment's version locations."""
    known = {mark.text for files in folders.values() for *_, one in files for mark in one.of("id")}
    return any(
        mark.text not in known for files in folders.values() for *_, one in files for mark in one.of("parent")
    )


def beside(_: str) -> tuple[str, ...]:
    """Nothing else is needed."""
    return ()


def stores(folders: Mapping[str, Sequence[File]], _: Mapping[str, bytes]) -> tuple[Store, ...]:
    """Folders one of which names revisions of another are one environment, else each is its own."""
    ids = {name: {mark.text for *_, one in files for mark in one.of("id")} for name, files in folders.items()}
    groups = {name: name for name in folders}

    def root(name: str) -> str:
        while groups[name] != name:
            name = groups[name]
        return name

    for name, files in folders.items():
        wanted = {mark.text for *_, one in files for role in ("parent", "soft") for mark in one.of(role)}
        for other in _holders(wanted - ids[name], name, ids):
            first, second = sorted((root(name), root(other)), key=lambda one: (len(one), one))
            groups[second] = first
    members: dict[str, list[str]] = {}
    for name in sorted(folders):
        members.setdefault(root(name), []).append(name)
    return tuple(Store(NAME, name, tuple(own)) for name, own in sorted(members.items()))


def _holders(wanted: set[str], name: str, ids: Mapping[str, set[str]]) -> set[str]:
    """The folders where revisions that a folder lacks are found; where several have one, the nearest."""
    found = set()
    for revision in wanted:
        having = [other for other in ids if other != name and revision in ids[other]]
        if having:
            found.add(max(sorted(having), key=lambda other: _common(name, other)))
    return found


def _common(one: str, other: str) -> int:
    """How many leading folders two paths share."""
    pairs = zip(one.split("/"), other.split("/"), strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), len(one))


def nodes(store: Store, files: Sequence[File]) -> Sequence[Node]:
    """The revisions of an environment."""
    labels = Counter(mark.text for *_, one in files for mark in one.of("label"))
    return [_node(store, path, blob, one, labels) for path, blob, one in files if one.parse != "none"]


def _node(store: Store, path: str, blob: str, one: Migration, labels: Mapping[str, int]) -> Node:
    def keys(role: Role) -> tuple[Key, ...]:
        return tuple(dict.fromkeys(Key(store.name, mark.text) for mark in one.of(role)))

    return Node(
        system=NAME,
        key=Key(store.name, one.of("id")[0].text),
        path=path,
        blob=blob,
        parents=keys("parent"),
        soft_parents=tuple(key for key in keys("soft") if key.id not in labels),
        labels=tuple(mark.text for mark in one.of("label")),
        sure=one.parse == "full",
        why=one.why,
        line=one.line,
        marks=one.marks,
    )


def head_files(store: Store) -> tuple[str, ...]:
    """Files in the environment's folders and above them that projects keep the head's id in."""
    places = dict.fromkeys(
        place for folder in store.folders for place in (folder, folder.rpartition("/")[0], "")
    )
    return tuple(f"{place}/{name}".lstrip("/") for place in places for name in _HEAD_FILES)
