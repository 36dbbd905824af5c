"""Small questions to the syntax tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import text

if TYPE_CHECKING:
    from tree_sitter import Node

FUNCTIONS = frozenset((
    *("function_declaration", "generator_function_declaration", "function_expression", "generator_function"),
    *("arrow_function", "method_definition", "function_signature"),
))  # fmt: skip
DECLARED_FUNCTIONS = frozenset(
    ("function_declaration", "generator_function_declaration", "function_signature")
)
CLASSES = frozenset(("class_declaration", "abstract_class_declaration", "class"))
VARIABLES = frozenset(("lexical_declaration", "variable_declaration"))


def literal(node: Node | None) -> str:
    """Return the text of a string without escapes or substitutions; "" for everything else."""
    if node is None or node.type not in ("string", "template_string"):
        return ""
    parts = node.named_children
    return text(parts[0]) if len(parts) == 1 and parts[0].type == "string_fragment" else ""


def name_text(node: Node | None) -> str:
    """Return the text of a name, which may be written as a string."""
    return literal(node) if node is not None and node.type == "string" else text(node)


def has_token(node: Node, token: str) -> bool:
    """Return whether a keyword or sign stands directly in a node."""
    return any(child.type == token for child in node.children)


def chain_text(node: Node | None) -> str:
    """Return `a.b.c` for a chain of names, `this` and `super` included; else ""."""
    parts: list[str] = []
    while node is not None:
        kind = node.type
        if kind in ("identifier", "type_identifier", "this", "super"):
            return ".".join((text(node), *reversed(parts)))
        if kind in ("member_expression", "nested_type_identifier", "nested_identifier"):
            last = node.child_by_field_name("property") or node.child_by_field_name("name")
            parts.append(text(last))
            node = node.child_by_field_name("object") or node.child_by_field_name("module")
        elif kind == "subscript_expression" and literal(node.child_by_field_name("index")).isidentifier():
            parts.append(literal(node.child_by_field_name("index")))
            node = node.child_by_field_name("object")
        elif kind in (
            "generic_type",
            "instantiation_expression",
            "non_null_expression",
            "parenthesized_expression",
        ):
            node = node.child_by_field_name("name") or next(iter(node.named_children), None)
        else:
            return ""
    return ""


def value_text(node: Node | None) -> str:
    """Return the chain an expression is, with `()` behind it for a call or a `new` of one; else ""."""
    if node is None:
        return ""
    if node.type in ("call_expression", "new_expression"):
        chain = chain_text(callee(node))
        return f"{chain}()" if chain else ""
    return chain_text(node)


def callee(node: Node) -> Node | None:
    """Return what a call or a `new` calls."""
    return node.child_by_field_name("function") or node.child_by_field_name("constructor")


def required_module(node: Node | None) -> str:
    """Return the specifier of `require("m")`, `import("m")` or an `await` of that; "" for everything else."""
    while node is not None and node.type in ("await_expression", "parenthesized_expression"):
        node = next(iter(node.named_children), None)
    if node is None or node.type != "call_expression":
        return ""
    if text(node.child_by_field_name("function")) not in ("require", "import"):
        return ""
    arguments = node.child_by_field_name("arguments")
    if arguments is None or len(arguments.named_children) != 1:
        return ""
    return literal(arguments.named_children[0])
