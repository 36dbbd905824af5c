"""The lines around each place that a collision names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from names.literal import Files, World, world

from gate.model.names import BrokenText, BrokenUse, DuplicateDefinition, Excerpt, NameFacts, Place, SidePlace
from gate.names import excerpts as module
from gate.names.excerpts import LINES, LONGEST, excerpts

if TYPE_CHECKING:
    import pytest

LONG = "".join(f"line {number}\n" for number in range(1, 31))
BASE: Files = {"m.py": LONG, "n.py": "x = 1\n"}


def scene() -> World:
    return world(BASE, a={"m.py": LONG.replace("line 5\n", "changed\n"), "gone.py": ""}, b={"o.py": LONG})


def kept(**facts: object) -> dict[SidePlace, Excerpt]:
    literal = scene()
    return excerpts(literal.states, literal.changes, NameFacts(**facts))  # type: ignore[arg-type]


def use(**more: object) -> BrokenUse:
    arguments: dict[str, object] = {"kind": "name", "producer": "a", "consumer": "b", "name": "x", "changed_name": "x",
                                "use_place": Place("o.py", 9), "change_place": Place("m.py", 12)}  # fmt: skip
    return BrokenUse(**(arguments | more))  # type: ignore[arg-type]


def lines(start: int, end: int) -> str:
    return "".join(f"line {number}\n" for number in range(start, end))


def test_the_places_of_a_broken_use() -> None:
    shown = kept(broken_uses=(use(old_place=Place("m.py", 3)),))
    assert [*shown] == [("", Place("m.py", 3)), ("a", Place("m.py", 12)), ("b", Place("o.py", 9))]
    assert shown["b", Place("o.py", 9)] == Excerpt(8, lines(8, 8 + LINES))
    assert shown["", Place("m.py", 3)].text.splitlines()[3] == "line 5", "the base's version"


def test_a_change_without_a_line_is_shown_of_modules_only() -> None:
    whole = Place("m.py")
    assert ("a", whole) not in kept(broken_uses=(use(change_place=whole),))
    shown = kept(broken_uses=(use(change_place=whole, kind="module"),))
    assert shown["a", whole].line == 4, "the first line that the side changed"


def test_a_whole_file_that_the_side_left_alone_shows_nothing() -> None:
    untouched = Place("n.py")
    assert ("a", untouched) not in kept(broken_uses=(use(change_place=untouched, kind="module"),))
    assert ("", untouched) not in kept(broken_uses=(use(old_place=untouched),))


def test_a_removed_file() -> None:
    removed_place = Place("gone.py")
    shown = kept(broken_uses=(use(change_place=removed_place, kind="module"),))
    assert shown["a", removed_place] == Excerpt(None, "(this file is gone)")


def test_the_files_of_duplicates_and_of_broken_texts() -> None:
    duplicate = DuplicateDefinition("a", "b", "m.py", "", "f", "function", (1, 30))
    assert [*kept(duplicates=(duplicate,))] == [("a", Place("m.py", 1)), ("b", Place("m.py", 30))]
    across = DuplicateDefinition("a", "b", "m.py", "", "f", "function", (2, 30), second_path="o.py")
    assert [*kept(duplicates=(across,))] == [("a", Place("m.py", 2)), ("b", Place("o.py", 30))]
    text = BrokenText("a", "b", "m.py", "it ends", lines=(None, 2))
    shown = kept(broken_texts=(text,))
    assert shown["a", Place("m.py")].line == 4
    assert shown["b", Place("m.py", 2)].line == 1


def test_the_first_and_the_last_line_of_a_file() -> None:
    shown = kept(broken_uses=(use(use_place=Place("o.py", 1), change_place=Place("m.py", 30)),))
    assert shown["b", Place("o.py", 1)] == Excerpt(1, lines(1, 1 + LINES))
    assert shown["a", Place("m.py", 30)] == Excerpt(29, lines(29, 31))
    assert ("b", Place("o.py", 31)) not in kept(broken_uses=(use(use_place=Place("o.py", 31)),))


def test_figures() -> None:
    assert (module.MOST, module.LINES, module.BEFORE, module.LONGEST) == (1_000, 8, 1, 400)


def test_long_lines_are_cut() -> None:
    scene = world({"m.py": f"{'x' * (LONGEST - 1)}\n{'y' * LONGEST}\n"}, a={"n.py": "x = 1\n"})
    facts = NameFacts(broken_uses=(use(producer="a", consumer="a", use_place=Place("m.py", 1)),))
    first, second = excerpts(scene.states, scene.changes, facts)["a", Place("m.py", 1)].text.splitlines()
    assert first == "x" * (LONGEST - 1)
    assert second == "y" * (LONGEST - 3) + "..."


def test_places_are_kept_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    assert len(kept(broken_uses=(use(old_place=Place("m.py", 3)),))) == 2
