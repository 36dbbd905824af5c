"""What one side does to names, read off both versions of its files."""

from __future__ import annotations

from names.literal import Files, World, definition, of_uses, side, use_of, world

from gate.model.names import Place
from gate.model.source import Reference
from gate.names.states import States
from gate.names.stream_changes import ComparedSide, StreamChanges, compare_sides

BASE: Files = {
    "m.py": "import os\n\n\ndef load():\n    return os\n\n\ndef save():\n    return 1\n",
    "test_m.py": "import m\n\n\ndef test_load():\n    assert m.load()\n\n\ndef test_save():\n    assert m.save()\n",
}


def uses_of(scene: World, path: str, kind: str = "") -> list[str]:
    """The texts of the new uses of side a."""
    return [use.text for use in scene.changes["a"].new_uses[path] if use.kind == (kind or use.kind)]


def test_the_definitions_of_each_changed_file_are_compared() -> None:
    scene = world(BASE, a={"m.py": "import os\n\n\ndef load(x):\n    return os\n"})

    changes = scene.changes["a"]
    assert changes.name == "a"
    assert [*changes.file_changes] == ["m.py"]
    assert [*changes.file_changes["m.py"].removed] == ["save"]
    assert [*changes.file_changes["m.py"].signature] == ["load"]


def test_removed_functions_are_known_by_name_and_text() -> None:
    scene = world({"m.py": "def f():\n    return 1\n\n\nclass C:\n    x = 1\n"}, a={"m.py": "x = 1\n"})

    [(name, digest)] = scene.changes["a"].removed_functions
    assert name == "f"
    assert digest == scene.states.base_facts("m.py").definitions[0].digest


def test_a_new_file_and_a_removed_one() -> None:
    scene = world(BASE, a={"m.py": "", "n.py": "import m\n"})

    changes = scene.changes["a"]
    assert {*changes.new_files} == {"n.py"}
    assert changes.changed_blobs == {"m.py": "", "n.py": "import m\n"}
    assert [*changes.file_changes["m.py"].removed] == ["load", "save"]
    assert [*changes.new_uses] == ["n.py"]


def test_a_file_that_does_not_parse_is_not_compared() -> None:
    scene = world(BASE, a={"m.py": "def (:\n", "test_m.py": "x = 1\n"})
    assert [*scene.changes["a"].file_changes] == ["test_m.py"]


def test_a_file_that_nobody_reads_is_not_compared() -> None:
    scene = world({"a.txt": "x\n"}, a={"a.txt": "y\n"})
    changes = scene.changes["a"]
    assert (changes.file_changes, changes.new_uses) == ({}, {})
    assert changes.added_lines("a.txt") == {1: "y\n"}


def test_only_uses_that_the_old_version_lacks_are_new() -> None:
    scene = world({"n.py": "import m\n\nm.load()\n"}, a={"n.py": "import m\n\nm.load()\nm.save()\n"})
    assert uses_of(scene, "n.py", "name") == ["m.save"]


def test_a_use_on_more_lines_than_before_is_new() -> None:
    scene = world({"n.py": "import m\n\nm.load\n"}, a={"n.py": "import m\n\nm.load\nm.load\n"})
    assert uses_of(scene, "n.py") == ["m.load"]


def test_a_use_on_fewer_lines_than_before_is_not_new() -> None:
    scene = world({"n.py": "import m\n\nm.load\nm.load\n"}, a={"n.py": "import m\n\nm.load\n\nx = 1\n"})
    assert uses_of(scene, "n.py") == []


def test_all_uses_of_a_moved_file_are_new_but_what_its_classes_inherit() -> None:
    text = "from m import Base\n\n\nclass C(Base):\n    def load(self):\n        return 1\n"
    scene = world({"m.py": "class Base: ...\n", "n.py": text}, {"a": {"o.py": "n.py"}}, a={"o.py": text})

    assert uses_of(scene, "o.py", "import") == ["m.Base"]
    assert uses_of(scene, "o.py", "subclass") == []
    assert uses_of(scene, "o.py", "override") == []


def test_a_moved_file_is_not_compared_with_the_one_it_was() -> None:
    scene = world({"n.py": "x = 1\n"}, {"a": {"o.py": "n.py"}}, a={"o.py": "y = 1\n"})

    changes = scene.changes["a"]
    assert [*changes.file_changes] == ["n.py"], "the old path is removed"
    assert changes.old_paths == {"o.py": "n.py"}
    assert (changes.old_path("o.py"), changes.old_path("m.py")) == ("n.py", "m.py")
    assert (changes.new_path("n.py"), changes.new_path("m.py")) == ("o.py", "m.py")
    assert {*changes.new_files} == {"o.py"}
    assert changes.added_lines("o.py") == {1: "y = 1\n"}, "the lines that the old file lacks"


def test_uses_of_changed_tests_are_kept_though_they_are_not_new() -> None:
    text = BASE["test_m.py"].replace("assert m.load()", "assert m.load() == 1")
    scene = world(BASE, a={"test_m.py": text})

    changes = scene.changes["a"]
    assert [use.text for use in changes.test_uses["test_m.py"]] == ["m.load", "m.load"]
    assert [use.text for use in changes.new_uses["test_m.py"]] == []
    assert changes.all_test_uses() == {"test_m.py": [*changes.test_uses["test_m.py"]]}


def test_uses_of_tests_with_another_signature_and_of_new_tests_are_kept() -> None:
    text = BASE["test_m.py"].replace("test_load()", "test_load(tmp_path)").replace("test_save", "test_new")
    scene = world(BASE, a={"test_m.py": text})
    texts = {use.text for use in scene.changes["a"].test_uses["test_m.py"]}
    assert texts == {"m.load", "m.save"}


