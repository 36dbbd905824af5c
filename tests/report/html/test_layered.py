"""The drawing of a graph in columns."""

from __future__ import annotations

import re
from itertools import combinations

from gate.report.html.layered import HEIGHT, WIDTH, Tie, draw

COLUMNS = [["a", "b", "c"], ["d"], ["e", "f"]]
TIES = [Tie("a", "f", "G201"), Tie("b", "d", "G105 G201"), Tie("f", "e", "G201"), Tie("c", "e", "handoff")]


def test_no_box_covers_another() -> None:
    boxes = draw(COLUMNS, TIES).boxes
    assert set(boxes) == set("abcdef")
    for (x, y), (other, down) in combinations(boxes.values(), 2):
        assert abs(x - other) >= WIDTH or abs(y - down) >= HEIGHT


def test_columns_follow_one_another_and_hold_their_boxes() -> None:
    drawing = draw(COLUMNS, TIES)
    assert list(drawing.columns) == sorted(drawing.columns)
    for at, column in enumerate(COLUMNS):
        assert {drawing.boxes[name][0] for name in column} == {drawing.columns[at]}


def test_a_line_goes_from_the_first_to_the_other() -> None:
    drawing = draw(COLUMNS, [Tie("e", "a", "x")])
    (x, _), *_, (end, _) = _points(drawing.lines[0].path)
    assert (x, end) == (drawing.columns[2], drawing.columns[0] + WIDTH)


def test_a_long_line_passes_between_the_boxes() -> None:
    drawing = draw(COLUMNS, TIES)
    left, (_, top) = drawing.columns[1], drawing.boxes["d"]
    passing = [y for x, y in _points(drawing.lines[0].path) if left <= x <= left + WIDTH]
    assert passing
    assert not any(top <= y <= top + HEIGHT for y in passing)


def test_no_label_covers_another() -> None:
    many = [Tie("a", "e", "G201")] * 6
    lines = draw(COLUMNS, many).lines
    for one, other in combinations(lines, 2):
        assert abs(one.x - other.x) * 2 >= one.width + other.width or abs(one.y - other.y) >= 16


def test_ties_pull_their_ends_to_one_height() -> None:
    boxes = draw([["a", "b"], ["c", "d"]], [Tie("a", "d", ""), Tie("b", "c", "")]).boxes
    assert (boxes["a"][1] < boxes["b"][1]) == (boxes["d"][1] < boxes["c"][1])


def test_it_is_the_same_twice() -> None:
    assert draw(COLUMNS, TIES) == draw(COLUMNS, TIES)


def test_nothing_is_drawn_of_nothing() -> None:
    assert draw([], []).boxes == {}


def _points(path: str) -> list[tuple[float, float]]:
    numbers = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))
