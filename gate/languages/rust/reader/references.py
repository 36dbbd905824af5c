"""What the items of a Rust file read, with the names they bind left out."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from gate.languages.base.treesitter import children, children_but_names, field, text, walk
from gate.languages.base.typed_references import TypedReferences, value_chain
from gate.languages.rust.reader.chains import parts_of, with_self_type
from gate.languages.rust.reader.paths import PATHS, used_names
from gate.languages.rust.reader.scope import RustScope
from gate.languages.rust.reader.types import instance
from gate.model.source import Call

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

    from gate.languages.base.typed_references import Parts
    from gate.languages.rust.reader.imports import RustImports

ITEMS = (
    "function_item",
    "function_signature_item",
    "struct_item",
    "union_item",
    "enum_item",
    "trait_item",
    "type_item",
    "const_item",
    "static_item",
    "mod_item",
)
"""Nodes of items that have a name."""
_PATTERNS = (
    "parameter",
    "let_declaration",
    "let_condition",
    "for_expression",
    "match_arm",
    "closure_parameters",
)
"""Nodes with a pattern that binds names."""
_NAMED = (*ITEMS, "type_parameter", "enum_variant", "const_parameter", "associated_type", "type_binding")
"""Nodes whose field `name` is bound there, not read."""
_CHAINS = ("identifier", "type_identifier", "field_expression", *PATHS)
_SKIPPED = ("use_declaration", "attribute_item", "lifetime", "label", "visibility_modifier")
_PATH_TOKENS = ("identifier", "type_identifier", "crate", "super", "self")


class RustReferences(TypedReferences):
    """The references of one Rust file; imports inside of functions go to `imports`."""

    def __init__(self, imports: RustImports) -> None:
        super().__init__()
        self._imports = imports
        self._scope = RustScope()
        self.has_local_star = False
        """Whether a function imports all names of a module."""

    def read_item(self, node: Node, scope: RustScope, block: Node | None = None) -> None:
        """Add what an item reads; `block` is the `impl` or trait around it, whose type parameters are in scope."""
        self._scope = scope
        around = walk(field(block, "type_parameters"))
        inside = (inner for inner in walk(node) if inner is not node)
        self._read_declaration(chain(around, inside), (node,))

    def read_head(self, node: Node, scope: RustScope) -> None:
        """Add what an `impl` or a trait reads before its body."""
        self._scope = scope
        body = field(node, "body")
        head = [child for child in children(node) if body is None or child.id != body.id]
        self._read_declaration((inner for start in head for inner in walk(start)), head)

    # Local names

    def _bind(self, node: Node) -> None:
        kind = node.type
        if kind in _PATTERNS:
            self._bind_pattern(node)
        elif kind in ("type_parameter", "const_parameter", *ITEMS):
            self._locals.bind(text(field(node, "name")))
        elif kind == "use_declaration":
            self._imports.add_use(node, self._scope.module, conditional=True, is_local=True)
            for _, name, alias in used_names(field(node, "argument")):
                self._locals.bind(alias)
                self.has_local_star = self.has_local_star or name == "*"

    def _bind_pattern(self, node: Node) -> None:
        pattern = node if node.type == "closure_parameters" else field(node, "pattern")
        if pattern is None:
            return
        if pattern.type == "identifier" and node.type in ("parameter", "let_declaration"):
            self._locals.bind(text(pattern), self._value(node))
            return
        for part in walk(pattern, PATHS):
            name = text(part) if part.type in ("identifier", "shorthand_field_identifier") else ""
            if name and not name[:1].isupper():
                self._locals.bind(name)

    def _value(self, node: Node) -> Callable[[], str] | None:
        declared, value = field(node, "type"), field(node, "value")
        self_type = self._scope.self_type
        if declared is not None:
            return lambda: self._locals.chain(instance(declared, self_type).split("."))
        if value is not None:
            return lambda: self._locals.chain(value_chain(parts_of(value, self_type)))
        return None

    # What is read

    def _read(self, start: Node) -> None:
        stack = [start]
        while stack:
            node = stack.pop()
            kind = node.type
            if kind in _SKIPPED:
                continue
            if kind == "call_expression":
                stack += self._read_call(node)
            elif kind in _CHAINS:
                stack += self._read_chain(node)
            elif kind == "struct_expression":
                stack += self._read_literal(node)
            elif kind == "token_tree":
                stack += self._read_tokens(node)
            elif kind in ("field_initializer", "field_pattern"):
                stack += filter(None, (field(node, "value"), field(node, "pattern")))
            elif kind == "macro_invocation":
                stack += (child for child in children(node) if child.type == "token_tree")
            else:
                stack += children_but_names(node) if kind in _NAMED else node.named_children

    def _is_readable(self, root: str) -> bool:
        return root not in ("_", "Self", "self") and root.isidentifier()

    def _add_parts(self, parts: Parts, node: Node, call: Call | None = None) -> None:
        self._add(parts, node, self._scope.module, call)

    def _read_call(self, node: Node) -> Iterator[Node]:
        """Add the chain of a call; yield what of the call is still to be read."""
        function, arguments = field(node, "function"), field(node, "arguments")
        if function is None or arguments is None:
            return
        yield arguments
        if function.type == "generic_function":
            type_arguments = field(function, "type_arguments")
            if type_arguments is not None:
                yield type_arguments
            function = field(function, "function") or function
        count = len([child for child in children(arguments) if child.type != "attribute_item"])
        yield from self._read_chain(function, Call(count))

    def _read_chain(self, node: Node, call: Call | None = None) -> Iterator[Node]:
        """Add a chain; yield what of it is still to be read."""
        parts = parts_of(node, self._scope.self_type)
        if parts:
            self._add_parts(parts, node, call)
        if node.type == "field_expression":
            inner = field(node, "value")
            while parts and inner is not None and inner.type == "field_expression":
                inner = field(inner, "value")
            if inner is not None and (not parts or inner.type not in ("identifier", "self")):
                yield inner
        elif node.type in PATHS:
            yield from (inner for inner in walk(node) if inner.type == "type_arguments")
        elif not parts:
            yield from node.named_children

    def _read_literal(self, node: Node) -> Iterator[Node]:
        """Add the type that a struct literal makes; yield what of the literal is still to be read."""
        type_node, fields = field(node, "name"), children(field(node, "body"))
        is_updated = any(child.type == "base_field_initializer" for child in fields)
        names = [
            text(field(child, "field")) or text(_last_child(child))
            for child in fields
            if child.type.endswith("field_initializer") and child.type != "base_field_initializer"
        ]
        if type_node is not None:
            plain = field(type_node, "type") if type_node.type == "generic_type" else type_node
            call = Call(0, tuple(sorted(names)), stars=is_updated)
            yield from self._read_chain(plain or type_node, call)
        for child in fields:
            is_base = child.type == "base_field_initializer"
            yield field(child, "value") or (child if is_base else _last_child(child))

    def _read_tokens(self, node: Node) -> Iterator[Node]:
        """Add the paths in the arguments of a macro, to which they may be anything; yield what is nested in them."""
        parts: Parts = []
        is_joined = False
        for token in (*node.children, None):
            kind = token.type if token is not None else ""
            if kind in _PATH_TOKENS and (is_joined or not parts):
                parts.append(text(token))
                is_joined = False
            elif kind == "::" and parts:
                is_joined = True
            else:
                if len(parts) > 1 and token is not None:
                    self._add_parts(with_self_type(parts, self._scope.self_type) or parts, token)
                parts = [text(token)] if kind in ("identifier", "crate") else []
                is_joined = False
            if token is not None and kind == "token_tree":
                yield token


def _last_child(node: Node) -> Node:
    """Return the last of a node's children; the node itself where it has none, as errors in the text have."""
    return next(reversed(children(node)), node)