def test_uses_in_the_first_and_last_line_of_a_changed_test_are_kept() -> None:
    old = "import m\n\n\ndef test_a(x=m.first):\n    y = 1\n    assert m.last\n\n\ndef test_b():\n    assert m.other\n"
    scene = world({"test_m.py": old}, a={"test_m.py": old.replace("y = 1", "y = 2")})
    assert [use.text for use in scene.changes["a"].test_uses["test_m.py"]] == ["m.first", "m.last"]


def test_changed_classes_and_code_that_is_no_test_keep_no_uses() -> None:
    old = "import m\n\n\nclass Base:\n    x = m.load\n    y = 1\n"
    test = BASE["test_m.py"]
    changed = {"test_m.py": old.replace("y = 1", "y = 2"), "n.py": test.replace("load()", "load() == 1")}
    scene = world({"test_m.py": old, "n.py": test}, a=changed)
    assert scene.changes["a"].test_uses == {"test_m.py": []}


def test_a_test_that_does_not_parse_keeps_no_uses() -> None:
    scene = world({"test_m.py": "def (:\n"}, a={"test_m.py": BASE["test_m.py"]})
    assert scene.changes["a"].test_uses == {"test_m.py": []}


def test_new_uses_of_tests_are_among_all_that_tests_need() -> None:
    scene = world(
        BASE, a={"test_m.py": f"{BASE['test_m.py']}\n\ndef test_x():\n    assert m.x\n", "n.py": "import m\n"}
    )
    all_uses = scene.changes["a"].all_test_uses()
    assert [*all_uses] == ["test_m.py"]
    assert [use.text for use in all_uses["test_m.py"]] == ["m.x"]


def test_keys_of_literals_are_compared_where_other_files_read_them() -> None:
    scene = world(
        {"m.ts": "export const A = { one: 1 };\n", "m.py": "A = {'one': 1}\n"},
        a={"m.ts": "export const A = { two: 1 };\n", "m.py": "A = {'two': 1}\n"},
    )
    changes = scene.changes["a"].file_changes
    assert "A[].one" in changes["m.ts"].removed
    assert "A[].one" not in changes["m.py"].removed


def test_keys_of_other_languages_are_not_compared() -> None:
    scene = world({"m.py": "old", "package.json": "{}"}, a={"m.py": "new", "package.json": "[]"})
    facts = scene.source.blobs.facts_of
    facts["old"] = facts["{}"] = of_uses(definition("A[].one", "key"))
    facts["new"] = facts["[]"] = of_uses()
    changes = compare_sides(scene.states, list(scene.sides.values()))["a"].file_changes
    assert (changes["m.py"].removed, changes["package.json"].removed) == ({}, {})


def test_facts_of_both_versions_are_loaded_at_once() -> None:
    scene = world(BASE, {"a": {"o.py": "test_m.py"}}, a={"m.py": "x = 1\n", "o.py": "y = 1\n", "x.txt": "x"})
    assert {*scene.source.blobs.loaded} == {
        ("x = 1\n", "m.py"), ("y = 1\n", "o.py"), (BASE["m.py"], "m.py"), (BASE["test_m.py"], "test_m.py"),
    }  # fmt: skip


def test_the_place_of_a_use_is_the_first_line_the_side_added() -> None:
    use = use_of(Reference("m.load", (2, 5, 7)))
    changes = StreamChanges("a", {}, added_lines=lambda path: {5: "", 7: ""} if path == "n.py" else {})
    assert changes.place("n.py", use) == Place("n.py", 5)
    assert changes.place("o.py", use) == Place("o.py", 2)


def test_a_side_without_lines_added_none() -> None:
    assert StreamChanges("a", {}).added_lines("n.py") == {}
    assert world(BASE, a={"m.py": ""}).changes["a"].added_lines("m.py") == {}


def test_lines_are_added_to_the_version_of_the_base() -> None:
    scene = world({"n.py": "x = 1\n"}, a={"n.py": "x = 1\ny = 2\n"})
    assert scene.changes["a"].added_lines("n.py") == {2: "y = 2\n"}
    assert scene.changes["a"].added_lines("m.py") == {}


def test_each_side_has_its_own_changes_by_its_name() -> None:
    scene = world(BASE, a={"m.py": "x = 1\n"}, b={"n.py": "import m\n"})
    assert [*scene.changes] == ["a", "b"]
    assert compare_sides(States(scene.source), [side("b", {"n.py": "import m\n"})]).keys() == {"b"}
    assert ComparedSide(scene.changes["b"], scene.state("b")).name == "b"


def test_definitions_of_literal_tests() -> None:
    assert definition("C.f", line=3).scope == "C"


def test_a_file_that_neither_version_has_is_not_new() -> None:
    assert {*world({}, a={"n.py": ""}).changes["a"].new_files} == set()


def test_only_lines_of_functions_count_as_changed_tests() -> None:
    old = of_uses(
        Reference("m.load", (1, 4, 6)), definition("C", "class", end_line=9), definition("f", line=5)
    )
    for changed, lines in (
        (definition("C", "class", line=1, end_line=9, digest="2"), False),
        (definition("f", line=4, digest="2"), True),
        (definition("f", line=5, digest="2"), False),
        (definition("f", line=7, digest="2"), False),
    ):
        scene = world({"test_m.py": "old"}, a={"test_m.py": "new"})
        new = of_uses(Reference("m.load", (1, 4, 6)), changed)
        scene.source.blobs.facts_of |= {"old": old, "new": new}
        changes = compare_sides(scene.states, list(scene.sides.values()))["a"]
        assert bool(changes.test_uses["test_m.py"]) is lines
