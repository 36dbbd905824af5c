"""Which uses break once another side has landed, on literal answers: agent b uses `m.load`, which agent a changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from names.literal import binding, changes, definition, of_uses, state, use_of

from gate.languages.base.changes import FileChanges
from gate.languages.base.symbols import Bound, Missing
from gate.languages.base.uses import SILENT, Answer, Use
from gate.model.names import BrokenUse, Place
from gate.model.source import Call, FileFacts, Reference, StringReference
from gate.names.broken_uses import broken_uses, with_new_doubt
from gate.names.meeting import ResolvedUse
from gate.names.stream_changes import ComparedSide

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gate.names.stream_changes import StreamChanges

FINE = Answer(fine=True)
FACT = Reference("m.load", (3,))
LOAD = use_of(FACT)
OLD = definition("load", line=7)
REMOVED = changes("a", {"m.py": FileChanges(removed={"load": OLD})})
MISSING = Answer(missing=Missing("m.py", "load"))
DEPENDS = frozenset({("m.py", "load")})
Answers = dict[tuple[str, str], Answer]


def broken(
    answer: Answer = MISSING,
    *,
    producer: StreamChanges = REMOVED,
    consumer: StreamChanges | None = None,
    use: Use = LOAD,
    before: Answer = FINE,
    alone: Answers | None = None,
    file: FileFacts | None = None,
    alone_file: FileFacts | None = None,
    path: str = "n.py",
    depends_on: frozenset[tuple[str, str]] = DEPENDS,
    more_facts: Mapping[str, FileFacts] | None = None,
) -> list[BrokenUse]:
    """The broken uses, where `answer` is the merged state's; `alone` and `alone_file` are of the producer's state."""
    merged_path = producer.new_path(path)
    facts = file if file is not None else of_uses(use.fact)
    merged = state({merged_path: facts, **(more_facts or {})}, {(merged_path, use.text): answer})
    own_facts = state({merged_path: alone_file} if alone_file else {}, alone or {})
    resolved = ResolvedUse(path, use, before, depends_on)
    return list(broken_uses(ComparedSide(producer, own_facts), consumer or changes("b"), merged, [resolved]))


def test_a_removed_name() -> None:
    assert broken() == [
        BrokenUse(
            "name", "a", "b", "m.load", "load", Place("n.py", 3), Place("m.py"), old_place=Place("m.py", 7)
        )
    ]


def test_a_use_that_is_still_provided_or_that_nobody_can_resolve_is_fine() -> None:
    assert broken(FINE) == []
    assert broken(SILENT) == []


def test_a_use_that_the_merged_file_has_not_is_fine() -> None:
    assert broken(file=of_uses()) == []
    assert broken(file=of_uses(Reference("m.save", (3,)))) == []


def test_a_use_that_was_not_surely_provided_before_is_no_collision() -> None:
    assert broken(before=SILENT) == []


def test_a_name_that_nothing_binds_any_more_needs_no_certainty() -> None:
    fact = Reference("load().x", (3,))
    unbound = Answer(missing=Missing("n.py", "load"))
    [broken_use] = broken(unbound, use=use_of(fact), before=SILENT)
    assert (broken_use.kind, broken_use.changed_name) == ("undefined", "load")
    assert broken(Answer(missing=Missing("n.py", "x")), use=use_of(fact), before=SILENT) == []
    assert broken(Answer(missing=Missing("m.py", "load")), use=use_of(fact), before=SILENT) == []
    assert broken(Answer(missing=Missing("n.py", "load", module=True)), use=use_of(fact), before=SILENT) == []


def test_what_fails_where_the_producer_alone_has_landed_is_no_collision() -> None:
    key = ("n.py", "m.load")
    assert broken(alone={key: MISSING}, alone_file=of_uses(FACT)) == []
    assert broken(alone={key: FINE}, alone_file=of_uses(FACT)) != []
    assert broken(alone={key: MISSING}) != [], "the use is not in the producer's file"


DOUBT = Answer(fine=True, doubt="takes no `x`")


def test_a_new_doubt_is_an_unsure_failure() -> None:
    assert with_new_doubt(FINE, DOUBT) == replace(DOUBT, why="takes no `x`", sure=False)
    assert with_new_doubt(DOUBT, DOUBT) == DOUBT
    assert with_new_doubt(FINE, MISSING) == MISSING
    [broken_use] = broken(DOUBT, use=use_of(Reference("m.load", (3,), call=Call()), "call"))
    assert (broken_use.kind, broken_use.why, broken_use.sure) == ("call", "takes no `x`", False)
    assert broken(DOUBT, before=DOUBT) == []


def test_a_doubt_that_the_producer_alone_has_is_no_collision() -> None:
    assert broken(DOUBT, alone={("n.py", "m.load"): DOUBT}, alone_file=of_uses(FACT)) == []


UNSURE = Answer(missing=Missing("m.py", "load", sure=False), sure=False)


def test_an_unsure_failure_needs_the_producer_to_remove_the_definition() -> None:
    [broken_use] = broken(UNSURE)
    assert not broken_use.sure
    assert (
        broken(UNSURE, producer=changes("a", {"m.py": FileChanges(removed_imports=frozenset({"load"}))}))
        == []
    )
    assert broken(UNSURE, producer=changes("a", {"m.py": FileChanges(signature={"load": (OLD, OLD)})})) == []
    other_definition = changes("a", {"m.py": FileChanges(removed={"load": replace_name(OLD)})})
    assert broken(UNSURE, producer=other_definition) == [], "a definition of another name is removed"


def replace_name(old: Any) -> Any:
    return definition("loads", line=old.line)


def test_an_unsure_misfit_is_kept() -> None:
    unsure = Answer(why="takes no `x`", sure=False)
    assert (
        len(broken(unsure, producer=changes("a", {"m.py": FileChanges(signature={"load": (OLD, OLD)})}))) == 1
    )


def test_a_member_that_a_derived_class_may_have_is_no_collision() -> None:
    declared = replace(MISSING, declared=True)
    assert len(broken(declared)) == 1

    def adding(**more: Any) -> StreamChanges:
        added = {"x": definition(more.pop("path"), **more)}
        return changes("a", {"m.py": FileChanges(removed={"load": OLD}), "o.py": FileChanges(added=added)})

    assert broken(declared, producer=adding(path="Child.load")) == []
    assert len(broken(declared, producer=adding(path="load"))) == 1, "a function is no member"
    assert len(broken(declared, producer=adding(path="Child.save"))) == 1
    assert len(broken(MISSING, producer=adding(path="Child.load"))) == 1, "its class is known"


READS_LOAD = Reference("load", (9,))


def environment(alone_file: FileFacts, missing: Missing | None = None, use: Use | None = None) -> int:
    """How many uses of `load` break whose own file lacks it, where the producer's version fails for the name."""
    answer = Answer(missing=missing or Missing("n.py", "load"))
    failing_use = use or use_of(Reference("load.x", (3,)))
    producer = changes("a", {"n.py": FileChanges(removed={"load": OLD})})
    alone = {("n.py", "load"): MISSING, ("n.py", "load.y"): MISSING, ("n.py", "save"): MISSING}
    broken_use = broken(answer, producer=producer, use=failing_use, alone=alone, alone_file=alone_file)
    return len(broken_use)


