"""Types in Java: their names, what an instance is written as in chains, bases, annotations, signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import children, field, first_child, text
from gate.model.source import Parameter, Signature

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tree_sitter import Node

TYPES = {
    "class_declaration": "class",
    "interface_declaration": "class",
    "enum_declaration": "enum",
    "record_declaration": "class",
    "annotation_type_declaration": "class",
}
"""By the kind of node that declares a type: the kind of its definition."""
_MOST_TYPE_PARAMETERS = 50


def type_name(node: Node | None) -> str:
    """Return the name of a type without its arguments; "" for arrays, primitives and names that begin in lower case."""
    if node is not None and node.type == "annotated_type":
        node = children(node)[-1]
    if node is not None and node.type == "generic_type":
        node = first_child(node)
    if node is None or node.type not in ("type_identifier", "scoped_type_identifier"):
        return ""
    name = "".join(text(node).split())
    return name if name[:1].isupper() and "<" not in name and "@" not in name else ""


def instance(node: Node | None, type_parameters: Collection[str]) -> str:
    """Return the chain of an instance of a type, `Type()`; "" for a type parameter and a type without a name."""
    name = type_name(node)
    return f"{name}()" if name and name not in type_parameters else ""


def type_parameters(node: Node) -> list[str]:
    """Return the names of the type parameters that a declaration introduces."""
    return [
        text(name)
        for parameter in children(field(node, "type_parameters"))
        for name in children(parameter)
        if name.type in ("type_identifier", "identifier")
    ][:_MOST_TYPE_PARAMETERS]


def bases(node: Node) -> Iterator[str]:
    """Yield the names of the types that a type extends or implements; "?" for one without a name."""
    for clause in children(node):
        if clause.type in ("superclass", "super_interfaces", "extends_interfaces"):
            types = children(clause)
            if types and types[0].type == "type_list":
                types = children(types[0])
            yield from (type_name(base) or "?" for base in types)


def annotation_names(node: Node) -> Iterator[str]:
    """Yield the last names of a declaration's annotations."""
    for modifiers in node.named_children:
        if modifiers.type == "modifiers":
            for modifier in modifiers.named_children:
                if modifier.type in ("marker_annotation", "annotation"):
                    yield text(field(modifier, "name")).rpartition(".")[2]


def signature(node: Node | None) -> Signature:
    """Return the signature of a list of parameters."""
    parameters: list[Parameter] = []
    for parameter in children(node):
        if parameter.type == "formal_parameter":
            parameters.append(Parameter(text(field(parameter, "name")), "positional"))
        elif parameter.type == "spread_parameter":
            parameters.append(Parameter("...", "rest", required=False))
    return Signature(tuple(parameters))


def overload(node: Node | None) -> str:
    """Return the types of a list of parameters as text, which tells overloads apart."""
    types = []
    for parameter in children(node):
        declared = field(parameter, "type") or first_child(parameter)
        types.append(text(declared).partition("<")[0] + text(field(parameter, "dimensions")))
    return f"({','.join(types)})"
