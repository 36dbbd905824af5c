"""Go, through its tree-sitter grammar; and `go.mod`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import tree_sitter_go

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

NAME = "go"
VERSION = 1

_PARSER = grammar(tree_sitter_go.language)
_CONSTRAINT = re.compile(rb"^//(go:build| *\+build) ", re.MULTILINE)
_MODULE = re.compile(r"^module\s+\"?([^\s\"]+)", re.MULTILINE)
_REPLACED = re.compile(r"^(?:replace)?\s*(\S+)(?: v\S+)?\s*=>\s*\.", re.MULTILINE)
_VERSION = re.compile(r"(\.v\d+|/v\d+)$")
_PREDECLARED = words(
    "any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune "
    "string uint uint8 uint16 uint32 uint64 uintptr true false iota nil append cap clear close complex copy "
    "delete imag len make max min new panic print println real recover _"
)
_PARAMETERS = ("parameter_declaration", "variadic_parameter_declaration", "type_parameter_declaration")
_SKIPPED = frozenset(("field_identifier", "label_name", "package_identifier", "comment"))


def read(content: bytes, ending: str = ".go") -> FileFacts:
    """The facts of a Go file or of a `go.mod`."""
    if ending == "go.mod":
        return _manifest(content)
    root = parsed(content, _PARSER)
    return root if isinstance(root, FileFacts) else _File(content).facts(root)


def _manifest(content: bytes) -> FileFacts:
    """`module`, and the modules that are `replace`d by folders of the repository."""
    plain = content.decode("utf-8", "replace")
    found = [("module", one) for one in _MODULE.findall(plain)[:1]]
    return FileFacts("full", settings=(*found, *(("replace", one) for one in _REPLACED.findall(plain))))


class _File:
    """One file."""

    def __init__(self, content: bytes) -> None:
        self._conditional = _CONSTRAINT.search(content.partition(b"\npackage ")[0]) is not None
        self._definitions: list[Definition] = []
        self._imports: list[tuple[Import, bool]] = []
        self._reads = Reads()
        self._locals = Locals()

    def facts(self, root: Node) -> FileFacts:
        package = ""
        for node in parts_of(root):
            match node.type:
                case "package_clause":
                    package = text(parts_of(node)[0]) if parts_of(node) else ""
                case "import_declaration":
                    self._import(node)
                case "function_declaration" | "method_declaration":
                    self._function(node)
                case "type_declaration" | "const_declaration" | "var_declaration":
                    self._declared(node)
        settings = (("package", package),) if package else ()
        if root.has_error or not package:
            return partial(self._definitions, (one for one, _ in self._imports), settings)
        imports, hidden = self._named_imports()
        return FileFacts(
            "full",
            definitions=tuple(self._definitions),
            imports=imports,
            references=self._reads.references(),
            dynamic=("imports",) if hidden else (),
            settings=settings,
        )

    def _import(self, node: Node) -> None:
        for one in below(node):
            if one.type == "import_spec":
                path = text(field(one, "path"))[1:-1]
                name = text(field(one, "name"))
                guess = _guess(path) if not name else "" if name in ("_", ".") else name
                self._imports.append(
                    (
                        Import(
                            path,
                            "*" if name == "." else "",
                            guess,
                            0,
                            line(one),
                            renamed=True,
                            conditional=self._conditional,
                            style="specifier",
                        ),
                        not name,
                    )
                )

    def _named_imports(self) -> tuple[tuple[Import, ...], bool]:
        """Imports, and whether some go by another name than their path says: Go allows no import that is not read."""
        roots = self._reads.roots()
        hidden = {one.alias for one, guessed in self._imports if guessed and one.alias not in roots}
        found = (
            Import(one.module, one.name, "", 0, one.line, renamed=True, style="specifier")
            if guessed and one.alias in hidden
            else one
            for one, guessed in self._imports
        )
        return tuple(found), bool(hidden)

    # Definitions

    def _define(self, name: str, scope: str, kind: str, node: Node, **more: Any) -> None:
        if name and name != "_":
            self._definitions.append(define(name, scope, kind, node, conditional=self._conditional, **more))

    def _function(self, node: Node) -> None:
        name = text(field(node, "name"))
        receiver = field(node, "receiver")
        scope = ""
        if receiver is not None:
            given = [_named(field(one, "type")) for one in parts_of(receiver)]
            scope = given[0] if given else ""
        self._unit(node)
        if (receiver is None and name not in ("init", "_")) or scope:
            self._define(
                name,
                scope,
                "function",
                node,
                signature=_signature(field(node, "parameters")),
                value=_result(field(node, "result")),
                digest=digest(node, name),
            )

    def _declared(self, node: Node) -> None:
        self._unit(node)
        for one in below(node, frozenset(("type_spec", "const_spec", "var_spec", "func_literal"))):
            match one.type:
                case "type_spec" | "type_alias":
                    self._type(one)
                case "const_spec" | "var_spec":
                    self._variables(one)

    def _type(self, node: Node) -> None:
        name, given = text(field(node, "name")), field(node, "type")
        if given is None:
            return
        if node.type == "type_alias":
            self._define(name, "", "type", node, value=_named(given), digest=digest(given))
            return
        plain = given.type in ("struct_type", "interface_type")
        bases = tuple(_embedded(given)) if plain else tuple(filter(None, (_named(given),)))
        self._define(name, "", "class", node, bases=bases, digest="" if plain else digest(given))
        for one in below(given, frozenset(("field_declaration", "method_elem", "type_elem"))):
            if one.type == "field_declaration":
                kind = _instance(field(one, "type"))
                names = [text(each) for each in one.children_by_field_name("name")]
                for each in names or [_named(field(one, "type")).rpartition(".")[2]]:
                    self._define(each, name, "attribute", one, value=kind)
            elif one.type == "method_elem":
                self._define(
                    text(field(one, "name")),
                    name,
                    "function",
                    one,
                    signature=_signature(field(one, "parameters")),
                    value=_result(field(one, "result")),
                    digest=digest(one),
                )

    def _variables(self, node: Node) -> None:
        names = [text(one) for one in node.children_by_field_name("name")]
        given, values = field(node, "type"), field(node, "value")
        listed = parts_of(values) if values is not None else []
        for at, name in enumerate(names):
            if given is not None:
                value = _instance(given)
            elif len(listed) == len(names):
                value = ".".join(_gives(listed[at]))
            else:
                value = ".".join(_gives(listed[0])) if len(listed) == 1 and at == 0 else ""
            self._define(name, "", "variable", node, value=value, digest=digest(node, name))

    # References

    def _unit(self, node: Node) -> None:
        """What one declaration reads, its own names left out."""
        self._locals = Locals()
        local = node.type in ("function_declaration", "method_declaration")
        literal = 0  # where the function literal ends that the walk is in
        for one in below(node):
            if one.type == "func_literal":
                literal = max(literal, one.end_byte)
            if local or one.start_byte < literal or one.type == "type_parameter_declaration":
                self._bind(one)
        self._locals.settle()
        self._refer(node)

    def _bind(self, node: Node) -> None:
        kind = node.type
        if kind in _PARAMETERS or kind in ("var_spec", "const_spec"):
            given = field(node, "type")
            values = field(node, "value")
            for at, one in enumerate(node.children_by_field_name("name")):
                single = kind in ("parameter_declaration", "var_spec") and given is not None
                known = self._of_type(given) if single else self._of_value(values, at)
                self._locals.bind(text(one), known)
        elif kind == "short_var_declaration":
            left, right = field(node, "left"), field(node, "right")
            for at, one in enumerate(parts_of(left) if left is not None else ()):
                self._locals.bind(text(one), self._of_value(right, at))
        elif kind in ("range_clause", "receive_statement", "type_switch_statement"):
            left = field(node, "alias" if kind == "type_switch_statement" else "left")
            for one in parts_of(left) if left is not None else ():
                if one.type == "identifier":
                    self._locals.bind(text(one))
        elif kind in ("type_spec", "type_alias"):
            self._locals.bind(text(field(node, "name")))

    def _of_type(self, given: Node | None) -> Callable[[], str]:
        return lambda: self._known(_instance(given))

    def _of_value(self, values: Node | None, at: int) -> Callable[[], str] | None:
        listed = parts_of(values) if values is not None else []
        if len(listed) > at and (len(listed) > 1 or at == 0):
            return lambda: self._known(".".join(_gives(listed[at])))
        return None

    def _known(self, chain: str) -> str:
        return ".".join(self._locals.rooted(chain.split("."))) if chain else ""

    def _refer(self, start: Node) -> None:
        stack = [start]
        while stack:
            node = stack.pop()
            kind = node.type
            if kind in _SKIPPED:
                continue
            if kind == "call_expression":
                stack += self._call(node)
            elif kind in ("identifier", "type_identifier", "selector_expression", "qualified_type"):
                stack += self._chain(node)
            elif kind == "composite_literal":
                stack += self._literal(node)
            elif kind == "keyed_element":
                stack += _values(node)
            elif kind in (
                "type_spec",
                "type_alias",
                "const_spec",
                "var_spec",
                "function_declaration",
                "method_declaration",
                *_PARAMETERS,
            ):
                own = {one.id for one in node.children_by_field_name("name")}
                stack += [one for one in node.named_children if one.id not in own]
            else:
                stack += node.named_children

    def _call(self, node: Node) -> Iterator[Node]:
        function, arguments = field(node, "function"), field(node, "arguments")
        if function is None or arguments is None:
            return
        yield arguments
        yield from self._chain(function, _shape(arguments))
        given = field(node, "type_arguments")
        if given is not None:
            yield given

    def _chain(self, node: Node, call: Call | None = None) -> Iterator[Node]:
        """Note a chain; gives what of it is still to be looked at."""
        parts = _parts(node)
        if parts:
            rooted = self._locals.rooted(parts)
            root = rooted[0].removesuffix("()") if rooted else "_"
            bare = rooted != parts and len(parts) == 1
            if root not in _PREDECLARED and root not in self._locals.names and not bare:
                self._reads.add(".".join(rooted), line(node), call=call)
        if node.type == "selector_expression":
            operand = field(node, "operand")
            while parts and operand is not None and operand.type == "selector_expression":
                operand = field(operand, "operand")
            if operand is not None and (not parts or operand.type != "identifier"):
                yield operand
        elif not parts or node.type not in ("identifier", "type_identifier", "qualified_type"):
            yield from node.named_children

    def _literal(self, node: Node) -> Iterator[Node]:
        given, body = field(node, "type"), field(node, "body")
        if given is not None:
            yield given
        kind = _instance(given)
        for one in parts_of(body) if body is not None else ():
            if one.type != "keyed_element":
                yield one
                continue
            yield from _values(one)
            key = parts_of(one)[0]
            name = parts_of(key)[0] if parts_of(key) else None
            rooted = self._locals.rooted(kind.split(".")) if kind else []
            if name is not None and name.type == "identifier" and rooted == kind.split("."):
                self._reads.add(f"{kind}.{text(name)}", line(name))


def _values(node: Node) -> list[Node]:
    """Of a keyed element what is surely an expression: a bare name as key may be a field's."""
    listed = parts_of(node)
    inner = parts_of(listed[0]) if listed else []
    return listed[1:] if inner and inner[0].type == "identifier" else listed


