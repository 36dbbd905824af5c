"""Tools whose migrations are Python files: folders that configuration names, and what names a migration in code."""

from __future__ import annotations

import ast
import re
from copy import copy
from typing import TYPE_CHECKING, ClassVar, Self

from gate.migrations.tools.base.syntax import parsed
from gate.migrations.tools.base.tool import Tool
from gate.model.repairs import CannotRepair

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.model.migrations import File, Home, Key

_VARIABLES = re.compile(r"migrat", re.IGNORECASE)
"""What variables are called that hold the name of a migration: `migrate_from`, `migration_name`."""
_PLAIN = re.compile(r"[\w.-]+", re.ASCII)


class PythonTool(Tool):
    """A tool that loads Python files. `configured_homes` are the folders that configuration names."""

    model = "graph"
    reads_python = True
    configured_homes: tuple[Home, ...] = ()
    folder_pattern: ClassVar[re.Pattern[str]]
    """Found in folders that are named as those of migrations are."""
    file_pattern: ClassVar[re.Pattern[str]]
    """Matches the name of a migration's file."""

    def folder(self, path: str) -> str | None:
        """Return the file's folder, where that is one of migrations by its name or by configuration."""
        parent, _, name = path.rpartition("/")
        if not self.file_pattern.match(name):
            return None
        here = self.folder_pattern.search(parent) or any(
            home.includes(parent) for home in self.configured_homes
        )
        return parent if here else None

    def is_file(self, path: str) -> bool:
        """Return whether a migration's file may have this name, in whatever folder."""
        return self.file_pattern.match(path.rpartition("/")[2]) is not None

    def needs_full_scan(self, folders: Mapping[str, Sequence[File]]) -> bool:
        """Return whether configuration sets other folders together with these."""
        touched = {home.store for home in self.configured_homes if any(map(home.includes, folders))}
        return any(home.store in touched and home.folder not in folders for home in self.configured_homes)

    def in_homes(self, homes: Sequence[Home]) -> Self:
        """Return the tool as it is configured with these folders."""
        configured = copy(self)
        configured.configured_homes = tuple(homes)
        return configured

    def reads_operations(self, path: str) -> bool:
        """Return whether what a migration does is read: it is, of every Python file."""
        del path
        return True

    def mentions(self, tree: ast.Module, key: Key) -> Iterator[ast.Constant]:
        """Yield the names of a migration in variables that are called after migrations."""
        for node in ast.walk(tree):
            match node:
                case ast.Assign(targets=[target], value=ast.Constant(value=str(name)) as value) if (
                    name == key.id and _VARIABLES.search(getattr(target, "id", getattr(target, "attr", "")))
                ):
                    yield value

    def only_merges(self, content: bytes) -> bool:
        """Return whether a migration is a mere merge: without operations, without anything in its functions."""
        tree = parsed(content)
        return tree is not None and all(self._is_empty(statement) for statement in tree.body)

    def _is_empty(self, statement: ast.stmt) -> bool:
        match statement:
            case ast.FunctionDef(body=body):
                return all(isinstance(line, ast.Pass) or _is_text(line) for line in body)
            case ast.ClassDef(body=body):
                return all(
                    _is_text(line) or isinstance(line, ast.Pass) or self.says_place(line) for line in body
                )
        return _is_text(statement) or isinstance(
            statement, ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign
        )

    def says_place(self, statement: ast.stmt) -> bool:
        """Return whether a statement in a class says no more than a migration's place, or that it does nothing."""
        del statement
        return False


def require_plain(*names: str) -> None:
    """Raise CannotRepair where a name cannot be written between quotes as it is."""
    if not all(map(_PLAIN.fullmatch, names)):
        raise CannotRepair("a name holds what cannot be written into a file")


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
