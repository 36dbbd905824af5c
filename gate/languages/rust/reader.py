"""Rust, through its tree-sitter grammar; and `Cargo.toml`. Paths are kept with dots: `crate.a.b` is `crate::a::b`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
import tree_sitter_rust

from gate.documents import toml
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
from gate.model.source import Call, Definition, FileFacts, Import, Parameter, Signature, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

    from gate.languages.base.treesitter import Parts

NAME = "rust"
VERSION = 1

_PARSER = grammar(tree_sitter_rust.language)
_CONDITION = re.compile(r"\bcfg\s*\((?!\s*test\s*\))")
_DERIVED = re.compile(r"\bderive\s*\(([^)]*)\)")
_PLAIN = words(
    "inline must_use allow deny warn expect doc derive cfg cfg_attr deprecated test track_caller cold "
    "non_exhaustive repr tokio instrument tracing ignore should_panic serde rustfmt default target_feature "
    "no_mangle automatically_derived"
)
"""Attributes that leave parameters and fields as they are."""
_STANDARD = words(
    "Debug Clone Copy PartialEq Eq PartialOrd Ord Hash Default Display From Into TryFrom FromStr Drop Error "
    "Iterator Send Sync AsRef Add Sub Mul Div Not Neg Index IndexMut Extend FromIterator IntoIterator Borrow "
    "Write Read fmt::Display fmt::Debug std::fmt::Display std::fmt::Debug std::error::Error Serialize "
    "Deserialize Unpin Sized"
)
_ITEMS = (
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
_PATTERNS = (
    "parameter",
    "let_declaration",
    "let_condition",
    "for_expression",
    "match_arm",
    "closure_parameters",
)
_PATHS = frozenset(("scoped_identifier", "scoped_type_identifier"))
_CHAINS = ("identifier", "type_identifier", "scoped_identifier", "scoped_type_identifier", "field_expression")
_DEEPEST = 20


def read(content: bytes, ending: str = ".rs") -> FileFacts:
    """The facts of a Rust file or of a `Cargo.toml`."""
    if ending == "Cargo.toml":
        return _manifest(content)
    root = parsed(content, _PARSER)
    return root if isinstance(root, FileFacts) else _File().facts(root)


def _manifest(content: bytes) -> FileFacts:
    """The package's `name`, where its `lib` and `bin`s begin, and what it takes from the repository (`dep`)."""
    try:
        said = toml.load(content.decode("utf-8"))
    except ValueError:
        return FileFacts("none", "it does not parse")
    found = [("name", str(_table(said, "package").get("name", "")))]
    library = _table(said, "lib")
    found += [
        (key, str(library[given]))
        for key, given in (("lib", "path"), ("libname", "name"))
        if given in library
    ]
    listed = [one for key in ("bin", "test", "example", "bench") for one in _list(said.get(key))]
    found += [("bin", str(one["path"])) for one in listed if isinstance(one, dict) and "path" in one]
    for key in ("dependencies", "dev-dependencies", "build-dependencies"):
        for name, how in _table(said, key).items():
            if isinstance(how, dict) and ("path" in how or how.get("workspace") is True):
                found.append(("dep", name))
    return FileFacts("full", settings=tuple((key, value) for key, value in found if value))


def _table(said: dict[str, Any], key: str) -> dict[str, Any]:
    found = said.get(key)
    return found if isinstance(found, dict) else {}


def _list(found: object) -> list[object]:
    return found if isinstance(found, list) else []


