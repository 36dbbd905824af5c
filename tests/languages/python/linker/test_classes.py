"""Members of classes, through first-party bases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from languages.python.linker.states import bound, defined, imported, linker, module

from gate.languages.base.symbols import PRESENT, UNKNOWN, Bound, Missing
from gate.languages.python.linker import classes

if TYPE_CHECKING:
    from gate.languages.base.symbols import Symbol
    from gate.model.source import Definition, Import

TOP = defined("Top", "class")
RUN = defined("Top.run", "function")
SUB = defined("Sub", "class", bases=("Top",))


def member(name: str, *parts: Definition | Import, instance: bool = False) -> Symbol:
    """A member of the class `Sub` of a file with these definitions."""
    names = linker({"m.py": module(*parts)})
    return classes.member(names, bound(names, "m.py", "Sub", instance=instance), name)


def test_a_member_of_a_base() -> None:
    assert member("run", TOP, RUN, SUB) == Bound("m.py", RUN, through="class")
    assert member("run", TOP, RUN, SUB, instance=True) == Bound("m.py", RUN, through="instance")


def test_a_member_of_a_class_in_another_file() -> None:
    sub = defined("Sub", "class", bases=("base.Top",))
    names = linker({"base.py": module(TOP, RUN), "m.py": module(imported("base"), sub)})

    assert classes.member(names, bound(names, "m.py", "Sub"), "run") == Bound("base.py", RUN, through="class")
    assert {("m.py", "Sub"), ("base.py", "Top"), ("base.py", "Top.run")} <= set(names.dependencies)


def test_the_nearest_class_comes_first() -> None:
    near = defined("Sub.run", "function")

    names = linker({"m.py": module(TOP, RUN, SUB, near)})
    start = bound(names, "m.py", "Sub")

    assert classes.member(names, start, "run") == Bound("m.py", near, through="class")
    assert classes.member(names, start, "run", above=True) == Bound("m.py", RUN, through="class")


@pytest.mark.parametrize(
    ("part", "sure"),
    [
        (SUB, True),
        (defined("Sub", "class", bases=("Top", "object", "Generic", "typing.Protocol")), True),
        (defined("Sub", "class", bases=("Top", "metaclass=abc.ABCMeta")), True),
        (defined("Sub", "class", bases=("Top", "ValueError")), True),
        (defined("Sub", "class", bases=("Top", "Unknown")), False),
        (defined("Sub", "class", bases=("Top", "Unknown", "ValueError")), False),
        (defined("Sub", "class", bases=("Top", "?")), False),
        (defined("Sub", "class", bases=("Top", "metaclass=Meta")), False),
        (defined("Sub", "class", bases=("Top",), opaque=True), False),
        (defined("Sub", "class", bases=("Top",), decorators=("made",)), False),
        (
            defined("Sub", "class", bases=("Top",), decorators=("dataclass(frozen=True)", "attrs.define")),
            True,
        ),
    ],
)
def test_a_missing_member_is_sure_where_all_bases_are_known(part: Definition, sure: bool) -> None:
    assert member("stop", TOP, RUN, part) == Missing("m.py", "stop", inside="Sub", sure=sure)


def test_members_of_pythons_own_classes_are_not_surely_missing() -> None:
    sub = defined("Sub", "class", bases=("ValueError",))

    assert member("args", sub) == Missing("m.py", "args", inside="Sub", sure=False)
    assert member("_args", sub) == Missing("m.py", "_args", inside="Sub", sure=False)


def test_a_private_member_of_known_classes_is_surely_missing() -> None:
    assert member("_stop", TOP, RUN, SUB) == Missing("m.py", "_stop", inside="Sub")


def test_endless_lines_of_bases_are_left() -> None:
    chain = [defined(f"C{at}", "class", bases=(f"C{at + 1}",)) for at in range(60)]
    names = linker({"m.py": module(*chain)})

    assert len(list(classes.lineage(names, bound(names, "m.py", "C0")))) == 50


def test_a_member_behind_an_unknown_base_is_only_present() -> None:
    assert member("run", TOP, RUN, defined("Sub", "class", bases=("Unknown", "Top"))) == PRESENT


@pytest.mark.parametrize("name", ["__class__", "__init__", "__len__"])
def test_special_members_are_unknown(name: str) -> None:
    assert member(name, TOP, RUN, SUB) == UNKNOWN


@pytest.mark.parametrize("name", ["__run", "run__"])
def test_names_with_two_underscores_at_one_end_are_members(name: str) -> None:
    method = defined(f"Top.{name}", "function")

    assert member(name, TOP, SUB, method) == Bound("m.py", method, through="class")


def test_a_written_constructor_is_a_member() -> None:
    init = defined("Top.__init__", "function")

    assert member("__init__", TOP, init, SUB) == Bound("m.py", init, through="class")


@pytest.mark.parametrize(
    ("hook", "expected"),
    [
        (defined("Top.__getattr__", "function"), UNKNOWN),
        (defined("Top.__getattribute__", "function"), UNKNOWN),
        (defined("Top.__getattr__", "function", gives="never"), Missing("m.py", "stop", inside="Sub")),
    ],
)
def test_hooks_may_give_any_member(hook: Definition, expected: Symbol) -> None:
    assert member("stop", TOP, hook, SUB) == expected


@pytest.mark.parametrize(
    "definitions",
    [
        (defined("Sub.x", "function"), defined("Sub.x", "function")),
        (defined("Sub.x", "function", conditional=True),),
        (defined("Sub.x", "attribute"),),
    ],
)
def test_a_member_that_may_be_anything_is_only_present(definitions: tuple[Definition, ...]) -> None:
    assert member("x", SUB, *definitions) == PRESENT


def test_an_attribute_of_a_declared_type_is_known() -> None:
    attribute = defined("Sub.x", "attribute", declared_type="Top()")

    assert member("x", SUB, attribute) == Bound("m.py", attribute, through="class")


def test_overloads_are_no_implementations_but_in_a_stub() -> None:
    overload = defined("Sub.x", "function", decorators=("typing.overload",))
    plain = defined("Sub.x", "function")

    assert classes.implementations([overload, overload, plain]) == [plain]
    assert classes.implementations([overload, overload]) == [overload, overload]
    assert member("x", SUB, overload, plain) == Bound("m.py", plain, through="class")


def test_a_function_has_no_members() -> None:
    names = linker({"m.py": module(defined("f", "function"))})

    assert classes.member(names, bound(names, "m.py", "f"), "x") == UNKNOWN


def test_a_nested_class_has_unknown_bases() -> None:
    nested = defined("Outer.Inner", "class", bases=("Top",))
    names = linker({"m.py": module(TOP, RUN, nested)})

    assert classes.bases(names, bound(names, "m.py", "Outer.Inner")) == [None]


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (defined("Base", "class"), True),
        (defined("Base", "function"), False),
        (defined("Base", "variable", value="Top()"), False),
    ],
)
def test_only_classes_are_bases(definition: Definition, expected: bool) -> None:
    names = linker({"m.py": module(TOP, definition, defined("Sub", "class", bases=("Base",)))})
    [base] = classes.bases(names, bound(names, "m.py", "Sub"))

    assert (base is not None) is expected


def test_the_lineage_is_depth_first_and_meets_each_class_once() -> None:
    parts = {"D": ("B", "C"), "B": ("A",), "C": ("A", "Unknown"), "A": ()}
    names = linker({"m.py": module(*(defined(name, "class", bases=of) for name, of in parts.items()))})
    lineage = [
        holder and holder.definition.name for holder in classes.lineage(names, bound(names, "m.py", "D"))
    ]

    assert lineage == ["D", "B", "A", "C", None]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((TOP, SUB), True),
        ((TOP, SUB, defined("Top.__iter__", "function")), False),
        ((TOP, SUB, defined("Sub.__getitem__", "function")), False),
        ((TOP, SUB, defined("Top.__getattr__", "function")), False),
        ((TOP, defined("Sub", "class", bases=("Unknown",))), False),
    ],
)
def test_instances_that_give_no_items(parts: tuple[Definition, ...], expected: bool) -> None:
    names = linker({"m.py": module(*parts)})

    assert classes.gives_no_items(names, bound(names, "m.py", "Sub")) is expected
