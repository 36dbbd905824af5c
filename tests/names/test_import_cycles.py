"""Imports of two sides that close a ring, found on literal files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec import structs
from names.literal import Files, World, binding, of_uses, world

from gate.languages.base.loading import LoadingUnsure
from gate.languages.python.loading import LOADING
from gate.model.facts import NotChecked
from gate.model.names import Cycle, Link, Place
from gate.names import import_cycles, import_graph, import_rings
from gate.names.import_cycles import ImportCycles
from gate.names.import_graph import ImportGraph
from gate.names.import_rings import ImportRing, ImportRings

if TYPE_CHECKING:
    from collections.abc import Collection

    from gate.languages.base.language import Linker
    from gate.languages.base.loading import ProgramOf

BASE: Files = {"a.py": "A = 1\n", "b.py": "B = 1\n", "c.py": "import b\n\nC = b.B\n"}
FIRST: Files = {"a.py": "from b import B\n\nA = B\n"}
SECOND: Files = {"b.py": "from a import A\n\nB = A\n"}


def cycles(base: Files = BASE, unsettled: tuple[str, ...] = (), **sides: Files) -> list[Cycle]:
    scene = world(base, **sides)
    first, second, *_ = sides
    return list(
        ImportCycles(scene.states, scene.changes).failing(
            (first, second), scene.files(f"{first}+{second}", unsettled)
        )
    )


def test_two_imports_that_close_a_ring() -> None:
    [cycle] = cycles(x=FIRST, y=SECOND)
    assert (cycle.first, cycle.second) == ("x", "y")
    assert {*cycle.links} == {
        Link("a", "b", "x", Place("a.py", 1)),
        Link("b", "a", "y", Place("b.py", 1)),
    }
    assert {*cycle.entries} == {"a", "b"}
    assert cycle.sure
    assert (cycle.path, cycle.module, cycle.name) in (("a.py", "b", "B"), ("b.py", "a", "A"))


def test_links_go_round() -> None:
    [cycle] = cycles(x={"a.py": "from c import C\n\nA = C\n"}, y=SECOND)
    assert [link.imported for link in cycle.links] == [
        *[link.importer for link in cycle.links][1:],
        cycle.links[0].importer,
    ]
    assert {(link.importer, link.imported, link.stream) for link in cycle.links} == {
        ("a", "c", "x"), ("c", "b", ""), ("b", "a", "y"),
    }  # fmt: skip
    base_link = next(link for link in cycle.links if not link.stream)
    assert base_link.place == Place("c.py")


def test_a_ring_that_fails_from_one_module_only() -> None:
    [cycle] = cycles(x={"a.py": "import b\n\n\ndef f():\n    return b.B\n\n\nA = 1\n"}, y=SECOND)
    assert cycle.entries == ("a",)
    assert not cycle.sure


def test_a_ring_that_loads_is_fine() -> None:
    assert cycles(x={"a.py": "import b\n\nA = 1\n"}, y={"b.py": "import a\n\nB = 1\n"}) == []


def test_files_in_conflict_are_not_loaded() -> None:
    assert cycles(unsettled=("a.py", "b.py"), x=FIRST, y=SECOND) == []


def test_a_ring_that_one_side_alone_closes_is_no_collision() -> None:
    assert cycles(x={**FIRST, **SECOND}, y={"c.py": "C = 2\n"}) == []
    assert cycles(x={**FIRST, **SECOND}, y=SECOND) == []


def test_a_ring_that_fails_in_the_base_already_is_no_collision() -> None:
    base = {**BASE, **FIRST, "b.py": "from a import A\n\nB = A\n"}
    assert (
        cycles(
            base,
            x={"a.py": "from b import B\nimport c\n\nA = B\n"},
            y={"c.py": "import b\nimport a\n\nC = 1\n"},
        )
        == []
    )


def test_without_imports_of_two_sides_there_is_no_ring() -> None:
    scene = world(BASE, x=FIRST, y={"b.py": "B = 2\n"})
    search = ImportCycles(scene.states, scene.changes)
    assert (list(search.pairs()), search.skipped) == ([], ())
    assert scene.source.blobs.loaded == [*scene.source.blobs.loaded]


def test_pairs_that_close_a_ring() -> None:
    scene = world(BASE, x=FIRST, y=SECOND, z={"c.py": "import a\n"})
    search = ImportCycles(scene.states, scene.changes)
    assert list(search.pairs()) == [("x", "y")]
    assert list(search.failing(("x", "z"), scene.files("x+z"))) == []


PACKAGE: Files = {
    "p/__init__.py": "from p.a import A\n",
    "p/a.py": "A = 1\n",
    "p/b.py": "B = 1\n",
}


def test_packages_load_before_their_modules() -> None:
    [cycle] = cycles(
        PACKAGE, x={"p/a.py": "from p.b import B\n\nA = B\n"}, y={"p/b.py": "from p.a import A\n\nB = A\n"}
    )
    assert {link.importer for link in cycle.links} == {"p.a", "p.b"}


def test_a_module_that_a_side_alone_cannot_load_is_no_entry() -> None:
    base = {"a.py": "A = 1\n", "b.py": "B = 1\n", "d.py": "D = 1\n"}
    first: Files = {
        "a.py": "from d import D\nfrom b import B\n\nA = 1\n",
        "d.py": "from a import A\n\nD = 1\n",
    }
    [cycle] = cycles(base, x=first, y={"b.py": "from a import A\n\nB = 1\n"})
    assert cycle.entries == ("b",)
    [cycle] = cycles(base, x={"b.py": "from a import A\n\nB = 1\n"}, y=first)
    assert cycle.entries == ("b",)


def test_a_module_that_only_one_side_has_is_an_entry() -> None:
    base = {"a.py": "A = 1\n", "c.py": "C = 1\n"}
    second: Files = {"c.py": "from b import B\n\nC = B\n", "b.py": "from a import A\n\nB = A\n"}
    [cycle] = cycles(base, x={"a.py": "from c import C\n\nA = C\n"}, y=second)
    assert {*cycle.entries} == {"a", "b", "c"}


def test_a_module_of_which_nobody_can_tell_whether_it_loads_is_no_entry(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load = LOADING.load

    def unsure_without_x(linker: Linker, program_of: ProgramOf, inside: Collection[str], path: str) -> object:
        program = program_of("a.py")
        if (
            path == "b.py"
            and program is not None
            and not any(step.kind == "import" for step in program.steps)
        ):
            raise LoadingUnsure
        return load(linker, program_of, inside, path)

    monkeypatch.setattr(type(LOADING), "load", staticmethod(unsure_without_x))
    [cycle] = cycles(x=FIRST, y=SECOND)
    assert cycle.entries == ("a",)


def test_two_rings_with_one_failure_are_one_cycle() -> None:
    base = {f"{name}.py": "X = 1\n" for name in "abc"}
    both: Files = {"a.py": "import b\nimport c\n\nY = b.X\n"}
    ring: Files = {"b.py": "from a import Y\n\nX = Y\n", "c.py": "from a import Y\n\nX = Y\n"}
    assert len(rings(base, x=both, y=ring)) == 2
    assert len(cycles(base, x=both, y=ring)) == 1


# The graph


def graph(**sides: Files) -> tuple[ImportGraph, World]:
    scene = world(BASE, **sides)
    return ImportGraph(scene.states, scene.changes), scene


def test_imports_that_run_and_must_not_fail_are_edges() -> None:
    added, _ = graph(
        x={
            "a.py": "import b\ntry:\n    import c\nexcept ImportError:\n    c = None\n",
            "b.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\n\n\ndef f():\n    import c\n",
            "c.py": "import b\nimport sys\nif sys:\n    import a\n",
            "test_a.py": "import a\n",
        },
        y={
            "notes.txt": "import a\n",
            "m.pyi": "import a\n",
            "n.py": "import test_b\nimport n\nimport a\n",
            "test_b.py": "x = 1\n",
        },
    )
    assert added.added == {"x": {"a.py": {"b.py": 1}}, "y": {"n.py": {"a.py": 3}}}
    assert list(added.added_edges("y")) == [("n.py", "a.py")]
    assert (added.line("x", "a.py", "b.py"), added.line("x", "a.py", "c.py"), added.line("y", "a.py", "b.py")) == (
        1, None, None,
    )  # fmt: skip


@pytest.mark.parametrize("flag", ["typing", "guarded", "conditional"])
def test_an_import_that_may_not_run_or_may_fail_is_no_edge(flag: str) -> None:
    scene = world(BASE, x={"a.py": "new"})
    scene.source.blobs.facts_of["new"] = of_uses(binding("b"))
    assert ImportGraph(scene.states, scene.changes).added == {"x": {"a.py": {"b.py": 1}}}
    scene.source.blobs.facts_of["new"] = of_uses(structs.replace(binding("b"), **{flag: True}))
    assert ImportGraph(scene.states, scene.changes).added == {}


def test_imports_that_the_base_has_are_not_added() -> None:
    added, _ = graph(x={"c.py": "import os\nimport b\n\nC = 2\n"}, y={"c.py": ""})
    assert added.added == {}
    added, _ = graph(x={"c.py": "from b import B\n"})
    assert added.added == {"x": {"c.py": {"b.py": 1}}}


def test_an_import_that_did_not_surely_run_before_is_added() -> None:
    scene = world({**BASE, "c.py": "def f():\n    import b\n"}, x={"c.py": "import b\n"})
    assert ImportGraph(scene.states, scene.changes).added == {"x": {"c.py": {"b.py": 1}}}


def test_the_first_line_of_an_import_counts() -> None:
    added, _ = graph(x={"n.py": "import a\nfrom a import A\n"})
    assert added.added == {"x": {"n.py": {"a.py": 1}}}


def test_a_generated_file_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_graph, "_MOST_IMPORTS", 1)
    added, _ = graph(x={"n.py": "import a\nimport b\n"})
    assert added.added == {"x": {"n.py": {"a.py": 1}}}


def test_successors_in_the_base_and_by_sides() -> None:
    added, scene = graph(x={"a.py": "import b\n"}, y={"a.py": "import c\n"})
    assert added.successors("a.py", ()) == []
    assert added.successors("a.py", ("x", "y")) == ["b.py", "c.py"]
    assert added.successors("c.py", ("x",)) == ["b.py"]
    assert added.successors("missing.py", ()) == []
    scene.source.base["notes.txt"] = "import a\n"
    assert added.successors("notes.txt", ()) == []
    scene.source.blobs.facts_of[BASE["c.py"]] = scene.states.facts("x = 1\n", "x.py")
    assert added.successors("c.py", ()) == ["b.py"], "each file is read once"


def test_modules_from_outside_and_the_file_itself_are_no_successors() -> None:
    scene = world(
        {"a.py": "import os\nimport a\nimport b\n", "b.py": "B = 1\n", "os.py": "x = 1\n"},
        x={"n.py": "x = 1\n"},
    )
    assert ImportGraph(scene.states, scene.changes).successors("a.py", ()) == ["b.py"]


def test_imports_of_the_base_are_loaded_at_once() -> None:
    added, scene = graph(x={"n.py": "x = 1\n"})
    scene.source.blobs.loaded.clear()
    added.preload(["a.py", "missing.py", "notes.txt", "c.py"])
    assert [blob for blob, _ in scene.source.blobs.loaded] == [BASE["a.py"], BASE["c.py"]]


# Rings


def rings(base: Files = BASE, **sides: Files) -> list[ImportRing]:
    """The rings of the first two sides."""
    scene = world(base, **sides)
    first, second, *_ = sides
    return ImportRings(ImportGraph(scene.states, scene.changes), scene.states, scene.changes).by_pair.get(
        (first, second), []
    )


def test_a_ring_has_its_files_in_order_and_what_is_loaded_with_them() -> None:
    [ring] = rings(x={"a.py": "from c import C\n\nA = C\n"}, y=SECOND)
    assert ring.paths in (("a.py", "c.py", "b.py"), ("c.py", "b.py", "a.py"), ("b.py", "a.py", "c.py"))
    assert ring.inside == {"a.py", "b.py", "c.py"}


def test_one_ring_has_one_entry_whichever_import_closes_it() -> None:
    both: Files = {"a.py": "from b import B\n\nA = B\n", "c.py": "import a\nimport b\n\nC = b.B\n"}
    assert len(rings(x=both, y=SECOND)) == 1


def test_packages_on_the_way_are_loaded_with_a_ring() -> None:
    ring = rings(PACKAGE, x={"p/a.py": "from p.b import B\n"}, y={"p/b.py": "from p.a import A\n"})
    assert [ring.inside for ring in ring] == [{"p/__init__.py", "p/a.py", "p/b.py"}]
    added: Files = {"p/a.py": "from p.b import B\n", "p/__init__.py": "import p.a\n"}
    base = {"p/a.py": "A = 1\n", "p/b.py": "B = 1\n"}
    ring = rings(base, x=added, y={"p/b.py": "from p.a import A\n"})
    assert [ring.inside for ring in ring] == [{"p/__init__.py", "p/a.py", "p/b.py"}]


def test_the_imports_of_a_third_side_are_no_part_of_a_ring() -> None:
    base = {f"{name}.py": "X = 1\n" for name in "abd"}
    sides: dict[str, Files] = {
        "x": {"a.py": "import b\nimport d\n"}, "y": {"b.py": "import a\n"}, "z": {"d.py": "import a\n"},
    }  # fmt: skip
    [ring] = rings(base, **sides)
    assert {*ring.paths} == ring.inside == {"a.py", "b.py"}


# Limits


def skipped(monkeypatch: pytest.MonkeyPatch, name: str, limit: int, **sides: Files) -> tuple[NotChecked, ...]:
    monkeypatch.setattr(import_rings, name, limit)
    scene = world(BASE, **sides)
    return ImportCycles(scene.states, scene.changes).skipped


def test_more_files_than_a_limit_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    assert skipped(monkeypatch, "_MOST_FILES", 1, x=FIRST, y=SECOND) == (
        NotChecked("import cycles", "more than 1 files are imported"),
    )
    assert skipped(monkeypatch, "_MOST_FILES", 2, x=FIRST, y=SECOND) == ()


def test_more_pairs_than_a_limit_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    assert skipped(monkeypatch, "_MOST_PAIRS", 1, x=FIRST, y=SECOND) == ()
    assert skipped(monkeypatch, "_MOST_PAIRS", 1, x=FIRST, y=SECOND, z=SECOND) == (
        NotChecked("import cycles", "more than 1 pairs may close one"),
    )


def skipped_pairs(monkeypatch: pytest.MonkeyPatch, base: Files, **sides: Files) -> tuple[NotChecked, ...]:
    monkeypatch.setattr(import_rings, "_MOST_PAIRS", 1)
    scene = world(base, **sides)
    return ImportCycles(scene.states, scene.changes).skipped


def test_sides_whose_imports_close_nothing_are_in_no_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    base = {f"{name}.py": "X = 1\n" for name in "abdf"}
    ring: dict[str, Files] = {"x": {"a.py": "import b\n"}, "y": {"b.py": "import a\n"}}
    assert skipped_pairs(monkeypatch, base, **ring, z={"a.py": "import d\n"}, w={"d.py": "import f\n"}) == ()
    cyclic = {**base, "a.py": "import b\n", "b.py": "import a\n"}
    closing: dict[str, Files] = {"x": {"a.py": "import b\nimport d\n"}, "y": {"d.py": "import b\n"}}
    assert skipped_pairs(monkeypatch, cyclic, **closing, z={"b.py": "from a import X\n"}) == ()


def test_figures() -> None:
    assert (import_cycles._MOST_INSIDE, import_graph._MOST_IMPORTS) == (200, 2000)
    assert (import_rings._MOST_FILES, import_rings._MOST_PAIRS, import_rings._MOST_RINGS) == (1500, 100, 3)


def test_rings_of_a_pair_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    base = {f"{name}.py": "X = 1\n" for name in "abcd"}
    first: Files = {"a.py": "from b import X\n\nY = X\n", "c.py": "from d import X\n\nY = X\n"}
    second: Files = {"b.py": "from a import Y\n\nX = Y\n", "d.py": "from c import Y\n\nX = Y\n"}
    assert len(cycles(base, x=first, y=second)) == 2
    ring: Files = {"b.py": "from a import Y\n\nX = Y\n", "c.py": "from a import Y\n\nX = Y\n"}
    both: Files = {"a.py": "import b\nimport c\n\nY = b.X\n"}
    assert [{*ring.paths} for ring in rings(base, x=both, y=ring)] == [{"a.py", "b.py"}, {"a.py", "c.py"}]
    monkeypatch.setattr(import_rings, "_MOST_RINGS", 1)
    assert [{*ring.paths} for ring in rings(base, x=both, y=ring)] == [{"a.py", "b.py"}]


def test_many_modules_are_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_cycles, "_MOST_INSIDE", 1)
    assert cycles(x=FIRST, y=SECOND) == []
    monkeypatch.setattr(import_cycles, "_MOST_INSIDE", 2)
    assert len(cycles(x=FIRST, y=SECOND)) == 1