class _File:
    """One file."""

    def __init__(self) -> None:
        self._definitions: list[Definition] = []
        self._imports: list[Import] = []
        self._reads = Reads()
        self._locals = Locals()
        self._module = ""
        self._self = ""
        """The type of `self` and `Self`."""
        self._traits: dict[str, list[str]] = {}
        self._dynamic: set[str] = set()

    def facts(self, root: Node) -> FileFacts:
        self._items(root, 0)
        if root.has_error:
            return partial(self._definitions, self._imports, ())
        definitions = (
            msgspec.structs.replace(one, bases=(*one.bases, *dict.fromkeys(self._traits.get(one.path, ()))))
            if one.kind in ("class", "enum")
            else one
            for one in self._definitions
        )
        return FileFacts(
            "full",
            definitions=tuple(definitions),
            imports=tuple(self._imports),
            references=self._reads.references(),
            dynamic=tuple(sorted(self._dynamic)),
        )

    def _items(self, node: Node, depth: int) -> None:
        attributes: list[str] = []
        for one in parts_of(node):
            if one.type == "attribute_item":
                attributes.append(text(one))
                continue
            if one.type == "inner_attribute_item":
                continue
            self._item(one, " ".join(attributes), depth)
            attributes = []

    def _item(self, node: Node, attributes: str, depth: int) -> None:
        kind, name = node.type, text(field(node, "name"))
        conditional = _CONDITION.search(attributes) is not None
        if kind == "use_declaration":
            self._use(node, conditional=conditional)
        elif kind == "extern_crate_declaration":
            alias = text(field(node, "alias")) or name
            self._imports.append(
                Import("", name, alias, 0, line(node), self._module, conditional=conditional)
            )
        elif kind == "mod_item":
            body = field(node, "body")
            self._define(
                name,
                "namespace",
                node,
                conditional,
                value="self" if body else "",
                opaque="path" in attributes,
            )
            if body is not None and depth < _DEEPEST:
                outer, self._module = self._module, f"{self._module}.{name}" if self._module else name
                self._items(body, depth + 1)
                self._module = outer
        elif kind in ("impl_item", "trait_item"):
            self._block(node, attributes, conditional=conditional)
        elif kind in _ITEMS:
            self._unit(node)
            self._plain(node, attributes, conditional)
        elif kind in ("macro_invocation", "expression_statement", "foreign_mod_item"):
            self._dynamic.add("macro")

    # Definitions

    def _define(
        self, name: str, kind: str, node: Node, conditional: bool, scope: str | None = None, **more: Any
    ) -> None:
        inside = self._module if scope is None else scope
        if name and name != "_":
            self._definitions.append(define(name, inside, kind, node, conditional=conditional, **more))

    def _plain(
        self, node: Node, attributes: str, conditional: bool, scope: str | None = None, overload: str = ""
    ) -> None:
        kind, name = node.type, text(field(node, "name"))
        known = _attributes(attributes) <= _PLAIN
        if kind in ("function_item", "function_signature_item"):
            signature = _signature(field(node, "parameters")) if known else None
            self._define(
                name,
                "function",
                node,
                conditional,
                scope,
                signature=signature,
                value=self._instance(field(node, "return_type")),
                digest=digest(node, name),
                overload=overload,
            )
        elif kind in ("struct_item", "union_item"):
            body = field(node, "body")
            made = _made(body, keywords=kind == "struct_item") if known else None
            self._define(name, "class", node, conditional, signature=made, **_derived(attributes))
            for one in parts_of(body) if body is not None and body.type == "field_declaration_list" else ():
                self._field(one, name)
        elif kind == "enum_item":
            self._define(name, "enum", node, conditional, **_derived(attributes))
            inside = f"{self._module}.{name}" if self._module else name
            for one in parts_of(field(node, "body") or node):
                if one.type == "enum_variant":
                    self._define(
                        text(field(one, "name")),
                        "variable",
                        one,
                        False,
                        inside,
                        signature=_made(field(one, "body")),
                    )
        elif kind in ("const_item", "static_item"):
            self._define(
                name,
                "variable",
                node,
                conditional,
                scope,
                value=self._instance(field(node, "type")),
                digest=digest(node, name),
                overload=overload,
            )
        elif kind == "type_item":
            self._define(
                name, "type", node, conditional, scope, value=_named(field(node, "type")), overload=overload
            )

    def _field(self, node: Node, name: str) -> None:
        if node.type == "field_declaration":
            inside = f"{self._module}.{name}" if self._module else name
            value = self._instance(field(node, "type"))
            self._define(text(field(node, "name")), "attribute", node, False, inside, value=value)

    def _block(self, node: Node, attributes: str, *, conditional: bool) -> None:
        """An `impl` or a trait: members of a type."""
        trait = node.type == "trait_item"
        name = text(field(node, "name")) if trait else _named(field(node, "type"))
        body, of = field(node, "body"), field(node, "trait")
        if trait:
            bounds = field(node, "bounds")
            bases = (
                tuple(_named(one) or "?" for one in parts_of(bounds) if one.type != "lifetime")
                if bounds
                else ()
            )
            self._define(
                name, "class", node, conditional, bases=bases, opaque=not _attributes(attributes) <= _PLAIN
            )
        last = name.rpartition(".")[2]
        inside = f"{self._module}.{last}" if self._module else last
        if of is not None and name:
            plain = text(of).partition("<")[0]
            self._traits.setdefault(inside, []).extend([] if plain in _STANDARD else [_named(of) or "?"])
        outer, self._self = self._self, name
        self._unit(node, head=True)
        pending: list[str] = []
        for one in parts_of(body) if body is not None else ():
            if one.type == "attribute_item":
                pending.append(text(one))
                continue
            self._unit(one, [node])
            if one.type in _ITEMS and name:
                said = " ".join(pending)
                also = conditional or _CONDITION.search(said) is not None
                overload = text(of) if of is not None else _arguments(field(node, "type"))
                self._plain(one, said, also, inside, overload)
            elif one.type == "macro_invocation":
                self._traits.setdefault(inside, []).append("?")
            pending = []
        self._self = outer

    def _instance(self, node: Node | None) -> str:
        found = _named(node)
        found = self._self if found == "Self" else found
        return f"{found}()" if found else ""

    # Imports

    def _use(self, node: Node, *, conditional: bool, local: bool = False) -> None:
        argument = field(node, "argument")
        if argument is None:
            return
        for module, name, alias in _flattened(argument):
            bound = "" if local or name == "*" else alias
            if name and (module or name != "*"):
                self._imports.append(
                    Import(
                        module,
                        name,
                        bound if bound != "_" else "",
                        0,
                        line(node),
                        self._module,
                        conditional=conditional,
                    )
                )

    # References

    def _unit(self, node: Node, around: list[Node] | None = None, *, head: bool = False) -> None:
        """What one item reads; of an `impl`, what stands before its body (`head`)."""
        self._locals = Locals()
        body = field(node, "body")
        for outer in around or ():
            given = field(outer, "type_parameters")
            for one in below(given) if given is not None else ():
                self._bind(one)
        start = [one for one in parts_of(node) if body is None or one.id != body.id] if head else [node]
        for each in start:
            for one in below(each):
                if one is not node:
                    self._bind(one)
        self._locals.settle()
        for each in start:
            self._refer(each)

    def _bind(self, node: Node) -> None:
        kind = node.type
        if kind in _PATTERNS:
            pattern = node if kind == "closure_parameters" else field(node, "pattern")
            if pattern is None:
                return
            if pattern.type == "identifier" and kind in ("parameter", "let_declaration"):
                self._locals.bind(text(pattern), self._of(node))
                return
            for one in below(pattern, _PATHS):
                name = text(one) if one.type in ("identifier", "shorthand_field_identifier") else ""
                if name and not name[:1].isupper():
                    self._locals.bind(name)
        elif kind in ("type_parameter", "const_parameter", *_ITEMS):
            self._locals.bind(text(field(node, "name")))
        elif kind == "use_declaration":
            self._use(node, conditional=True, local=True)
            argument = field(node, "argument")
            for _, name, alias in _flattened(argument) if argument is not None else ():
                self._locals.bind(alias)
                if name == "*":
                    self._dynamic.add("local star")

    def _of(self, node: Node) -> Callable[[], str] | None:
        given, value = field(node, "type"), field(node, "value")
        if given is not None:
            return lambda: self._known(self._instance(given).split("."))
        return (lambda: self._known(self._gives(value))) if value is not None else None

    def _known(self, parts: Parts) -> str:
        return ".".join(self._locals.rooted(parts)) if parts and parts[0] else ""

    def _gives(self, node: Node) -> Parts:
        found = self._parts(node)
        return found if found and found[-1].endswith("()") else []

    def _refer(self, start: Node) -> None:
        stack = [start]
        while stack:
            node = stack.pop()
            kind = node.type
            if kind in ("use_declaration", "attribute_item", "lifetime", "label", "visibility_modifier"):
                continue
            if kind == "call_expression":
                stack += self._call(node)
            elif kind in _CHAINS:
                stack += self._chain(node)
            elif kind == "struct_expression":
                stack += self._literal(node)
            elif kind == "token_tree":
                stack += self._tokens(node)
            elif kind in ("field_initializer", "field_pattern"):
                stack += [one for one in (field(node, "value"), field(node, "pattern")) if one is not None]
            elif kind == "macro_invocation":
                stack += [one for one in parts_of(node) if one.type == "token_tree"]
            else:
                names = (
                    {one.id for one in node.children_by_field_name("name")}
                    if kind in _ITEMS
                    or kind
                    in (
                        "type_parameter",
                        "enum_variant",
                        "const_parameter",
                        "associated_type",
                        "type_binding",
                    )
                    else set()
                )
                stack += [one for one in node.named_children if one.id not in names]

    def _call(self, node: Node) -> Iterator[Node]:
        function, arguments = field(node, "function"), field(node, "arguments")
        if function is None or arguments is None:
            return
        yield arguments
        if function.type == "generic_function":
            given = field(function, "type_arguments")
            if given is not None:
                yield given
            function = field(function, "function") or function
        count = len([one for one in parts_of(arguments) if one.type != "attribute_item"])
        yield from self._chain(function, Call(count))

    def _chain(self, node: Node, call: Call | None = None) -> Iterator[Node]:
        """Note a chain; gives what of it is still to be looked at."""
        parts = self._parts(node)
        if parts:
            self._note(parts, node, call)
        if node.type == "field_expression":
            inner = field(node, "value")
            while parts and inner is not None and inner.type == "field_expression":
                inner = field(inner, "value")
            if inner is not None and (not parts or inner.type not in ("identifier", "self")):
                yield inner
        elif node.type in _PATHS:
            yield from (one for one in below(node) if one.type == "type_arguments")
        elif not parts:
            yield from node.named_children

    def _note(self, parts: Parts, node: Node, call: Call | None = None) -> None:
        rooted = self._locals.rooted(parts)
        if not rooted or (rooted != parts and len(parts) == 1):
            return
        root = rooted[0].removesuffix("()")
        if root in self._locals.names or root in ("_", "Self", "self") or not root.isidentifier():
            return
        self._reads.add(".".join(rooted), line(node), owner=self._module, call=call)

    def _literal(self, node: Node) -> Iterator[Node]:
        named, body = field(node, "name"), field(node, "body")
        listed = parts_of(body) if body is not None else []
        names = [
            text(field(one, "field")) or text(parts_of(one)[-1])
            for one in listed
            if one.type.endswith("field_initializer") and one.type != "base_field_initializer"
        ]
        base = any(one.type == "base_field_initializer" for one in listed)
        if named is not None:
            plain = field(named, "type") if named.type == "generic_type" else named
            yield from self._chain(plain or named, Call(0, tuple(sorted(names)), stars=base))
        for one in listed:
            yield field(one, "value") or (one if one.type == "base_field_initializer" else parts_of(one)[-1])

    def _tokens(self, node: Node) -> Iterator[Node]:
        """Paths in the arguments of a macro; what they are to it is unknown."""
        parts: Parts = []
        joined = False
        for one in (*node.children, None):
            kind = one.type if one is not None else ""
            if (
                kind in ("identifier", "type_identifier", "crate", "super", "self")
                and (joined or not parts)
                and one is not None
            ):
                parts.append(text(one))
                joined = False
            elif kind == "::" and parts:
                joined = True
            else:
                if len(parts) > 1 and one is not None:
                    self._note(self._meant(parts), one)
                parts = [text(one)] if kind in ("identifier", "crate") and one is not None else []
                joined = False
            if one is not None and kind == "token_tree":
                yield one

    def _meant(self, parts: Parts) -> Parts:
        return [self._self, *parts[1:]] if parts[0] == "Self" and self._self else parts

    def _parts(self, node: Node | None) -> Parts:
        """An expression or a type as a chain; [] when it is none."""
        found: Parts = []
        made = ""
        while node is not None and len(found) < LONGEST:
            kind = node.type
            if kind in ("identifier", "type_identifier", "crate", "super"):
                return (
                    [*self._meant([text(node) + made]), *reversed(found)]
                    if text(node) != "Self"
                    else self._type_of(made, found)
                )
            if kind == "self":
                if found and self._self and not any(one[:1] == ":" for one in found):
                    return [f"{self._self}()", *reversed(found)]
                return []
            if kind in _PATHS:
                path = _path(node)
                if path and path[0] == "Self":
                    path = [self._self, *path[1:]] if self._self else []
                return [*path[:-1], path[-1] + made, *reversed(found)] if path else []
            if kind == "field_expression":
                found.append(text(field(node, "field")) + made)
                made, node = "", field(node, "value")
            elif kind == "call_expression" and not made:
                made, node = "()", field(node, "function")
            elif kind == "generic_function":
                node = field(node, "function")
            elif kind in ("reference_expression", "parenthesized_expression") and not made:
                node = field(node, "value") or next(iter(parts_of(node)), None)
            elif kind == "struct_expression" and not made:
                made, node = "()", field(node, "name")
            else:
                return []
        return []

    def _type_of(self, made: str, found: Parts) -> Parts:
        return [self._self + made, *reversed(found)] if self._self else []


