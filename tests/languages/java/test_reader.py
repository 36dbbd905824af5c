"""The facts of Java files."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from languages.worlds import shown_chains, shown_definitions

from gate.model.source import FileFacts

pytest.importorskip("tree_sitter_java")

from gate.languages.java import reader

BROKEN = b"class C { void m( }"
NESTED = (b"class C { ", b"class C { int x = ((((", b"class C { void m() { g(() -> {")


def read(text: str) -> FileFacts:
    return reader.read(text.encode())


def chains(text: str) -> dict[str, int]:
    return shown_chains(read(text))


def defined(text: str) -> dict[str, str]:
    return shown_definitions(read(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "class C { int a, b; Foo c; }",
            {"C": "class", "C.a": "variable", "C.b": "variable", "C.c": "Foo()"},
        ),
        ("class C { Foo m() { } <T> T n() { } }", {"C": "class", "C.m": "Foo()", "C.n": "function"}),
        ("enum E { A, B { int x; }; int c; }", {"E": "enum", "E.A": "E()", "E.B": "E()", "E.c": "variable"}),
        ("record R(int a) { }", {"R": "class", "R.a": "attribute"}),
        ("interface I { int A = 1; void m(); }", {"I": "class", "I.A": "variable", "I.m": "function"}),
        (
            "class C { class D { void m() { class L { int z; } } } }",
            {"C": "class", "C.D": "class", "C.D.m": "function"},
        ),
    ],
)
def test_definitions(text: str, expected: dict[str, str]) -> None:
    assert defined(text) == expected


def test_overloads_differ_in_the_types_of_parameters() -> None:
    definitions = read("class C { void m(int a) { } void m(List<X> a, int[] b) { } }").definitions

    assert [definition.overload for definition in definitions if definition.name == "m"] == [
        "(int)",
        "(List,int[])",
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("class C { C(int a) { } }", 1),
        ("class C { }", 0),
        ("record R(int a, int b) { }", 2),
        ("class C { C() { } C(int a) { } }", None),
        ("@Data class C { }", None),
        ("enum E { A }", None),
    ],
)
def test_how_a_class_is_made(text: str, count: int | None) -> None:
    signature = read(text).definitions[0].signature

    assert (None if signature is None else len(signature.parameters)) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foo.bar(1, 2);", {"Foo.bar": 2}),
        ("new Foo(1).bar();", {"Foo": 1, "Foo().bar": 0}),
        ("Foo x = null; x.bar();", {"Foo": -2, "Foo().bar": 0}),
        ("var x = new Foo(); x.bar();", {"var": -2, "Foo": 0, "Foo().bar": 0}),
        ("Foo x = null; { Bar x = null; } x.go();", {"Foo": -2, "Bar": -2}),
        ("this.a.b(1);", {"C().a.b": 1}),
        ("bar(1);", {"bar": 1}),
        ("g(x -> x.bar());", {"g": 1}),
        ("new Foo() { void m() { bar(); } };", {"Foo": 0}),
        ("switch (a) { case ONE: }", {"a": -2}),
        ("((Foo) a).bar();", {"Foo().bar": 0, "Foo": -2, "a": -2}),
        ("Foo.A.b();", {"Foo.A.b": 0}),
        ("for (Foo x : xs) x.y();", {"Foo": -2, "xs": -2, "Foo().y": 0}),
    ],
)
def test_references(text: str, expected: dict[str, int]) -> None:
    assert chains(f"class C {{ void m() {{ {text} }} }}") == expected


def test_imports() -> None:
    imports = read("import a.b.C; import a.d.*; import static a.b.C.m; import static a.b.C.*;").imports

    assert [(binding.module, binding.name, binding.alias) for binding in imports] == [
        ("a.b", "C", "C"),
        ("a.d", "*", ""),
        ("a.b.C", "m", "m"),
        ("a.b.C", "*", ""),
    ]


@pytest.mark.parametrize(
    ("content", "parse", "why"),
    [
        (b"x\0", "none", "it holds null bytes"),
        (b"<<<<<<< a\nx\n", "none", "it holds conflict markers"),
        (b"// " + b"a" * 30000, "none", "it has lines of more than 20,000 characters"),
        (BROKEN, "partial", "it does not parse; read in part"),
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
