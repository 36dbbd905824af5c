"""The states that names are resolved in."""

from __future__ import annotations

from names.literal import Files, LiteralSource, world

from gate.languages import registry
from gate.languages.base.uses import uses
from gate.model.source import NO_FACTS, UNSETTLED
from gate.names.states import MergedFiles, States

BASE: Files = {"m.py": "def load(): ...\n", "n.py": "from m import load\n", "notes.txt": "hello\n"}


def fails(files: MergedFiles, path: str = "n.py", base: Files = BASE) -> bool:
    """Whether the only use of a file fails in the base with these changes."""
    state = States(LiteralSource(base)).state(files)
    [use] = uses(state.facts(path))
    return state.answer(path, use).fails


def test_blobs_of_the_base_and_of_changed_paths() -> None:
    states = States(LiteralSource(BASE))
    assert (states.base_blob("m.py"), states.base_blob("x.py")) == (BASE["m.py"], "")
    changed = {"m.py": "", "x.py": "x = 1\n"}
    assert [states.blob_in(changed, path) for path in ("m.py", "x.py", "n.py", "y.py")] == [
        "", "x = 1\n", BASE["n.py"], "",
    ]  # fmt: skip


def test_facts_are_none_where_there_is_no_file_or_nobody_reads_it() -> None:
    states = States(LiteralSource(BASE))
    assert states.read_facts("", "m.py") is None
    assert states.read_facts("hello\n", "notes.txt") is None
    assert states.facts("", "m.py") == NO_FACTS
    assert [definition.name for definition in states.base_facts("m.py").definitions] == ["load"]
    assert states.base_facts("x.py") == NO_FACTS


def test_uses_are_answered_in_the_base_with_changes() -> None:
    assert not fails(MergedFiles({}))
    assert fails(MergedFiles({"m.py": "x = 1\n"}))
    assert fails(MergedFiles({"m.py": ""}))


def test_nothing_is_known_of_paths_in_conflict() -> None:
    files = MergedFiles({"m.py": "x = 1\n"}, ("m.py",))
    assert not fails(files)
    assert States(LiteralSource(BASE)).state(files).facts("m.py") == UNSETTLED


def test_files_of_no_language_answer_nothing() -> None:
    state = States(LiteralSource(BASE)).state(MergedFiles({}))
    [use] = uses(state.facts("n.py"))
    assert not state.answer("notes.txt", use).fails
    assert not state.answer("notes.txt", use).fine


def test_a_tree_is_surveyed_once_for_all_states_that_change_no_manifest() -> None:
    base = {
        "tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}\n',
        "src/a.ts": "export const a = 1;\n",
        "use.ts": 'import { a } from "@/a";\n',
    }
    assert not fails(MergedFiles({}), "use.ts", base)
    moved = '{"compilerOptions": {"paths": {"@/*": ["./lib/*"]}}}\n'
    assert not fails(
        MergedFiles({"tsconfig.json": moved, "lib/a.ts": "export const a = 1;\n"}), "use.ts", base
    )
    assert fails(MergedFiles({"tsconfig.json": moved, "lib/a.ts": "export const b = 1;\n"}), "use.ts", base)


def test_the_names_of_one_language() -> None:
    states = States(LiteralSource(BASE))
    linker = states.linker(registry.catalog()["python"], {"m.py": "x = 1\n"})
    [use] = uses(states.base_facts("n.py"))
    assert linker.answer("n.py", use).fails
    assert not states.linker(registry.catalog()["python"], {}).answer("n.py", use).fails


def test_a_state_has_one_linker_a_language() -> None:
    scene = world(BASE, a={"m.py": "x = 1\n"})
    state = scene.state("a")
    [use] = uses(state.facts("n.py"))
    assert state.answer_with_dependencies("n.py", use)[0].fails
    assert scene.states.blobs is scene.source.blobs