def _path(node: Node | None) -> Parts:
    """`a::b::c`, type arguments left out; [] for what is none."""
    found: Parts = []
    while node is not None and node.type in _PATHS and len(found) < LONGEST:
        found.append(text(field(node, "name")))
        node = field(node, "path")
        if node is None:
            return []
        if node.type == "generic_type":
            node = field(node, "type")
    if node is None or node.type not in ("identifier", "type_identifier", "crate", "super", "self"):
        return []
    return [text(node), *reversed(found)]


def _named(node: Node | None) -> str:
    """The path of a type without references and arguments; "" for a type without one."""
    while node is not None and node.type in ("reference_type", "generic_type"):
        node = field(node, "type")
    if node is None:
        return ""
    return text(node) if node.type == "type_identifier" else ".".join(_path(node))


def _arguments(node: Node | None) -> str:
    """The arguments of an implementing type: `impl A<u8>` and `impl A<u16>` may both have a member."""
    return text(node).partition("<")[2]


def _flattened(node: Node, before: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    """A tree of `use` as (module, name, alias)."""
    found: list[tuple[str, str, str]] = []
    stack: list[tuple[Node, tuple[str, ...]]] = [(node, before)]
    while stack and len(found) < 1000:
        one, prefix = stack.pop()
        kind = one.type
        if kind == "scoped_use_list":
            path = field(one, "path")
            inner = (*prefix, *_whole(path)) if path is not None else prefix
            listed = field(one, "list")
            stack += ((each, inner) for each in parts_of(listed or one))
        elif kind == "use_list":
            stack += ((each, prefix) for each in parts_of(one))
        elif kind == "use_wildcard":
            inner = (*prefix, *_whole(next(iter(parts_of(one)), None)))
            found.append((".".join(inner), "*", ""))
        elif kind == "use_as_clause":
            inner = (*prefix, *_whole(field(one, "path")))
            inner = inner[:-1] if inner[-1:] == ("self",) and len(inner) > 1 else inner
            found.append((".".join(inner[:-1]), inner[-1] if inner else "", text(field(one, "alias"))))
        else:
            own = _whole(one)
            inner = prefix if own == ("self",) and prefix else (*prefix, *own)
            if own:
                found.append((".".join(inner[:-1]), inner[-1], inner[-1]))
    return found


def _whole(node: Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    return tuple(_path(node)) if node.type in _PATHS else (text(node),)


def _attributes(said: str) -> set[str]:
    return set(re.findall(r"#\[\s*([A-Za-z_]+)", said))


def _derived(said: str) -> dict[str, Any]:
    names = [one.strip().rpartition("::")[2] for given in _DERIVED.findall(said) for one in given.split(",")]
    other = [name for name in names if name and name not in _STANDARD]
    return {
        "decorators": tuple(filter(None, names)),
        "opaque": bool(other) or not _attributes(said) <= _PLAIN,
    }


def _signature(node: Node | None) -> Signature | None:
    found: list[Parameter] = []
    for one in parts_of(node) if node is not None else ():
        if one.type == "self_parameter":
            found.append(Parameter("self", "positional"))
        elif one.type == "parameter":
            pattern = field(one, "pattern")
            plain = pattern is not None and pattern.type == "identifier"
            found.append(Parameter(text(pattern) if plain else f"argument {len(found) + 1}", "positional"))
        else:
            return None
    return Signature(tuple(found))


def _made(body: Node | None, *, keywords: bool = True) -> Signature | None:
    """What a struct or a variant is made with: its fields, all of them."""
    if body is None or not keywords:
        return None
    if body.type == "ordered_field_declaration_list":
        if any(one.type == "attribute_item" for one in body.named_children):
            return None
        count = len(body.children_by_field_name("type"))
        return Signature(tuple(Parameter(f"field {at + 1}", "positional") for at in range(count)))
    if body.type != "field_declaration_list" or _CONDITION.search(text(body)):
        return None
    fields = [text(field(one, "name")) for one in parts_of(body) if one.type == "field_declaration"]
    return Signature(tuple(Parameter(one, "keyword") for one in fields))