def test_a_name_that_the_producers_own_file_lacks_too_comes_from_the_environment() -> None:
    assert environment(of_uses(READS_LOAD)) == 0
    assert environment(of_uses(Reference("load.y", (9,)))) == 0
    assert environment(of_uses(Reference("other", (9,)))) == 1, "the producer's file does not read the name"
    assert environment(of_uses(Reference("save", (9,)))) == 1, "another name fails there"


def test_only_names_of_the_module_itself_come_from_the_environment() -> None:
    own_facts = of_uses(READS_LOAD)
    assert environment(own_facts, Missing("m.py", "load")) == 1
    assert environment(own_facts, Missing("n.py", "load", inside="C")) == 1
    assert environment(own_facts, Missing("n.py", "load", module=True)) == 1
    assert environment(own_facts, use=use_of(binding("n", "load"))) == 1


def test_a_name_that_the_producers_file_reads_and_binds_is_not_of_the_environment() -> None:
    answer = Answer(missing=Missing("n.py", "load"))
    use = use_of(Reference("load.x", (3,)))
    producer = changes("a", {"n.py": FileChanges(removed={"load": OLD})})
    broken_use = broken(
        answer, producer=producer, use=use, alone={("n.py", "load"): FINE}, alone_file=of_uses(READS_LOAD)
    )
    assert len(broken_use) == 1