def _guess(path: str) -> str:
    """The name a package most likely has."""
    plain = _VERSION.sub("", path).rpartition("/")[2]
    return plain.removeprefix("go-").removesuffix("-go").removesuffix(".go").replace("-", "_")


def _named(node: Node | None) -> str:
    """The name of a type, pointers and type arguments left out; "" for a type without one."""
    while node is not None and node.type in ("pointer_type", "parenthesized_type", "generic_type"):
        node = field(node, "type") or next(iter(parts_of(node)), None)
    if node is None or node.type not in ("type_identifier", "qualified_type"):
        return ""
    return text(node).replace(" ", "")


def _instance(node: Node | None) -> str:
    name = _named(node)
    return f"{name}()" if name and name not in _PREDECLARED else ""


def _result(node: Node | None) -> str:
    """What a call gives: its only result, or the first of several."""
    if node is not None and node.type == "parameter_list":
        first = next(iter(parts_of(node)), None)
        return _instance(field(first, "type"))
    return _instance(node)


def _embedded(node: Node) -> Iterator[str]:
    for one in below(node, frozenset(("field_declaration", "method_elem", "type_elem"))):
        if one.type == "field_declaration" and not one.children_by_field_name("name"):
            yield _named(field(one, "type")) or "?"
        elif one.type == "type_elem":
            listed = parts_of(one)
            yield (_named(listed[0]) if len(listed) == 1 else "") or "?"


