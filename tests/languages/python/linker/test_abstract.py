"""Whether a class implements the abstract members of its bases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from languages.python.linker.states import bound, defined, imported, linker, module

from gate.languages.base.symbols import Bound
from gate.languages.base.uses import SILENT, Answer
from gate.languages.python.linker.abstract import implements, resolution_order

if TYPE_CHECKING:
    from gate.model.source import Definition, Import

ABC = imported("abc", "ABC")
SHAPE = defined("Shape", "class", bases=("ABC",))
AREA = defined("Shape.area", "function", abstract=True)
CIRCLE = defined("Circle", "class", bases=("Shape",))


def implemented(*parts: Definition | Import) -> Answer:
    """The answer to the class `Circle` of a file that also defines the base `Shape` with the abstract `area`."""
    circle = next((part for part in parts if part == CIRCLE or getattr(part, "name", "") == "Circle"), CIRCLE)
    standard = tuple(part for part in (ABC, SHAPE, AREA, circle) if part not in parts)
    names = linker({"m.py": module(*standard, *parts)})
    return implements(names, "m.py", bound(names, "m.py", "Circle").definition)


@pytest.mark.parametrize(
    ("member", "why"),
    [
        (defined("Circle.area", "function"), ""),
        (defined("Circle.area", "variable"), ""),
        (imported("m", "area", scope="Circle"), ""),
        (imported("m", "area", scope="Circle.run"), "does not implement `area`"),
        (defined("Circle.area", "attribute"), "does not implement `area`"),
        (defined("Circle.other", "function"), "does not implement `area`"),
    ],
)
def test_what_implements_a_member(member: Definition | Import, why: str) -> None:
    answer = implemented(member)

    assert (answer.why, answer.fine) == (why, not why)


def test_the_first_lacking_member_is_the_target_and_three_are_named() -> None:
    more = [defined(f"Shape.{name}", "function", abstract=True) for name in ("b", "c", "d")]
    answer = implemented(*more)

    assert answer == Answer(why="does not implement `area` and `b` and `c`", target=Bound("m.py", AREA))


@pytest.mark.parametrize(
    "part",
    [
        defined("Circle", "class", bases=("Shape", "Unknown")),
        defined("Circle", "class", bases=("Shape", "ABC")),
        defined("Circle", "class", bases=("Shape",), conditional=True),
        defined("Circle", "class", bases=("Shape",), opaque=True),
        defined("Circle", "class", bases=("Shape",), decorators=("made",)),
        defined("Circle.more", "function", abstract=True),
    ],
)
def test_what_may_be_meant_otherwise_is_silent(part: Definition) -> None:
    assert implemented(part) == SILENT


def test_a_name_bound_twice_is_silent() -> None:
    assert implemented(CIRCLE, defined("Circle", "variable")) == SILENT


@pytest.mark.parametrize("name", ["BaseMade", "_AbstractMade", "MadeMixin", "MadeBase"])
def test_a_class_named_as_a_base_is_silent(name: str) -> None:
    definition = defined(name, "class", bases=("Shape",))
    names = linker({"m.py": module(ABC, SHAPE, AREA, definition)})

    assert implements(names, "m.py", definition) == SILENT


@pytest.mark.parametrize(
    "parts",
    [
        (imported("shapes", "ABC"),),
        (imported("typing", "Generic"), defined("Shape", "class", bases=("Generic",))),
        (defined("Shape.area", "function", abstract=True, conditional=True),),
    ],
)
def test_without_abc_or_surely_abstract_members_nothing_is_required(
    parts: tuple[Definition | Import, ...],
) -> None:
    replaced = {part.name for part in parts}
    standard = [part for part in (ABC, SHAPE, AREA, CIRCLE) if part.name not in replaced]
    names = linker({"m.py": module(*standard, *parts)})

    assert implements(names, "m.py", CIRCLE).fine


def test_a_decorator_may_make_special_methods() -> None:
    ordered = defined("Circle", "class", bases=("Shape",), decorators=("total_ordering",))
    less = defined("Shape.__lt__", "function", abstract=True)
    area = defined("Circle.area", "function")

    assert implemented(ordered, less, area).fine
    assert implemented(less, area).why == "does not implement `__lt__`"
    assert implemented(ordered, less).why == "does not implement `area`"


def test_a_metaclass_requires_it_too() -> None:
    shape = defined("Shape", "class", bases=("metaclass=ABCMeta",))
    names = linker({"m.py": module(imported("abc", "ABCMeta"), shape, AREA, CIRCLE)})

    assert implements(names, "m.py", CIRCLE).why == "does not implement `area`"


def test_a_nested_class_is_silent() -> None:
    nested = defined("Outer.Circle", "class", bases=("Shape",))
    names = linker({"m.py": module(ABC, SHAPE, AREA, CIRCLE, nested)})

    assert implements(names, "m.py", nested) == SILENT


@pytest.mark.parametrize(
    ("bases", "expected"),
    [
        ({"D": ("B", "C"), "B": ("A",), "C": ("A",), "A": ()}, "DBCA"),
        ({"D": ("B", "C"), "B": (), "C": ()}, "DBC"),
        ({"D": ("A", "B"), "B": ("A",), "A": ()}, None),
        ({"D": ("B",), "B": ("D",)}, None),
        ({"D": ("B", "Unknown"), "B": ()}, None),
    ],
)
def test_the_order_of_bases(bases: dict[str, tuple[str, ...]], expected: str | None) -> None:
    names = linker({"m.py": module(*(defined(name, "class", bases=of) for name, of in bases.items()))})
    order = resolution_order(names, bound(names, "m.py", "D"), {})

    assert order == (None if expected is None else [bound(names, "m.py", name) for name in expected])


def test_endless_lines_of_bases_have_no_order() -> None:
    chain = [defined(f"C{at}", "class", bases=(f"C{at + 1}",)) for at in range(60)]
    names = linker({"m.py": module(*chain, defined("C60", "class"))})

    assert resolution_order(names, bound(names, "m.py", "C30"), {}) is not None
    assert resolution_order(names, bound(names, "m.py", "C0"), {}) is None


def test_a_name_that_is_no_class_in_this_state_is_silent() -> None:
    names = linker({"m.py": module(ABC, SHAPE, AREA, defined("Circle", "function"))})

    assert implements(names, "m.py", CIRCLE) == SILENT


def test_the_answer_depends_on_the_class_and_its_bases() -> None:
    names = linker({"m.py": module(ABC, SHAPE, AREA, CIRCLE)})
    implements(names, "m.py", CIRCLE)

    assert {("m.py", "Circle"), ("m.py", "Shape")} <= set(names.dependencies)
