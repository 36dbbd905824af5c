"""The facts of one Go file: its package and imports here, definitions and references by modules of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.languages.base.treesitter import children, field, first_child, line, partial_facts, text, walk
from gate.languages.go.reader.definitions import GoDefinitions
from gate.languages.go.reader.references import GoReferences
from gate.model.source import FileFacts, Import

if TYPE_CHECKING:
    from tree_sitter import Node

_CONSTRAINT = re.compile(rb"^//(go:build| *\+build) ", re.MULTILINE)
_VERSION = re.compile(r"(\.v\d+|/v\d+)$")


class GoFile:
    """One Go file."""

    def __init__(self, content: bytes) -> None:
        self._conditional = _CONSTRAINT.search(content.partition(b"\npackage ")[0]) is not None
        self._references = GoReferences()
        self._definitions = GoDefinitions(conditional=self._conditional)
        self._imports: list[tuple[Import, bool]] = []
        """With whether the local name is a guess by the path."""

    def facts(self, root: Node) -> FileFacts:
        """Return the facts of the file with this syntax tree; partial ones of a file with syntax errors."""
        package = ""
        for node in children(root):
            match node.type:
                case "package_clause":
                    package = text(first_child(node))
                case "import_declaration":
                    self._add_imports(node)
                case "function_declaration" | "method_declaration":
                    self._references.read_declaration(node)
                    self._definitions.add_function(node)
                case "type_declaration" | "const_declaration" | "var_declaration":
                    self._references.read_declaration(node)
                    self._definitions.add_declared(node)
        settings = (("package", package),) if package else ()
        definitions = tuple(self._definitions.definitions)
        if root.has_error or not package:
            return partial_facts(definitions, (binding for binding, _ in self._imports), settings)
        imports, is_hidden = self._named_imports()
        return FileFacts(
            "full",
            definitions=definitions,
            imports=imports,
            references=self._references.references(),
            dynamic=("imports",) if is_hidden else (),
            settings=settings,
        )

    def _add_imports(self, declaration: Node) -> None:
        for node in walk(declaration):
            if node.type == "import_spec":
                path = text(field(node, "path"))[1:-1]
                name = text(field(node, "name"))
                alias = _package_name(path) if not name else "" if name in ("_", ".") else name
                star = "*" if name == "." else ""
                self._imports.append((self._import(path, star, alias, line(node)), not name))

    def _import(self, path: str, name: str, alias: str, number: int) -> Import:
        return Import(
            path,
            name,
            alias,
            0,
            number,
            renamed=True,
            conditional=self._conditional,
            style="specifier",
        )

    def _named_imports(self) -> tuple[tuple[Import, ...], bool]:
        """Return the imports, and whether the local name of one is unknown.

        Go allows no import that is not read: one whose guessed name is not read goes by another.
        """
        roots = self._references.roots()
        hidden = {
            binding.alias for binding, is_guess in self._imports if is_guess and binding.alias not in roots
        }
        imports = (
            Import(binding.module, binding.name, "", 0, binding.line, renamed=True, style="specifier")
            if is_guess and binding.alias in hidden
            else binding
            for binding, is_guess in self._imports
        )
        return tuple(imports), bool(hidden)


def _package_name(path: str) -> str:
    """Return the name a package most likely has, by its import path."""
    last = _VERSION.sub("", path).rpartition("/")[2]
    return last.removeprefix("go-").removesuffix("-go").removesuffix(".go").replace("-", "_")
