"""Definitions from syntax: signatures, members of classes, types, enums and objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gate.languages.base.treesitter import end_line, line, text
from gate.languages.javascript.reader.digest import digest
from gate.languages.javascript.reader.patterns import bound_names
from gate.languages.javascript.reader.syntax import FUNCTIONS, chain_text, has_token, name_text
from gate.model.source import Definition, Parameter, Signature

if TYPE_CHECKING:
    from tree_sitter import Node

_AROUND = ("as_expression", "satisfies_expression", "parenthesized_expression")
_MODIFIERS = ("accessibility_modifier", "override_modifier", "readonly")

Kind = Literal["function", "class", "variable", "attribute", "key", "type", "enum", "namespace"]


def definition(node: Node, name: str, scope: str, kind: Kind, **fields: object) -> Definition:
    """Return a definition with its lines and the digest of its text."""
    return Definition(name, scope, kind, line(node), end_line(node), digest=digest(node, name), **fields)  # type: ignore[arg-type]


def signature(node: Node, *, typed: bool) -> Signature:
    """Return a function's parameters and its kind. Without types every argument may be left out."""
    parameters = node.child_by_field_name("parameters")
    single = node.child_by_field_name("parameter")
    nodes = parameters.named_children if parameters is not None else [single] if single is not None else []
    read = (_parameter(child, typed=typed) for child in nodes if child.type != "comment")
    generator = node.type.startswith("generator") or (
        node.type == "method_definition" and has_token(node, "*")
    )
    return Signature(
        tuple(parameter for parameter in read if parameter is not None), has_token(node, "async"), generator
    )


def _parameter(node: Node, *, typed: bool) -> Parameter | None:
    """Return one parameter; None for `this`, which takes no argument."""
    pattern = node.child_by_field_name("pattern") or node
    if pattern.type == "this":
        return None
    if pattern.type == "rest_pattern":
        return Parameter(_parameter_name(pattern), "rest", required=False)
    optional = node.type in ("optional_parameter", "assignment_pattern")
    optional = optional or node.child_by_field_name("value") is not None
    return Parameter(_parameter_name(pattern), "positional", required=typed and not optional)


def _parameter_name(pattern: Node) -> str:
    """Return the name a parameter binds, `{}` where it takes its argument apart."""
    names = list(bound_names(pattern))
    return text(names[0]) if len(names) == 1 and pattern.type != "object_pattern" else "{}"


# Members


def member(node: Node, scope: str, *, typed: bool) -> Definition | None:
    """Return a member of a class body; None for what has no name of its own."""
    name = member_name(node)
    kind = node.type
    if not name:
        return None
    static = ("static",) if has_token(node, "static") else ()
    if kind in ("method_definition", "method_signature", "abstract_method_signature"):
        overload = ("overload",) if kind == "method_signature" else ()
        accessor = accessors(node)
        return definition(
            node,
            name,
            scope,
            "function",
            signature=None if overload or accessor else signature(node, typed=typed),
            decorators=(*static, *accessor, *overload, *decorators(node)),
            abstract=kind.startswith("abstract"),
        )
    if kind in ("public_field_definition", "field_definition"):
        value = node.child_by_field_name("value")
        marks = (*static, *decorators(node))
        if value is not None and value.type in FUNCTIONS:
            called = signature(value, typed=typed)
            return definition(node, name, scope, "function", signature=called, decorators=marks)
        abstract = has_token(node, "abstract")
        return definition(node, name, scope, "attribute", decorators=marks, abstract=abstract)
    return None


def member_name(node: Node) -> str:
    """Return the name of a member; "" when that is computed."""
    name = node.child_by_field_name("name") or node.child_by_field_name("property")
    if name is None or name.type == "computed_property_name":
        return ""
    return name_text(name)


def parameter_properties(node: Node, scope: str) -> list[Definition]:
    """Return the fields that a constructor's parameters declare: `constructor(private x: T)`."""
    parameters = node.child_by_field_name("parameters")
    return [
        definition(parameter, text(parameter.child_by_field_name("pattern")), scope, "attribute")
        for parameter in (parameters.named_children if parameters is not None else ())
        if any(child.type in _MODIFIERS for child in parameter.children)
    ]


def type_members(body: Node, scope: str) -> list[Definition]:
    """Return the members of an interface or of the literal of a type."""
    members = []
    for node in body.named_children:
        name = member_name(node) if node.type in ("property_signature", "method_signature") else ""
        if name:
            field = "optional" if has_token(node, "?") else "required"
            if node.type == "property_signature":
                members.append(definition(node, name, scope, "attribute", field=field))
            else:
                marks = ("overload",)
                members.append(definition(node, name, scope, "function", decorators=marks, field=field))
    return members


def enum_members(body: Node, scope: str) -> list[Definition]:
    """Return the members of an enum."""
    members = []
    for node in body.named_children:
        name = node.child_by_field_name("name") if node.type == "enum_assignment" else node
        if name is not None and name.type in ("property_identifier", "string"):
            members.append(definition(node, name_text(name), scope, "variable"))
    return members


def literal_object(node: Node | None) -> tuple[Node | None, bool]:
    """Return the object literal that an expression is, None for none, and whether its type is just that."""
    own_type = True
    while node is not None and node.type in _AROUND:
        own_type = own_type and (node.type != "as_expression" or has_token(node, "const"))
        node = next(iter(node.named_children), None)
    return (node, own_type) if node is not None and node.type == "object" else (None, False)


def object_keys(node: Node, scope: str) -> list[Definition]:
    """Return the keys of an object literal whose names are in its text."""
    keys = []
    for child in node.named_children:
        if child.type == "shorthand_property_identifier":
            keys.append(definition(child, text(child), scope, "key"))
        elif child.type in ("pair", "method_definition"):
            key = child.child_by_field_name("key") or child.child_by_field_name("name")
            name = name_text(key)
            if name and key is not None and key.type != "computed_property_name":
                keys.append(definition(child, name, scope, "key", decorators=accessors(child)))
    return keys


# What stands beside a definition


def accessors(node: Node) -> tuple[str, ...]:
    """Return `getter` or `setter` for a method that is one."""
    return tuple(word + "ter" for word in ("get", "set") if has_token(node, word))


def decorators(node: Node) -> tuple[str, ...]:
    """Return the decorators inside a node, as `decorator` writes them."""
    return tuple(decorator(child) for child in node.children if child.type == "decorator")


def decorator(node: Node) -> str:
    """Return a decorator's chain, `()` behind it for a call, "?" for what is no name."""
    inner = next(iter(node.named_children), None)
    if inner is not None and inner.type == "call_expression":
        return f"{chain_text(inner.child_by_field_name('function')) or '?'}()"
    return chain_text(inner) or "?"


def bases(node: Node) -> tuple[str, ...]:
    """Return what a class extends and, as `implements:X`, implements; "?" for what is no name."""
    chains: list[str] = []
    for heritage in node.children:
        if heritage.type == "class_heritage":
            for clause in heritage.named_children:
                if clause.type == "implements_clause":
                    chains += [f"implements:{chain_text(base) or '?'}" for base in clause.named_children]
                elif clause.type == "extends_clause":
                    chains.append(chain_text(clause.child_by_field_name("value")) or "?")
                else:
                    chains.append(chain_text(clause) or "?")
        elif heritage.type in ("extends_type_clause", "extends_clause"):
            chains += [
                chain_text(base) or "?" for base in heritage.named_children if base.type != "type_arguments"
            ]
    return tuple(chains)
