"""Members of unknown values: what sides remove and change, and the uses they start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from names.literal import Files, World, changes, definition, of_uses, world

from gate.languages.base.changes import FileChanges
from gate.model.facts import NotChecked
from gate.model.source import Call, FileFacts, Reference
from gate.names import member_index as module
from gate.names.member_index import ChangedMember, MemberIndex, MemberUse, index_members, read_members

if TYPE_CHECKING:
    import pytest

SHOP = "class Shop:\n    def frobnicate(self, x):\n        return x\n\n    def untwist(self):\n        return 1\n"
BASE: Files = {
    "shop.py": SHOP,
    "use.py": "x = 1\n",
    "notes.toml": "frobnicate = 1\n",
    "a.txt": "frobnicate\n",
}
REMOVED = {"shop.py": "class Shop:\n    def untwist(self):\n        return 1\n"}
USES = {"use.py": "def go(it):\n    return it.frobnicate(1)\n"}


def index(**sides: Files) -> tuple[MemberIndex, World]:
    scene = world(BASE, **sides)
    return index_members(scene.states, scene.changes), scene


def test_a_removed_method_and_a_new_use_of_its_name_meet() -> None:
    members, scene = index(a=REMOVED, b=USES)
    [(name, member)] = members.changed_members["a"].items()
    assert (name, member.path, member.old.path, member.new) == (
        "frobnicate",
        "shop.py",
        "Shop.frobnicate",
        None,
    )
    assert members.uses["b"] == {
        "frobnicate": [MemberUse("use.py", "frobnicate", 2, Call(1, use="read"))]
    } or [(use.path, use.line) for use in members.uses["b"]["frobnicate"]] == [("use.py", 2)]
    assert members.files == {"frobnicate": {"shop.py", "notes.toml"}}
    assert list(members.pairs()) == [("a", "b")]
    assert members.shared_names("a", "b") == {"frobnicate"}
    assert scene.source.searched == [{"frobnicate"}]
    assert members.skipped == ()


def test_sides_that_share_no_name_do_not_meet() -> None:
    members, scene = index(a=REMOVED, b={"use.py": "def go(it):\n    return it.untwist()\n"})
    assert (list(members.pairs()), scene.source.searched, members.files) == ([], [], {})


def test_a_side_does_not_meet_itself() -> None:
    members, scene = index(a={**REMOVED, **USES}, b={"new.py": "x = 1\n"})
    assert (list(members.pairs()), scene.source.searched) == ([], [])
    members, _ = index(a={**REMOVED, **USES}, b=REMOVED)
    assert list(members.pairs()) == [("b", "a")]


def test_a_name_that_two_sides_remove_and_none_uses_is_not_looked_for() -> None:
    members, scene = index(a=REMOVED, b=REMOVED)
    assert (list(members.pairs()), scene.source.searched) == ([], [])
    members, scene = index(a=USES, b=USES)
    assert (list(members.pairs()), scene.source.searched) == ([], [])


def test_figures() -> None:
    assert module.MOST == 100


def test_common_names_are_nobodys() -> None:
    base: Files = {"m.py": "class C:\n    def close(self): ...\n", "n.py": "x = 1\n"}
    scene = world(base, a={"m.py": "x = 1\n"}, b={"n.py": "def go(it):\n    return it.close()\n"})
    assert index_members(scene.states, scene.changes).files == {}
    assert scene.source.searched == []


def test_more_names_than_a_limit_are_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    assert index(a=REMOVED, b=USES)[0].skipped == ()
    both = {"use.py": "def go(it):\n    return it.frobnicate(1), it.untwist()\n"}
    members, scene = index(a={"shop.py": "x = 1\n"}, b=both)
    assert members.skipped == (NotChecked("members of unknown values, 2 names", "more than 1 names"),)
    assert (members.files, scene.source.searched, list(members.pairs())) == ({}, [], [])
    assert [*members.changed_members["a"]] == ["Shop", "frobnicate", "untwist"]
    assert [*members.uses["b"]] == ["frobnicate", "untwist"]


def test_a_partial_clone_is_not_searched() -> None:
    scene = world(BASE, a=REMOVED, b=USES)
    scene.source.partial = True
    members = index_members(scene.states, scene.changes)
    assert members.skipped == (
        NotChecked("members of unknown values, 1 name", "the repository is a partial clone"),
    )
    assert scene.source.searched == []
    assert index_members(scene.states, {"a": scene.changes["a"]}).skipped == (), (
        "there is nothing to look for"
    )


def changed(file_changes: FileChanges, path: str = "m.py") -> dict[str, ChangedMember]:
    scene = world({}, a={})
    side = changes("a", {path: file_changes})
    return dict(index_members(scene.states, {"a": side}).changed_members["a"])


def test_methods_of_another_signature_and_removed_definitions_of_any_kind() -> None:
    old, new = definition("C.f"), definition("C.f", line=3)
    assert changed(FileChanges(signature={"C.f": (old, new)})) == {"f": ChangedMember("m.py", old, new)}
    assert changed(FileChanges(removed={"C.f": old})) == {"f": ChangedMember("m.py", old)}
    function = definition("f")
    assert changed(FileChanges(removed={"f": function})) == {"f": ChangedMember("m.py", function)}
    assert changed(FileChanges(removed={"C.f": old}, signature={"D.f": (new, new)})) == {
        "f": ChangedMember("m.py", old)
    }


def test_what_changes_no_member_does_not_count() -> None:
    old, function = definition("C.f"), definition("f")
    assert changed(FileChanges(signature={"f": (function, function)})) == {}
    assert changed(FileChanges(signature={"C.f": (old, definition("C.f", "class"))})) == {}
    assert changed(FileChanges(body={"C.f": (old, old)}, added={"C.g": old})) == {}
    assert changed(FileChanges(removed={"C.f": old}), "m.go") == {}
    assert changed(FileChanges(removed={"C.f": old}), "notes.txt") == {}


def new_uses(old: FileFacts | None, new: FileFacts, path: str = "n.py", old_path: str = "n.py") -> list[str]:
    scene = world({old_path: "old"} if old else {}, a={})
    scene.source.blobs.facts_of |= {"old": old or of_uses(), "new": new}
    side = changes("a", changed_blobs={path: "new"}, new_uses={path: ()}, old_paths={path: old_path})
    return [*index_members(scene.states, {"a": side}).uses["a"]]


def value(chain: str, line: int = 1, **more: object) -> Reference:
    return Reference(chain, (line,), via="value", **more)  # type: ignore[arg-type]


def test_uses_that_the_old_version_lacks_are_new() -> None:
    assert new_uses(None, of_uses(value("f"))) == ["f"]
    assert new_uses(of_uses(value("f")), of_uses(value("f", 5))) == []
    assert new_uses(of_uses(value("f", call=Call(1))), of_uses(value("f", call=Call(2)))) == ["f"]
    assert new_uses(of_uses(value("g")), of_uses(value("f"), value("g"))) == ["f"]
    assert new_uses(of_uses(value("f")), of_uses(value("f")), old_path="o.py") == []
    assert new_uses(None, of_uses(value("f")), "n.go", "n.go") == []


def members(*references: Reference, **more: object) -> list[tuple[str, Call | None, int]]:
    return list(read_members(of_uses(*references, **more)))


def test_members_that_are_read_of_unknown_values() -> None:
    call = Call(1)
    assert members(value("a.b().c", 4, call=call)) == [("a", None, 4), ("b", None, 4), ("c", call, 4)]
    assert members(Reference("a.b", (1,))) == []
    assert members(value("f", guard="guarded")) == []


def test_members_of_values_whose_class_is_declared() -> None:
    def declared(chain: str) -> list[str]:
        return [name for name, _, _ in members(Reference(chain, (1,), declared=True))]

    assert declared("m.Client().send.now") == ["send", "now"]
    assert declared("Client().send") == ["send"]
    assert declared("send") == ["send"]
    assert declared("Client().make().x") == ["make", "x"]


def test_files_that_were_not_read_whole_show_no_members() -> None:
    assert list(read_members(None)) == []
    facts = FileFacts("partial", references=(value("f"),))
    assert list(read_members(facts)) == []
