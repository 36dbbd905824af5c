"""What a file needs, from its facts."""

from __future__ import annotations

import pytest

from gate.languages.base.symbols import Missing
from gate.languages.base.uses import Answer, Use, uses
from gate.model.source import (
    Call,
    Definition,
    Export,
    FileFacts,
    Import,
    Reference,
    Signature,
    StringReference,
)


def kinds_and_texts(facts: FileFacts) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(use.kind, use.text, use.lines) for use in uses(facts)]


def test_a_file_needs_what_it_imports_reads_calls_and_names_in_strings() -> None:
    facts = FileFacts(
        "full",
        imports=(
            Import("a.b", "c", "c", 0, 1),
            Import("d", "", "d", 2, 2),
            Import("", "e", "e", 1, 3),
            Import("./m.js", "", "m", 0, 4, style="specifier"),
            Import("./m.js", "n", "n", 0, 5, style="specifier"),
        ),
        exported=(Export("p", "q", "./r.js", 6), Export("*", "*", "./s.js", 7), Export("t", "t", "", 8)),
        references=(
            Reference("y", (13,), "value"),
            Reference("u.v", (9, 11), call=Call(1)),
            Reference("w", (10,), "self", "K"),
            Reference("x", (12,), "super", "K"),
        ),
        string_references=(StringReference("mod.z", "patch", 14),),
    )

    assert kinds_and_texts(facts) == [
        ("import", "a.b.c", (1,)),
        ("import", "..d", (2,)),
        ("import", ".e", (3,)),
        ("import", "./m.js", (4,)),
        ("import", "n", (5,)),
        ("import", "q", (6,)),
        ("import", "./s.js", (7,)),
        ("name", "u.v", (9, 11)),
        ("call", "u.v", (9, 11)),
        ("name", "self.w", (10,)),
        ("name", "super().x", (12,)),
        ("patch", "mod.z", (14,)),
    ]


def test_a_class_needs_its_bases_and_its_methods_fit_those() -> None:
    facts = FileFacts(
        "full",
        definitions=(
            Definition("K", "", "class", 1, 5, bases=("B",)),
            Definition("m", "K", "function", 2, 3),
            Definition("x", "K", "variable", 4, 4),
            Definition("Free", "", "class", 6, 8),
            Definition("m", "Free", "function", 7, 8),
        ),
    )

    assert kinds_and_texts(facts) == [("subclass", "K", (1,)), ("override", "K.m", (2,))]
    assert [use.key for use in uses(facts)] == [("subclass", "K", ("B",)), ("override", "K.m", None, ())]


@pytest.mark.parametrize("parse", ["partial", "none"])
def test_a_file_that_was_not_read_in_full_needs_nothing(parse: str) -> None:
    assert not list(uses(FileFacts(parse, imports=(Import("a", "", "a", 0, 1),))))  # type: ignore[arg-type]


def test_the_key_of_a_use_says_all_but_its_lines() -> None:
    facts = FileFacts(
        "full",
        imports=(Import("a", "b", "c", 1, 1),),
        exported=(Export("p", "q", "./r.js", 6, typing=True),),
        references=(Reference("u.v", (2,), "self", "K", "guarded", Call(1)),),
        string_references=(StringReference("m.x", "patch", 3),),
    )
    importing = list(uses(facts))[1].fact

    assert [use.key for use in uses(facts)] == [
        ("import", 1, "a", "b"),
        ("import", 0, "./r.js", "q"),
        ("name", "self", "K", "u.v", "guarded"),
        ("call", "self", "K", "u.v", "guarded", Call(1)),
        ("patch", "m.x"),
    ]
    assert importing == Import("./r.js", "q", "", 0, 6, typing=True, style="specifier")


def test_the_key_of_a_use_is_without_its_lines() -> None:
    def keys(line: int, guard: str = "", call: Call | None = None) -> set[tuple[object, ...]]:
        reference = Reference("a.b", (line,), guard=guard, call=call)  # type: ignore[arg-type]
        return {use.key for use in uses(FileFacts("full", references=(reference,)))}

    assert keys(1) == keys(2)
    assert keys(1, "annotation") == keys(1, "typing") != keys(1)
    assert keys(1, call=Call(1)) == keys(1, call=Call(1)) != keys(1, call=Call(2))


def test_the_key_of_an_override_changes_with_its_signature() -> None:
    def key(signature: Signature | None) -> tuple[object, ...]:
        definitions = (
            Definition("K", "", "class", 1, 5, bases=("B",)),
            Definition("m", "K", "function", 2, 3, signature),
        )
        return [use.key for use in uses(FileFacts("full", definitions=definitions))][-1]

    assert key(None) != key(Signature())


def test_an_answer_fails_when_something_is_missing_or_does_not_fit() -> None:
    answers = [Answer(), Answer(fine=True), Answer(missing=Missing("a", "b")), Answer(why="needs `a`")]

    assert [answer.fails for answer in answers] == [False, False, True, True]
    assert not Answer(fine=True, doubt="may fail").fails
    assert Answer() == Answer(doubt="", sure=True, declared=False, postpones=False)


def test_a_use_is_known_by_its_fact() -> None:
    assert Use("name", (), Reference("a", (3, 4))).lines == (3, 4)
