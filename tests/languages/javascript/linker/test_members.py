"""Members of classes, enums, namespaces and objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from languages.javascript.linker.states import defined, exporting, imported, linker
from languages.worlds import answered_uses, says

from gate.languages.base.symbols import PRESENT, UNKNOWN, Bound, Missing
from gate.languages.javascript.linker import members
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from gate.languages.base.symbols import Symbol
    from gate.model.source import Definition

BASE = defined("Base", "class")
DERIVED = defined("Derived", "class", bases=("Base", "implements:Other"))
RUN = defined("Base.run", "function")
MAKE = defined("Base.make", "function", decorators=("static",))
SIZES = defined("sizes", "variable")
SMALL = defined("sizes[].small", "key")
COLOR = defined("Color", "enum")
RED = defined("Color.Red", "variable")


def member(name: str, *definitions: Definition, instance: bool = False, path: str = "m.ts") -> Symbol:
    """The member of that name of the first of a file's definitions."""
    start = Bound(path, definitions[0], instance=instance)
    return members.member(linker({path: exporting(*definitions)}), start, name)


def missing(name: str, of: str, *, sure: bool = True, path: str = "m.ts") -> Missing:
    return Missing(path, name, inside=of, sure=sure)


def test_instances_have_what_is_not_static_and_classes_what_is() -> None:
    assert member("run", DERIVED, BASE, RUN, MAKE, instance=True) == Bound("m.ts", RUN, through="instance")
    assert member("make", DERIVED, BASE, RUN, MAKE) == Bound("m.ts", MAKE, through="class")
    assert member("make", DERIVED, BASE, RUN, MAKE, instance=True) == missing("make", "Derived")
    assert member("run", DERIVED, BASE, RUN, MAKE) == missing("run", "Derived")


@pytest.mark.parametrize(
    ("name", "instance", "unknown"),
    [("toString", True, True), ("bind", True, False), ("toString", False, True), ("bind", False, True)],
)
def test_what_every_object_or_class_has(name: str, instance: bool, unknown: bool) -> None:
    assert (member(name, BASE, instance=instance) == UNKNOWN) is unknown


def test_of_several_definitions_of_a_member_none_is_meant_for_sure() -> None:
    assert member("run", BASE, RUN, RUN, instance=True) == PRESENT
    assert member("run", BASE, defined("Base.run", "function", conditional=True), instance=True) == PRESENT


@pytest.mark.parametrize(
    "others",
    [
        (defined("Derived", "class", bases=("?",)),),
        (defined("Derived", "class", bases=("Elsewhere",)),),
        (defined("Derived", "class", bases=("Base", "Base")), BASE),
        (defined("Derived", "class", decorators=("made",)),),
        (defined("Derived", "class", bases=("Base",), decorators=("made",)), BASE),
        (defined("Derived", "class", opaque=True),),
        (defined("Derived", "class"), defined("Derived", "type")),
    ],
)
def test_a_member_may_come_from_what_is_not_known(others: tuple[Definition, ...]) -> None:
    assert member("run", *others, instance=True) == missing("run", "Derived", sure=False)


def test_modifiers_add_no_members() -> None:
    exported = defined("Derived", "class", decorators=("export", "default", "abstract"))

    assert member("run", exported, instance=True) == missing("run", "Derived")


def test_without_a_compiler_no_member_is_surely_missing() -> None:
    assert member("run", BASE, path="m.js", instance=True) == missing("run", "Base", sure=False, path="m.js")
    assert member("big", SIZES, SMALL, path="m.js") == missing("big", "sizes", sure=False, path="m.js")
    assert member("Blue", COLOR, RED, path="m.js") == missing("Blue", "Color", path="m.js")


@pytest.mark.parametrize(
    ("definitions", "name", "expected"),
    [
        ((COLOR, RED), "Red", Bound("m.ts", RED, through="class")),
        ((COLOR, RED, RED), "Red", PRESENT),
        ((COLOR, RED), "Blue", missing("Blue", "Color")),
        ((COLOR, RED), "valueOf", UNKNOWN),
        ((COLOR,), "Red", UNKNOWN),
        ((SIZES, SMALL), "small", Bound("m.ts", SMALL, through="class")),
        ((SIZES, SMALL), "big", missing("big", "sizes")),
        ((defined("sizes", "variable", opaque=True), SMALL), "big", UNKNOWN),
        ((defined("f", "function"),), "name", UNKNOWN),
    ],
)
def test_what_lists_its_members(definitions: tuple[Definition, ...], name: str, expected: Symbol) -> None:
    assert member(name, *definitions) == expected


def test_what_a_variable_holds_has_no_known_members() -> None:
    assert member("small", SIZES, SMALL, instance=True) == UNKNOWN


def derived_member(base: Definition, *definitions: Definition, path: str = "base.ts") -> Symbol:
    """The member `run` of a class that extends one of another file."""
    user = FileFacts("full", definitions=(DERIVED,), imports=(imported("Base", "./base"),))
    names = linker({"m.ts": user, path: exporting(base, *definitions)})
    return members.member(names, Bound("m.ts", DERIVED, instance=True), "run")


