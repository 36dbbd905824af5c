"""What a side changes of names, which words may name it, and the uses of other sides that depend on it."""

from __future__ import annotations

import pytest
from names.literal import binding, changes, definition, of_uses, state, use_of

from gate.languages.base.changes import FileChanges
from gate.languages.base.symbols import Bound, Missing
from gate.languages.base.uses import SILENT, Answer
from gate.model.source import Call, Definition, Reference, StringReference
from gate.names.meeting import (
    ResolvedUse,
    changed_names,
    identifiers,
    resolve_use,
    uses_affected_by,
    uses_by_pair,
)

FINE = Answer(fine=True)
LOAD = definition("load")


@pytest.mark.parametrize(
    ("file_changes", "names"),
    [
        (FileChanges(removed={"load": LOAD}), {"load"}),
        (FileChanges(signature={"load": (LOAD, LOAD)}), {"load"}),
        (FileChanges(body={"load": (LOAD, LOAD)}), {"load"}),
        (FileChanges(declared_type={"load": (LOAD, LOAD)}), {"load"}),
        (FileChanges(removed_imports=frozenset({"os"})), {"os"}),
        (FileChanges(removed_exports={"run": ""}), {"run"}),
        (FileChanges(removed_settings=frozenset({("name", "x")})), {""}),
        (FileChanges(added={"load": LOAD}), set()),
        (FileChanges(added={"C.f": definition("C.f")}), {"C"}),
        (FileChanges(removed={"C.f": definition("C.f")}), {"C", "C.f"}),
        (FileChanges(added={"C.f": definition("C.f", field="required")}), {"C", "C.__init__"}),
        (
            FileChanges(signature={"C.f": (LOAD, definition("C.f", field="required"))}),
            {"C", "C.f", "C.__init__"},
        ),
        (FileChanges(signature={"C.f": (definition("C.f", field="required"), LOAD)}), {"C.f"}),
    ],
)
def test_names_that_a_side_changes(file_changes: FileChanges, names: set[str]) -> None:
    assert changed_names(changes("a", {"m.py": file_changes})) == {("m.py", name) for name in names}


def test_files_that_a_side_adds_and_removes() -> None:
    side = changes("a", changed_blobs={"p/n.py": "", "x.txt": "", "o.py": "x"}, new_files={"o.py"})
    assert changed_names(side) == {("p/n.py", ""), ("p/", ""), ("x.txt", ""), ("o.py", "")}


@pytest.mark.parametrize(
    ("dependency", "words"),
    [
        (("m.py", "C.load"), {"C", "load"}),
        (("p/store.py", ""), {"store", "store.py", "p"}),
        (("store.py", "*"), {"store", "store.py", "", "*"}),
        (("p/sub/", ""), {"sub", "p"}),
        (("p/__init__.py", ""), {"__init__.py", "p"}),
        (("p/index.ts", ""), {"index", "index.ts", "p", "*"}),
        (("p/main.ts", ""), {"main", "main.ts", "p", "*"}),
        (("p/package.json", ""), {"package", "package.json", "p", "*"}),
        (("p/notes.txt", ""), {"notes", "notes.txt", "p"}),
    ],
)
def test_words_that_may_name_a_dependency(dependency: tuple[str, str], words: set[str]) -> None:
    assert identifiers([dependency]) == words


def test_words_of_all_dependencies_count() -> None:
    assert identifiers([("m.py", "load"), ("n.py", "save")]) == {"load", "save"}
    assert identifiers([]) == set()


def affected(words: set[str], *facts: Reference | StringReference | Definition, **more: object) -> list[str]:
    """The texts of the uses of `n.py` that words may mean, all of which are provided."""
    uses = [use_of(fact) for fact in facts]
    answers = {("n.py", use.text): FINE for use in uses}
    affected_uses = uses_affected_by(words, state({"n.py": of_uses(*facts, **more)}, answers), {"n.py": uses})
    return [resolved.use.text for resolved in affected_uses]


def test_uses_that_have_one_of_the_words() -> None:
    load, save = Reference("m.load", (1,)), Reference("m.save", (2,))
    assert affected({"load"}, load, save) == ["m.load"]
    assert affected({"m"}, load, save) == ["m.load", "m.save"]
    assert affected({"loa"}, load, save) == []
    assert affected(set(), load, save) == []


@pytest.mark.parametrize("text", ["Client().load", "Client:load", "Client.load"])
@pytest.mark.parametrize("word", ["Client", "load"])
def test_words_are_parts_of_chains_and_texts(text: str, word: str) -> None:
    assert affected({word}, StringReference(text, "patch", 1)) == [text]


def test_a_name_goes_by_the_words_it_is_imported_by() -> None:
    call = Reference("read", (2,))
    imports = (binding("pkg.store", "load", alias="read"),)
    answers = {("n.py", "read"): FINE}
    for word, number in (("load", 1), ("store", 1), ("pkg", 1), ("save", 0)):
        facts = state({"n.py": of_uses(call, *imports)}, answers)
        assert len(uses_affected_by({word}, facts, {"n.py": [use_of(call)]})) == number, word


