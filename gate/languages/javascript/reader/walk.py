"""One walk over a file's syntax tree: definitions, imports, exports, and everything it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import text
from gate.languages.javascript.reader import (
    bindings,
    classes,
    expressions,
    functions,
    hints,
    ports,
    structures,
)
from gate.languages.javascript.reader.reads import CHAINS
from gate.languages.javascript.reader.scopes import Frame, declared
from gate.languages.javascript.reader.state import Walk
from gate.languages.javascript.reader.syntax import CLASSES, FUNCTIONS
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tree_sitter import Node

_TYPES = frozenset((
    *("type_annotation", "type_arguments", "type_parameters", "implements_clause", "extends_type_clause"),
    *("type_alias_declaration", "interface_declaration", "asserts_annotation", "type_predicate_annotation"),
))  # fmt: skip
_BLOCKS = frozenset((
    *("statement_block", "for_statement", "for_in_statement", "catch_clause", "switch_body", "class_static_block"),
))  # fmt: skip
_CONDITIONAL = frozenset((
    *("if_statement", "for_statement", "for_in_statement", "while_statement", "do_statement", "switch_statement"),
    *("try_statement", "statement_block", "ternary_expression", "binary_expression"),
))  # fmt: skip
_UNDER = _BLOCKS | _CONDITIONAL


def facts(root: Node, *, typed: bool, commonjs: bool) -> FileFacts:
    """The facts of a file; `typed` ones are TypeScript.

    Raises:
        RecursionError: it is nested too deeply.
    """
    walk = _Walk(typed=typed, commonjs=commonjs)
    walk.visit(root.named_children)
    return FileFacts(
        "full",
        definitions=tuple(walk.definitions),
        imports=tuple(walk.imports),
        references=walk.reads.references(),
        exported=tuple(dict.fromkeys(walk.exports)),
        dynamic=tuple(sorted(walk.dynamic)),
        settings=tuple(dict.fromkeys(walk.settings)),
    )


class _Walk(Walk):
    def visit(self, nodes: Iterable[Node]) -> None:
        """Read these and everything below; expressions without recursion, for they nest deepest."""
        queue = list(nodes)
        queue.reverse()
        while queue:
            node = queue.pop()
            kind = node.type
            if kind in CHAINS:
                queue += reversed(self.reads.chain(node))
                continue
            visitor = _VISITORS.get(kind)
            if visitor is not None:
                more = visitor(self, node)
                if more:
                    queue += reversed(more)
            elif kind in _TYPES:
                hints.types(self, node)
            elif kind in _UNDER and (kind != "binary_expression" or _is_logical(node)):
                _under(self, node)
            else:
                queue += reversed(node.named_children)


def _is_logical(node: Node) -> bool:
    """Whether what stands on the right of an operator runs perhaps; sums are long, and must not nest."""
    return text(node.child_by_field_name("operator")) in ("&&", "||", "??")


def _under(walk: Walk, node: Node) -> None:
    """What runs perhaps, in a block of its own."""
    walk.conditional += 1
    guarded = node.type == "try_statement" and node.child_by_field_name("handler") is not None
    if node.type in _BLOCKS and walk.frame.kind != "function":
        known = walk.frame.whole and node.type != "class_static_block"
        names = set() if known else declared([node])
        with walk.entered(Frame("block", walk.frame.path, names, whole=True)):
            walk.visit(node.named_children)
    elif guarded:
        body = node.child_by_field_name("body")
        walk.guarded += 1
        walk.reads.guarded += 1
        walk.visit([body] if body is not None else [])
        walk.reads.guarded -= 1
        walk.guarded -= 1
        walk.visit(one for one in node.named_children if one != body)
    else:
        walk.visit(node.named_children)
    walk.conditional -= 1


_VISITORS: dict[str, Callable[[Walk, Node], Sequence[Node] | None]] = {
    **dict.fromkeys(FUNCTIONS - {"method_definition"}, functions.function),
    **dict.fromkeys(CLASSES, classes.class_),
    "lexical_declaration": bindings.variables,
    "variable_declaration": bindings.variables,
    "enum_declaration": structures.enum,
    "interface_declaration": structures.type_,
    "type_alias_declaration": structures.type_,
    "internal_module": structures.namespace,
    "module": structures.namespace,
    "ambient_declaration": structures.ambient,
    "import_alias": bindings.alias,
    "import_statement": ports.imported,
    "export_statement": ports.exported,
    "assignment_expression": bindings.assigned,
    "call_expression": expressions.call,
    "new_expression": expressions.call,
    "await_expression": expressions.awaited,
    "expression_statement": expressions.statement,
    "jsx_opening_element": expressions.element,
    "jsx_self_closing_element": expressions.element,
    "jsx_closing_element": expressions.nothing,
    "jsx_attribute": expressions.attribute_of_element,
    "pair": expressions.pair,
    "method_definition": functions.method,
    "as_expression": hints.typed_expression,
    "satisfies_expression": hints.typed_expression,
    "property_identifier": expressions.nothing,
    "statement_identifier": expressions.nothing,
    "type_identifier": expressions.nothing,
    "comment": expressions.nothing,
    "string": expressions.nothing,
    "import": expressions.nothing,
}
