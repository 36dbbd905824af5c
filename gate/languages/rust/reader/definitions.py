"""What a Rust file defines: functions, types with their fields and variants, constants, aliases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gate.languages.base.treesitter import children, define, digest, field, text
from gate.languages.rust.reader.attributes import derived, is_plain, makes_members
from gate.languages.rust.reader.types import constructor_signature, instance, signature, type_path

if TYPE_CHECKING:
    from tree_sitter import Node

    from gate.languages.rust.reader.scope import RustScope
    from gate.model.source import Definition


@dataclass(frozen=True, slots=True)
class RustItem:
    """An item with its attributes as text.

    `owner` is the dotted path of the module or type it is defined in; `overload` tells it from others of its name
    there.
    """

    node: Node
    attributes: str
    conditional: bool
    scope: RustScope
    owner: str
    overload: str = ""

    @property
    def name(self) -> str:
        """The item's own name."""
        return text(field(self.node, "name"))


class RustDefinitions:
    """The definitions of one file."""

    def __init__(self) -> None:
        self.definitions: list[Definition] = []

    def _define(
        self, name: str, owner: str, kind: str, node: Node, *, conditional: bool = False, **details: Any
    ) -> None:
        if name and name != "_":
            self.definitions.append(define(name, owner, kind, node, conditional=conditional, **details))

    def add(self, item: RustItem) -> None:
        """Add a function, a type, a constant or an alias."""
        match item.node.type:
            case "function_item" | "function_signature_item":
                self._add_function(item)
            case "struct_item" | "union_item":
                self._add_struct(item)
            case "enum_item":
                self._add_enum(item)
            case "const_item" | "static_item":
                self._add_member(
                    item,
                    "variable",
                    value=instance(field(item.node, "type"), item.scope.self_type),
                    digest=digest(item.node, item.name),
                )
            case "type_item":
                self._add_member(item, "type", value=type_path(field(item.node, "type")))

    def add_module(self, item: RustItem, *, has_body: bool) -> None:
        """Add a `mod`; its value is `self` where it stands in braces, and not in a file of its own."""
        self._define(
            item.name,
            item.owner,
            "namespace",
            item.node,
            conditional=item.conditional,
            value="self" if has_body else "",
            opaque="path" in item.attributes,
        )

    def add_trait(self, item: RustItem) -> None:
        """Add a trait, without its members."""
        bounds = children(field(item.node, "bounds"))
        self._define(
            item.name,
            item.owner,
            "class",
            item.node,
            conditional=item.conditional,
            bases=tuple(type_path(bound) or "?" for bound in bounds if bound.type != "lifetime"),
            opaque=not is_plain(item.attributes),
        )

    def _add_member(self, item: RustItem, kind: str, **details: Any) -> None:
        """Add what may be a member of a type as well as an item of a module."""
        self._define(
            item.name,
            item.owner,
            kind,
            item.node,
            conditional=item.conditional,
            overload=item.overload,
            **details,
        )

    def _add_function(self, item: RustItem) -> None:
        parameters = field(item.node, "parameters")
        self._add_member(
            item,
            "function",
            signature=signature(parameters) if is_plain(item.attributes) else None,
            value=instance(field(item.node, "return_type"), item.scope.self_type),
            digest=digest(item.node, item.name),
        )

    def _add_type(self, item: RustItem, kind: str, **details: Any) -> None:
        self._define(
            item.name,
            item.scope.module,
            kind,
            item.node,
            conditional=item.conditional,
            decorators=derived(item.attributes),
            opaque=makes_members(item.attributes),
            **details,
        )

    def _add_struct(self, item: RustItem) -> None:
        body = field(item.node, "body")
        is_made_of_fields = item.node.type == "struct_item" and is_plain(item.attributes)
        self._add_type(item, "class", signature=constructor_signature(body) if is_made_of_fields else None)
        owner = item.scope.path(item.name)
        for member in children(body) if body is not None and body.type == "field_declaration_list" else ():
            if member.type == "field_declaration":
                value = instance(field(member, "type"), item.scope.self_type)
                self._define(text(field(member, "name")), owner, "attribute", member, value=value)

    def _add_enum(self, item: RustItem) -> None:
        self._add_type(item, "enum")
        owner = item.scope.path(item.name)
        for variant in children(field(item.node, "body") or item.node):
            if variant.type == "enum_variant":
                constructor = constructor_signature(field(variant, "body"))
                self._define(text(field(variant, "name")), owner, "variable", variant, signature=constructor)