@pytest.mark.parametrize(
    ("module", "style", "word", "number"),
    [
        ("pkg.store", "dotted", "store", 1),
        ("pkg.store", "dotted", "load", 1),
        ("pkg.store", "dotted", "*", 0),
        ("./store.js?raw", "specifier", "store", 1),
        ("./store.js?raw", "specifier", "store.js", 1),
        ("./store.js?raw", "specifier", "raw", 0),
        ("./store.js", "specifier", "*", 1),
        ("./store.js", "specifier", "load", 1),
        ("./store.js", "specifier", ".", 0),
    ],
)
def test_words_of_imports(module: str, style: str, word: str, number: int) -> None:
    use = use_of(binding(module, "load", style=style))
    facts = state({"n.ts": of_uses()}, {("n.ts", use.text): FINE})
    assert len(uses_affected_by({word}, facts, {"n.ts": [use]})) == number


@pytest.mark.parametrize(
    ("chain", "word", "number"),
    [
        ("Client", "__init__", 1),
        ("m.Client", "constructor", 1),
        ("m.client", "__init__", 0),
        ("Client.make", "__init__", 0),
    ],
)
def test_calls_of_what_may_be_a_class_depend_on_constructors(chain: str, word: str, number: int) -> None:
    call = use_of(Reference(chain, (1,), call=Call()), "call")
    facts = state({"n.py": of_uses()}, {("n.py", chain): FINE})
    assert len(uses_affected_by({word}, facts, {"n.py": [call]})) == number
    assert uses_affected_by({word}, facts, {"n.py": [use_of(Reference(chain, (1,)))]}) == []


def test_relative_imports_of_a_file_that_may_be_moved() -> None:
    relative, package = (use_of(binding(module, "x", style="specifier")) for module in ("./m", "m"))
    facts = state({"n.ts": of_uses()}, {("n.ts", "x"): FINE})
    assert len(uses_affected_by({"n"}, facts, {"n.ts": [relative]})) == 1
    assert uses_affected_by({"n"}, facts, {"n.ts": [package]}) == []
    assert uses_affected_by({"o"}, facts, {"n.ts": [relative]}) == []


def test_what_classes_inherit_always_counts() -> None:
    derived = definition("C", "class", bases=("Base",))
    facts = state({"n.py": of_uses()}, {("n.py", "C"): FINE})
    assert len(uses_affected_by({"other"}, facts, {"n.py": [use_of(derived)]})) == 1


def test_a_provided_use_depends_on_what_the_answer_passes_through_and_on_its_target() -> None:
    use = use_of(Reference("m.load", (1,)))
    answer = Answer(fine=True, target=Bound("m.py", LOAD))
    facts = state({}, {("n.py", "m.load"): answer}, {("n.py", "m.load"): [("p/__init__.py", "load")]})
    assert resolve_use(facts, "n.py", use) == ResolvedUse(
        "n.py", use, answer, frozenset({("p/__init__.py", "load"), ("m.py", "load")})
    )


def test_a_use_without_target_depends_on_what_the_answer_passes_through() -> None:
    use = use_of(Reference("m.load", (1,)))
    facts = state({}, {("n.py", "m.load"): FINE}, {("n.py", "m.load"): [("m.py", "")]})
    resolved_use = resolve_use(facts, "n.py", use)
    assert resolved_use is not None
    assert resolved_use.dependencies == {("m.py", "")}


@pytest.mark.parametrize(
    ("use", "answer", "counts"),
    [
        (use_of(Reference("load", (1,))), SILENT, True),
        (use_of(Reference("load", (1,))), Answer(missing=Missing("n.py", "load")), False),
        (use_of(Reference("load", (1,), via="self", owner="C")), SILENT, False),
        (use_of(Reference("load", (1,), call=Call()), "call"), SILENT, False),
        (use_of(binding("m", "load")), SILENT, False),
    ],
)
def test_of_uses_that_nobody_can_resolve_only_names_of_the_module_count(
    use: object, answer: Answer, counts: bool
) -> None:
    from gate.languages.base.uses import Use

    assert isinstance(use, Use)
    resolved_use = resolve_use(state({}, {("n.py", use.text): answer}), "n.py", use)
    assert (resolved_use is not None) is counts
    assert affected({"load"}) == []


def test_uses_that_fail_in_their_own_state_are_not_affected() -> None:
    use = use_of(Reference("m.load", (1,)))
    facts = state({"n.py": of_uses()}, {("n.py", "m.load"): Answer(missing=Missing("m.py", "load"))})
    assert uses_affected_by({"load"}, facts, {"n.py": [use]}) == []


def resolved(*dependencies: tuple[str, str]) -> ResolvedUse:
    return ResolvedUse("n.py", use_of(Reference("x", (1,))), FINE, frozenset(dependencies))


def test_pairs_meet_in_the_names_one_changes_and_a_use_of_the_other_depends_on() -> None:
    first, second = resolved(("m.py", "load"), ("m.py", "")), resolved(("m.py", "save"))
    names = {"a": {("m.py", "load"), ("m.py", "")}, "b": {("m.py", "load")}, "c": {("o.py", "load")}}

    assert uses_by_pair(names, {"b": [first, second], "c": [first]}) == {
        ("a", "b"): [first],
        ("a", "c"): [first],
        ("b", "c"): [first],
    }
    assert uses_by_pair(names, {"a": [second], "b": []}) == {}