def test_what_a_class_inherits_must_be_the_consumers_own() -> None:
    child = definition("Child", "class", line=2, bases=("Base",))
    member = definition("Base.f", line=4)
    failure = Answer(why="does not implement `f`", target=Bound("m.py", member))
    producer = changes("a", {"m.py": FileChanges(added={"Base.f": member})})
    use = use_of(child)
    [broken_use] = broken(failure, producer=producer, use=use)
    assert (broken_use.kind, broken_use.changed_name, broken_use.change_place) == (
        "unimplemented",
        "Base.f",
        Place("m.py", 4),
    )
    moved = changes("b", {"n.py": FileChanges(removed={"Child": child})})
    assert broken(failure, producer=producer, use=use, consumer=moved) == []


def test_one_use_of_a_name_is_reported_a_file() -> None:
    uses = [use_of(Reference(chain, (line,))) for line, chain in ((3, "m.load"), (5, "m.load.x"))]
    merged = state(
        {"n.py": of_uses(*(use.fact for use in uses))}, {("n.py", use.text): MISSING for use in uses}
    )
    resolved = [ResolvedUse("n.py", use, FINE, DEPENDS) for use in uses]
    broken_use = list(broken_uses(ComparedSide(REMOVED, state()), changes("b"), merged, resolved))
    assert [broken.name for broken in broken_use] == ["m.load"]


def test_uses_in_other_files_and_of_other_names_are_reported_each() -> None:
    producer = changes("a", {"m.py": FileChanges(removed={"load": OLD, "save": definition("save")})})
    facts = {"n.py": of_uses(FACT, Reference("m.save", (4,))), "o.py": of_uses(FACT)}
    answers = {
        ("n.py", "m.load"): MISSING,
        ("o.py", "m.load"): MISSING,
        ("n.py", "m.save"): Answer(missing=Missing("m.py", "save")),
    }
    resolved = [
        ResolvedUse("n.py", LOAD, FINE, DEPENDS),
        ResolvedUse("o.py", LOAD, FINE, DEPENDS),
        ResolvedUse("n.py", use_of(Reference("m.save", (4,))), FINE, frozenset({("m.py", "save")})),
    ]
    broken_use = list(
        broken_uses(ComparedSide(producer, state()), changes("b"), state(facts, answers), resolved)
    )
    assert [(broken.use_place.path, broken.changed_name) for broken in broken_use] == [
        ("n.py", "load"), ("o.py", "load"), ("n.py", "save"),
    ]  # fmt: skip


def test_a_guard_of_the_use_is_told() -> None:
    fact = Reference("m.load", (3,), guard="guarded")
    [broken_use] = broken(use=use_of(fact), file=of_uses(fact))
    assert broken_use.guard == "guarded"
    assert not [broken for broken in broken_of(fact) if broken.guard != "guarded"]


def broken_of(fact: Reference) -> list[BrokenUse]:
    return broken(use=use_of(fact), file=of_uses(fact))


# What is told of a broken use


def test_a_renamed_name_and_its_new_line() -> None:
    new = definition("load_all", line=9)
    producer = changes(
        "a",
        {"old.py": FileChanges(removed={"load": OLD}, added={"load_all": new})},
        old_paths={"m.py": "old.py"},
    )
    [broken_use] = broken(
        producer=producer,
        depends_on=frozenset({("old.py", "load")}),
        more_facts={"m.py": of_uses(definition("x"), new)},
    )
    assert (broken_use.successor, broken_use.change) == ("load_all", "renamed")
    assert broken_use.change_place == Place("m.py", 9)
    assert broken_use.old_place == Place("old.py", 7)


def test_a_renamed_name_that_the_merged_file_has_not() -> None:
    producer = changes(
        "a", {"m.py": FileChanges(removed={"load": OLD}, added={"load_all": definition("load_all")})}
    )
    [broken_use] = broken(producer=producer)
    assert (broken_use.successor, broken_use.change_place) == ("load_all", Place("m.py"))


