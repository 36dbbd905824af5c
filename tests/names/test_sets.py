"""Uses that only three or more streams break, narrowed to the fewest of them; and what may be behind each use."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from names.literal import Files, World, world

from gate.model.facts import NotChecked
from gate.model.git import Clean, Conflicted
from gate.model.names import BrokenUse, Cause, Place, SetBrokenUse
from gate.model.plan import Rehearsal, RehearsalStep
from gate.names import set_merges
from gate.names.pairs import analyse_pairs
from gate.names.set_candidates import candidates, file_and_folder
from gate.names.set_merges import SetMerges
from gate.names.sets import find_broken_sets

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from gate.names.analysis import NameAnalysis
    from gate.names.set_candidates import SetCandidate

STARS: Files = {
    "app/__init__.py": "from app.files import *\nfrom app.net import *\n",
    "app/files.py": "def load(x):\n    return x\n\n\ndef save(x):\n    return x\n",
    "app/net.py": "def load(x):\n    return [x]\n\n\ndef get(x):\n    return x\n",
    "run.py": "print(1)\n",
    "other.py": "x = 1\n",
}
A: Files = {"app/files.py": "def save(x):\n    return x\n"}
B: Files = {"app/net.py": "def get(x):\n    return x\n"}
C: Files = {"run.py": "from app import load\n\nprint(load(1))\n"}


class Plan:
    """Streams over a base, rehearsed in the order of their names or another one."""

    def __init__(self, base: Files, order: Sequence[str] | None = None, /, **sides: Files) -> None:
        self.scene: World = world(base, **sides)
        self.order = order or [*sides]
        self.analysis: NameAnalysis = analyse_pairs(self.scene.source, list(self.scene.sides.values()), [])[0]
        self.landed = {name: Clean(name, name) for name in sides}

    def result(self) -> tuple[tuple[SetBrokenUse, ...], tuple[NotChecked, ...]]:
        tree = "+".join(self.order)
        steps = tuple(RehearsalStep(name, Clean(tree, tree)) for name in self.order)
        return find_broken_sets(self.analysis, Clean("", ""), self.landed, Rehearsal(tree, steps))

    def sets(self) -> list[tuple[str, ...]]:
        return [broken.branches for broken in self.result()[0]]

    def candidates(self) -> list[SetCandidate]:
        merges = SetMerges(self.analysis, Clean("", ""), self.landed)
        return candidates(self.analysis, self.order, merges.whole_plan(self.order, "+".join(self.order)))


def test_a_name_of_two_star_imports() -> None:
    [broken], notes = Plan(STARS, a=A, b=B, c=C).result()
    assert notes == ()
    assert broken.branches == ("a", "b", "c")
    assert (broken.use.kind, broken.use.name, broken.use.consumer) == ("name", "app.load", "c")
    assert broken.use.use_place == Place("run.py", 1)
    assert broken.causes == (
        Cause("a", Place("app/files.py"), "load"),
        Cause("b", Place("app/net.py"), "load"),
    )
    assert broken.sure


def test_branches_are_in_the_order_of_the_plan() -> None:
    assert Plan(STARS, ["c", "b", "a"], a=A, b=B, c=C).sets() == [("c", "b", "a")]


def test_streams_without_a_part_in_it_are_left_out() -> None:
    near = {"app/files.py": f"{STARS['app/files.py']}\n\nx = 1\n"}
    assert Plan(STARS, a=A, aa={"other.py": "x = 2\n"}, b=B, c=C, d=near).sets() == [("a", "b", "c")]


def test_fewer_than_three_streams_are_the_business_of_pairs() -> None:
    plan = Plan(STARS, a=A, b={**B, **C})
    merges = [*plan.scene.source.merges]
    assert plan.result() == ((), ())
    assert plan.scene.source.merges == merges


def test_streams_that_do_not_land_do_not_count() -> None:
    plan = Plan(STARS, a=A, b=B, c=C)
    tree = "a+b"
    steps = (
        RehearsalStep("a", Clean(tree, tree)),
        RehearsalStep("b", Clean(tree, tree)),
        RehearsalStep("c", Conflicted(tree, (), ())),
    )
    assert find_broken_sets(plan.analysis, Clean("", ""), plan.landed, Rehearsal(tree, steps)) == ((), ())


def test_streams_that_meet_in_no_name_are_not_merged() -> None:
    plan = Plan(STARS, a={"other.py": "x = 2\n"}, b={"run.py": "print(2)\n"}, c={"new.py": "y = 1\n"})
    assert plan.result() == ((), ())
    assert plan.scene.source.merges == []
    three = Plan(STARS, a=A, b=B, c=C, d={"other.py": "x = 2\n"}, e={"new.py": "y = 1\n"})
    three.order = ["a", "d", "e"]
    assert three.result() == ((), ())


def test_what_a_pair_breaks_is_no_set() -> None:
    base = {**STARS, "app/__init__.py": "from app.files import *\n"}
    assert Plan(base, a=A, b=B, c=C).sets() == []


def with_broken_pair(producer: str, consumer: str, name: str) -> list[tuple[str, ...]]:
    """The sets where a pair breaks a use between them."""
    plan = Plan(STARS, a=A, b=B, c=C)
    broken = BrokenUse("name", producer, consumer, name, name, Place("x.py"), Place("y.py"))
    facts = replace(plan.analysis.facts, broken_uses=(broken,))
    plan.analysis = replace(plan.analysis, facts=facts)
    return plan.sets()


def test_what_two_of_the_set_break_between_them_is_theirs() -> None:
    assert with_broken_pair("a", "b", "Store.load") == []
    assert with_broken_pair("b", "a", "load") == []
    assert with_broken_pair("a", "b", "other") == [("a", "b", "c")]
    assert with_broken_pair("a", "c", "load") == [("a", "b", "c")], "the consumer is no producer"


def test_two_uses_of_one_name_in_a_file_are_one_finding() -> None:
    twice = {"run.py": "import app\nfrom app import load\n\nprint(load(1), app.load(2))\n"}
    assert len(Plan(STARS, a=A, b=B, c=twice).sets()) == 1
    others = {"other.py": "from app import load\n"}
    assert len(Plan(STARS, a=A, b=B, c={**twice, **others}).sets()) == 2


def test_four_streams_may_be_needed() -> None:
    stars = f"{STARS['app/__init__.py']}from app.more import *\n"
    base = {**STARS, "app/__init__.py": stars, "app/more.py": "def load(x): ...\n"}
    assert Plan(base, a=A, b=B, c=C, d={"app/more.py": "x = 1\n"}).sets() == [("a", "b", "c", "d")]
    assert Plan(base, a=A, b=B, c=C, d={"other.py": "x = 2\n"}).sets() == []


def test_without_merges_left_the_uses_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_merges, "MOST_MERGES", 2)
    assert Plan(STARS, a=A, b=B, c=C).result() == (
        (),
        (NotChecked("1 use that the whole plan may break", "it takes more than 2 merges"),),
    )


def test_sets_are_sorted() -> None:
    plan = Plan(STARS, a=A, b=B, c=C, d={"other.py": "from app import load\n"})
    assert plan.sets() == [("a", "b", "c"), ("a", "b", "d")]
    assert Plan(STARS, ["d", "c", "b", "a"], a=A, b=B, c=C, d={"other.py": "from app import load\n"}).sets() == [
        ("c", "b", "a"), ("d", "b", "a"),
    ]  # fmt: skip


# Candidates


def test_the_streams_that_may_be_behind_a_use() -> None:
    streams: dict[str, Files] = {"a": A, "b": B, "c": C, "d": B, "e": {"other.py": "x = 2\n"}}
    [candidate, *_] = Plan(STARS, None, **streams).candidates()
    assert (candidate.consumer, candidate.near) == ("c", ("a", "b", "d"))
    assert {"app/files.py", "app/net.py", "run.py"} <= candidate.files


def test_streams_that_change_a_folder_the_use_depends_on() -> None:
    streams: dict[str, Files] = {
        "a": {"top/sub/one.py": ""},
        "b": {"top/sub/two.py": ""},
        "c": {"run.py": "import top.sub\n"},
        "d": {"top/sub/new.txt": "x\n"},
        "e": {"x/y.py": "x = 1\n"},
    }
    [candidate, *_] = Plan(FOLDER, None, **streams).candidates()
    assert (candidate.consumer, candidate.near) == ("c", ("a", "b", "d"))
    assert "top/sub/" in candidate.files


def test_uses_that_work_in_the_whole_plan_are_no_candidates() -> None:
    assert Plan(STARS, a=A, b={"other.py": "x = 2\n"}, c=C).candidates() == []


def test_a_use_in_a_file_that_another_stream_moves() -> None:
    base = {**STARS, "tools/run.py": "x = 1\n" * 20}
    text = base["tools/run.py"] + "from app import load\n"
    scene = world(
        base,
        {"d": {"tools/go.py": "tools/run.py"}},
        a=A,
        b=B,
        c={"tools/run.py": text},
        d={"tools/go.py": base["tools/run.py"]},
    )
    scene.source.commits |= {
        tree: {**A, **B, "tools/run.py": "", "tools/go.py": text} for tree in ("a+b+c+d", "+a+b+d+c")
    }
    plan = Plan(base, a=A, b=B, c={"tools/run.py": text}, d={"other.py": "x = 2\n"})
    plan.scene, plan.order = scene, ["a", "b", "c", "d"]
    plan.analysis = analyse_pairs(scene.source, list(scene.sides.values()), [])[0]
    [candidate] = plan.candidates()
    assert candidate.near == ("a", "b", "d")


SHOPS: Files = {
    "one.py": "class A:\n    def frobnicate(self):\n        return 1\n\n    x = 1\n",
    "two.py": "class B:\n    def frobnicate(self):\n        return 2\n\n    y = 1\n",
    "run.py": "x = 1\n",
}
GO: Files = {"run.py": "def go(it):\n    return it.frobnicate()\n"}


def test_a_member_of_unknown_values() -> None:
    plan = Plan(SHOPS, a={"one.py": "class A:\n    x = 1\n"}, b={"two.py": "class B:\n    y = 1\n"}, c=GO)
    [candidate] = plan.candidates()
    assert (candidate.consumer, candidate.near, candidate.files) == ("c", ("a", "b"), {"one.py", "two.py"})
    [broken], _ = plan.result()
    assert (broken.branches, broken.use.name, broken.sure) == (("a", "b", "c"), ".frobnicate", False)
    assert broken.causes == (
        Cause("a", Place("one.py"), "A.frobnicate"),
        Cause("b", Place("two.py"), "B.frobnicate"),
    )


def test_a_call_through_an_unknown_value() -> None:
    more = SHOPS["two.py"].replace("self", "self, more")
    plan = Plan(SHOPS, a={"one.py": "class A:\n    x = 1\n"}, b={"two.py": more}, c=GO)
    [broken], _ = plan.result()
    assert broken.use.kind == "call"
    assert broken.causes[1] == Cause("b", Place("two.py", 2), "B.frobnicate")


def test_members_of_streams_that_do_not_land_are_no_candidates() -> None:
    plan = Plan(
        SHOPS,
        a={"one.py": "class A:\n    x = 1\n"},
        b={"two.py": "class B:\n    y = 1\n"},
        c=GO,
        d={"z.py": "z = 1\n"},
    )
    plan.order = ["a", "b", "d"]
    assert plan.candidates() == []


def test_a_file_and_its_folder() -> None:
    assert file_and_folder("a/b/c.py") == ("a/b/c.py", "a/b/")
    assert file_and_folder("c.py") == ("c.py", "/")


FOLDER: Files = {
    "top/__init__.py": "",
    "top/sub/one.py": "x = 1\n",
    "top/sub/two.py": "y = 2\n",
    "run.py": "x = 1\n",
}


def test_a_cause_without_a_name_is_the_nearest_changed_file() -> None:
    plan = Plan(
        FOLDER,
        a={"top/sub/one.py": "", "aaa.py": "x = 1\n"},
        b={"top/sub/two.py": ""},
        c={"run.py": "import top.sub\n"},
    )
    [broken], _ = plan.result()
    assert [(cause.branch, cause.place) for cause in broken.causes] == [
        ("a", Place("top/sub/one.py")), ("b", Place("top/sub/two.py")),
    ]  # fmt: skip


def test_a_guarded_use_makes_no_sure_set() -> None:
    guarded = {"run.py": "try:\n    from app import load\nexcept ImportError:\n    load = None\n"}
    [broken], _ = Plan(STARS, a=A, b=B, c=guarded).result()
    assert (broken.use.guard, broken.sure) == ("guarded", False)
    assert isinstance(broken.use, BrokenUse)


def test_two_members_of_one_pair_are_two_candidates() -> None:
    shops = {
        "one.py": "class A:\n    def frobnicate(self): ...\n\n    def untwist(self): ...\n\n    x = 1\n",
        "two.py": "class B:\n    def frobnicate(self): ...\n\n    def untwist(self): ...\n\n    y = 1\n",
        "run.py": "x = 1\n",
        "own.py": "class C:\n    def frobnicate(self): ...\n",
    }
    streams: dict[str, Files] = {
        "a": {"one.py": "class A:\n    x = 1\n"},
        "b": {"two.py": "class B:\n    y = 1\n"},
        "c": {"run.py": "def go(it):\n    return it.frobnicate(), it.untwist()\n", "own.py": "x = 1\n"},
        "d": {"other.py": "x = 1\n"},
    }
    plan = Plan(shops, None, **streams)
    assert [candidate.near for candidate in plan.candidates()] == [("a", "b"), ("a", "b")]
    assert sorted(broken.use.name for broken in plan.result()[0]) == [".frobnicate", ".untwist"]


def test_a_set_that_does_not_merge_with_the_consumer_proves_nothing() -> None:
    plan = Plan(STARS, a=A, b=B, c=C)
    plan.scene.source.conflicts["+a+b+c"] = ("run.py",)
    assert plan.result() == ((), ())
