"""What a producer did to the definition that a failing use depends on."""

from __future__ import annotations

import pytest
from names.failures import failing
from names.literal import changes, definition, use_of

from gate.languages.base.changes import FileChanges
from gate.languages.base.symbols import Bound, Missing
from gate.languages.base.uses import Answer
from gate.model.source import Reference
from gate.names.culprits import Culprit, find_culprit, removed_definitions

OLD, NEW = definition("load", line=4), definition("load", line=9)
PAIR = {"load": (OLD, NEW)}
UNDEFINED = Answer(missing=Missing("n.py", "load"))


@pytest.mark.parametrize("kind", ["name", "call", "module", "member"])
def test_a_removed_definition_comes_first(kind: str) -> None:
    side = changes("a", {"m.py": FileChanges(removed={"load": OLD}, removed_exports={"load": ""})})
    assert find_culprit(failing(side), kind) == Culprit("m.py", OLD)  # type: ignore[arg-type]


def test_of_removed_definitions_the_missing_one_comes_first_then_the_innermost() -> None:
    removed = {name: definition(name) for name in ("load", "Client", "Client.send", "Client.read")}
    side = changes("a", {"m.py": FileChanges(removed=removed)})
    names = (("m.py", name) for name in ("Client", "Client.send", "load", "Client.read", "other"))
    paths = [
        culprit.old.path for culprit in removed_definitions(failing(side, depends_on=names)) if culprit.old
    ]
    assert paths == ["load", "Client.read", "Client.send", "Client"]


def test_a_name_of_a_member_is_missing_by_its_last_part() -> None:
    removed = {name: definition(name) for name in ("Client", "C.load", "Client.longer")}
    side = changes("a", {"m.py": FileChanges(removed=removed)})
    failure = failing(side, depends_on=[("m.py", name) for name in removed])
    assert next(removed_definitions(failure)).old == removed["C.load"]


def test_removed_definitions_that_the_use_does_not_depend_on_do_not_count() -> None:
    side = changes(
        "a", {"m.py": FileChanges(removed={"save": OLD}), "o.py": FileChanges(removed={"load": OLD})}
    )
    assert list(removed_definitions(failing(side))) == []


def test_an_export_comes_before_a_changed_definition() -> None:
    side = changes("a", {"m.py": FileChanges(removed_exports={"load": ""}, signature=PAIR)})
    assert find_culprit(failing(side), "name") == Culprit("m.py")
    assert find_culprit(failing(side), "call") == Culprit("m.py", OLD, NEW)


@pytest.mark.parametrize(
    "file_changes", [FileChanges(signature=PAIR), FileChanges(body=PAIR), FileChanges(declared_type=PAIR)]
)
def test_a_changed_definition(file_changes: FileChanges) -> None:
    side = changes("a", {"m.py": file_changes})
    assert find_culprit(failing(side), "name") == Culprit("m.py", OLD, NEW)
    assert find_culprit(failing(side), "module") == Culprit("m.py"), "a module has no signature"


def test_a_signature_comes_before_a_body_and_a_long_name_before_a_short_one() -> None:
    member = definition("Client.send")
    side = changes("a", {"m.py": FileChanges(signature=PAIR, body={"Client.send": (member, member)})})
    names = [("m.py", "load"), ("m.py", "Client.send")]
    assert find_culprit(failing(side, depends_on=names), "call").old == OLD
    both = changes("a", {"m.py": FileChanges(signature=PAIR | {"Client.send": (member, member)})})
    assert find_culprit(failing(both, depends_on=names), "call").old == member


def test_a_removed_file_comes_before_an_import_and_the_own_file_last() -> None:
    side = changes(
        "a",
        {"b.py": FileChanges(removed_imports=frozenset({"load"}))},
        changed_blobs={"n.py": "", "z.py": "", "q.py": "kept"},
    )
    names = [("b.py", "load"), ("n.py", ""), ("z.py", ""), ("q.py", ""), ("a.py", "")]
    assert find_culprit(failing(side, depends_on=names), "name") == Culprit("z.py")
    assert find_culprit(failing(side, depends_on=names[:2]), "name") == Culprit("n.py")
    assert find_culprit(failing(side, depends_on=[*names[:1], *names[3:]]), "name") == Culprit("b.py")


