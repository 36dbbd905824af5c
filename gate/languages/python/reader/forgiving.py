"""What can be read of a file this interpreter cannot parse: its definitions, imports and names, through tree-sitter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tree_sitter_python
from tree_sitter import Language, Parser

from gate.model.source import Definition, FileFacts, Import, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_MOST_NODES = 500_000


def read_forgiving(text: str) -> FileFacts:
    """Return partial facts: signatures and call shapes are left out, and no name is missing from such a file."""
    tree = Parser(Language(tree_sitter_python.language())).parse(text.encode("utf-8", "replace"))
    if tree.root_node.type != "module" or tree.root_node.has_error:
        return FileFacts("none", "it does not parse")
    definitions: list[Definition] = []
    imports: list[Import] = []
    names: dict[str, set[int]] = {}
    for node, scope in _nodes(tree.root_node):
        line = node.start_point[0] + 1
        if node.type in ("function_definition", "class_definition"):
            kind = "function" if node.type == "function_definition" else "class"
            name = _text(node.child_by_field_name("name"))
            definitions.append(Definition(name, scope, kind, line, node.end_point[0] + 1, conditional=True))  # type: ignore[arg-type]
        elif node.type in ("import_statement", "import_from_statement"):
            imports += _imports(node, line)
        elif node.type == "identifier":
            names.setdefault(_text(node), set()).add(line)
    references = tuple(Reference(name, tuple(sorted(lines)), "value") for name, lines in names.items())
    return FileFacts(
        "partial", "this Python cannot parse it; read in part", tuple(definitions), tuple(imports), references
    )


def _nodes(start: Node) -> Iterator[tuple[Node, str]]:
    """Yield nodes in the order of the text, each with the dotted path of the definition it stands in."""
    queue = [(start, "")]
    seen = 0
    while queue and seen < _MOST_NODES:
        node, scope = queue.pop()
        seen += 1
        yield node, scope
        if node.type in ("function_definition", "class_definition"):
            name = _text(node.child_by_field_name("name"))
            scope = f"{scope}.{name}" if scope else name
        queue += [(child, scope) for child in reversed(node.children)]


def _imports(node: Node, line: int) -> Iterator[Import]:
    """Yield the names that an import statement binds."""
    module = _text(node.child_by_field_name("module_name"))
    level = len(module) - len(module.lstrip("."))
    for name_node in node.children_by_field_name("name"):
        aliased = name_node.type == "aliased_import"
        name = _text(name_node.child_by_field_name("name") if aliased else name_node)
        alias = _text(name_node.child_by_field_name("alias")) if aliased else ""
        if node.type == "import_statement":
            top = name.partition(".")[0]
            yield Import(name, "", alias or top, 0, line, conditional=True, renamed=aliased)
        else:
            yield Import(module.lstrip("."), name, alias or name, level, line, conditional=True)
    if any(child.type == "wildcard_import" for child in node.children):
        yield Import(module.lstrip("."), "*", "", level, line, conditional=True)


def _text(node: Node | None) -> str:
    return node.text.decode("utf-8", "replace") if node is not None and node.text is not None else ""
