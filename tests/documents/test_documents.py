"""Data files: whether they parse, and which keys they repeat."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate import documents
from gate.languages import registry
from gate.model.source import FileFacts

FORMS = ("json:", "jsonc:", "yaml:", "toml:")


def read(text: str, form: str) -> FileFacts:
    return registry.reader(form).read(text.encode(), form)


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("package.json", "json"),
        ("a/tsconfig.base.json", "jsonc"),
        (".vscode/settings.json", "jsonc"),
        ("x.jsonc", "jsonc"),
        ("x.JSON", "json"),
        (".vscode/tasks.yaml", "yaml"),
        ("turbo.toml", "toml"),
        ("composer.lock", "json"),
        (".babelrc", "jsonc"),
        (".prettierrc", "yaml"),
        (".github/workflows/ci.yml", "yaml"),
        ("pyproject.toml", "toml"),
        ("Cargo.lock", "toml"),
        ("poetry.lock", "toml"),
        ("yarn.lock", ""),
        ("json", ""),
        ("a.json/b", ""),
        (".json", "json"),
        ("m.py", ""),
    ],
)
def test_the_format_of_a_path(path: str, form: str) -> None:
    assert documents.format_of(path) == form
    assert bool(registry.form(path)) == bool(form)


@pytest.mark.parametrize("form", FORMS)
def test_the_facts_of_a_format_are_kept_under_its_name(form: str) -> None:
    assert registry.extractor(form).startswith(f"{form.removesuffix(':')}/")


def test_no_format_is_read_by_another_name() -> None:
    with pytest.raises(KeyError):
        documents.reader("keys")


@pytest.mark.parametrize(
    ("form", "text", "repeated"),
    [
        ("json:", '{"a": 1,\n "b": {"a": 2},\n "a": 3}', (("a", 3),)),
        ("json:", '[{"a": 1}, {"a": 1}]', ()),
        (
            "json:",
            '{"a": [{"b": 1, "b": [{}]}],\n "c": "\\"a\\": 1", "\\u0061": 2}',
            (("a.[].b", 1), ("a", 2)),
        ),
        ("json:", '{"x": "x", "y": "x"}', ()),
        ("jsonc:", '{ // "a": 1,\n "a": 1, /* "a": 1\n */ "b": "// no",\n "a": 2,\n}', (("a", 4),)),
        ("yaml:", "a: 1\nb:\n  a: 2\na: 3\n", (("a", 4),)),
        ("yaml:", "a: &x {b: 1}\nc:\n  <<: *x\n  <<: *x\n", ()),
        ("yaml:", "a: 1\n---\na: 1\n", ()),
        ("yaml:", "- a: 1\n- a: 1\n  a: 2\n", (("[].a", 3),)),
        ("yaml:", "1: a\n'1': b\n? [a]\n: c\n? [a]\n: d\n", ()),
        ("yaml:", "on: !Ref x\nx: !Sub {a: 1}\n", ()),
        ("yaml:", "a: {b: c, b: d}\n", (("a.b", 1),)),
        ("yaml:", "&k a: 1\n*k : 2\n", ()),
    ],
)
def test_keys_a_mapping_repeats(form: str, text: str, repeated: tuple[tuple[str, int], ...]) -> None:
    facts = read(text, form)

    assert facts.parse == "full"
    assert facts.repeated == repeated


def test_every_key_has_its_mapping_and_its_line() -> None:
    facts = read('{"a": {\n"b": [1, {"c": null}], "d": -1},\n"e": {}}', "json:")

    assert [(key.path, key.line) for key in facts.definitions] == [
        ("a", 1),
        ("a.b", 2),
        ("a.b.[].c", 2),
        ("a.d", 2),
        ("e", 3),
    ]


@pytest.mark.parametrize(
    ("form", "text", "why"),
    [
        ("json:", '{"a": 1,}', "it is no JSON: * (line 1)"),
        ("json:", '{"a": 1}\n// no', "it is no JSON: * (line 2)"),
        ("json:", "[" * 100_000, "it is nested too deeply"),
        ("json:", '\\"' * 200_000, "it is no JSON: * (line 1)"),
        ("jsonc:", "/*" * 200_000, "it is no JSON: * (line 1)"),
        ("yaml:", "a: 1\n b: 2\n", "it is no YAML: * (line 2)"),
        ("yaml:", "{% if x %}\na: 1\n", "it is a template"),
        ("yaml:", "a: {{ .Values.x }}: y\n", "it is no YAML: * (line 1)"),
        ("yaml:", "a: &x 1\n---\nb: *x\n", "it is no YAML: nothing is anchored as x (line 3)"),
        ("yaml:", "[" * 100_000, "it is nested too deeply"),
        ("toml:", "a = 1\na = 2\n", "it is no TOML: *line 2*"),
        ("toml:", "[a]\n[a]\n", "it is no TOML: *line 2*"),
        ("toml:", "a = " + "[" * 10_000, "it is nested too deeply"),
        ("toml:", "a." * 20_000, "it has lines of more than 20,000 characters"),
    ],
)
def test_what_is_not_read_says_why(form: str, text: str, why: str) -> None:
    facts = read(text, form)

    assert facts == FileFacts("none", facts.why)
    assert fnmatchcase(facts.why, why)  # `*` is what the parser says, in the words of its version


@pytest.mark.parametrize(
    ("form", "start", "opening", "middle", "closing"),
    [
        ("json:", "", "[", '"]"', "]"),
        ("json:", "", '{"[": ', "1", "}"),
        ("jsonc:", "", "[ // {\n", "1", ",]"),
        ("yaml:", "", "[", "1", "]"),
        ("yaml:", "ä: ä\nö: ", "[\n", "1", "]"),
        ("yaml:", "", "{a: ", "1", "}"),
        ("yaml:", "", "- ", "1", ""),
        ("yaml:", "", "? ", "1", ""),
        ("toml:", "a = ", "[", "']'", "]"),
        ("toml:", "a = ", "{a = ", '"""]"""', "}"),
        ("toml:", "a = ", "[ # {\n", '"]\\"]"', "]"),
    ],
)
def test_the_limit_of_nesting_is_ours(form: str, start: str, opening: str, middle: str, closing: str) -> None:
    def nested(levels: int) -> str:
        return start + opening * levels + middle + closing * levels

    extra = 1 if ": " in start else 0

    assert read(nested(200 - extra), form).parse == "full"
    assert read(nested(201 - extra), form) == FileFacts("none", "it is nested too deeply")


@pytest.mark.parametrize("opening", ["[", "[[[a,", "{{[", "[\n", "[ä, ", "- ", "{a: ", "['a': "])
@pytest.mark.parametrize("levels", [202, 1_000, 5_000])
def test_a_parser_that_reads_ahead_meets_no_limit_of_its_own(opening: str, levels: int) -> None:
    assert read(f"ä:\n  {opening * levels}", "yaml:") == FileFacts("none", "it is nested too deeply")


def test_brackets_that_are_closed_are_not_counted() -> None:
    assert fnmatchcase(read("[]" * 5_000, "yaml:").why, "it is no YAML: * (line 1)")


def test_aliases_of_aliases_are_not_followed() -> None:
    bomb = "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))

    assert read(bomb, "yaml:").parse == "full"


@pytest.mark.parametrize("form", FORMS)
@given(content=st.one_of(st.binary(), st.text(alphabet='{}[]:,"&*- \n\\/#=a1').map(str.encode)))
def test_whatever_it_is_it_is_read_or_not(form: str, content: bytes) -> None:
    assert registry.reader(form).read(content, form).parse in ("full", "none")
