"""One walk over a file's syntax tree: definitions, imports, exports, and everything it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import text
from gate.languages.javascript.reader import (
    bindings,
    classes,
    expressions,
    functions,
    module_statements,
    structures,
    types,
)
from gate.languages.javascript.reader.chains import CHAINS
from gate.languages.javascript.reader.scopes import Block, declared_names
from gate.languages.javascript.reader.state import FileWalk
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
_MAY_NOT_RUN = _BLOCKS | _CONDITIONAL


def facts_of(root: Node, *, typed: bool, commonjs: bool) -> FileFacts:
    """Return the facts of a file; `typed` ones are TypeScript, `commonjs` ones name `exports`.

    Raises:
        RecursionError: it is nested too deeply.
    """
    walk = _JavaScriptWalk(typed=typed, commonjs=commonjs)
    walk.visit(root.named_children)
    return FileFacts(
        "full",
        definitions=tuple(walk.definitions),
        imports=tuple(walk.imports),
        references=walk.chains.references(),
        exported=tuple(dict.fromkeys(walk.exports)),
        dynamic=tuple(sorted(walk.dynamic)),
        settings=tuple(dict.fromkeys(walk.settings)),
    )


class _JavaScriptWalk(FileWalk):
    def visit(self, nodes: Iterable[Node]) -> None:
        """Read these nodes and everything below; expressions without recursion, for they nest deepest."""
        queue = list(nodes)
        queue.reverse()
        while queue:
            node = queue.pop()
            kind = node.type
            if kind in CHAINS:
                queue += reversed(self.chains.read(node))
                continue
            visitor = _VISITORS.get(kind)
            if visitor is not None:
                parts = visitor(self, node)
                if parts:
                    queue += reversed(parts)
            elif kind in _TYPES:
                types.visit_types(self, node)
            elif kind in _MAY_NOT_RUN and (kind != "binary_expression" or _is_logical(node)):
                _visit_conditional(self, node)
            else:
                queue += reversed(node.named_children)


def _is_logical(node: Node) -> bool:
    """Return whether the right side of an operator may not run; sums are long, and must not nest."""
    return text(node.child_by_field_name("operator")) in ("&&", "||", "??")


def _visit_conditional(walk: FileWalk, node: Node) -> None:
    """Read what may not run, and blocks with the names they bind."""
    walk.conditional += 1
    guarded = node.type == "try_statement" and node.child_by_field_name("handler") is not None
    if node.type in _BLOCKS and walk.block.kind != "function":
        has_names = walk.block.whole and node.type != "class_static_block"
        names = set() if has_names else declared_names([node])
        with walk.inside(Block("block", walk.block.path, names, whole=True)):
            walk.visit(node.named_children)
    elif guarded:
        body = node.child_by_field_name("body")
        walk.chains.guarded += 1
        walk.visit([body] if body is not None else [])
        walk.chains.guarded -= 1
        walk.visit(child for child in node.named_children if child != body)
    else:
        walk.visit(node.named_children)
    walk.conditional -= 1


_VISITORS: dict[str, Callable[[FileWalk, Node], Sequence[Node] | None]] = {
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
    "import_statement": module_statements.import_statement,
    "export_statement": module_statements.export_statement,
    "assignment_expression": bindings.assignment,
    "call_expression": expressions.call,
    "new_expression": expressions.call,
    "await_expression": expressions.await_expression,
    "expression_statement": expressions.expression_statement,
    "jsx_opening_element": expressions.element,
    "jsx_self_closing_element": expressions.element,
    "jsx_closing_element": expressions.nothing,
    "jsx_attribute": expressions.attribute_of_element,
    "pair": expressions.pair,
    "method_definition": functions.method,
    "as_expression": types.typed_expression,
    "satisfies_expression": types.typed_expression,
    "property_identifier": expressions.nothing,
    "statement_identifier": expressions.nothing,
    "type_identifier": expressions.nothing,
    "comment": expressions.nothing,
    "string": expressions.nothing,
    "import": expressions.nothing,
}
