"""Definitions from syntax: signatures, members, what makes two of them the same."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

from gate.languages.base.treesitter import end_line, line, text
from gate.languages.javascript.reader.syntax import FUNCTIONS, bound_names, dotted, has, literal
from gate.model.source import Definition, Parameter, Signature

if TYPE_CHECKING:
    from tree_sitter import Node

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|(?<![:\"'])//[^\n]*", re.DOTALL)
_SPACE = re.compile(r"\s+|,(?=\s*[)\]}])|;")
_WORD = re.compile(r"[\w$]")
_AROUND = ("as_expression", "satisfies_expression", "parenthesized_expression")
_MODIFIERS = ("accessibility_modifier", "override_modifier", "readonly")

Kind = Literal["function", "class", "variable", "attribute", "key", "type", "enum", "namespace"]


def signature(node: Node, *, typed: bool) -> Signature:
    """The parameters of a function and what calling it gives. Without types every argument may be left out."""
    given = node.child_by_field_name("parameters")
    single = node.child_by_field_name("parameter")
    listed = given.named_children if given is not None else [single] if single is not None else []
    found = [_parameter(one, typed=typed) for one in listed if one.type != "comment"]
    generator = node.type.startswith("generator") or (node.type == "method_definition" and has(node, "*"))
    return Signature(tuple(one for one in found if one is not None), has(node, "async"), generator)


def _parameter(node: Node, *, typed: bool) -> Parameter | None:
    pattern = node.child_by_field_name("pattern") or node
    if pattern.type == "this":
        return None
    if pattern.type == "rest_pattern":
        return Parameter(_name(pattern), "rest", required=False)
    optional = node.type in ("optional_parameter", "assignment_pattern")
    optional = optional or node.child_by_field_name("value") is not None
    return Parameter(_name(pattern), "positional", required=typed and not optional)


def _name(pattern: Node) -> str:
    names = list(bound_names(pattern))
    return text(names[0]) if len(names) == 1 and pattern.type != "object_pattern" else "{}"


def of(node: Node, name: str, scope: str, kind: Kind, **more: object) -> Definition:
    """A definition with its place and the digest of its text."""
    return Definition(name, scope, kind, line(node), end_line(node), digest=digest(node, name), **more)  # type: ignore[arg-type]


def digest(node: Node, name: str) -> str:
    """Of a definition's text: without its name where it is first said, comments, layout and semicolons."""
    plain = _SPACE.sub("", _COMMENT.sub("", _unnamed(text(node), name))).replace("'", '"')
    return blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _unnamed(whole: str, name: str) -> str:
    """A text without the first of these names, where that is a word of its own."""
    at = whole.find(name) if name else -1
    while at >= 0:
        end = at + len(name)
        if not _WORD.match(whole[at - 1 : at]) and not _WORD.match(whole[end : end + 1]):
            return whole[:at] + whole[end:]
        at = whole.find(name, end)
    return whole


def member_name(node: Node) -> str:
    """What a member is called; "" when that is computed."""
    name = node.child_by_field_name("name") or node.child_by_field_name("property")
    if name is None or name.type == "computed_property_name":
        return ""
    return literal(name) if name.type == "string" else text(name)


def member(node: Node, scope: str, *, typed: bool) -> Definition | None:
    """A member of a class body; None for what has no name of its own."""
    name = member_name(node)
    kind = node.type
    if not name:
        return None
    static = ("static",) if has(node, "static") else ()
    if kind in ("method_definition", "method_signature", "abstract_method_signature"):
        accessor = accessors(node)
        overload = ("overload",) if kind == "method_signature" else ()
        known = None if overload or accessor else signature(node, typed=typed)
        made = (*static, *accessor, *overload, *decorators(node))
        return of(
            node,
            name,
            scope,
            "function",
            signature=known,
            decorators=made,
            abstract=kind.startswith("abstract"),
        )
    if kind in ("public_field_definition", "field_definition"):
        given = node.child_by_field_name("value")
        made = (*static, *decorators(node))
        if given is not None and given.type in FUNCTIONS:
            return of(node, name, scope, "function", signature=signature(given, typed=typed), decorators=made)
        return of(node, name, scope, "attribute", decorators=made, abstract=has(node, "abstract"))
    return None


