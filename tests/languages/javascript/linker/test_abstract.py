"""Whether a class implements what its bases and interfaces require."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from languages.javascript.linker.states import defined, exporting, imported, linker

from gate.languages.base.symbols import Bound
from gate.languages.base.uses import SILENT, Answer
from gate.languages.javascript.linker.abstract import implements
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from gate.model.source import Definition

CLASS = defined("Made", "class", bases=("Shape", "implements:Named"))
SHAPE = defined("Shape", "class", abstract=True)
AREA = defined("Shape.area", "function", abstract=True)
NAMED = defined("Named", "type", bases=("Titled",))
NAME = defined("Named.name", "attribute", field="required")
NICK = defined("Named.nick", "attribute", field="optional")
TITLED = defined("Titled", "type")
TITLE = defined("Titled.title", "attribute", field="required")
OF_INTERFACES = (defined("Made.name", "attribute"), defined("Made.title", "attribute"))


def implemented(*definitions: Definition, path: str = "m.ts") -> Answer:
    """The answer to the class `Made` of a file that also defines the base and the interfaces."""
    classes = () if any(definition.path == "Made" for definition in definitions) else (CLASS,)
    every = (*classes, SHAPE, AREA, NAMED, NAME, NICK, TITLED, TITLE, *definitions)
    return implements(
        linker({path: exporting(*every)}), path, next(top for top in every if top.path == "Made")
    )


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ((*OF_INTERFACES, defined("Made.area", "function")), ""),
        (OF_INTERFACES, "does not implement `area`"),
        ((defined("Made.area", "function"),), "does not implement `name` and `title`"),
        ((*OF_INTERFACES, defined("Made.area", "function", decorators=("static",))), "does not implement `area`"),
        ((*OF_INTERFACES, defined("Made.area", "function", abstract=True)), "does not implement `area`"),
    ],
)  # fmt: skip
def test_what_a_class_lacks(members: tuple[Definition, ...], why: str) -> None:
    answer = implemented(*members)

    assert (answer.why, answer.fine) == (why, not why)


def test_the_first_lacking_member_is_the_target() -> None:
    assert implemented(*OF_INTERFACES).target == Bound("m.ts", AREA)


@pytest.mark.parametrize(
    "more",
    [
        defined("Made", "class", bases=("Shape",), abstract=True),
        defined("Made", "class", bases=("Elsewhere",)),
        defined("Made", "class", bases=("Shape", "Titled")),
        defined("Made", "class", bases=("implements:?",)),
        defined("Made", "class", bases=("implements:Shape",)),
        defined("Shape", "type"),
        defined("Made", "type"),
        defined("Made", "variable", bases=("Shape",)),
    ],
)
def test_where_not_all_is_known_nothing_is_said(more: Definition) -> None:
    assert implemented(more) == SILENT


@pytest.mark.parametrize("path", ["m.js", "m.d.ts"])
def test_only_what_a_compiler_checks_is_answered(path: str) -> None:
    assert implemented(defined("Made", "class", bases=("implements:Named",)), path=path) == SILENT


def answer_with(base: Definition, *definitions: Definition, path: str = "m.ts", outer: str = "") -> Answer:
    """The answer to a class that extends a class or implements an interface of another file."""
    heritage = "implements:" if base.kind == "type" else ""
    class_ = defined(f"{outer}Made", "class", bases=(f"{heritage}{base.name}",))
    user = FileFacts("full", definitions=(class_,), imports=(imported(base.name, "./base"),))
    return implements(linker({"m.ts": user, path: exporting(base, *definitions)}), "m.ts", class_)


def test_what_another_file_requires() -> None:
    assert answer_with(SHAPE, AREA, path="base.ts").why == "does not implement `area`"
    assert answer_with(TITLED, TITLE, path="base.ts").why == "does not implement `title`"


@pytest.mark.parametrize(
    ("base", "path", "outer"),
    [
        (SHAPE, "base.js", ""),
        (defined("Shape", "class", opaque=True), "base.ts", ""),
        (defined("Shape", "variable", value="other()"), "base.ts", ""),
        (defined("Titled", "type", opaque=True), "base.ts", ""),
        (SHAPE, "base.ts", "Outer."),
    ],
)
def test_bases_of_another_file_that_are_not_wholly_known(base: Definition, path: str, outer: str) -> None:
    assert answer_with(base, AREA, TITLE, path=path, outer=outer) == SILENT


def test_instances_and_members_are_no_bases() -> None:
    inner = defined("Space.Shape", "class", abstract=True)
    files = [
        exporting(defined("Made", "class", bases=("shape",)), SHAPE, AREA,
                  defined("shape", "variable", value="Shape()")),
        exporting(defined("Made", "class", bases=("Space.Shape",)), defined("Space", "namespace"), inner),
        exporting(defined("Made", "class", bases=("implements:Space.Shape",)), defined("Space", "namespace"),
                  defined("Space.Shape", "type")),
    ]  # fmt: skip

    assert [implements(linker({"m.ts": file}), "m.ts", file.definitions[0]) for file in files] == [SILENT] * 3


def test_interfaces_that_extend_one_another_end() -> None:
    ring = (defined("Back", "type", bases=("Named",)), defined("Named", "type", bases=("Back",)))
    class_ = defined("Made", "class", bases=("implements:Back",))

    assert implements(linker({"m.ts": exporting(class_, *ring)}), "m.ts", class_).fine


def test_three_members_are_named() -> None:
    members = [defined(f"Shape.{name}", "function", abstract=True) for name in "abcd"]

    assert implemented(*OF_INTERFACES, *members, defined("Made.area", "function")).why == (
        "does not implement `a` and `b` and `c`"
    )


def test_an_answer_rests_on_every_class_and_interface() -> None:
    names = linker({"m.ts": exporting(CLASS, SHAPE, NAMED, TITLED)})

    assert implements(names, "m.ts", CLASS).fine
    classes = {("m.ts", name) for name in ("Made", "Shape", "Named", "Titled")}
    assert classes <= set(names.dependencies)


def test_classes_that_extend_one_another_are_silent() -> None:
    ring = (defined("Made", "class", bases=("Back",)), defined("Back", "class", bases=("Made",)))

    assert implements(linker({"m.ts": exporting(*ring)}), "m.ts", ring[0]) == SILENT
