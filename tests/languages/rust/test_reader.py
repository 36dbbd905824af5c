"""The facts of Rust files."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from languages.worlds import shown_chains, shown_definitions

from gate.model.source import FileFacts

pytest.importorskip("tree_sitter_rust")

from gate.languages.rust import reader

BROKEN = b"fn f( {"
NESTED = (b"mod m { ", b"fn f() { ((((", b"fn f() { g(|| {")


def read(text: str) -> FileFacts:
    return reader.read(text.encode())


def chains(text: str) -> dict[str, int]:
    return shown_chains(read(text))


def defined(text: str) -> dict[str, str]:
    return shown_definitions(read(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pub fn f(a: u8) -> a::B { }", {"f": "a.B()"}),
        ("struct S { a: T, b: u8 }", {"S": "class", "S.a": "T()", "S.b": "attribute"}),
        ("enum E { A, B(u8) }", {"E": "enum", "E.A": "variable", "E.B": "variable"}),
        ("struct S;\nimpl<T> S { fn new() -> Self { } }", {"S": "class", "S.new": "S()"}),
        ("trait T { fn a(&self); const C: u8; }", {"T": "class", "T.a": "function", "T.C": "variable"}),
        ("mod m { fn f() { } }\nmod n;", {"m": "self", "m.f": "function", "n": "namespace"}),
        ("const A: u8 = 1; static B: T = x; type C = a::D;", {"A": "variable", "B": "T()", "C": "a.D"}),
        ("fn f() { fn g() { } }", {"f": "function"}),
    ],
)
def test_definitions(text: str, expected: dict[str, str]) -> None:
    assert defined(text) == expected


@pytest.mark.parametrize(
    ("text", "conditional"),
    [
        ("fn f() { }", False),
        ("#[cfg(unix)] fn f() { }", True),
        ("#[cfg(test)] fn f() { }", False),
        ("#[inline] fn f() { }", False),
    ],
)
def test_conditional(text: str, conditional: bool) -> None:
    assert [definition.conditional for definition in read(text).definitions] == [conditional]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("fn f(a: u8, (b, c): T) { }", 2),
        ("#[wrapped] fn f(a: u8) { }", None),
        ("struct S { a: u8, b: u8 }", 2),
        ("struct S(u8);", 1),
        ("struct S;", None),
    ],
)
def test_signatures(text: str, count: int | None) -> None:
    signature = read(text).definitions[0].signature

    assert (None if signature is None else len(signature.parameters)) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a::b(1)", {"a.b": 1}),
        ("crate::a::B::new()", {"crate.a.B.new": 0}),
        ("let x = B::new(); x.go(1)", {"B.new": 0, "B.new().go": 1}),
        ("let x: &B = y; x.go()", {"B": -2, "y": -2, "B().go": 0}),
        ("let x = y; x.go()", {"y": -2}),
        ("let x = B::a(); let x = 1; x.go()", {"B.a": 0}),
        ("for x in y { x.go(); }", {"y": -2}),
        ("a::<T>(1)", {"a": 1, "T": -2}),
        ("B { a: 1, ..c }", {"B": 0, "c": -2}),
        ("m!(a::b(1), c)", {"a.b": -2}),
        ("g(|x| x.go())", {"g": 1}),
        ("use a::b; b::c()", {}),
        ("match y { E::A(z) => z, w => w }", {"y": -2, "E.A": -2}),
        ("let x = B::a()?; x.go()", {"B.a": 0}),
    ],
)
def test_references(text: str, expected: dict[str, int]) -> None:
    assert chains(f"fn f() {{ {text} }}") == expected


def test_self_is_the_type_of_the_block() -> None:
    assert chains("impl S { fn a(&self) { self.b(1); Self::c(); } }") == {"S": -2, "S().b": 1, "S.c": 0}


def test_use_trees() -> None:
    imports = read("use a::{self, b::c as d, e::*}; pub use crate::x::Y; mod m { use super::*; }").imports

    assert {(binding.module, binding.name, binding.alias, binding.scope) for binding in imports} == {
        ("", "a", "a", ""),
        ("a.b", "c", "d", ""),
        ("a.e", "*", "", ""),
        ("crate.x", "Y", "Y", ""),
        ("super", "*", "", "m"),
    }


@pytest.mark.parametrize(
    ("content", "parse", "why"),
    [
        (b"x\0", "none", "it holds null bytes"),
        (b"<<<<<<< a\nx\n", "none", "it holds conflict markers"),
        (b"// " + b"a" * 30000, "none", "it has lines of more than 20,000 characters"),
        (BROKEN, "partial", "it does not parse; read in part"),
        (b"fn f() { S { ] } }", "partial", "it does not parse; read in part"),
        (b"\xff\xfe", "partial", "it does not parse; read in part"),
    ],
)
def test_bad_input(content: bytes, parse: str, why: str) -> None:
    facts = reader.read(content)

    assert (facts.parse, facts.why) == (parse, why)


@pytest.mark.parametrize("opening", NESTED)
def test_deep_nesting_ends(opening: bytes) -> None:
    assert reader.read(opening * 20_000).parse in ("partial", "none", "full")


@given(st.binary(max_size=300))
def test_nothing_brings_it_down_and_facts_survive_being_kept(content: bytes) -> None:
    facts = reader.read(content)

    assert msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=FileFacts) == facts
