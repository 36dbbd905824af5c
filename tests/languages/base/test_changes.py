"""What changes between two versions of a file, and what a removed definition most likely became."""

from __future__ import annotations

import pytest

from gate.languages.base.changes import FileChanges, compare, successor_of
from gate.languages.python import reader
from gate.model.source import Definition, Export, FileFacts, Import, Signature

OLD = "class Old(Base):\n    def f(self):\n        return 1\n    def g(self):\n        return 2\n    x = 1\n"
UNLIKE = "class Other(Base):\n    def f(self):\n        return 3\n"


@pytest.mark.parametrize(
    ("before", "after", "name", "expected"),
    [
        (OLD, OLD.replace("Old", "Fresh"), "Old", "Fresh"),
        (OLD, UNLIKE + OLD.replace("Old", "Fresh"), "Old", "Fresh"),
        (OLD, UNLIKE + OLD.replace("Old", "Fresh").replace("x = 1", "y = 1"), "Old", "Fresh"),
        (OLD, OLD.replace("Old", "Fresh") + OLD.replace("Old", "Second"), "Old", ""),
        (OLD, UNLIKE.replace("Other", "Second") + UNLIKE, "Old", ""),
        (OLD, OLD.replace("Old(Base)", "Fresh(Another)"), "Old", ""),
        ("def f(x):\n    return x\n", "def g(x):\n    return x\n", "f", "g"),
        ("def load(x):\n    return x\n", "def load_all(x):\n    return [x]\n", "load", "load_all"),
        ("def load(x):\n    return x\n", "def save(x):\n    return [x]\n", "load", ""),
    ],
)
def test_what_a_definition_became(before: str, after: str, name: str, expected: str) -> None:
    changed = compare(reader.read(before.encode()), reader.read(after.encode()))

    now = successor_of(changed.removed[name], changed)

    assert (now.path if now is not None else "") == expected


def facts(**fields: object) -> FileFacts:
    return FileFacts("full", **fields)  # type: ignore[arg-type]


def define(name: str = "f", **fields: object) -> Definition:
    return Definition(name, "", fields.pop("kind", "function"), 1, 2, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "aspect"),
    [
        (define(), None, "removed"),
        (None, define(), "added"),
        (define(), define(), ""),
        (define(digest="a"), define(digest="b"), "body"),
        (define(), define(declared_type="T()"), "declared_type"),
        (define(digest="a"), define(digest="b", declared_type="T()"), "body"),
        (define(digest="a"), define(digest="b", signature=Signature()), "signature"),
        (define(), define(kind="class"), "signature"),
        (define(), define(bases=("B",)), "signature"),
        (define(), define(decorators=("d",)), "signature"),
        (define(), define(field="required"), "signature"),
        (define(), define(abstract=True), "signature"),
        (define(), define(conditional=True), ""),
        (define(kind="key"), None, ""),
    ],
)
def test_a_definition_changes_in_the_aspect_that_matters_most(
    old: Definition | None, new: Definition | None, aspect: str
) -> None:
    before, after = (facts(definitions=(side,) if side is not None else ()) for side in (old, new))
    changes = compare(before, after)
    aspects = {
        name for name in ("removed", "added", "signature", "body", "declared_type") if getattr(changes, name)
    }

    assert aspects == ({aspect} if aspect else set())


def test_keys_of_literals_count_where_they_are_asked_for() -> None:
    key = define("k", kind="key")

    assert compare(facts(definitions=(key,)), facts(), keys=True).removed == {"k": key}


def test_the_last_definition_of_a_path_counts() -> None:
    first, last = define(digest="a"), define(digest="b")

    assert compare(facts(definitions=(first, last)), facts(definitions=(last,))) == FileChanges()
    assert compare(facts(definitions=(first,)), None).removed == {"f": first}
    assert compare(None, facts(definitions=(first,))).added == {"f": first}


def test_imports_that_no_longer_bind_a_name() -> None:
    kept, dropped = Import("m", "kept", "kept", 0, 1), Import("m", "x", "y", 0, 2)
    star, far = Import("m", "*", "", 0, 3), Import("m", "*", "", 1, 3)
    inside = Import("m", "z", "z", 0, 4, scope="f")
    old = facts(imports=(kept, dropped, star, inside))

    assert compare(old, facts(imports=(kept, star))).removed_imports == {"y"}
    assert compare(old, facts(imports=(kept, dropped, far))).removed_imports == {"*"}
    assert compare(old, None).removed_imports == {"kept", "y", "*"}
    assert compare(facts(imports=(far,)), facts(imports=(far, star))).removed_imports == set()
    assert compare(facts(imports=(Import("m", "*", "", 0, 1, scope="f"),)), facts()).removed_imports == set()