def test_bases_of_other_files() -> None:
    assert derived_member(BASE, RUN) == Bound("base.ts", RUN, through="instance")
    assert derived_member(BASE) == missing("run", "Derived")
    assert derived_member(BASE, path="base.js") == missing("run", "Derived", sure=False)
    assert derived_member(defined("Base", "namespace"), RUN) == missing("run", "Derived", sure=False)


def test_an_instance_is_no_base() -> None:
    value = defined("base", "variable", value="Base()")

    assert member(
        "run", defined("Derived", "class", bases=("base",)), value, BASE, RUN, instance=True
    ) == missing("run", "Derived", sure=False)


def test_the_bases_of_a_class_in_a_namespace_are_not_known() -> None:
    inner = defined("Space.Derived", "class", bases=("Base",))

    assert member("run", inner, BASE, RUN, instance=True) == missing("run", "Space.Derived", sure=False)


def test_a_member_of_either_side() -> None:
    names = linker({"m.ts": exporting(BASE, RUN, MAKE)})
    symbols = [members.of_class(names, Bound("m.ts", BASE), name, side="") for name in ("run", "make")]

    assert symbols == [Bound("m.ts", definition, through="instance") for definition in (RUN, MAKE)]


def test_super_begins_with_the_bases() -> None:
    own_run = defined("Derived.run", "function")
    names = linker({"m.ts": exporting(DERIVED, BASE, RUN, own_run)})
    symbols = [
        members.of_class(names, Bound("m.ts", DERIVED), "run", side="", above=above)
        for above in (False, True)
    ]

    assert symbols == [Bound("m.ts", member, through="instance") for member in (own_run, RUN)]


def test_an_answer_rests_on_every_class_up_to_the_one_with_the_member() -> None:
    names = linker({"m.ts": exporting(DERIVED, BASE, RUN)})
    members.member(names, Bound("m.ts", DERIVED, instance=True), "run")

    assert {("m.ts", "Derived"), ("m.ts", "Base"), ("m.ts", "Base.run")} <= set(names.dependencies)


def test_an_answer_rests_on_a_member_of_a_list() -> None:
    names = linker({"m.ts": exporting(COLOR, RED)})
    members.member(names, Bound("m.ts", COLOR), "Red")

    assert names.dependencies == [("m.ts", "Color.Red")]


CLASSES = """
export class A { static s = 1; x = 1; #p = 2; constructor(private q: 1) { this.y = 1 } m() {} get g() { return 1 } }
export class B extends A { own() {} }
export class U extends Outside {}
@made class D {}
export enum E { One, Two }
export namespace N { export const c = 1 }
class M { a = 1 }
interface M { b: number }
"""


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("new A(1).m", "A().m", "fine"),
        ("new A(1).nope", "A().nope", "fails"),
        ("new A(1).s", "A().s", "fails"),
        ("A.s", "A.s", "fine"),
        ("A.m", "A.m", "fails"),
        ("A.name", "A.name", "silent"),
        ("A.toString", "A.toString", "silent"),
        ("new A(1).q", "A().q", "fine"),
        ("new A(1).y", "A().y", "fine"),
        ("new A(1).g", "A().g", "fine"),
        ("new B(1).m", "B().m", "fine"),
        ("new B(1).nope", "B().nope", "fails"),
        ("const b = new B(1)\nb.own", "b.own", "fine"),
        ("const b = new B(1)\nb.nope", "b.nope", "fails"),
        ("const b = B(1)\nb.nope", "b.nope", "fails"),
        ("class C extends B { f() { this.m } }", "self.m", "fine"),
        ("class C extends B { f() { this.nope } }", "self.nope", "fails"),
        ("class C extends B { f() { super.m } }", "super().m", "fine"),
        ("class C extends B { f() { super.nope } }", "super().nope", "fails"),
        ("E.One", "E.One", "fine"),
        ("E.Three", "E.Three", "fails"),
        ("N.c", "N.c", "fine"),
        ("N.d", "N.d", "fails"),
        ("const v: A = other\nv.nope", "v.nope", "silent"),
    ],
)
def test_members(text: str, name: str, expected: str) -> None:
    assert says({"use.ts": CLASSES + text}, "use.ts", name, "javascript") == expected


@pytest.mark.parametrize("text", ["new U().nope", "new D().nope"])
def test_where_a_class_is_not_wholly_known_a_missing_member_is_unsure(text: str) -> None:
    answers = answered_uses({"use.ts": CLASSES + text}, "use.ts", "javascript")

    assert [(answer.fails, answer.sure) for use, answer in answers if "nope" in use.text] == [(True, False)]


def test_members_of_a_class_in_javascript_are_never_surely_missing() -> None:
    answers = answered_uses({"use.js": "class A {}\nnew A().nope"}, "use.js", "javascript")

    assert [(answer.fails, answer.sure) for use, answer in answers if "nope" in use.text] == [(True, False)]


@pytest.mark.parametrize(
    "text", ["class A extends A { f() { this.x } }", "class A extends B {}\nclass B extends A {}\nnew A().x"]
)
def test_classes_that_extend_themselves_end(text: str) -> None:
    answered_uses({"use.ts": text}, "use.ts", "javascript")