def test_a_moved_name_has_no_line_in_its_old_file() -> None:
    producer = changes(
        "a",
        {
            "m.py": FileChanges(removed={"load": OLD}),
            "o.py": FileChanges(added={"load": definition("load", line=9)}),
        },
    )
    [broken_use] = broken(producer=producer, more_facts={"m.py": of_uses(definition("o", line=5))})
    assert (broken_use.successor, broken_use.change, broken_use.change_place) == ("o", "moved", Place("m.py"))


def test_a_call_of_a_changed_signature() -> None:
    new = definition("load", line=9)
    producer = changes("a", {"m.py": FileChanges(signature={"load": (OLD, new)})})
    use = use_of(Reference("m.load", (3,), call=Call()), "call")
    [broken_use] = broken(Answer(why="takes no `x`"), producer=producer, use=use)
    assert (broken_use.kind, broken_use.changed_name, broken_use.why) == ("call", "load", "takes no `x`")
    assert (broken_use.change_place, broken_use.old_place) == (Place("m.py", 9), Place("m.py", 7))


def test_a_call_of_a_definition_that_another_file_has_now() -> None:
    new = definition("load", line=9)
    producer = changes("a", {"m.py": FileChanges(removed_imports=frozenset({"load"}))})
    use = use_of(Reference("m.load", (3,), call=Call()), "call")
    [broken_use] = broken(Answer(why="takes no `x`", target=Bound("o.py", new)), producer=producer, use=use)
    assert (broken_use.changed_name, broken_use.change_place) == ("load", Place("o.py", 9))
    assert broken_use.old_place == Place("m.py", 9)


def test_a_call_of_a_removed_definition_meets_another_one() -> None:
    other_definition = definition("load", line=9)
    use = use_of(Reference("m.load", (3,), call=Call()), "call")
    [broken_use] = broken(Answer(why="takes no `x`", target=Bound("o.py", other_definition)), use=use)
    assert (broken_use.changed_name, broken_use.change_place, broken_use.old_place) == (
        "load",
        Place("o.py", 9),
        Place("m.py", 7),
    )


def test_a_misfit_of_nothing_known_names_the_use() -> None:
    use = use_of(Reference("m.load", (3,), call=Call()), "call")
    [broken_use] = broken(Answer(why="takes no `x`"), producer=changes("a"), use=use)
    assert (broken_use.changed_name, broken_use.old_place, broken_use.change_place) == (
        "m.load",
        None,
        Place("m.py"),
    )


def test_an_import_that_the_producer_removes_names_what_is_missing() -> None:
    producer = changes("a", {"m.py": FileChanges(removed_imports=frozenset({"load"}))})
    [broken_use] = broken(producer=producer)
    assert (broken_use.changed_name, broken_use.old_place, broken_use.change_place) == (
        "load",
        None,
        Place("m.py"),
    )


def test_keys_of_literals_are_read_as_members_are() -> None:
    old, new = (
        definition("A[].one", "key", line=2, digest="1"),
        definition("A[].two", "key", line=3, digest="1"),
    )
    file_changes = FileChanges(removed={"A[].one": old}, added={"A[].two": new})
    fact = Reference("m.A.one", (3,))
    answer = Answer(missing=Missing("m.py", "one", inside="A[]"))
    producer = changes("a", {"m.py": file_changes})
    [broken_use] = broken(
        answer, producer=producer, use=use_of(fact), depends_on=frozenset({("m.py", "A[].one")})
    )
    assert (broken_use.kind, broken_use.changed_name, broken_use.successor) == ("member", "A.one", "A.two")


MODULE = Answer(fine=True, module=True)


def test_a_removed_module() -> None:
    producer = changes("a", changed_blobs={"pkg/m.py": ""})
    use = use_of(binding("pkg.m"))
    answer = Answer(missing=Missing("pkg/", "pkg.m", module=True))
    [broken_use] = broken(
        answer, producer=producer, use=use, before=MODULE, depends_on=frozenset({("pkg/m.py", "")})
    )
    assert (broken_use.kind, broken_use.name, broken_use.changed_name) == ("module", "pkg.m", "pkg.m")
    assert (broken_use.change_place, broken_use.origin) == (Place("pkg/m.py"), "")