def test_names_that_a_list_of_exports_drops() -> None:
    assert compare(facts(exports=("a", "b")), facts(exports=("b", "c"))).removed_exports == {"a": ""}
    assert compare(facts(exports=("a",)), facts()).removed_exports == {}
    assert compare(facts(), facts(exports=("a",))).removed_exports == {}


def test_exports_that_are_removed_and_what_replaced_them() -> None:
    def removed(*after: Export) -> dict[str, str]:
        before = (Export("a", "f", "", 1), Export("b", "g", "./m", 2))
        return compare(facts(exported=before), facts(exported=after)).removed_exports

    kept = Export("b", "g", "./m", 2)
    assert removed(kept) == {"a": ""}
    assert removed(kept, Export("c", "f", "", 1)) == {"a": "c"}
    assert removed(kept, Export("c", "f", "./m", 1)) == {"a": ""}
    assert removed(kept, Export("c", "f", "", 1), Export("d", "f", "", 1)) == {"a": ""}
    assert removed(Export("a", "f", "", 1), kept) == {}
    assert removed(Export("a", "other", "", 1), kept) == {}


def test_a_starred_export_is_removed_with_its_module() -> None:
    first, second = Export("*", "*", "./a", 1), Export("*", "*", "./b", 2)

    assert compare(facts(exported=(first, second)), facts(exported=(second,))).removed_exports == {"*": ""}
    assert compare(facts(exported=(first,)), facts(exported=(first, second))).removed_exports == {}
    assert compare(
        facts(exported=(Export("a", "*", "./a", 1),)), facts(exported=(first,))
    ).removed_exports == {"a": ""}


def test_settings_that_a_manifest_drops() -> None:
    old = facts(settings=(("paths", "a"), ("dependency x", "1"), ("name", "n")))

    assert compare(old, facts(settings=(("paths", "a"),))).removed_settings == {("name", "n")}
    assert compare(None, old).removed_settings == compare(facts(), old).removed_settings == set()


@pytest.mark.parametrize(
    ("removed", "added", "expected"),
    [
        (define("load"), define("load_all"), "load_all"),
        (define("load"), define("save"), ""),
        (define("load"), define("load_all", kind="class"), ""),
        (define("load"), define("load_all", signature=Signature()), ""),
        (define("load", digest="x"), define("save", digest="x"), "save"),
        (define("load", digest="x"), define("save", digest="x", signature=Signature()), "save"),
    ],
)
def test_the_successor_of_a_definition(removed: Definition, added: Definition, expected: str) -> None:
    successor = successor_of(removed, FileChanges({removed.path: removed}, {added.path: added}))

    assert (successor.name if successor is not None else "") == expected


def test_nothing_is_the_successor_where_several_may_be() -> None:
    removed = {"load": define("load", digest="x")}
    similar = {name: define(name) for name in ("load_all", "load_any")}
    same = {name: define(name, digest="x") for name in ("first", "second")}

    assert successor_of(removed["load"], FileChanges(removed, similar)) is None
    assert (
        successor_of(removed["load"], FileChanges(removed, same | {"load_all": similar["load_all"]})) is None
    )


def test_half_of_the_members_of_a_class_are_not_most_of_them() -> None:
    removed, half, none = (define(name, kind="class", digest="x") for name in ("A", "B", "C"))
    f, g = (Definition(name, "A", "function", 1, 2, digest=name) for name in "fg")
    same = Definition("f", "B", "function", 1, 2, digest="f")
    changes = FileChanges({"A": removed, "A.f": f, "A.g": g}, {"B": half, "C": none, "B.f": same})

    assert successor_of(removed, changes) is None
    assert successor_of(removed, FileChanges({"A": removed, "A.f": f}, changes.added)) == half


def test_a_similar_name_counts_in_the_same_scope_alone() -> None:
    removed, added = Definition("load", "A", "function", 1, 2), Definition("load_all", "B", "function", 1, 2)

    assert successor_of(removed, FileChanges({"A.load": removed}, {"B.load_all": added})) is None