def test_a_folder_is_removed_where_a_file_of_its_name_is() -> None:
    side = changes("a", changed_blobs={"p": ""})
    assert find_culprit(failing(side, depends_on=[("o.py", ""), ("p/", "")]), "module") == Culprit("p/")


def test_an_import_or_a_whole_file_that_changes() -> None:
    side = changes("a", {"m.py": FileChanges(removed_imports=frozenset({"load"})), "o.py": FileChanges()})
    assert find_culprit(failing(side, depends_on=[("b.py", ""), ("m.py", "load")]), "name") == Culprit("m.py")
    assert find_culprit(failing(side, depends_on=[("b.py", ""), ("o.py", "")]), "name") == Culprit("o.py")
    assert find_culprit(failing(side, depends_on=[("b.py", ""), ("m.py", "save")]), "name") == Culprit("b.py")


def test_without_any_change_it_is_the_first_file_the_use_depends_on() -> None:
    assert find_culprit(failing(depends_on=[("z.py", ""), ("c.py", "x")]), "name") == Culprit("c.py")
    assert find_culprit(failing(depends_on=()), "name") == Culprit("n.py")


def test_an_undefined_name_goes_by_its_own_file() -> None:
    side = changes(
        "a", {"n.py": FileChanges(removed={"load": OLD}), "m.py": FileChanges(removed={"load": NEW})}
    )
    assert find_culprit(failing(side, answer=UNDEFINED), "undefined") == Culprit("n.py", OLD)
    assert find_culprit(failing(answer=UNDEFINED), "undefined") == Culprit("n.py")


def test_the_own_file_may_have_moved() -> None:
    side = changes("a", {"old.py": FileChanges(removed={"load": OLD})}, old_paths={"n.py": "old.py"})
    assert find_culprit(failing(side, answer=UNDEFINED), "undefined") == Culprit("old.py", OLD)


def test_an_undefined_name_of_a_compiled_language_may_come_from_another_file() -> None:
    side = changes("a", {"m.go": FileChanges(removed={"load": OLD})})
    answer = Answer(missing=Missing("n.go", "load"))
    failure = failing(side, answer=answer, path="n.go", depends_on=[("m.go", "load")])
    assert find_culprit(failure, "undefined") == Culprit("m.go", OLD)


def inherited(file_changes: FileChanges, *, answer: Answer | None = None) -> Culprit:
    """The culprit of a class whose base has the member `Base.f`."""
    side = changes("a", {"old.py": file_changes}, old_paths={"m.py": "old.py"})
    failure = answer or Answer(why="lacks `f`", target=Bound("m.py", definition("Base.f")))
    use = use_of(Reference("C", (1,)))
    return find_culprit(failing(side, use=use, answer=failure, depends_on=[("x.py", "")]), "unimplemented")


def test_a_member_of_a_base_that_is_added_or_changed() -> None:
    old, new = definition("Base.f", line=2), definition("Base.f", line=5)
    assert inherited(FileChanges(added={"Base.f": new})) == Culprit("old.py", new, new)
    assert inherited(FileChanges(signature={"Base.f": (old, new)})) == Culprit("old.py", old, new)
    assert inherited(FileChanges(body={"Base.f": (old, new)})) == Culprit("old.py", old, new)
    assert inherited(FileChanges(removed={"Base.f": old})) == Culprit("x.py")
    assert inherited(FileChanges(added={"Base.f": new}), answer=Answer(why="lacks `f`")) == Culprit("x.py")


def test_a_member_of_a_base_says_nothing_of_a_call() -> None:
    new = definition("Base.f")
    side = changes("a", {"m.py": FileChanges(added={"Base.f": new})})
    failure = failing(side, answer=Answer(why="x", target=Bound("m.py", new)), depends_on=[("x.py", "")])
    assert find_culprit(failure, "call") == Culprit("x.py")
    assert find_culprit(failure, "override") == Culprit("m.py", new, new)