def parameter_properties(node: Node, scope: str) -> list[Definition]:
    """The fields a constructor's parameters declare: `constructor(private x: T)`."""
    given = node.child_by_field_name("parameters")
    listed = given.named_children if given is not None else []
    return [
        of(one, text(one.child_by_field_name("pattern")), scope, "attribute")
        for one in listed
        if any(child.type in _MODIFIERS for child in one.children)
    ]


def shape(body: Node, scope: str) -> list[Definition]:
    """The members of an interface or of the literal of a type."""
    found = []
    for one in body.named_children:
        name = member_name(one) if one.type in ("property_signature", "method_signature") else ""
        if name:
            known = has(one, "?")
            kind: Kind = "attribute" if one.type == "property_signature" else "function"
            made = ("overload",) if kind == "function" else ()
            field = "optional" if known else "required"
            found.append(of(one, name, scope, kind, decorators=made, field=field))
    return found


def enum_members(body: Node, scope: str) -> list[Definition]:
    """The members of an enum."""
    found = []
    for one in body.named_children:
        name = one.child_by_field_name("name") if one.type == "enum_assignment" else one
        said = literal(name) if name is not None and name.type == "string" else text(name)
        if name is not None and name.type in ("property_identifier", "string"):
            found.append(of(one, said, scope, "variable"))
    return found


def literal_object(node: Node | None) -> tuple[Node | None, bool]:
    """The object literal that an expression is, None for none, and whether its type is just that."""
    own = True
    while node is not None and node.type in _AROUND:
        own = own and (node.type != "as_expression" or has(node, "const"))
        node = node.named_children[0] if node.named_children else None
    return (node, own) if node is not None and node.type == "object" else (None, False)


def keys(node: Node, scope: str) -> list[Definition]:
    """The keys of an object literal whose names are in its text."""
    found = []
    for one in node.named_children:
        if one.type == "shorthand_property_identifier":
            found.append(of(one, text(one), scope, "key"))
        elif one.type in ("pair", "method_definition"):
            key = one.child_by_field_name("key") or one.child_by_field_name("name")
            name = literal(key) if key is not None and key.type == "string" else text(key)
            if name and key is not None and key.type != "computed_property_name":
                found.append(of(one, name, scope, "key", decorators=accessors(one)))
    return found


def accessors(node: Node) -> tuple[str, ...]:
    """`getter` or `setter`, of what is one."""
    return tuple(word + "ter" for word in ("get", "set") if has(node, word))


def decorators(node: Node) -> tuple[str, ...]:
    """Those written inside a node; each dotted, "()" behind a call, "?" for what is no name."""
    return tuple(decorator(one) for one in node.children if one.type == "decorator")


def decorator(node: Node) -> str:
    """One of them."""
    inner = node.named_children[0] if node.named_children else None
    if inner is not None and inner.type == "call_expression":
        return f"{dotted(inner.child_by_field_name('function')) or '?'}()"
    return dotted(inner) or "?"


def bases(node: Node) -> tuple[str, ...]:
    """What a class extends and, as `implements:X`, implements; "?" for what is no name."""
    found: list[str] = []
    for heritage in node.children:
        if heritage.type == "class_heritage":
            for one in heritage.named_children:
                if one.type == "implements_clause":
                    found += [f"implements:{dotted(each) or '?'}" for each in one.named_children]
                elif one.type == "extends_clause":
                    found.append(dotted(one.child_by_field_name("value")) or "?")
                else:
                    found.append(dotted(one) or "?")
        elif heritage.type in ("extends_type_clause", "extends_clause"):
            found += [
                dotted(each) or "?" for each in heritage.named_children if each.type != "type_arguments"
            ]
    return tuple(found)
