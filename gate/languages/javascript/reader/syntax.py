"""Small questions to the syntax tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import text

if TYPE_CHECKING:
    from collections.abc import Iterator

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
NAMES = frozenset(("identifier", "type_identifier", "property_identifier", "private_property_identifier"))


def literal(node: Node | None) -> str:
    """What a string without escapes or substitutions says; "" for everything else."""
    if node is None or node.type not in ("string", "template_string"):
        return ""
    parts = node.named_children
    return text(parts[0]) if len(parts) == 1 and parts[0].type == "string_fragment" else ""


def has(node: Node, word: str) -> bool:
    """Whether a keyword or sign stands directly in a node."""
    return any(child.type == word for child in node.children)


def dotted(node: Node | None) -> str:
    """`a.b.c` for a chain of names, `this` and `super` included; else ""."""
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
            node = node.child_by_field_name("name") or (
                node.named_children[0] if node.named_children else None
            )
        else:
            return ""
    return ""


def value(node: Node | None) -> str:
    """The chain an expression is, `()` behind it when it is a call or a `new` of one; else ""."""
    if node is None:
        return ""
    if node.type in ("call_expression", "new_expression"):
        name = dotted(node.child_by_field_name("function") or node.child_by_field_name("constructor"))
        return f"{name}()" if name else ""
    return dotted(node)


def bound_names(pattern: Node | None) -> Iterator[Node]:
    """The names a pattern binds: `a`, `{a, b: c = 1, ...d}`, `[a, , b]`."""
    queue = [pattern] if pattern is not None else []
    while queue:
        node = queue.pop()
        kind = node.type
        if kind in ("identifier", "shorthand_property_identifier_pattern"):
            yield node
        elif kind in ("assignment_pattern", "object_assignment_pattern"):
            left = node.child_by_field_name("left")
            queue += [left] if left is not None else []
        elif kind == "pair_pattern":
            inner = node.child_by_field_name("value")
            queue += [inner] if inner is not None else []
        elif kind in ("required_parameter", "optional_parameter"):
            inner = node.child_by_field_name("pattern")
            queue += [inner] if inner is not None else []
        elif kind in ("object_pattern", "array_pattern", "rest_pattern", "formal_parameters"):
            queue += node.named_children
