"""The header of a revision: `revision`, `down_revision`, `depends_on` and `branch_labels`.

How Alembic reads them: `alembic/script/base.py` and `revision.py`. It imports every file; here only assignments at the
top of the text count, and names that stand for constants there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.migrations.tools.base import syntax
from gate.migrations.tools.base.syntax import Computed, SourceText
from gate.model.migrations import Mark, Migration

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from gate.migrations.tools.base.syntax import Assignments
    from gate.model.migrations import Role

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
"""Bytes within which a docstring names the parents."""
_WORD = re.compile(rb"[\w.-]+")
_ROLES: dict[str, Role] = {"down_revision": "parent", "depends_on": "soft", "branch_labels": "label"}


def read(content: bytes) -> Migration | None:
    """Return what the header of a revision says; what follows the first function is not even parsed."""
    if b"down_revision" not in content:
        return None
    if syntax.in_conflict(content):
        return Migration("none", "it holds conflict markers")
    body = _BODY.search(content)
    header = content[: body.start()] if body else content
    tree = syntax.parsed(header)
    if tree is None:
        return _by_lines(header)
    names = syntax.assigned(tree.body)
    if "down_revision" not in names:
        return None
    return _read(SourceText.of(header), names)


def _read(text: SourceText, names: Assignments) -> Migration:
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


def _marks(text: SourceText, names: Assignments, name: str) -> Iterator[Mark]:
    role = _ROLES.get(name, "id")
    if name in names:
        for item in syntax.items(names[name], names):
            constant: ast.Constant = syntax.constant(item, names)
            if constant.value:
                yield text.mark(role, constant)


def _comments(content: bytes) -> Iterator[Mark]:
    """Yield the parents that the docstring names, which is where the text begins."""
    for match in _REVISES.finditer(content, 0, _DOCSTRING):
        line = content.count(b"\n", 0, match.start()) + 1
        for word in _WORD.finditer(match["ids"]):
            start = match.start("ids") + word.start()
            yield Mark("comment", word[0].decode("ascii", "replace"), line, start, start + len(word[0]))


def _by_lines(header: bytes) -> Migration:
    """Return what single lines of a text say that this Python cannot read (Python 2, say): never sure."""
    matches: dict[str, re.Match[bytes]] = {
        match["name"].decode(): match for match in _HEADER.finditer(header)
    }
    if not {"revision", "down_revision"} <= matches.keys():
        return Migration("none", "it cannot be read as Python")
    marks: list[Mark] = []
    for name, match in matches.items():
        value = match["value"].partition(b"#")[0].strip()
        strings = list(_STRING.finditer(value))
        shape = _STRING.sub(b"S", value)
        if not _SHAPE.fullmatch(shape) or (name == "revision" and shape != b"S"):
            return Migration("none", "it cannot be read as Python")
        line = header.count(b"\n", 0, match.start()) + 1
        role = _ROLES.get(name, "id")
        marks += (Mark(role, string["text"].decode("utf-8", "replace"), line) for string in strings)
    return Migration("partial", "only its header could be read", tuple(marks), marks[0].line if marks else 1)
