"""The facts of JavaScript and TypeScript files."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.languages.javascript import reader
from gate.model.source import Call, FileFacts, Parameter

ENDINGS = (".ts", ".tsx", ".js")


def read(text: str, ending: str = ".ts") -> FileFacts:
    facts = reader.read(text.encode(), ending)
    assert facts.parse == "full", text
    return facts


def chains(text: str, ending: str = ".ts") -> set[tuple[str, str]]:
    """What is read: (via, chain)."""
    return {(reference.via, reference.chain) for reference in read(text, ending).references}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("function f() {}", {("f", "function")}),
        ("function* f() {}", {("f", "function")}),
        ("const f = () => 1", {("f", "function")}),
        ("const f = function g() {}", {("f", "function")}),
        ("const C = class D {}", {("C", "class")}),
        ("const a = 1, b = 2", {("a", "variable"), ("b", "variable")}),
        ("const { a, b: [c], ...d } = e", {("a", "variable"), ("c", "variable"), ("d", "variable")}),
        ("class C { f() {} static g = 1; h = () => 1 }",
         {("C", "class"), ("C.f", "function"), ("C.g", "attribute"), ("C.h", "function")}),
        ("class C { get x() { return 1 } set x(v) {} }", {("C", "class"), ("C.x", "function")}),
        ("class C { #p = 1; ['q'] = 2; [r] = 3 }", {("C", "class"), ("C.#p", "attribute")}),
        ("class C { constructor(readonly a: 1, b: 2) { this.c = b } }",
         {("C", "class"), ("C.constructor", "function"), ("C.a", "attribute"), ("C.c", "attribute")}),
        ("abstract class C { abstract f(): void }", {("C", "class"), ("C.f", "function")}),
        ("enum E { A, 'B-C', D = 2 }",
         {("E", "enum"), ("E.A", "variable"), ("E.B-C", "variable"), ("E.D", "variable")}),
        ("interface I { a: 1; f(): void }", {("I", "type"), ("I.a", "attribute"), ("I.f", "function")}),
        ("type T = { a: 1 }", {("T", "type"), ("T.a", "attribute")}),
        ("type T = 1 | 2", {("T", "type")}),
        ("namespace N { export const a = 1 }", {("N", "namespace"), ("N.a", "variable")}),
        ("declare const a: 1", {("a", "variable")}),
        ("declare module 'm' { const a: 1 }", set()),
        ("import a = B.c", {("a", "variable")}),
        ("const o = { a: 1, 'b': 2, f() {}, c, [d]: 3, ...e }",
         {("o", "variable"), ("o[].a", "key"), ("o[].b", "key"), ("o[].f", "key"), ("o[].c", "key")}),
        ("function f() { const a = 1; class B {} }", {("f", "function")}),
        ("{ const a = 1 }", set()),
    ],
)  # fmt: skip
def test_definitions_with_their_scopes(text: str, expected: set[tuple[str, str]]) -> None:
    assert {(definition.path, definition.kind) for definition in read(text).definitions} == expected


def test_a_signature() -> None:
    [function] = read(
        "async function* f(this: X, a: A, b?: B, c = 1, { d }: D, ...e: E[]) { yield a }"
    ).definitions

    assert function.signature is not None
    assert function.signature.parameters == (
        Parameter("a", "positional"),
        Parameter("b", "positional", required=False),
        Parameter("c", "positional", required=False),
        Parameter("{}", "positional"),
        Parameter("e", "rest", required=False),
    )
    assert (function.signature.asynchronous, function.signature.generator) == (True, True)


def test_javascript_requires_no_argument() -> None:
    [function] = read("function f(a) {}", ".js").definitions

    assert function.signature is not None
    assert [parameter.required for parameter in function.signature.parameters] == [False]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("function f(a: 1): void; function f(a: any) {}", [("overload",), ()]),
        ("class C { f(a: 1): void; f(a: any) {} }", [(), ("overload",), ()]),
        ("class C { static get f() { return 1 } }", [(), ("static", "getter")]),
        ("@a.b @c(1) class C { @d() f() {} }", [("a.b", "c()"), ("d()",)]),
        ("@a export class C {}", [("a",)]),
    ],
)
def test_marks(text: str, marks: list[tuple[str, ...]]) -> None:
    assert [definition.decorators for definition in read(text).definitions] == marks


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("var a = 1", "var"),
        ("var { a } = b", "var"),
        ("let a = 1", ""),
        ("const a = () => 1", ""),
        ("function a() {}", "function"),
        ("interface a {}", "interface"),
        ("type a = {}", ""),
    ],
)
def test_how_a_name_is_bound(text: str, how: str) -> None:
    assert [definition.overload for definition in read(text).definitions] == [how]


@pytest.mark.parametrize(
    ("text", "opaque"),
    [
        ("const o = { a: 1 }", False),
        ("const o = { a: 1 } as const", False),
        ("const o = { a: 1 } satisfies T", False),
        ("const o = { a: 1 } as T", True),
        ("const o: T = { a: 1 }", True),
        ("const o = { a: 1, ...b }", True),
        ("const o = { a: 1, [b]: 2 }", True),
    ],
)
def test_whether_an_object_has_just_the_keys_of_its_text(text: str, opaque: bool) -> None:
    assert read(text).definitions[0].opaque is opaque


def test_what_is_abstract_or_conditional() -> None:
    text = "abstract class C { abstract f(): void; g() {} }\nif (a) { var b = 1 }\ntry { function d() {} } catch {}"
    definitions = read(text).definitions

    assert {definition.path for definition in definitions if definition.abstract} == {"C", "C.f"}
    assert not {definition.path for definition in definitions if not definition.conditional} & {"b", "d"}


def test_what_a_class_extends_and_implements() -> None:
    [class_] = read("class C extends a.B<D> implements E, F.G {}").definitions

    assert class_.bases == ("a.B", "implements:E", "implements:F.G")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("export const a = 1, { b } = c", {("a", "a", ""), ("b", "b", "")}),
        ("export function f() {}", {("f", "f", "")}),
        ("export class C {}", {("C", "C", "")}),
        ("export enum E {}", {("E", "E", "")}),
        ("export namespace N.M {}", {("N", "N", "")}),
        ("export declare const a: 1", {("a", "a", "")}),
        ("export { a, b as c, d as default }", {("a", "a", ""), ("c", "b", ""), ("default", "d", "")}),
        ("export { a as 'b c' }", {("b c", "a", "")}),
        ("export { a, default as b } from './m'", {("a", "a", "./m"), ("b", "default", "./m")}),
        ("export * from './m'", {("*", "*", "./m")}),
        ("export * as n from './m'", {("n", "*", "./m")}),
        ("export default a.b", {("default", "a.b", "")}),
        ("export default 1 + 2", {("default", "", "")}),
        ("export default function f() {}", {("default", "f", "")}),
        ("export default class {}", {("default", "", "")}),
        ("export default async () => {}", {("default", "", "")}),
        ("export import a = B.c", {("a", "a", "")}),
        ("module.exports = { a, b: c.d, e() {} }",
         {("default", "", ""), ("a", "a", ""), ("b", "c.d", ""), ("e", "", "")}),
        ("module.exports = a", {("default", "a", "")}),
        ("exports.a = b", {("a", "b", "")}),
        ("module.exports.a = function () {}", {("a", "", "")}),
        ("function f() { return 1 }", set()),
    ],
)  # fmt: skip
def test_exports(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert {(export.name, export.local, export.module) for export in read(text).exported} == expected


@pytest.mark.parametrize(
    "text",
    ["export type { a } from './m'", "export type A = 1", "export interface A {}", "export { type a }"],
)
def test_exports_of_types(text: str) -> None:
    assert [export.typing for export in read(text).exported] == [True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("export = a", ("exports",)),
        ("module.exports = make()", ("exports",)),
        ("module.exports = { ...a }", ("exports",)),
        ("Object.assign(exports, a)", ("exports",)),
        ("declare global { const a: 1 }", ("ambient",)),
        ("eval(a)", ("eval",)),
        ("export as namespace N", ()),
        ("module.exports = { a }", ()),
    ],
)
def test_names_the_text_does_not_show(text: str, expected: tuple[str, ...]) -> None:
    assert read(text).dynamic == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("import 'a'", {"es"}),
        ("export {}", {"es"}),
        ("exports.a = 1", {"commonjs"}),
        ("require('a')", set()),
        ("import('a')", set()),
    ],
)
def test_kinds_of_modules(text: str, kinds: set[str]) -> None:
    assert {value for key, value in read(text).settings if key == "module"} == kinds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import a from './m'", [("./m", "default", "a", False)]),
        ("import * as a from './m'", [("./m", "", "a", False)]),
        ("import { a, b as c } from './m'", [("./m", "a", "a", False), ("./m", "b", "c", False)]),
        ("import a, { b } from './m'", [("./m", "default", "a", False), ("./m", "b", "b", False)]),
        ("import { 'x y' as a } from './m'", [("./m", "x y", "a", False)]),
        ("import type { a } from './m'", [("./m", "a", "a", True)]),
        ("import { type a, b } from './m'", [("./m", "a", "a", True), ("./m", "b", "b", False)]),
        ("import './m'", [("./m", "", "", False)]),
        ("import a = require('./m')", [("./m", "", "a", False)]),
        ("const a = require('./m')", [("./m", "", "a", False)]),
        ("const { a, b: c } = require('./m')", [("./m", "a", "a", False), ("./m", "b", "c", False)]),
        ("require('./m')", [("./m", "", "", False)]),
        ("import('./m')", [("./m", "", "", False)]),
        ("const a = await import('./m')", [("./m", "", "a", False)]),
        ("let a: import('./m').B", [("./m", "", "", True)]),
        ("vi.mock('./m', () => ({}))", [("./m", "", "", False)]),
        ("jest.requireActual('./m')", [("./m", "", "", False)]),
        ("require(a)", []),
        ("import(`./${a}`)", []),
    ],
)
def test_imports(text: str, expected: list[tuple[str, str, str, bool]]) -> None:
    assert [
        (import_.module, import_.name, import_.alias, import_.typing) for import_ in read(text).imports
    ] == expected


def test_how_an_import_stands() -> None:
    lazy, tried, maybe, again = read(
        "function f() { require('a') }\ntry { require('b') } catch {}\nif (c) { require('c') }\nvar d = require('d')"
    ).imports

    assert (lazy.scope, tried.guarded, maybe.conditional, again.redeclarable) == ("f", True, True, True)
    assert (tried.redeclarable, maybe.guarded, again.scope) == (False, False, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.b.c", {("module", "a.b.c")}),
        ("a?.b?.[0]", {("module", "a.b")}),
        ("a!.b", {("module", "a.b")}),
        ("a['b'].c", {("module", "a.b.c")}),
        ("a[b].c", {("module", "a"), ("module", "b"), ("value", "c")}),
        ("(a as B).c", {("module", "a"), ("module", "B"), ("value", "c")}),
        ("function f(a) { a.b }", {("value", "b")}),
        ("function f() { a; var a }", set()),
        ("function f() { const x = new A(); x.b }", {("module", "A"), ("module", "A().b")}),
        ("function f() { const x = require('./m'); x.b }", {("local", "x.b")}),
        ("new A().b", {("module", "A"), ("module", "A().b")}),
        ("class C { f() { this.a.b; super.c() } }", {("self", "a.b"), ("super", "c")}),
        ("class C { f() { return () => this.a } }", {("self", "a")}),
        ("class C { f() { return function () { this.a } } }", set()),
        ("class C { static f() { this.a } }", set()),
        ("window.a", set()),
        ("`${a.b}`", {("module", "a.b")}),
        ("a`b`", {("module", "a")}),
        ("({ a, b: c, [d]: 1, ...e })", {("module", "a"), ("module", "c"), ("module", "d"), ("module", "e")}),
        ("({ a } = b)", {("module", "b")}),
        ("a.b = c", {("module", "a.b"), ("module", "c")}),
        ("export { a }", {("module", "a")}),
        ("export { a } from './m'", set()),
        ("for (const a of b) { a.c }", {("module", "b"), ("value", "c")}),
        ("try {} catch (a) { a.b }", {("value", "b")}),
        ("@a.b class C {}", {("module", "a.b")}),
        ("class C extends A.B {}", {("module", "A.B")}),
        ("label: for (;;) { break label }", set()),
    ],
)
def test_what_is_read(text: str, expected: set[tuple[str, str]]) -> None:
    assert chains(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<A b={c} />", {("module", "A"), ("module", "c")}),
        ("<A.B>{d}</A.B>", {("module", "A.B"), ("module", "d")}),
        ("<div {...p}>text</div>", {("module", "p")}),
        ("<><a-b /></>", set()),
        ("const f = (A) => <A />", set()),
    ],
)
def test_elements(text: str, expected: set[tuple[str, str]]) -> None:
    assert chains(text, ".tsx") == expected
    assert chains(text, ".jsx") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("let a: A.B<C>", {"A.B", "C"}),
        ("function f(a: A): a is B {}", {"A", "B"}),
        ("function f<T extends A>(a: T): T {}", {"A"}),
        ("interface I extends A { b: B }", {"A", "B"}),
        ("type T<U> = U | A", {"A"}),
        ("let a = b as A", {"A"}),
        ("let a: typeof b.c", {"b.c"}),
    ],
)
def test_types_are_for_the_compiler(text: str, expected: set[str]) -> None:
    assert {reference.chain for reference in read(text).references if reference.guard == "typing"} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = f(1, a)", Call(2)),
        ("x = f(...a, 1)", Call(1, star=True)),
        ("f()", Call(use="dropped")),
        ("x = await f(1)", Call(1, use="awaited")),
        ("x = new f", Call()),
        ("x = f?.(1)", Call(1)),
        ("x = f<T>(1)", Call(1)),
        ("f`a`", None),
        ("x = f", None),
    ],
)
def test_the_shape_of_a_call(text: str, expected: Call | None) -> None:
    assert [reference.call for reference in read(text).references if reference.chain == "f"] == [expected]


def test_what_may_fail_is_guarded() -> None:
    guards = {reference.chain: reference.guard for reference in read("try { a.b } catch { c.d }").references}

    assert guards == {"a.b": "guarded", "c.d": ""}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("function f(a) { return a }", "function g(a) { return a; }", True),
        ("const a = 'x'", 'const b = "x" // why', True),
        ("function f(a) { return a }", "function f(\n  a,\n) {\n  /* why */ return a\n}", True),
        ("function f(a) { return a }", "function f(a) { return b }", False),
    ],
)
def test_the_digest_forgives_names_and_layout(first: str, second: str, same: bool) -> None:
    digests = {read(text).definitions[0].digest for text in (first, second)}

    assert (len(digests) == 1) is same


@pytest.mark.parametrize(
    ("content", "parse", "why"),
    [
        (b"\xef\xbb\xbfconst a = 1", "full", ""),
        (b"#!/usr/bin/env node\nconst a = 1", "full", ""),
        (b"const a = '\xff\xfe'", "full", ""),
        (b"a\0", "none", "it holds null bytes"),
        (b"<<<<<<< a\nx\n", "none", "it holds conflict markers"),
        (b"var a=1;" * 115_000, "none", "it has lines of more than 20,000 characters"),
        (b"{\n" * 3000 + b"}\n" * 3000, "none", "it is nested too deeply"),
        (b"class A { m() {\n" * 2000 + b"}}\n" * 2000, "none", "it is nested too deeply"),
        (b"namespace A {\n" * 2000 + b"}\n" * 2000, "none", "it is nested too deeply"),
        (b"/*\n" * 20_000, "none", "its comments never end"),
        (b"x = " + b"[\n" * 20_000, "none", "it does not parse"),
        (b"const a = 1; const = ;", "partial", "its syntax is not wholly known; read in part"),
        (b"", "full", ""),
    ],
)
def test_bad_input(content: bytes, parse: str, why: str) -> None:
    facts = reader.read(content, ".ts")

    assert (facts.parse, facts.why) == (parse, why)


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "(\n" * 5000 + "1" + ")\n" * 5000,
        "a" + ".b\n" * 5000,
        "a" + "()\n" * 5000,
        "x = " + "1 +\n" * 5000 + "1",
        "".join(f"const a{number} = a{number + 1}.b\n" for number in range(3000)),
        "class A { constructor() {\n" + "".join(f"this.a{number} = 1\n" for number in range(3000)) + "} }",
        "type X = F<\n" + "A,\n" * 5000 + "A>",
    ],
)
def test_what_is_long_is_read_without_recursion(text: str) -> None:
    read(text)


_WORDS = """class interface enum namespace export default import from type { } ( ) [ ] < > => = ; : , . ?. ... a b
'm' async await function* get static # @ ` ${ / /* */ // abstract declare global extends this super new try catch"""
_PIECES = st.lists(st.sampled_from([*_WORDS.split(), "\n"]), max_size=40)


@given(
    st.binary(max_size=300) | _PIECES.map(lambda parts: " ".join(parts).encode()), st.sampled_from(ENDINGS)
)
def test_nothing_brings_it_down_and_facts_survive_being_kept(content: bytes, ending: str) -> None:
    facts = reader.read(content, ending)

    assert msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=FileFacts) == facts
