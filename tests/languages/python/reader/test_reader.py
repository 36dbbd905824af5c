"""The facts of Python files."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.languages import registry
from gate.languages.python import reader
from gate.model.source import Call, FileFacts, Parameter, Reference, StringReference


def read(text: str) -> FileFacts:
    return reader.read(text.encode())


def chains(text: str) -> set[tuple[str, str]]:
    """What is read: (via, chain)."""
    return {(reference.via, reference.chain) for reference in read(text).references}


def test_a_signature() -> None:
    [definition] = read("async def f(a, /, b, c=1, *d, e, g=2, **h): yield a").definitions

    assert definition.signature is not None
    assert definition.signature.parameters == (
        Parameter("a", "positional"),
        Parameter("b"),
        Parameter("c", "either", required=False),
        Parameter("d", "rest", required=False),
        Parameter("e", "keyword"),
        Parameter("g", "keyword", required=False),
        Parameter("h", "keywords", required=False),
    )
    assert (definition.signature.asynchronous, definition.signature.generator) == (True, True)


def test_definitions_with_their_scopes() -> None:
    facts = read(
        "X = 1\nclass C(B):\n    y: int\n    def m(self):\n        self.z = X\n        def local(): ...\n"
    )

    definitions = {(definition.path, definition.kind, definition.line) for definition in facts.definitions}
    assert definitions == {
        ("X", "variable", 1),
        ("C", "class", 2),
        ("C.y", "variable", 3),
        ("C.m", "function", 4),
        ("C.z", "attribute", 5),
    }


def test_form_feeds_start_no_line() -> None:
    plain, fed = read("X = 1\ndef f(): return 1\n"), read("X = 1\x0c\ndef f(): return 1\n")

    assert plain.definitions[1].digest == fed.definitions[1].digest


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("x = 1\ndel x", set()),
        ("import x\ndel x", set()),
        ("x = 1\ndef f():\n del x", {("x", False)}),
        ("x = 1\nif a:\n del x", {("x", True)}),
        ("x = y = 1\ndel x.a, x[0]", {("x", False), ("y", False)}),
    ],
)
def test_names_that_are_unbound(text: str, bound: set[tuple[str, bool]]) -> None:
    facts = read(text)
    names = {
        (definition.name, definition.conditional)
        for definition in facts.definitions
        if definition.kind == "variable"
    }

    assert names | {(binding.alias, False) for binding in facts.imports if binding.alias} == bound


@pytest.mark.parametrize(
    ("text", "conditional"),
    [
        ("def f(): ...", False),
        ("if x:\n def f(): ...", True),
        ("try:\n f = 1\nexcept E:\n f = 2", True),
        ("for f in x: ...", True),
        ("with x:\n def f(): ...", False),
    ],
)
def test_conditional_definitions(text: str, conditional: bool) -> None:
    assert {definition.conditional for definition in read(text).definitions if definition.name == "f"} == {
        conditional
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import a.b", ("a.b", "", "a", 0)),
        ("import a.b as c", ("a.b", "", "c", 0)),
        ("from a import b as c", ("a", "b", "c", 0)),
        ("from ..a import b", ("a", "b", "b", 2)),
        ("from . import b", ("", "b", "b", 1)),
        ("from a import *", ("a", "*", "", 0)),
    ],
)
def test_imports(text: str, expected: tuple[str, str, str, int]) -> None:
    [binding] = read(text).imports

    assert (binding.module, binding.name, binding.alias, binding.level) == expected


def test_how_an_import_is_guarded() -> None:
    lazy, typed, tried = read(
        "def f():\n import a\nif TYPE_CHECKING:\n import b\ntry:\n import c\nexcept ImportError:\n c = None\n"
    ).imports

    assert (lazy.scope, typed.typing, tried.guarded, lazy.guarded) == ("f", True, True, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.b.c", {("module", "a.b.c")}),
        ("def f(a): a.b", {("value", "b")}),
        ("def f(): import a; a.b", {("local", "a.b")}),
        ("def f():\n x = A()\n x.b", {("module", "A"), ("module", "A().b")}),
        ("def f(p):\n x = A()\n x = p\n x.b", {("module", "A"), ("value", "b")}),
        ("class C:\n def m(self): self.x.y", {("self", "x.y")}),
        ("class C:\n def m(self): super().x()", {("super", "x"), ("module", "super")}),
        ("class C:\n @staticmethod\n def m(self): self.x", {("value", "x"), ("module", "staticmethod")}),
        ("A().b", {("module", "A"), ("module", "A().b")}),
        ("[x.y for x in z]", {("value", "y"), ("module", "z")}),
        ("lambda x: x.y", {("value", "y")}),
        ("getattr(a, 'b')", {("module", "a"), ("module", "getattr"), ("module", "a.b")}),
        ("getattr(a, 'b', 1)", {("module", "a"), ("module", "getattr")}),
        ("a.b = 1", {("module", "a")}),
        ("def f():\n global g\n g = 1\n g.x", {("module", "g.x")}),
    ],
)
def test_what_is_read(text: str, expected: set[tuple[str, str]]) -> None:
    assert chains(text) == expected


def test_the_shape_of_a_call() -> None:
    references = read("async def f(): await g(1, *a, k=2, **b)").references

    assert Reference("g", (1,), call=Call(1, ("k",), star=True, stars=True, use="awaited")) in references


def test_annotations_are_for_type_checkers() -> None:
    guards = {
        reference.chain: reference.guard for reference in read("def f(a: A, b: 'B.C') -> D: ...").references
    }

    assert guards == {"A": "annotation", "B.C": "typing", "D": "annotation"}


def test_strings_that_frameworks_resolve() -> None:
    text = "@mock.patch('a.b')\n@pytest.mark.usefixtures('c')\ndef test_x(m, d, e=1): ...\n"

    assert {(fact.text, fact.kind) for fact in read(text).string_references} == {
        ("a.b", "patch"),
        ("c", "fixture"),
        ("d", "fixture"),
    }


def test_fixtures() -> None:
    definitions = read("@pytest.fixture(name='db')\ndef make(): ...\n@fixture\ndef own(): ...\n").definitions

    assert [definition.fixture for definition in definitions] == ["db", "own"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def __getattr__(n): ...", ("getattr",)),
        ("globals()['x'] = 1", ("globals",)),
        ("exec('x')", ("exec",)),
        ("__all__ = ['a'] + b.__all__", ("exports",)),
        ("x = 1", ()),
    ],
)
def test_names_the_text_does_not_show(text: str, expected: tuple[str, ...]) -> None:
    assert read(text).dynamic == expected


def test_exports() -> None:
    assert read("__all__ = ['a', 'b']\n__all__ += ['c']").exports == ("a", "b", "c")


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("def f(a):\n    return a", "def g(a):\n    return a", True),
        ("def f(a):\n    return a", "def f(\n    a,\n):\n    # why\n    return   a", True),
        ("def f(a):\n    return 'a'", 'def f(a):\n    return "a"', True),
        ("def f(a):\n    return a", "def f(a):\n    return b", False),
    ],
)
def test_the_digest_forgives_names_and_layout(first: str, second: str, same: bool) -> None:
    digests = {read(text).definitions[0].digest for text in (first, second)}

    assert (len(digests) == 1) is same


@pytest.mark.parametrize(
    ("content", "parse", "why"),
    [
        (b"\xef\xbb\xbfx = 1", "full", ""),
        ("# coding: latin-1\nx = 'é'".encode("latin-1"), "full", ""),
        (b"x = '\xff'", "none", "its encoding is unknown"),
        (b"# coding: nonsense\n", "none", "its encoding is unknown"),
        (b"x\0", "none", "it holds null bytes"),
        (b"<<<<<<< a\nx\n", "none", "it holds conflict markers"),
        (b"x = " + b"-" * 15000 + b"1", "none", "it is nested too deeply"),
        (b"x = '" + b"a" * 30000 + b"'", "none", "it has lines of more than 20,000 characters"),
        (b"def (:\n", "none", "it does not parse"),
        (b"x = '\\d'\n", "full", ""),
        (b"", "full", ""),
    ],
)
def test_bad_input(content: bytes, parse: str, why: str) -> None:
    facts = reader.read(content)

    assert (facts.parse, facts.why) == (parse, why)


def test_syntax_this_python_is_too_old_for() -> None:
    pytest.importorskip("tree_sitter_python")
    facts = read(
        "try: pass\nexcept A, B: pass\nimport a.b as c\nfrom .x import y, z as w\nclass C:\n  def m(self): k\n"
    )

    assert facts.parse == "partial"
    assert {definition.path for definition in facts.definitions} == {"C", "C.m"}
    assert {(binding.level, binding.module, binding.name, binding.alias) for binding in facts.imports} == {
        (0, "a.b", "", "c"),
        (1, "x", "y", "y"),
        (1, "x", "z", "w"),
    }
    assert "k" in {reference.chain for reference in facts.references}


@given(st.binary(max_size=300))
def test_nothing_brings_it_down_and_facts_survive_being_kept(content: bytes) -> None:
    facts = reader.read(content)

    assert msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=FileFacts) == facts


def test_texts_are_kept() -> None:
    assert StringReference("a", "patch", 1) == msgspec.msgpack.decode(
        msgspec.msgpack.encode(StringReference("a", "patch", 1)), type=StringReference
    )


@pytest.mark.parametrize(
    ("path", "read_for_names", "unread"),
    [
        ("a/b.py", True, ""),
        ("a.PYI", True, ""),
        ("x.rb", False, "Ruby"),
        ("README", False, ""),
        (".py", False, ""),
    ],
)
def test_languages_by_suffix(path: str, read_for_names: bool, unread: str) -> None:
    assert (registry.is_read(path), registry.unread(path)) == (read_for_names, unread)


def digests(text: str) -> set[str]:
    return {definition.digest for definition in read(text).definitions}


@pytest.mark.parametrize(
    "second",
    [
        "def f(a: int = 1, *, b) -> int:\n    return a",
        'def f(a=1, *, b):\n    """Said."""\n    return a',
        'def f(\n    a=1,\n    *,\n    b,\n):\n    """Said\n    at length."""\n    # why\n    return a  ',
        "def f(a=1, *, b): return a",
        "def g(a=1, *, b):\n    return a",
    ],
)
def test_functions_that_do_the_same_have_one_digest(second: str) -> None:
    assert digests("def f(a=1, *, b):\n    return a") == digests(second)


@pytest.mark.parametrize(
    "second",
    [
        "def f(a=2, *, b):\n    return a",
        "def f(a, *, b):\n    return a",
        "def f(a=1, *, b=1):\n    return a",
        "def f(a=1, *, b):\n    return b",
        "def f(a=1, *, b):\n    @b\n    def g(): ...\n    return a",
        'def f(a=1, *, b):\n    x = """Said."""\n    return a',
        "async def f(a=1, *, b):\n    return a",
    ],
)
def test_functions_that_do_something_else_have_another(second: str) -> None:
    assert digests("def f(a=1, *, b):\n    return a") != digests(second)


def test_strings_that_say_something() -> None:
    text = (
        '"""Of the module, at length."""\n'
        'X = "cannot be found"\n'
        "def f(a='a default of f'):\n"
        '    """What it does, at length."""\n'
        '    raise E(f"there is no {X} of that name")\n'
        'SHORT = "short"\n'
        'AGAIN = "cannot be found"\n'
    )

    assert read(text).strings == (
        ("cannot be found", 2),
        ("a default of f", 3),
        ("there is no", 5),
        ("of that name", 5),
    )


def test_strings_are_bounded() -> None:
    strings = read("X = [\n" + "".join(f"    '{number:09}',\n" for number in range(5000)) + "]\n").strings

    assert len(strings) == 1000
    assert len(read(f"X = '{'long ' * 100}'").strings[0][0]) <= 200