def _signature(node: Node | None) -> Signature:
    found: list[Parameter] = []
    for one in parts_of(node) if node is not None else ():
        rest = one.type == "variadic_parameter_declaration"
        names = [text(each) for each in one.children_by_field_name("name")] or [""]
        for name in names:
            known = name if name not in ("", "_") else f"argument {len(found) + 1}"
            found.append(Parameter(known, "rest" if rest else "positional", not rest))
    return Signature(tuple(found))


def _shape(arguments: Node) -> Call:
    given = parts_of(arguments)
    if given and given[-1].type == "variadic_argument":
        return Call(len(given) - 1, star=True)
    if len(given) == 1 and given[0].type == "call_expression":  # it may give several values
        return Call(0, star=True)
    return Call(len(given))


def _gives(node: Node) -> Parts:
    """The chain that gives the value of an expression."""
    found = _parts(node)
    return found if found and found[-1].endswith("()") else []


def _parts(node: Node | None) -> Parts:
    """An expression or a type as a chain; [] when it is none."""
    found: Parts = []
    made = ""
    while node is not None and len(found) < LONGEST:
        kind = node.type
        if kind in ("identifier", "type_identifier", "package_identifier"):
            return [text(node) + made, *reversed(found)]
        if kind == "qualified_type":
            return [*_split(node, made), *reversed(found)]
        if kind == "selector_expression":
            found.append(text(field(node, "field")) + made)
            made, node = "", field(node, "operand")
        elif kind == "call_expression" and not made:
            made, node = "()", field(node, "function")
        elif kind in ("composite_literal", "type_assertion_expression"):
            named = _instance(field(node, "type")) if not made else ""
            return [*named.split("."), *reversed(found)] if named else []
        elif kind == "parenthesized_expression" and not made:
            node = next(iter(parts_of(node)), None)
        elif kind == "unary_expression" and not made and node.children[0].type in ("&", "*"):
            node = field(node, "operand")
        else:
            return []
    return []


def _split(node: Node, made: str) -> Parts:
    first, _, last = text(node).replace(" ", "").partition(".")
    return [first, last + made]
