"""Whether a class implements what its bases and interfaces require."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from languages.javascript.linker.states import defined, exporting, linker

from gate.languages.base.symbols import Bound
from gate.languages.base.uses import SILENT, Answer
from gate.languages.javascript.linker.abstract import implements

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
    ],
)
def test_where_not_all_is_known_nothing_is_said(more: Definition) -> None:
    assert implemented(more) == SILENT


@pytest.mark.parametrize("path", ["m.js", "m.d.ts"])
def test_only_what_a_compiler_checks_is_answered(path: str) -> None:
    assert implemented(path=path) == SILENT


def test_classes_that_extend_one_another_are_silent() -> None:
    ring = (defined("Made", "class", bases=("Back",)), defined("Back", "class", bases=("Made",)))

    assert implements(linker({"m.ts": exporting(*ring)}), "m.ts", ring[0]) == SILENT
