"""Types in Rust: their paths, what an instance is written as in chains, signatures of functions and constructors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import children, field, text
from gate.languages.rust.reader.attributes import is_conditional
from gate.languages.rust.reader.paths import path_of
from gate.model.source import Parameter, Signature

if TYPE_CHECKING:
    from tree_sitter import Node


def type_path(node: Node | None) -> str:
    """Return the dotted path of a type without references and arguments; "" for a type without one."""
    while node is not None and node.type in ("reference_type", "generic_type"):
        node = field(node, "type")
    if node is None:
        return ""
    return text(node) if node.type == "type_identifier" else ".".join(path_of(node))


def type_arguments(node: Node | None) -> str:
    """Return the arguments of a type as text: `impl A<u8>` and `impl A<u16>` may both have a member of one name."""
    return text(node).partition("<")[2]


def instance(node: Node | None, self_type: str) -> str:
    """Return the chain of an instance of a type, `Type()`; "" for a type without a path."""
    path = type_path(node)
    path = self_type if path == "Self" else path
    return f"{path}()" if path else ""


def signature(node: Node | None) -> Signature | None:
    """Return the signature of a list of parameters; None where one may be left out or added by a condition."""
    parameters: list[Parameter] = []
    for child in children(node):
        if child.type == "self_parameter":
            parameters.append(Parameter("self", "positional"))
        elif child.type == "parameter":
            pattern = field(child, "pattern")
            is_name = pattern is not None and pattern.type == "identifier"
            name = text(pattern) if is_name else f"argument {len(parameters) + 1}"
            parameters.append(Parameter(name, "positional"))
        else:
            return None
    return Signature(tuple(parameters))


def constructor_signature(body: Node | None) -> Signature | None:
    """Return what a struct or a variant with this body is made with, all its fields; None where that is unknown."""
    if body is None:
        return None
    if body.type == "ordered_field_declaration_list":
        if any(child.type == "attribute_item" for child in body.named_children):
            return None
        count = len(body.children_by_field_name("type"))
        return Signature(tuple(Parameter(f"field {index + 1}", "positional") for index in range(count)))
    if body.type != "field_declaration_list" or is_conditional(text(body)):
        return None
    names = [text(field(child, "name")) for child in children(body) if child.type == "field_declaration"]
    return Signature(tuple(Parameter(name, "keyword") for name in names))
