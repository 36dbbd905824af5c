"""Java, through its tree-sitter grammar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tree_sitter_java

from gate.languages.base.treesitter import (
    LONGEST,
    Locals,
    Reads,
    below,
    define,
    digest,
    field,
    grammar,
    line,
    parsed,
    partial,
    parts_of,
    text,
)
from gate.model.source import Call, Definition, FileFacts, Import, Parameter, Signature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tree_sitter import Node

    from gate.languages.base.treesitter import Parts

NAME = "java"
VERSION = 1

_PARSER = grammar(tree_sitter_java.language)
_TYPES = {
    "class_declaration": "class",
    "interface_declaration": "class",
    "enum_declaration": "enum",
    "record_declaration": "class",
    "annotation_type_declaration": "class",
}
_PLAIN = {
    "Deprecated",
    "SuppressWarnings",
    "FunctionalInterface",
    "Override",
    "Nullable",
    "NonNull",
    "Test",
    "Immutable",
}
"""Annotations that give a type no members."""
_NAMES = (
    "identifier",
    "type_identifier",
    "scoped_identifier",
    "scoped_type_identifier",
    "field_access",
    "method_invocation",
)
_DEEPEST = 20
_OWN_NAME = (
    *(
        "formal_parameter",
        "catch_formal_parameter",
        "variable_declarator",
        "enhanced_for_statement",
        "resource",
    ),
    *(
        "method_declaration",
        "constructor_declaration",
        "compact_constructor_declaration",
        "instanceof_expression",
    ),
    *("type_pattern", "annotation_type_element_declaration", "enum_constant", *_TYPES),
)
"""Nodes whose field `name` is bound there, not read."""


def read(content: bytes, _ending: str = ".java") -> FileFacts:
    """The facts of a Java file."""
    root = parsed(content, _PARSER)
    return root if isinstance(root, FileFacts) else _File().facts(root)


class _File:
    """One file."""

    def __init__(self) -> None:
        self._definitions: list[Definition] = []
        self._imports: list[Import] = []
        self._reads = Reads()
        self._locals = Locals()
        self._owner = ""
        self._variables: list[str] = []
        """Type parameters of the types around."""

    def facts(self, root: Node) -> FileFacts:
        package = ""
        for node in parts_of(root):
            if node.type == "package_declaration":
                package = text(parts_of(node)[-1])
            elif node.type == "import_declaration":
                self._import(node)
            elif node.type in _TYPES:
                self._type(node, 0)
        settings = (("package", package),)
        if root.has_error:
            return partial(self._definitions, self._imports, settings)
        return FileFacts(
            "full",
            definitions=tuple(self._definitions),
            imports=tuple(self._imports),
            references=self._reads.references(),
            settings=settings,
        )

    def _import(self, node: Node) -> None:
        listed = parts_of(node)
        if not listed:
            return
        module, name = text(listed[0]).replace(" ", ""), "*"
        if listed[-1].type != "asterisk":
            module, _, name = module.rpartition(".")
        self._imports.append(Import(module, name, "" if name == "*" else name, 0, line(node)))

    # Definitions

    def _type(self, node: Node, depth: int) -> None:
        name, body = text(field(node, "name")), field(node, "body")
        outer, known = self._owner, len(self._variables)
        if not name or depth > _DEEPEST:
            return
        made = tuple(_annotations(node))
        self._variables += _type_parameters(node)
        own = {one.id for one in (field(node, "name"), body) if one is not None}
        self._unit([one for one in parts_of(node) if one.id not in own])
        self._owner = f"{outer}.{name}" if outer else name
        bases = tuple(_bases(node))
        at = len(self._definitions)
        members = _members(body)
        for one in _components(node):
            self._define(text(field(one, "name")), "attribute", one, value=self._instance(field(one, "type")))
        for one in members:
            self._member(one, depth)
        signature = None if set(made) - _PLAIN else _made(node, members)
        self._definitions.insert(
            at,
            define(
                name,
                outer,
                _TYPES[node.type],
                node,
                signature=signature,
                decorators=made,
                bases=bases,
                opaque=bool(set(made) - _PLAIN),
            ),
        )
        self._owner = outer
        del self._variables[known:]

    def _member(self, node: Node, depth: int) -> None:
        kind = node.type
        if kind in _TYPES:
            self._type(node, depth + 1)
            return
        self._unit([node])
        if kind in ("field_declaration", "constant_declaration"):
            given = self._instance(field(node, "type"))
            for one in node.children_by_field_name("declarator"):
                self._define(text(field(one, "name")), "variable", one, value=given, digest=digest(node))
        elif kind == "enum_constant":
            self._define(
                text(field(node, "name")), "variable", node, value=self._owner.rpartition(".")[2] + "()"
            )
        elif kind in ("method_declaration", "annotation_type_element_declaration"):
            name, parameters = text(field(node, "name")), field(node, "parameters")
            free = set(_type_parameters(node))
            result = self._instance(field(node, "type"))
            self._define(
                name,
                "function",
                node,
                signature=_signature(parameters),
                decorators=tuple(_annotations(node)),
                value="" if result.removesuffix("()") in free else result,
                digest=digest(node, name),
                overload=_kinds(parameters),
            )

    def _define(self, name: str, kind: str, node: Node, **more: Any) -> None:
        if name:
            self._definitions.append(define(name, self._owner, kind, node, **more))

    def _instance(self, node: Node | None) -> str:
        found = _named(node)
        return f"{found}()" if found and found not in self._variables else ""

    # References

    def _unit(self, nodes: Iterable[Node]) -> None:
        """What one declaration reads."""
        self._locals = Locals()
        listed = list(nodes)
        for name in self._variables:
            self._locals.bind(name)
        for node in listed:
            inner = node.type in ("method_declaration", "constructor_declaration")
            for one in below(node):
                if one is not node or inner:
                    self._bind(one, member=node.type in ("field_declaration", "constant_declaration"))
        self._locals.settle()
        for node in listed:
            self._refer(node)

    def _bind(self, node: Node, *, member: bool) -> None:
        kind, name = node.type, field(node, "name")
        if kind == "type_parameter":
            self._locals.bind(text(parts_of(node)[-1] if parts_of(node) else None))
            for one in parts_of(node)[:1]:
                self._locals.bind(text(one))
        elif kind == "local_variable_declaration":
            given = field(node, "type")
            for one in node.children_by_field_name("declarator"):
                self._locals.bind(text(field(one, "name")), self._of(given, field(one, "value")))
        elif (
            kind in ("formal_parameter", "resource", "enhanced_for_statement", "instanceof_expression")
            and name
        ):
            given = field(node, "type") or field(node, "right")
            self._locals.bind(text(name), self._of(given, None))
        elif kind in ("catch_formal_parameter", "variable_declarator") and name:
            if kind == "catch_formal_parameter" or (
                node.parent is not None
                and node.parent.type
                not in (
                    "local_variable_declaration",
                    *(("field_declaration", "constant_declaration") if member else ()),
                )
            ):
                self._locals.bind(text(name))
        elif kind == "lambda_expression":
            given = field(node, "parameters")
            for one in (
                [given]
                if given is not None and given.type == "identifier"
                else parts_of(given)
                if given
                else ()
            ):
                if one.type == "identifier":
                    self._locals.bind(text(one))
        elif kind in ("type_pattern", "record_pattern_component"):
            for one in parts_of(node):
                if one.type == "identifier":
                    self._locals.bind(text(one))
        elif kind in _TYPES:
            self._locals.bind(text(name))

    def _of(self, given: Node | None, value: Node | None) -> Callable[[], str]:
        if text(given) == "var":
            return lambda: self._known(_gives(value)) if value is not None else ""
        return lambda: self._known(self._instance(given).split("."))

    def _known(self, parts: Parts) -> str:
        return ".".join(self._locals.rooted(parts)) if parts and parts[0] else ""

    def _refer(self, start: Node) -> None:
        stack: list[tuple[Node, bool]] = [(start, False)]
        while stack:
            node, foreign = stack.pop()
            kind = node.type
            if kind in _NAMES:
                stack += ((one, foreign) for one in self._chain(node, foreign=foreign))
            elif kind == "object_creation_expression":
                stack += self._made(node, foreign=foreign)
            elif kind == "switch_label":
                stack += ((one, foreign) for one in parts_of(node) if one.type != "identifier")
            elif kind == "element_value_pair":
                stack += ((one, foreign) for one in (field(node, "value"),) if one is not None)
            elif kind in ("labeled_statement", "break_statement", "continue_statement"):
                stack += ((one, foreign) for one in parts_of(node) if one.type != "identifier")
            elif kind == "method_reference":
                stack += ((one, foreign) for one in parts_of(node)[:1])
            else:
                names = (
                    {one.id for one in node.children_by_field_name("name")} if kind in _OWN_NAME else set()
                )
                inside = (
                    foreign
                    or (kind == "class_body" and node is not start)
                    or (kind in _TYPES and node is not start)
                )
                stack += ((one, inside) for one in node.named_children if one.id not in names)

    def _made(self, node: Node, *, foreign: bool) -> Iterator[tuple[Node, bool]]:
        given, arguments = field(node, "type"), field(node, "arguments")
        named = _named(given)
        outer = any(one.type == "new" for one in node.children[:1])
        if named and arguments is not None and outer:
            self._note(named.split("."), node, foreign=foreign, call=_shape(arguments))
        if given is not None and given.type == "generic_type":
            yield from ((one, foreign) for one in parts_of(given)[1:])
        for one in parts_of(node):
            if given is None or one.id != given.id:
                yield one, foreign

    def _chain(self, node: Node, *, foreign: bool) -> Iterator[Node]:
        """Note a chain; gives what of it is still to be looked at."""
        arguments = field(node, "arguments") if node.type == "method_invocation" else None
        parts = _parts(node, self._owner)
        if parts:
            self._note(
                parts, node, foreign=foreign, call=_shape(arguments) if arguments is not None else None
            )
        if arguments is not None:
            yield arguments
        if node.type in ("method_invocation", "field_access"):
            inner = field(node, "object")
            while parts and inner is not None and inner.type == "field_access":
                inner = field(inner, "object")
            if inner is not None and (not parts or inner.type not in ("identifier", "this", "super")):
                yield inner

    def _note(self, parts: Parts, node: Node, *, foreign: bool, call: Call | None) -> None:
        rooted = self._locals.rooted(parts)
        if not rooted or (len(parts) == 1 and rooted != parts):
            return
        root = rooted[0].removesuffix("()")
        if root in self._locals.names or (foreign and not root[:1].isupper()) or not root.isidentifier():
            return
        if foreign and rooted[0] != parts[0] and parts[0].startswith(self._owner.partition(".")[0] + "()"):
            return
        self._reads.add(".".join(rooted), line(node), owner=self._owner, call=call)


def _members(body: Node | None) -> list[Node]:
    found = []
    for one in parts_of(body) if body is not None else ():
        found += parts_of(one) if one.type == "enum_body_declarations" else [one]
    return found


def _components(node: Node) -> list[Node]:
    given = field(node, "parameters") if node.type == "record_declaration" else None
    return [one for one in parts_of(given) if one.type == "formal_parameter"] if given is not None else []


def _made(node: Node, members: list[Node]) -> Signature | None:
    """How it is made, where there is one way only."""
    if node.type not in ("class_declaration", "record_declaration"):
        return None
    own = [one for one in members if one.type == "constructor_declaration"]
    if node.type == "record_declaration":
        return None if own else _signature(field(node, "parameters"))
    return Signature() if not own else _signature(field(own[0], "parameters")) if len(own) == 1 else None


def _annotations(node: Node) -> Iterator[str]:
    for one in node.named_children:
        if one.type == "modifiers":
            for each in one.named_children:
                if each.type in ("marker_annotation", "annotation"):
                    yield text(field(each, "name")).rpartition(".")[2]


def _type_parameters(node: Node) -> list[str]:
    given = field(node, "type_parameters")
    listed = parts_of(given) if given is not None else []
    return [
        text(one)
        for each in listed
        for one in parts_of(each)
        if one.type in ("type_identifier", "identifier")
    ][:50]


def _bases(node: Node) -> Iterator[str]:
    for one in parts_of(node):
        if one.type in ("superclass", "super_interfaces", "extends_interfaces"):
            listed = parts_of(one)
            inner = parts_of(listed[0]) if listed and listed[0].type == "type_list" else listed
            yield from (_named(each) or "?" for each in inner)


def _named(node: Node | None) -> str:
    """The name of a type without its arguments; "" for arrays, primitives and names that begin with a package."""
    if node is not None and node.type == "annotated_type":
        node = parts_of(node)[-1]
    if node is not None and node.type == "generic_type":
        node = next(iter(parts_of(node)), None)
    if node is None or node.type not in ("type_identifier", "scoped_type_identifier"):
        return ""
    found = "".join(text(node).split())
    return found if found[:1].isupper() and "<" not in found and "@" not in found else ""


def _signature(node: Node | None) -> Signature:
    found: list[Parameter] = []
    for one in parts_of(node) if node is not None else ():
        if one.type == "formal_parameter":
            found.append(Parameter(text(field(one, "name")), "positional"))
        elif one.type == "spread_parameter":
            found.append(Parameter("...", "rest", required=False))
    return Signature(tuple(found))


def _kinds(node: Node | None) -> str:
    """The types of parameters: what tells overloads apart."""
    listed = parts_of(node) if node is not None else []
    kinds = (field(one, "type") or next(iter(parts_of(one)), None) for one in listed)
    dims = (text(field(one, "dimensions")) for one in listed)
    return (
        "(" + ",".join(text(one).partition("<")[0] + dim for one, dim in zip(kinds, dims, strict=True)) + ")"
    )


def _shape(arguments: Node) -> Call:
    return Call(len(parts_of(arguments)))


def _gives(node: Node | None) -> Parts:
    found = _parts(node, "")
    return found if found and found[-1].endswith("()") else []


def _parts(node: Node | None, owner: str) -> Parts:
    """An expression or a type as a chain; [] when it is none."""
    found: Parts = []
    made = ""
    while node is not None and len(found) < LONGEST:
        kind = node.type
        if kind in ("identifier", "type_identifier"):
            return [text(node), *reversed(found)]
        if kind in ("scoped_type_identifier", "scoped_identifier"):
            return (
                [*"".join(text(node).split()).split("."), *reversed(found)] if "<" not in text(node) else []
            )
        if kind == "field_access":
            found.append(text(field(node, "field")))
            made, node = "()", field(node, "object")
        elif kind == "method_invocation":
            found.append(text(field(node, "name")) + ("()" if made or found else ""))
            made, node = "()", field(node, "object")
            if node is None:
                return list(reversed(found))
        elif kind == "object_creation_expression" and not any(
            one.type == "class_body" for one in node.named_children
        ):
            named = _named(field(node, "type"))
            return [*f"{named}()".split("."), *reversed(found)] if named else []
        elif kind == "this" and found and owner:
            return [*f"{owner}()".split("."), *reversed(found)]
        elif kind == "parenthesized_expression":
            node = next(iter(parts_of(node)), None)
        elif kind == "cast_expression" and found:
            named = _named(field(node, "type"))
            return [*f"{named}()".split("."), *reversed(found)] if named else []
        else:
            return []
    return []
