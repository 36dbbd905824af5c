"""The facts of Go files."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from languages.worlds import shown_chains, shown_definitions

from gate.model.source import FileFacts

pytest.importorskip("tree_sitter_go")

from gate.languages.go import reader

BROKEN = b"package a\n\nfunc (\n"
NESTED = (b"package a\nvar x = ((", b"package a\nfunc f() { f(func() {")


def read(text: str) -> FileFacts:
    return reader.read(f"package a\n\n{text}".encode())


def chains(text: str) -> dict[str, int]:
    return shown_chains(read(text))


def defined(text: str) -> dict[str, str]:
    return shown_definitions(read(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("func F(a, b int) *T { return nil }", {"F": "T()"}),
        ("func F() (p.T, error) { return }", {"F": "p.T()"}),
        ("func F[K any](k K) {}", {"F": "function"}),
        ("func init() {}", {}),
        ("func (t *T[K]) M() {}", {"T.M": "function"}),
        (
            "type T struct { A, B int; C *p.D; *q.E }",
            {"T": "class", "T.A": "attribute", "T.B": "attribute", "T.C": "p.D()", "T.E": "q.E()"},
        ),
        ("type I interface { M(); J }", {"I": "class", "I.M": "function"}),
        ("type A = p.B", {"A": "p.B"}),
        ("const (\nA = 1\nB = 2\n)", {"A": "variable", "B": "variable"}),
        ("var a, b = T{}, p.New()", {"a": "T()", "b": "p.New()"}),
    ],
)
def test_definitions(text: str, expected: dict[str, str]) -> None:
    assert defined(text) == expected


def test_a_signature_counts_parameters_however_they_are_written() -> None:
    [definition] = read("func F(a, b int, string, c ...int) {}").definitions

    assert definition.signature is not None
    assert [(parameter.kind, parameter.required) for parameter in definition.signature.parameters][-1] == (
        "rest",
        False,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("func f() { p.F(1, 2) }", {"p.F": 2}),
        ("func f() { p.F(a...) }", {"p.F": -1, "a": -2}),
        ("func f() { p.F(g()) }", {"p.F": -1, "g": 0}),
        ("func f(p int) { p.F() }", {}),
        ("func f(p *q.T) { p.F() }", {"q.T": -2, "q.T().F": 0}),
        ("func f() { x := p.New(); x.F() }", {"p.New": 0, "p.New().F": 0}),
        ("func f() { x := p.New(); x = 1; x.F() }", {"p.New": 0, "p.New().F": 0}),
        ("func f() { x := p.A(); { x := 1; x.F() } }", {"p.A": 0}),
        ("func f() { for p := range q { p.F() } }", {"q": -2}),
        ("func (t *T) f() { t.F(1) }", {"T": -2, "T().F": 1}),
        ("var x = p.T{A: b}", {"p.T": -2, "p.T().A": -2, "b": -2}),
        ("var x = func(p int) { p.F() }", {}),
        ("func f() { g := 1; g() }", {}),
        ("func f() { len(x); make(chan p.T) }", {"x": -2, "p.T": -2}),
        ("func f[p any](a p) { }", {}),
    ],
)
def test_references(text: str, expected: dict[str, int]) -> None:
    assert chains(text) == expected


def test_imports_under_the_names_they_are_read_by() -> None:
    text = 'import (\n"a/b"\nc "a/d"\n"x.y/go-z/v2"\n. "e"\n_ "f"\n)\nvar x, y, z = b.A, c.B, z.C\n'

    assert [(binding.module, binding.name, binding.alias) for binding in read(text).imports] == [
        ("a/b", "", "b"),
        ("a/d", "", "c"),
        ("x.y/go-z/v2", "", "z"),
        ("e", "*", ""),
        ("f", "", ""),
    ]


def test_an_import_nobody_reads_goes_by_another_name() -> None:
    facts = read('import "a/b"\nvar x = other.A\n')

    assert (facts.imports[0].alias, facts.dynamic) == ("", ("imports",))


def test_build_constraints_make_everything_conditional() -> None:
    facts = reader.read(b"//go:build linux\n\npackage a\n\nfunc F() {}\n")

    assert [definition.conditional for definition in facts.definitions] == [True]


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
