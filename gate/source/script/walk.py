"""One walk over a file's syntax tree: definitions, imports, exports, and everything it reads."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from gate.model.source import Definition, Export, FileFacts, Import
from gate.source.script import define, modules
from gate.source.script.reads import Reads, shape
from gate.source.script.scopes import Frame, declared, required
from gate.source.script.syntax import (
    CLASSES,
    FUNCTIONS,
    bound_names,
    dotted,
    has,
    line,
    literal,
    text,
    value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Node

_CHAINS = frozenset((
    *("identifier", "member_expression", "subscript_expression", "shorthand_property_identifier", "this", "super"),
    *("non_null_expression", "nested_identifier"),
))  # fmt: skip
_TYPES = frozenset((
    *("type_annotation", "type_arguments", "type_parameters", "implements_clause", "extends_type_clause"),
    *("type_alias_declaration", "interface_declaration", "asserts_annotation", "type_predicate_annotation"),
))  # fmt: skip
_BLOCKS = frozenset((
    *("statement_block", "for_statement", "for_in_statement", "catch_clause", "switch_body", "class_static_block"),
))  # fmt: skip
_CONDITIONAL = frozenset((
    *("if_statement", "for_statement", "for_in_statement", "while_statement", "do_statement", "switch_statement"),
    *("try_statement", "statement_block", "ternary_expression", "binary_expression"),
))  # fmt: skip
_MOCKS = frozenset((
    *("jest.mock", "jest.unmock", "jest.doMock", "jest.requireActual", "jest.requireMock", "require.resolve"),
    *("vi.mock", "vi.doMock", "vi.importActual", "vi.importMock"),
))  # fmt: skip


class Walk:
    """The state of one walk. `typed` files are TypeScript."""

    def __init__(self, content: str, *, typed: bool) -> None:
        self._typed = typed
        self._commonjs = "exports" in content
        self._reads = Reads()
        self._definitions: list[Definition] = []
        self._imports: list[Import] = []
        self._exports: list[Export] = []
        self._dynamic: set[str] = set()
        self._settings: list[tuple[str, str]] = []
        self._conditional = 0
        self._guarded = 0

    def module(self, root: Node) -> FileFacts:
        """The facts of the file.

        Raises:
            RecursionError: it is nested too deeply.
        """
        self._reads.frames = [Frame("module", "")]
        self._visit(root.named_children)
        return FileFacts(
            "full",
            definitions=tuple(self._definitions),
            imports=tuple(self._imports),
            references=self._reads.references(),
            exported=tuple(dict.fromkeys(self._exports)),
            dynamic=tuple(sorted(self._dynamic)),
            settings=tuple(dict.fromkeys(self._settings)),
        )

    @property
    def _frame(self) -> Frame:
        return self._reads.frames[-1]

    @property
    def _scope(self) -> str | None:
        """Where definitions of this place belong; None within functions and blocks."""
        return self._frame.path if self._frame.kind in ("module", "class") else None

    def _visit(self, nodes: Iterable[Node]) -> None:
        """Read these and everything below; expressions without recursion, for they nest deepest."""
        queue = list(nodes)
        queue.reverse()
        while queue:
            node = queue.pop()
            kind = node.type
            if kind in _CHAINS:
                queue += reversed(self._reads.chain(node))
                continue
            method = _METHODS.get(kind)
            if method is not None:
                more = method(self, node)
                if more:
                    queue += reversed(more)
            elif kind in _TYPES:
                self._types(node)
            elif kind in _CONDITIONAL:
                self._under(node)
            else:
                queue += reversed(node.named_children)

    @contextlib.contextmanager
    def _entered(self, frame: Frame) -> Iterator[None]:
        self._reads.frames.append(frame)
        yield
        self._reads.frames.pop()

    def _under(self, node: Node) -> None:
        """What runs perhaps, in a block of its own."""
        self._conditional += 1
        guarded = node.type == "try_statement" and node.child_by_field_name("handler") is not None
        if node.type in _BLOCKS and self._frame.kind != "function":
            with self._entered(Frame("block", self._frame.path, declared([node]))):
                self._visit(node.named_children)
        elif guarded:
            body = node.child_by_field_name("body")
            self._guarded += 1
            self._reads.guarded += 1
            self._visit([body] if body is not None else [])
            self._reads.guarded -= 1
            self._guarded -= 1
            self._visit(one for one in node.named_children if one != body)
        else:
            self._visit(node.named_children)
        self._conditional -= 1

    # Types

    def _types(self, node: Node) -> None:
        """Chains that only type checkers read."""
        self._reads.typing += 1
        names = {text(one.child_by_field_name("name")) for one in _type_parameters(node)}
        with self._entered(Frame("block", self._frame.path, names)):
            queue = [
                one
                for at, one in enumerate(node.children)
                if one.is_named and node.field_name_for_child(at) != "name"
            ]
            while queue:
                one = queue.pop()
                if one.type in (
                    "type_identifier",
                    "nested_type_identifier",
                    "identifier",
                    "member_expression",
                ):
                    queue += self._reads.chain(one)
                elif one.type in ("property_identifier", "type_parameters", "infer_type"):
                    queue += [each for each in one.named_children if each.type != "type_parameter"]
                elif one.type in ("required_parameter", "optional_parameter"):
                    given = one.child_by_field_name("type")
                    queue += [given] if given is not None else []
                else:
                    queue += one.named_children
        self._reads.typing -= 1

    # Functions

    def _function(self, node: Node) -> Sequence[Node] | None:
        outer = self._frame
        name = text(node.child_by_field_name("name")) if node.type != "arrow_function" else ""
        declares = node.type in (
            "function_declaration",
            "generator_function_declaration",
            "function_signature",
        )
        if declares and self._scope is not None and outer.kind == "module":
            overload = node.type == "function_signature"
            known = None if overload else define.signature(node, typed=self._typed)
            made = ("overload",) if overload else ()
            maybe = bool(self._conditional)
            self._define(
                define.of(
                    node, name, outer.path, "function", signature=known, decorators=made, conditional=maybe
                )
            )
        self._body(node, name)
        return None

    def _body(self, node: Node, name: str, owner: str = "") -> None:
        """Parameters and statements of a function, in a frame of its own; `owner` is the class of a method."""
        outer = self._frame
        given = node.child_by_field_name("parameters")
        single = node.child_by_field_name("parameter")
        body = node.child_by_field_name("body")
        names = {text(one) for one in bound_names(given)} | {text(one) for one in bound_names(single)}
        names |= {text(one.child_by_field_name("name")) for one in _type_parameters(node)}
        statements = body.named_children if body is not None and body.type == "statement_block" else []
        inner = declared(statements)
        arrow = node.type == "arrow_function"
        if node.type in ("function_expression", "generator_function") and name:
            names.add(name)
        frame = Frame(
            "function",
            ".".join(filter(None, (outer.path, name or "<>"))),
            names | inner | ({"arguments"} if not arrow else set()),
            owner=owner,
            own_this=not arrow,
        )
        conditional, self._conditional = self._conditional, 0
        with self._entered(frame):
            self._locals(frame, statements, names)
            heads = [
                one for one in (given, single, node.child_by_field_name("return_type")) if one is not None
            ]
            self._visit(one for head in heads for one in _without_names(head))
            self._visit(statements or ([body] if body is not None else []))
        self._conditional = conditional

    def _locals(self, frame: Frame, statements: Iterable[Node], given: set[str]) -> None:
        """Constants of a function that are bound to a chain, and names its own imports bind."""
        for statement in statements:
            if statement.type not in ("lexical_declaration", "variable_declaration"):
                continue
            for one in statement.named_children:
                name, right = one.child_by_field_name("name"), one.child_by_field_name("value")
                if name is None or right is None:
                    continue
                if required(right):
                    frame.imports.update(text(each) for each in bound_names(name) if text(each) not in given)
                elif name.type == "identifier" and has(statement, "const") and text(name) not in given:
                    chain = value(right)
                    if chain and chain.partition(".")[0].removesuffix("()") != text(name):
                        frame.values[text(name)] = chain
        frame.names -= frame.imports

    # Classes

    def _class(self, node: Node) -> Sequence[Node] | None:
        outer = self._frame
        name = text(node.child_by_field_name("name"))
        path = f"{outer.path}.{name}" if outer.path else name
        known = self._scope is not None and node.type != "class" and outer.kind == "module"
        made = (*self._waiting(node), *define.decorators(node))
        if known:
            self._define(define.of(
                node, name, outer.path, "class", decorators=made, bases=define.bases(node),
                conditional=bool(self._conditional), opaque=_indexed(node), abstract=node.type.startswith("abstract"),
            ))  # fmt: skip
        self._visit(one for one in node.named_children if one.type in ("class_heritage", "decorator"))
        body = node.child_by_field_name("body")
        names = {text(one.child_by_field_name("name")) for one in _type_parameters(node)}
        if not known and name:
            names.add(name)
        frame = Frame("class" if known else "block", path, names, owner=path if known else "", own_this=True)
        with self._entered(frame):
            for one in body.named_children if body is not None else ():
                self._class_member(one, path if known else None)
        return None

    def _class_member(self, node: Node, path: str | None) -> None:
        found = define.member(node, path or "", typed=self._typed)
        if path is not None and found is not None:
            self._definitions.append(found)
            if node.type == "method_definition" and found.name == "constructor":
                self._definitions += define.parameter_properties(node, path)
        if node.type == "method_definition":
            self._visit(
                one for one in node.named_children if one.type in ("decorator", "computed_property_name")
            )
            self._body(
                node, text(node.child_by_field_name("name")), path or "" if not has(node, "static") else ""
            )
        elif node.type in ("public_field_definition", "field_definition"):
            name = node.child_by_field_name("name") or node.child_by_field_name("property")
            self._visit(one for one in node.named_children if one != name)
        elif node.type in ("method_signature", "abstract_method_signature", "index_signature"):
            self._types(node)
        else:
            self._visit([node])

    def _waiting(self, node: Node) -> tuple[str, ...]:
        """The decorators that stand before `export`."""
        parent = node.parent
        return define.decorators(parent) if parent is not None and parent.type == "export_statement" else ()

    # Names bound

    def _define(self, one: Definition) -> None:
        self._definitions.append(one)

    def _variables(self, node: Node) -> Sequence[Node] | None:
        for one in node.named_children:
            if one.type != "variable_declarator":
                continue
            name, right = one.child_by_field_name("name"), one.child_by_field_name("value")
            specifier = required(right)
            if specifier and name is not None:
                self._required(name, specifier, one)
            elif self._frame.kind == "module" and name is not None:
                self._bind(name, right, one)
            self._visit(_parts(one, name, right))
        return None

    def _bind(self, name: Node, right: Node | None, at: Node) -> None:
        scope = self._frame.path
        conditional = bool(self._conditional)
        if name.type != "identifier":
            for one in bound_names(name):
                self._define(define.of(at, text(one), scope, "variable", conditional=conditional))
            return
        plain = text(name)
        if right is not None and right.type in FUNCTIONS:
            known = define.signature(right, typed=self._typed) if not _annotated(at) else None
            self._define(define.of(at, plain, scope, "function", signature=known, conditional=conditional))
        elif right is not None and right.type in CLASSES:
            self._define(define.of(
                at, plain, scope, "class", bases=define.bases(right), conditional=conditional, opaque=True
            ))  # fmt: skip
        else:
            self._define(define.of(at, plain, scope, "variable", conditional=conditional, value=value(right)))

    def _required(self, name: Node, specifier: str, at: Node) -> None:
        """`const x = require("m")`, `const {a: b} = require("m")`."""
        if name.type == "identifier":
            self._import(specifier, "", text(name), at)
            return
        for one in name.named_children:
            if one.type == "shorthand_property_identifier_pattern":
                self._import(specifier, text(one), text(one), at)
            elif one.type == "pair_pattern":
                target = one.child_by_field_name("value")
                if target is not None and target.type == "identifier":
                    self._import(specifier, text(one.child_by_field_name("key")), text(target), at)
            else:
                for each in bound_names(one):
                    self._import(specifier, "", text(each), at)

    def _enum(self, node: Node) -> Sequence[Node] | None:
        name, body = text(node.child_by_field_name("name")), node.child_by_field_name("body")
        if self._frame.kind == "module":
            path = f"{self._frame.path}.{name}" if self._frame.path else name
            self._define(define.of(node, name, self._frame.path, "enum", conditional=bool(self._conditional)))
            self._definitions += define.enum_members(body, path) if body is not None else []
        return [
            one.child_by_field_name("value") or one
            for one in (body.named_children if body is not None else ())
            if one.type == "enum_assignment"
        ]

    def _type(self, node: Node) -> Sequence[Node] | None:
        name = text(node.child_by_field_name("name"))
        if self._frame.kind == "module":
            path = f"{self._frame.path}.{name}" if self._frame.path else name
            body = node.child_by_field_name("body") or node.child_by_field_name("value")
            whole = body is not None and body.type in ("interface_body", "object_type")
            self._define(define.of(
                node, name, self._frame.path, "type", bases=define.bases(node), opaque=not whole or _indexed(node)
            ))  # fmt: skip
            self._definitions += define.shape(body, path) if whole and body is not None else []
        self._types(node)
        return None

    def _namespace(self, node: Node) -> Sequence[Node] | None:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        statements = body.named_children if body is not None else []
        if name is None or name.type == "string" or self._frame.kind != "module":
            # `declare module "x"` speaks of another module; what it says is not this file's.
            with self._entered(Frame("block", "", declared(statements))):
                self._visit(statements)
            self._dynamic.add("ambient")
            return None
        first = text(name).partition(".")[0]
        path = f"{self._frame.path}.{text(name)}" if self._frame.path else text(name)
        self._define(define.of(node, first, self._frame.path, "namespace", opaque="." in text(name)))
        with self._entered(Frame("module", path, declared(statements))):
            self._visit(statements)
        return None

    def _ambient(self, node: Node) -> Sequence[Node] | None:
        if has(node, "global"):
            self._dynamic.add("ambient")
            block = [one for one in node.named_children if one.type == "statement_block"]
            with self._entered(Frame("block", "", declared(block))):
                self._visit(block)
            return None
        return node.named_children

    # Modules

    def _import(self, module: str, name: str, alias: str, node: Node, *, typing: bool = False) -> None:
        inside = next((one.path for one in reversed(self._reads.frames[1:]) if one.kind == "function"), "")
        local = any(one.kind in ("function", "block") for one in self._reads.frames[1:])
        self._imports.append(Import(
            module, name, alias, 0, line(node), inside or ("?" if local else ""), typing, bool(self._guarded),
            bool(self._conditional), alias != name, "specifier",
        ))  # fmt: skip

    def _imported(self, node: Node) -> Sequence[Node] | None:
        for module, name, alias, typing in modules.imported(node):
            self._import(module, name, alias, node, typing=typing)
        return None

    def _exported(self, node: Node) -> Sequence[Node] | None:
        found = node.child_by_field_name("declaration")
        if has(node, "="):
            self._dynamic.add("exports")
        elif found is None:
            listed = list(modules.exported(node)) if self._frame.path == "" else []
            self._exports += listed
            for one in listed:
                if one.local and not one.module and "." not in one.local:
                    self._read_local(one)
        elif self._frame.path == "" and self._frame.kind == "module":
            self._export_declared(found, default=has(node, "default"))
        return [
            one
            for one in node.named_children
            if one.type not in ("export_clause", "namespace_export", "string")
        ]

    def _read_local(self, one: Export) -> None:
        """`export {a}` reads `a`; the value of a default export is read where it stands."""
        if one.name != "default" or one.local != one.name:
            self._reads.typing += one.typing
            self._reads.named(one.local, [], one.line, None)
            self._reads.typing -= one.typing

    def _export_declared(self, node: Node, *, default: bool) -> None:
        if default:
            self._exports.append(Export("default", text(node.child_by_field_name("name")), "", line(node)))
            return
        typing = node.type in ("interface_declaration", "type_alias_declaration")
        for name in sorted(declared([node])):
            self._exports.append(
                Export(name.partition(".")[0], name.partition(".")[0], "", line(node), typing)
            )

    def _assigned(self, node: Node) -> Sequence[Node] | None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return node.named_children
        if left.type in ("object_pattern", "array_pattern"):
            return [*(one for one in _without_names(left)), right]
        if self._commonjs and left.type == "member_expression":
            self._commonjs_export(left, right)
        if left.type == "member_expression":
            target = left.child_by_field_name("object")
            owner = self._reads_this(target)
            if owner:
                self._attribute(text(left.child_by_field_name("property")), owner, node, right)
                return [right]
        return [left, right]

    def _commonjs_export(self, left: Node, right: Node) -> None:
        found = modules.commonjs(left, right)
        if found is None:
            return
        self._settings.append(("module", "commonjs"))
        self._exports += found
        if dotted(left) == "module.exports" and not modules.closed(right):
            self._dynamic.add("exports")

    def _reads_this(self, node: Node | None) -> str:
        from gate.source.script.scopes import this

        return this(self._reads.frames) if node is not None and node.type == "this" else ""

    def _attribute(self, name: str, owner: str, at: Node, right: Node) -> None:
        if not any(one.name == name and one.scope == owner for one in self._definitions):
            self._define(define.of(at, name, owner, "attribute", value=value(right)))

    # Calls

    def _call(self, node: Node, use: str = "") -> Sequence[Node] | None:
        made = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        given = node.child_by_field_name("arguments")
        name = "import" if made is not None and made.type == "import" else dotted(made)
        specifier = literal(given.named_children[0]) if given is not None and given.named_children else ""
        if specifier and (name in ("require", "import") or name in _MOCKS):
            if name not in ("require", "import") or not _binds(node.parent):
                self._import(specifier, "", "", node)
            return given.named_children[1:] if given is not None else None
        rest = [one for one in node.named_children if one != made]
        if made is not None and made.type in _CHAINS:
            rest += self._reads.chain(made, shape(given, use))
        elif made is not None:
            rest.append(made)
        if name in ("eval",):
            self._dynamic.add("eval")
        if self._commonjs and name in (
            "Object.assign",
            "Object.defineProperty",
            "__exportStar",
            "tslib.__exportStar",
        ):
            first = dotted(given.named_children[0]) if given is not None and given.named_children else ""
            if first in ("exports", "module.exports"):
                self._dynamic.add("exports")
        return rest

    def _awaited(self, node: Node) -> Sequence[Node] | None:
        inner = node.named_children[0] if node.named_children else None
        if inner is not None and inner.type == "call_expression":
            return self._call(inner, "awaited")
        return node.named_children

    def _statement(self, node: Node) -> Sequence[Node] | None:
        inner = node.named_children[0] if node.named_children else None
        if inner is not None and inner.type == "call_expression":
            return self._call(inner, "dropped")
        return node.named_children

    # JSX and the rest

    def _element(self, node: Node) -> Sequence[Node] | None:
        name = node.child_by_field_name("name")
        rest = [one for one in node.named_children if one != name]
        if name is not None and (name.type != "identifier" or text(name)[:1].isupper() or "." in text(name)):
            rest += self._reads.chain(name)
        return rest

    def _attribute_of_element(self, node: Node) -> Sequence[Node] | None:
        return [one for one in node.named_children if one.type != "property_identifier"]

    def _pair(self, node: Node) -> Sequence[Node] | None:
        key, given = node.child_by_field_name("key"), node.child_by_field_name("value")
        return [
            one
            for one in (key, given)
            if one is not None and one.type not in ("property_identifier", "string", "number")
        ]

    def _method(self, node: Node) -> Sequence[Node] | None:
        """A method of an object literal."""
        self._body(node, text(node.child_by_field_name("name")))
        return None

    def _nothing(self, node: Node) -> Sequence[Node] | None:
        del node
        return None

    def _typed_expression(self, node: Node) -> Sequence[Node] | None:
        """`x as T`, `x satisfies T`: the first part is a value, the others are types."""
        first, *others = node.named_children or [node]
        for one in others:
            self._one_type(one)
        return [first] if first != node else None

    def _assertion(self, node: Node) -> Sequence[Node] | None:
        """`<T>x`."""
        return node.named_children

    def _one_type(self, node: Node) -> None:
        self._reads.typing += 1
        if node.type in ("type_identifier", "nested_type_identifier"):
            self._reads.chain(node)
        self._reads.typing -= 1
        if node.child_count:
            self._types(node)


def _binds(parent: Node | None) -> bool:
    """Whether what is required gets a name right away."""
    while parent is not None and parent.type in ("await_expression", "parenthesized_expression"):
        parent = parent.parent
    return parent is not None and parent.type == "variable_declarator"


def _annotated(declarator: Node) -> bool:
    """`const f: T = ...`: what T says of calls is not in this text."""
    return declarator.child_by_field_name("type") is not None


def _indexed(node: Node) -> bool:
    body = node.child_by_field_name("body") or node.child_by_field_name("value")
    return body is not None and any(
        one.type in ("index_signature", "call_signature", "ERROR") for one in body.named_children
    )


def _type_parameters(node: Node) -> Iterator[Node]:
    found = node.child_by_field_name("type_parameters")
    for one in found.named_children if found is not None else ():
        if one.type == "type_parameter":
            yield one


def _parts(node: Node, name: Node | None, right: Node | None) -> list[Node]:
    """What a declarator reads: defaults and computed keys of its pattern, its type, its value."""
    kind = node.child_by_field_name("type")
    heads = list(_without_names(name)) if name is not None and name.type != "identifier" else []
    return [*heads, *(one for one in (kind, right) if one is not None)]


def _without_names(pattern: Node) -> Iterator[Node]:
    """What a pattern or a list of parameters reads: defaults, computed keys, types, decorators."""
    queue = [pattern]
    while queue:
        node = queue.pop()
        kind = node.type
        if kind in ("identifier", "shorthand_property_identifier_pattern", "property_identifier", "this"):
            continue
        if kind in ("assignment_pattern", "object_assignment_pattern"):
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            queue += [left] if left is not None else []
            if right is not None:
                yield right
        elif kind in ("required_parameter", "optional_parameter"):
            for at, one in enumerate(node.children):
                if one.is_named:
                    if node.field_name_for_child(at) == "pattern":
                        queue.append(one)
                    else:
                        yield one
        elif kind in ("object_pattern", "array_pattern", "rest_pattern", "pair_pattern", "formal_parameters"):
            queue += node.named_children
        else:
            yield node


_METHODS = {
    **dict.fromkeys(FUNCTIONS - {"method_definition"}, Walk._function),
    **dict.fromkeys(CLASSES, Walk._class),
    "lexical_declaration": Walk._variables,
    "variable_declaration": Walk._variables,
    "enum_declaration": Walk._enum,
    "interface_declaration": Walk._type,
    "type_alias_declaration": Walk._type,
    "internal_module": Walk._namespace,
    "module": Walk._namespace,
    "ambient_declaration": Walk._ambient,
    "import_statement": Walk._imported,
    "export_statement": Walk._exported,
    "assignment_expression": Walk._assigned,
    "call_expression": Walk._call,
    "new_expression": Walk._call,
    "await_expression": Walk._awaited,
    "expression_statement": Walk._statement,
    "jsx_opening_element": Walk._element,
    "jsx_self_closing_element": Walk._element,
    "jsx_closing_element": Walk._nothing,
    "jsx_attribute": Walk._attribute_of_element,
    "pair": Walk._pair,
    "method_definition": Walk._method,
    "as_expression": Walk._typed_expression,
    "satisfies_expression": Walk._typed_expression,
    "property_identifier": Walk._nothing,
    "statement_identifier": Walk._nothing,
    "type_identifier": Walk._nothing,
    "comment": Walk._nothing,
    "string": Walk._nothing,
    "import": Walk._nothing,
}
