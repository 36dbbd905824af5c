"""Whether a method takes every call that the method it overrides takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from languages.python.linker.states import bound, defined, linker, module, signature

from gate.languages.base.symbols import Bound
from gate.languages.base.uses import SILENT, Answer
from gate.languages.python.linker.overrides import differences, fits

if TYPE_CHECKING:
    from gate.model.source import Definition


@pytest.mark.parametrize(
    ("override", "overridden", "expected"),
    [
        ("a b", "a b", []),
        ("a b=", "a", []),
        ("a", "a b", ["takes 1 positional argument, not 2", "has no parameter `b`"]),
        ("x b", "a b", ["has no parameter `a`"]),
        ("x/ b", "a/ b", []),
        ("a b", "a", ["needs `b`"]),
        ("a b", "a b=", ["needs `b`"]),
        ("a :b", "a", ["needs `b`"]),
        ("a :b", "a :b", []),
        ("a :b=", "a", []),
        ("a", "a :b", ["has no parameter `b`"]),
        ("a **k", "a :b", []),
        ("a *r", "a b/", []),
        ("*r **k", "a b", []),
        ("a", "*r", []),
        ("a", "**k", []),
        ("*r **k :b", "a", []),
        ("x/", "x", ["has no parameter `x`"]),
        ("x/ :a", "a/", ["needs `a`"]),
        ("b", ":b", []),
    ],
)
def test_differences(override: str, overridden: str, expected: list[str]) -> None:
    assert list(differences(signature(*override.split()), signature(*overridden.split()))) == expected


@pytest.mark.parametrize(
    ("override", "overridden", "expected"),
    [
        ({"asynchronous": True}, {}, ["is a coroutine"]),
        ({}, {"asynchronous": True}, ["is not a coroutine"]),
        ({"asynchronous": True}, {"asynchronous": True}, []),
        ({"asynchronous": True, "generator": True}, {}, []),
        ({}, {"asynchronous": True, "generator": True}, []),
    ],
)
def test_coroutines(override: dict[str, Any], overridden: dict[str, Any], expected: list[str]) -> None:
    assert list(differences(signature("a", **override), signature("a", **overridden))) == expected


TOP = defined("Top", "class")
SUB = defined("Sub", "class", bases=("Top",))
RUN = defined("Top.run", "function", signature=signature("self", "a"))
NARROW = defined("Sub.run", "function", signature=signature("self"))


def overriding(override: Definition, *parts: Definition) -> Answer:
    """The answer to a method, in a file with these definitions and `Top.run(self, a)`."""
    names = linker({"m.py": module(TOP, RUN, *(parts or (SUB,)), override)})
    return fits(names, "m.py", override)


def test_an_override_that_takes_less_fails_and_is_not_sure() -> None:
    assert overriding(NARROW) == Answer(
        why="takes 0 positional arguments, not 1",
        target=Bound("m.py", RUN, through="instance"),
        sure=False,
    )


def test_an_override_that_takes_as_much_is_fine() -> None:
    override = defined("Sub.run", "function", signature=signature("self", "a"))

    assert overriding(override) == Answer(fine=True, target=Bound("m.py", RUN, through="instance"))


@pytest.mark.parametrize(
    "fields",
    [
        {"conditional": True},
        {"decorators": ("staticmethod",)},
        {"decorators": ("classmethod",)},
        {"decorators": ("anything",)},
        {"signature": None},
    ],
)
def test_what_is_no_plain_method_is_silent(fields: dict[str, Any]) -> None:
    assert overriding(defined("Sub.run", "function", **{"signature": signature("self"), **fields})) == SILENT


@pytest.mark.parametrize(
    "parts",
    [
        (defined("Sub", "class"),),
        (defined("Sub", "class", bases=("Unknown", "Top")),),
        (SUB, defined("Sub", "class")),
        (SUB, defined("Sub.run", "variable")),
        (SUB, defined("Top.run", "variable")),
    ],
)
def test_what_is_not_known_is_silent(parts: tuple[Definition, ...]) -> None:
    assert overriding(NARROW, *parts) == SILENT


def test_a_private_method_is_silent() -> None:
    override = defined("Sub._run", "function", signature=signature("self"))
    overridden = defined("Top._run", "function", signature=signature("self", "a"))
    names = linker({"m.py": module(TOP, SUB, overridden, override)})

    assert fits(names, "m.py", override) == SILENT


@pytest.mark.parametrize(
    "fields", [{"decorators": ("anything",)}, {"conditional": True}, {"decorators": ("staticmethod",)}]
)
def test_what_overrides_no_plain_method_is_silent(fields: dict[str, Any]) -> None:
    overridden = defined("Top.run", "function", signature=signature("self", "a"), **fields)
    names = linker({"m.py": module(TOP, SUB, overridden, NARROW)})

    assert fits(names, "m.py", NARROW) == SILENT


def test_a_base_without_the_method_is_passed_by() -> None:
    parts = (defined("Middle", "class", bases=("Top",)), defined("Sub", "class", bases=("Middle",)))

    assert overriding(NARROW, *parts).why == "takes 0 positional arguments, not 1"


def test_the_nearest_method_above_is_compared() -> None:
    middle = defined("Middle", "class", bases=("Top",))
    near = defined("Middle.run", "function", signature=signature("self"))
    parts = (middle, near, defined("Sub", "class", bases=("Middle",)))

    assert overriding(NARROW, *parts) == Answer(fine=True, target=Bound("m.py", near, through="instance"))


def test_the_answer_depends_on_the_method_above() -> None:
    names = linker({"m.py": module(TOP, RUN, SUB, NARROW)})
    fits(names, "m.py", bound(names, "m.py", "Sub.run").definition)

    assert ("m.py", "Top.run") in names.dependencies
