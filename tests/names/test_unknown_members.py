"""What breaks of uses of members whose class is unknown."""

from __future__ import annotations

from names.literal import Files, World, world

from gate.model.names import BrokenUse, Place
from gate.names.member_index import index_members
from gate.names.unknown_members import UnknownMembers

SHOP = "class Shop:\n    size = 1\n\n    def frobnicate(self, x):\n        return x + self.size + 1\n"
BASE: Files = {"shop.py": SHOP, "use.py": "x = 1\n"}
USE = "def go(it):\n    return it.frobnicate(1)\n"
NO_METHOD = "class Shop:\n    size = 1\n"


def broken_of(
    first: Files, second: Files, base: Files = BASE, unsettled: tuple[str, ...] = ()
) -> list[BrokenUse]:
    return broken_uses(world(base, a=first, b=second), unsettled)


def broken_uses(scene: World, unsettled: tuple[str, ...] = ()) -> list[BrokenUse]:
    index = index_members(scene.states, scene.changes)
    members = UnknownMembers(index, scene.states, scene.changes)
    return list(members.broken_uses(("a", "b"), scene.files("a+b", unsettled)))


def test_a_member_that_nothing_provides_any_more() -> None:
    assert broken_of({"shop.py": NO_METHOD}, {"use.py": USE}) == [
        BrokenUse(
            "member", "a", "b", ".frobnicate", "Shop.frobnicate", Place("use.py", 2), Place("shop.py"),
            sure=False, old_place=Place("shop.py", 4),
        )
    ]  # fmt: skip


def test_either_side_may_be_the_producer() -> None:
    [broken] = broken_of({"use.py": USE}, {"shop.py": NO_METHOD})
    assert (broken.producer, broken.consumer) == ("b", "a")


def test_the_first_of_several_uses_is_named() -> None:
    [broken] = broken_of({"shop.py": NO_METHOD}, {"use.py": f"x = 1\n\n\n{USE}", "more.py": USE})
    assert broken.use_place in (Place("use.py", 5), Place("more.py", 2))


def test_a_renamed_member() -> None:
    [broken] = broken_of({"shop.py": SHOP.replace("frobnicate", "twiddle")}, {"use.py": USE})
    assert (broken.successor, broken.change, broken.change_place) == (
        "Shop.twiddle",
        "renamed",
        Place("shop.py", 4),
    )


def test_a_word_that_stands_elsewhere_keeps_it_silent() -> None:
    assert broken_of({"shop.py": NO_METHOD}, {"use.py": USE}, {**BASE, "o.py": "frobnicate\n"}) == []
    assert broken_of({"shop.py": NO_METHOD, "n.py": "# frobnicate\n"}, {"use.py": USE}) == []
    assert broken_of({"shop.py": f"{NO_METHOD}# frobnicate\n"}, {"use.py": USE}) == []


def test_a_use_that_also_sets_the_member_keeps_it_silent() -> None:
    assert (
        broken_of({"shop.py": NO_METHOD}, {"use.py": f"{USE}\n\ndef set(it):\n    it.frobnicate = 1\n"}) == []
    )


def test_files_in_conflict_are_not_judged() -> None:
    assert broken_of({"shop.py": NO_METHOD}, {"use.py": USE}, unsettled=("use.py",)) == []
    assert broken_of({"shop.py": NO_METHOD}, {"use.py": USE}, unsettled=("shop.py",)) == []
    assert len(broken_of({"shop.py": NO_METHOD}, {"use.py": USE}, unsettled=("x.py",))) == 1


MORE = SHOP.replace("self, x", "self, x, y")


def test_a_call_that_does_not_fit_the_only_definition_any_more() -> None:
    [broken] = broken_of({"shop.py": MORE}, {"use.py": USE})
    assert (broken.kind, broken.name, broken.changed_name) == ("call", ".frobnicate", "Shop.frobnicate")
    assert (broken.use_place, broken.change_place) == (Place("use.py", 2), Place("shop.py", 4))
    assert "y" in broken.why
    assert not broken.sure


def test_the_method_of_a_file_that_moves() -> None:
    scene = world(BASE, {"a": {"store.py": "shop.py"}}, a={"store.py": NO_METHOD}, b={"use.py": USE})
    [broken] = broken_uses(scene)
    assert (broken.change_place, broken.old_place) == (Place("store.py"), Place("shop.py", 4))


def test_calls_that_fit_or_did_not_fit_before_are_no_collision() -> None:
    assert broken_of({"shop.py": MORE}, {"use.py": USE.replace("(1)", "(1, 2)")}) == []
    assert broken_of({"shop.py": MORE}, {"use.py": USE.replace("(1)", "()")}) == []
    assert broken_of({"shop.py": MORE}, {"use.py": USE.replace("(1)", "")}) == []


def test_a_second_use_breaks_where_the_first_one_fits() -> None:
    [broken] = broken_of({"shop.py": MORE}, {"use.py": f"{USE.replace('(1)', '(1, 2)')}\n\n{USE}"})
    assert broken.use_place.line == 6


def test_one_broken_call_is_enough() -> None:
    calls = "def go(it):\n    it.frobnicate(1)\n    return it.frobnicate(x=1)\n"
    assert len(broken_of({"shop.py": MORE}, {"use.py": calls})) == 1


def test_another_call_that_does_not_fit_the_method_either_is_of_another_one() -> None:
    other_file = "def old(it):\n    return it.frobnicate(9, 9, 9)\n"
    assert broken_of({"shop.py": MORE}, {"use.py": USE}, {**BASE, "old.py": other_file}) == []
    fits = "def old(it):\n    return it.frobnicate(9, 9)\n"
    assert len(broken_of({"shop.py": MORE}, {"use.py": USE}, {**BASE, "old.py": fits})) == 1


def test_a_second_definition_keeps_it_silent() -> None:
    other_file = "class Other:\n    def frobnicate(self, x): ...\n"
    assert broken_of({"shop.py": MORE}, {"use.py": USE}, {**BASE, "other.py": other_file}) == []


def test_a_name_in_conflict_leaves_the_others() -> None:
    base = {**BASE, "early.py": "class Early:\n    def assemble(self):\n        return 1\n"}
    first = {"shop.py": NO_METHOD, "early.py": "x = 1\n"}
    second = {"use.py": USE, "more.py": "def go(it):\n    return it.assemble()\n"}
    assert [use.name for use in broken_of(first, second, base)] == [".assemble", ".frobnicate"]
    assert [use.name for use in broken_of(first, second, base, ("early.py",))] == [".frobnicate"]
