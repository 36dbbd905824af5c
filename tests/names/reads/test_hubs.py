"""Which of all reads of a pair are reported."""

from __future__ import annotations

from typing import Any

import pytest
from names.literal import Files, changes, world

from gate.model.names import Place, Read
from gate.names import reads as module
from gate.names.meetings import Meetings, find_meetings
from gate.names.reads import HUB, MOST, write_reads
from gate.names.reads.read import RankedRead

Ranked = tuple[tuple[str, str], RankedRead]


def read(name: str = "load", path: str = "m.py", rank: int = 0, **more: Any) -> RankedRead:
    place = Place(more.pop("file", "test_x.py"), 1)
    return RankedRead(Read(name, Place(path, 1), place, more.pop("aspect", "body"), **more), path, (rank,))


def reported(
    monkeypatch: pytest.MonkeyPatch, *reads_found: Ranked, spread: bool = False
) -> dict[tuple[str, str], list[Read]]:
    """What is reported of these reads; `spread` lets each kind of reads find a part of them."""
    parts = [reads_found[at::3] for at in range(3)] if spread else [reads_found, (), ()]
    for name, part in zip(("definition_reads", "member_reads", "text_reads"), parts, strict=True):
        monkeypatch.setattr(module, name, lambda *_, part=part: iter(part))
    scene = world({}, w={})
    result = write_reads(scene.states, {"w": changes("w")}, Meetings({}, {}, {}, {}), {})
    return {(ranked_read.writer, ranked_read.reader): [*ranked_read.reads] for ranked_read in result}


PAIR = ("w", "r")


def test_reads_of_all_kinds_the_most_specific_first(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = read("a", rank=3), read("b", rank=1), read("c", rank=2)
    reads_found = reported(monkeypatch, (PAIR, first), (PAIR, second), (PAIR, third), spread=True)
    assert reads_found == {PAIR: [second.read, third.read, first.read]}


def test_reads_of_one_rank_are_sorted_by_file_and_name(monkeypatch: pytest.MonkeyPatch) -> None:
    all_reads = [read("b", "n.py"), read("b", "m.py"), read("a", "n.py")]
    [[*names]] = reported(monkeypatch, *((PAIR, ranked_read) for ranked_read in all_reads)).values()
    assert [(ranked_read.definition_place.path, ranked_read.name) for ranked_read in names] == [
        ("m.py", "b"),
        ("n.py", "a"),
        ("n.py", "b"),
    ]


def test_pairs_are_sorted(monkeypatch: pytest.MonkeyPatch) -> None:
    reads_found = reported(
        monkeypatch, (("b", "a"), read("x")), (("a", "c"), read("y")), (("a", "b"), read("z"))
    )
    assert [*reads_found] == [("a", "b"), ("a", "c"), ("b", "a")]


def test_the_most_specific_read_of_a_definition_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    late, early = read(rank=2), read(rank=1, file="test_y.py")
    for both in ((late, early), (early, late)):
        assert reported(monkeypatch, *((PAIR, ranked_read) for ranked_read in both)) == {PAIR: [early.read]}
    first, second = read(file="test_a.py"), read(file="test_b.py")
    for both in ((first, second), (second, first)):
        assert reported(monkeypatch, *((PAIR, ranked_read) for ranked_read in both)) == {PAIR: [first.read]}


def test_of_reads_in_one_file_that_say_as_much_the_first_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = read(inside="test_a"), read(inside="test_b")
    assert reported(monkeypatch, (PAIR, first), (PAIR, second)) == {PAIR: [first.read]}


def test_definitions_of_one_name_in_two_files_are_two(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(reported(monkeypatch, (PAIR, read(path="m.py")), (PAIR, read(path="n.py")))[PAIR]) == 2


def test_a_pair_has_a_number_of_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    reads_found = reported(monkeypatch, *((PAIR, read(f"f{at}", rank=at)) for at in range(MOST + 1)))
    assert [ranked_read.name for ranked_read in reads_found[PAIR]] == [f"f{at}" for at in range(MOST)]


def readers(number: int, **more: Any) -> list[Ranked]:
    return [(("w", f"r{at}"), read(**more)) for at in range(number)]


def test_a_definition_that_many_sides_read_says_something_of_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert HUB == 3
    assert len(reported(monkeypatch, *readers(HUB - 1))) == HUB - 1
    assert reported(monkeypatch, *readers(HUB)) == {}


def test_readers_of_two_writers_are_counted_together_and_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ranked_read, two = (
        readers(HUB - 1),
        [(("v", reader), reads_found) for (_, reader), reads_found in readers(HUB - 1)],
    )
    assert len(reported(monkeypatch, *ranked_read, *two)) == 2 * (HUB - 1)


def test_a_hub_leaves_the_other_reads_of_a_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    own_read = read("other")
    assert reported(monkeypatch, *readers(HUB), (("w", "r0"), own_read)) == {("w", "r0"): [own_read.read]}


@pytest.mark.parametrize(
    ("more", "stands_out"),
    [
        ({"aspect": "text"}, True),
        ({"test": True, "inside": "test_load"}, True),
        ({"test": True, "inside": "test_x"}, False),
        ({"inside": "test_load"}, False),
    ],
)
def test_a_text_and_a_test_named_after_a_hub_stand_out(
    monkeypatch: pytest.MonkeyPatch, more: dict[str, Any], stands_out: bool
) -> None:
    assert len(reported(monkeypatch, *readers(HUB, **more))) == (HUB if stands_out else 0)


def test_a_hub_of_a_whole_comparison() -> None:
    store = "def load_everything():\n    return 1\n"
    base: Files = {"store.py": store, "app.py": "x = 1\n"}
    use = "import store\n\n\ndef run():\n    return store.load_everything()\n"

    def reads_found(number: int) -> int:
        sides = {f"r{at}": {f"app{at}.py": use} for at in range(number)}
        scene = world(base, w={"store.py": store.replace("1", "2")}, **sides)
        meetings = find_meetings(scene.states, scene.changes)
        return len(list(write_reads(scene.states, scene.changes, meetings, {})))

    assert [reads_found(number) for number in (1, HUB - 1, HUB)] == [1, HUB - 1, 0]
