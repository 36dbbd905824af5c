"""The facts of one Java file: its package and imports here, definitions and references by modules of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import children, line, partial_facts, text
from gate.languages.java.reader.definitions import JavaDefinitions
from gate.languages.java.reader.types import TYPES
from gate.model.source import FileFacts, Import

if TYPE_CHECKING:
    from tree_sitter import Node


class JavaFile:
    """One Java file."""

    def __init__(self) -> None:
        self._definitions = JavaDefinitions()
        self._imports: list[Import] = []

    def facts(self, root: Node) -> FileFacts:
        """Return the facts of the file with this syntax tree; partial ones of a file with syntax errors."""
        package = ""
        for node in children(root):
            if node.type == "package_declaration":
                package = text(children(node)[-1])
            elif node.type == "import_declaration":
                self._add_import(node)
            elif node.type in TYPES:
                self._definitions.add_type(node)
        settings = (("package", package),)
        definitions = tuple(self._definitions.definitions)
        if root.has_error:
            return partial_facts(definitions, self._imports, settings)
        return FileFacts(
            "full",
            definitions=definitions,
            imports=tuple(self._imports),
            references=self._definitions.references.references(),
            settings=settings,
        )

    def _add_import(self, node: Node) -> None:
        parts = children(node)
        if not parts:
            return
        module, name = text(parts[0]).replace(" ", ""), "*"
        if parts[-1].type != "asterisk":
            module, _, name = module.rpartition(".")
        self._imports.append(Import(module, name, "" if name == "*" else name, 0, line(node)))