def test_a_module_of_a_specifier_goes_by_it() -> None:
    producer = changes("a", changed_blobs={"m.ts": ""})
    use = use_of(binding("./m", "load", style="specifier", line=3))
    answer = Answer(missing=Missing("m.ts", "./m", module=True))
    [broken_use] = broken(
        answer, producer=producer, use=use, path="n.ts", depends_on=frozenset({("m.ts", "")})
    )
    assert (broken_use.kind, broken_use.name, broken_use.origin) == ("module", "./m", "")
    name = Answer(missing=Missing("m.ts", "load"))
    [broken_use] = broken(name, producer=producer, use=use, path="n.ts", depends_on=frozenset({("m.ts", "")}))
    assert (broken_use.kind, broken_use.name, broken_use.origin) == ("name", "load", "./m")


def shadowed(answer: Answer = MISSING, **more: Any) -> BrokenUse:
    producer = changes("a", {"m.py": FileChanges(added={"x": definition("x")})}, new_files={"m.py"})
    [broken_use] = broken(answer, producer=producer, depends_on=frozenset({("m.py", "")}), **more)
    return broken_use


def test_a_new_file_shadows_a_module() -> None:
    broken_use = shadowed()
    assert (broken_use.kind, broken_use.change, broken_use.changed_name, broken_use.sure) == (
        "module",
        "shadowed",
        "m",
        True,
    )
    assert broken_use.successor == ""


def test_which_of_two_modules_comes_first_is_unsure_outside_of_a_package() -> None:
    assert not shadowed(before=replace(FINE, outside=True)).sure
    assert shadowed(before=replace(FINE, sure=False)).sure


def test_misfits_and_undefined_names_are_not_shadowed() -> None:
    call = use_of(Reference("m.load", (3,), call=Call()), "call")
    assert shadowed(Answer(why="takes no `x`"), use=call).change == ""
    undefined = changes("a", {"n.py": FileChanges()}, new_files={"n.py"})
    [broken_use] = broken(
        Answer(missing=Missing("n.py", "m")), producer=undefined, depends_on=frozenset({("n.py", "")})
    )
    assert (broken_use.kind, broken_use.change) == ("undefined", "")


def test_an_answer_that_was_unsure_before_makes_no_certain_failure() -> None:
    [broken_use] = broken(before=replace(FINE, sure=False))
    assert not broken_use.sure


def test_a_listed_export_of_another_file_is_undefined_where_nothing_is_compiled() -> None:
    use = use_of(StringReference("load", "export", 3))
    [broken_use] = broken(MISSING, use=use)
    assert (broken_use.kind, broken_use.change_place.path) == ("undefined", "m.py")


@pytest.mark.parametrize(("path", "kind"), [("n.py", "undefined"), ("n.go", "name")])
def test_a_name_of_a_compiled_package_comes_from_another_file(path: str, kind: str) -> None:
    other_definition = path.replace("n.", "m.")
    producer = changes("a", {other_definition: FileChanges(removed={"load": OLD})})
    use = use_of(Reference("load", (3,)))
    answer = Answer(missing=Missing(path, "load"))
    [broken_use] = broken(
        answer, producer=producer, use=use, path=path, depends_on=frozenset({(other_definition, "load")})
    )
    assert broken_use.kind == kind


def test_an_undefined_name_of_a_compiled_file_itself() -> None:
    producer = changes("a", {"n.go": FileChanges(removed={"load": OLD})})
    use = use_of(Reference("load", (3,)))
    answer = Answer(missing=Missing("n.go", "load"))
    [broken_use] = broken(
        answer, producer=producer, use=use, path="n.go", depends_on=frozenset({("n.go", "load")})
    )
    assert broken_use.kind == "undefined"


def test_the_use_is_placed_on_a_line_of_the_consumer_in_its_own_file() -> None:
    consumer = changes("b", added_lines=lambda path: {5: ""} if path == "n.py" else {})
    producer = changes("a", {"m.py": FileChanges(removed={"load": OLD})}, old_paths={"o.py": "n.py"})
    fact = Reference("m.load", (3, 5))
    [broken_use] = broken(producer=producer, consumer=consumer, use=use_of(fact))
    assert broken_use.use_place == Place("n.py", 5)
