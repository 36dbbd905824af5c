"""The comparison of all pairs of sides, on literal files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from names.literal import Files, LiteralSource, analysed, side

from gate.model.facts import NotChecked, PairFacts
from gate.model.git import Clean, Conflicted, NotTried
from gate.model.names import BrokenText, BrokenUse, Place
from gate.names import import_rings, member_index
from gate.names.pairs import analyse_pairs

if TYPE_CHECKING:
    import pytest

    from gate.model.names import NameFacts
    from gate.names.source import SideFiles

BASE: Files = {
    "m.py": "def load():\n    return 1\n\n\ndef keep():\n    return 2\n",
    "n.py": "x = 1\n",
    "x.json": '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}\n',
}
REMOVED: Files = {"m.py": "def keep():\n    return 2\n"}
USES: Files = {"n.py": "import m\n\nm.load()\n"}


def compare(
    source: LiteralSource, sides: list[SideFiles], *pairs: PairFacts
) -> tuple[NameFacts, tuple[PairFacts, ...], tuple[NotChecked, ...]]:
    analysis, merged, notes = analyse_pairs(source, sides, pairs)
    return analysis.facts, merged, notes


def scene(*, judged: str = "ab", **sides: Files) -> tuple[LiteralSource, list[SideFiles]]:
    return LiteralSource(BASE, sides), [
        side(name, files, judged=name in judged) for name, files in sides.items()
    ]


def test_a_pair_that_only_meets_in_a_name_is_merged_as_the_proof() -> None:
    source, sides = scene(b=REMOVED, a=USES)
    facts, merged, notes = compare(source, sides)
    [broken] = facts.broken_uses
    assert (broken.producer, broken.consumer, broken.use_place) == ("b", "a", Place("n.py", 3))
    assert merged == (PairFacts("a", "b", Clean("a+b", "a+b")),)
    assert source.merges == ["a+b"]
    assert notes == ()


def test_a_pair_that_does_not_meet_is_not_merged() -> None:
    source, sides = scene(a=REMOVED, b={"n.py": "import m\n\nm.keep()\n"})
    assert compare(source, sides) == (analysed({})[0].facts, (), ())
    assert source.merges == []


def test_a_pair_that_meets_without_harm_is_not_merged() -> None:
    changed = {"m.py": BASE["m.py"].replace("return 1", "return 3")}
    source, sides = scene(a=changed, b={"n.py": "import m\n\n\ndef run():\n    return m.load()\n"})
    facts, merged, _ = compare(source, sides)
    assert (facts.broken_uses, merged, source.merges) == ((), (), [])
    [collision] = facts.reads
    assert (collision.writer, collision.reader, [read.name for read in collision.reads]) == (
        "a",
        "b",
        ["load"],
    )


def test_a_use_that_breaks_is_no_read() -> None:
    changed = {"m.py": BASE["m.py"].replace("load()", "load(x)")}
    facts, _, _ = compare(*scene(a=changed, b=USES))
    assert [use.kind for use in facts.broken_uses] == ["call"]
    assert facts.reads == ()
    optional = {"m.py": BASE["m.py"].replace("load()", "load(x=1)")}
    assert len(compare(*scene(a=optional, b=USES))[0].reads) == 1


def test_pairs_without_a_judged_side_are_not_compared() -> None:
    source, sides = scene(judged="x", a=REMOVED, b=USES)
    facts, merged, _ = compare(source, sides)
    assert (facts.broken_uses, merged) == ((), ())
    for judged in ("a", "b"):
        assert len(compare(*scene(judged=judged, a=REMOVED, b=USES))[0].broken_uses) == 1


def test_reads_without_a_judged_side_are_not_reported() -> None:
    changed = {"m.py": BASE["m.py"].replace("return 1", "return 3")}
    reads = {"n.py": "import m\n\n\ndef run():\n    return m.load()\n"}
    for judged, number in (("x", 0), ("a", 1), ("b", 1)):
        assert len(compare(*scene(judged=judged, a=changed, b=reads))[0].reads) == number


def merged_pair(*paths: str) -> PairFacts:
    """The merge of a and b, with these paths in conflict."""
    return PairFacts("a", "b", Conflicted("a+b", paths, ()) if paths else Clean("a+b", "a+b"))


def test_a_merged_pair_is_judged_by_its_merge() -> None:
    source, sides = scene(a=REMOVED, b={**USES, "m.py": BASE["m.py"] + "\n\nx = 1\n"})
    pair = merged_pair()
    facts, merged, _ = compare(source, sides, pair)
    assert len(facts.broken_uses) == 1
    assert (merged, source.merges) == ((pair,), [])
    source.commits["a+b"] = {**USES}
    assert compare(source, sides, pair)[0].broken_uses == (), "the merge has the name"


def test_nothing_is_known_of_files_in_conflict() -> None:
    source, sides = scene(a=REMOVED, b={**USES, "m.py": BASE["m.py"] + "\n\nx = 1\n"})
    assert compare(source, sides, merged_pair("m.py"))[0].broken_uses == ()
    assert len(compare(source, sides, merged_pair("z.py"))[0].broken_uses) == 1


def test_a_merge_that_was_not_tried_shows_nothing() -> None:
    source, sides = scene(a=REMOVED, b={**USES, "m.py": BASE["m.py"] + "\n\nx = 1\n"})
    pair = PairFacts("a", "b", NotTried("git died"))
    facts, merged, _ = compare(source, sides, pair)
    assert (facts.broken_uses, merged, source.merges) == ((), (pair,), [])


def test_merged_pairs_that_share_no_file_are_left_alone() -> None:
    source, sides = scene(a={"k.py": "x = 1\n"}, b={"l.py": "x = 1\n"})
    pairs = [merged_pair(), PairFacts("a", "gone", Clean("t", "t")), PairFacts("gone", "z", Clean("t", "t"))]
    facts, merged, _ = compare(source, sides, *pairs)
    assert (facts.broken_uses, facts.duplicates, merged) == ((), (), tuple(pairs))


def test_names_that_both_define_in_one_file() -> None:
    lines = "".join(f"X{at} = {at}\n" for at in range(8))
    source = LiteralSource({"m.py": lines})
    source.commits = {
        "a": {"m.py": f"def f():\n    return 1\n\n\n{lines}"},
        "b": {"m.py": f"{lines}\n\ndef f():\n    return 2\n"},
    }
    sides = [side(name, files) for name, files in source.commits.items()]
    facts, _, _ = compare(source, sides, merged_pair())
    assert [collision.name for collision in facts.duplicates] == ["f"]
    assert len(facts.excerpts) == 2


def test_names_of_one_package_are_proved_by_a_merge() -> None:
    text = "package p\n\nfunc F() {}\n"
    source, sides = scene(a={"p/a.go": text}, b={"p/b.go": text})
    facts, merged, _ = compare(source, sides)
    assert [collision.second_path for collision in facts.duplicates] == ["p/b.go"]
    assert [pair.merge for pair in merged] == [Clean("a+b", "a+b")]


def test_import_cycles_are_proved_by_a_merge() -> None:
    source = LiteralSource({"a.py": "A = 1\n", "b.py": "B = 1\n"})
    source.commits = {
        "a": {"a.py": "from b import B\n\nA = B\n"},
        "b": {"b.py": "from a import A\n\nB = A\n"},
    }
    sides = [side(name, files) for name, files in source.commits.items()]
    facts, merged, _ = compare(source, sides)
    assert [(cycle.first, cycle.second) for cycle in facts.cycles] == [("a", "b")]
    assert len(merged) == 1


def test_locals_that_nothing_binds() -> None:
    base = "def f():\n    width = 1\n    # one\n    # two\n    # three\n    return width\n"
    source = LiteralSource({"m.py": base})
    source.commits = {
        "a": {"m.py": base.replace("width", "length")},
        "b": {"m.py": base.replace("# two", "print(width)")},
    }
    sides = [side(name, files) for name, files in source.commits.items()]
    [broken] = compare(source, sides, merged_pair())[0].broken_uses
    assert (broken.kind, broken.name) == ("undefined", "width")


def test_data_files_are_judged_by_their_merge() -> None:
    source, sides = scene(
        a={"x.json": BASE["x.json"].replace('  "a"', '  "new": 1,\n  "a"')},
        b={"x.json": BASE["x.json"].replace('"c": 3', '"c": 3,\n  "new": 2')},
    )
    facts, _, _ = compare(source, sides, merged_pair())
    assert facts.broken_texts == (BrokenText("a", "b", "x.json", "line 6 repeats the key", "new", (2, 5)),)


def test_members_of_unknown_values() -> None:
    source, sides = scene(a={"m.py": "x = 1\n"}, b={"n.py": "def go(it):\n    return it.keep_all()\n"})
    source.base = {**BASE, "m.py": "class C:\n    def keep_all(self):\n        return 1\n"}
    [broken] = compare(source, sides)[0].broken_uses
    assert (broken.kind, broken.name) == ("member", ".keep_all")


def test_a_member_of_a_declared_class_is_reported_once() -> None:
    base = {
        "m.py": "class C:\n    def keep_all(self):\n        return 1\n\n    def x(self):\n        return 2\n",
        "n.py": "x = 1\n",
    }
    source = LiteralSource(base)
    use = "from m import C\n\n\ndef go(it: C):\n    return it.keep_all()\n"
    source.commits = {"a": {"m.py": "class C:\n    def x(self):\n        return 2\n"}, "b": {"n.py": use}}
    facts, _, _ = compare(source, [side(name, files) for name, files in source.commits.items()])
    assert [collision.changed_name for collision in facts.broken_uses] == ["C.keep_all"]


def test_collisions_are_sorted() -> None:
    source, sides = scene(judged="abcd", d=REMOVED, c=REMOVED, b=USES, a=USES)
    facts, merged, _ = compare(source, sides)
    assert [(use.producer, use.consumer) for use in facts.broken_uses] == [
        ("c", "a"),
        ("c", "b"),
        ("d", "a"),
        ("d", "b"),
    ]
    assert [(pair.first, pair.second) for pair in merged] == [("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")]
    assert all(isinstance(use, BrokenUse) for use in facts.broken_uses)


def test_what_could_not_be_read_is_said() -> None:
    source, sides = scene(
        a={"m.py": "def (:\n", "o.py": "def (:\n"}, b={"n.py": "x = (\n", "k.txt": "def (:\n"}
    )
    _, _, notes = compare(source, sides)
    assert sum(int(note.what.split()[2]) for note in notes) == 3
    assert [note.why for note in notes] == sorted({note.why for note in notes})
    assert {note.what.partition(" changed ")[2] for note in notes} <= {"source file", "source files"}


def test_imports_that_are_too_many_to_look_at_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_rings, "_MOST_FILES", 0)
    source, sides = scene(a={"n.py": "import m\n"}, b={"m.py": "import n\n"})
    [note] = compare(source, sides)[2]
    assert note.what == "import cycles"


def test_merged_data_that_is_too_large_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from gate.languages import registry
    from gate.model.source import FileFacts

    source, sides = scene(a={"x.json": "[1]\n"}, b={"x.json": "[2]\n"})
    source.commits["a+b"] = {"x.json": "[3]\n"}
    source.blobs.facts_of["[3]\n"] = FileFacts("none", registry.TOO_LARGE)
    _, _, notes = compare(source, sides, merged_pair())
    assert notes == (NotChecked("the merged text of 1 data file", registry.TOO_LARGE),)
    monkeypatch.setattr(member_index, "MOST", 0)
    source, sides = scene(a={"m.py": "class C: ...\n"}, b={"n.py": "def go(it):\n    return it.load_it()\n"})
    source.base = {**BASE, "m.py": "class C:\n    def load_it(self): ...\n"}
    [note] = compare(source, sides)[2]
    assert note.what == "members of unknown values, 1 name"


def test_the_analysis_keeps_what_sets_are_asked_of() -> None:
    analysis, _, _ = analysed(BASE, a=REMOVED, b=USES)
    assert [*analysis.changes] == ["a", "b"]
    assert [*analysis.affected_uses] == [("a", "b")]
    assert analysis.states.base_blob("n.py") == "x = 1\n"
    assert [*analysis.members.changed_members] == ["a", "b"]
