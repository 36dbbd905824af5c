"""Lays a graph out in columns: the layered drawing of Sugiyama, Tagawa and Toda (IEEE SMC-11, 1981).

The columns are given. An edge that passes a column gets a place of its own there, so that it runs between the boxes and
not behind them. What is in a column is ordered by the mean place of what it is tied to, forward and back, which takes
most crossings away. Lengths are in pixels, from the top left. Same input, same drawing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

WIDTH, HEIGHT = 196, 50
"""Of a box."""
_GAP = 132
_BETWEEN = 18
_LANE = 14
_TOP = 56
_MARGIN = 16
_SWEEPS = 4
_BULGE = 44
_LETTER, _LABEL = 6.6, 17

Point = tuple[float, float]
Item = str | tuple[int, int]
"""What stands in a column: a box by its name, or the place of an edge that passes, by the edge and the column."""


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge from one box to another, and what is written on it."""

    first: str
    then: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """An edge as drawn: an SVG path and the middle of its label, with the label's width."""

    path: str
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """The layout: the left end of each column, the top left of each box, a line for each tie."""

    width: float
    height: float
    columns: tuple[float, ...]
    boxes: Mapping[str, tuple[float, float]]
    lines: tuple[Line, ...]


def draw(columns: Sequence[Sequence[str]], ties: Sequence[Tie]) -> Drawing:
    """The drawing. Every end of a tie stands in one of the columns."""
    rank = {name: at for at, column in enumerate(columns) for name in column}
    chains = [_chain(number, tie, rank) for number, tie in enumerate(ties)]
    ordered = _ordered(columns, chains)
    tops = _tops(ordered)
    ports = _ports(chains, rank, tops)
    lefts = tuple(_MARGIN + _BULGE + at * (WIDTH + _GAP) for at in range(len(columns)))
    routes = [_route(chain, number, rank, lefts, tops, ports) for number, chain in enumerate(chains)]
    return Drawing(
        width=(lefts[-1] if lefts else 0) + WIDTH + _MARGIN,
        height=max((top + _height(item) for item, top in tops.items()), default=_TOP) + _MARGIN,
        columns=lefts,
        boxes={name: (lefts[at], tops[name]) for name, at in rank.items()},
        lines=tuple(_lines(ties, chains, routes)),
    )


def _chain(number: int, tie: Tie, rank: Mapping[str, int]) -> list[Item]:
    """The items an edge goes through, from left to right."""
    left, right = sorted((tie.first, tie.then), key=lambda name: rank[name])
    return [left, *((number, at) for at in range(rank[left] + 1, rank[right])), right]


def _ordered(columns: Sequence[Sequence[str]], chains: Sequence[Sequence[Item]]) -> list[list[Item]]:
    """The items of each column from the top."""
    passing: list[list[Item]] = [[] for _ in columns]
    tied: dict[Item, list[Item]] = {}
    for chain in chains:
        for item in chain[1:-1]:
            assert isinstance(item, tuple)
            passing[item[1]].append(item)
        for upper, lower in pairwise(chain):
            tied.setdefault(upper, []).append(lower)
            tied.setdefault(lower, []).append(upper)
    rows: list[list[Item]] = [[*column, *passing[at]] for at, column in enumerate(columns)]
    for sweep in range(_SWEEPS):
        order = range(1, len(rows)) if sweep % 2 == 0 else range(len(rows) - 2, -1, -1)
        for at in order:
            beside = rows[at - 1 if sweep % 2 == 0 else at + 1]
            rows[at] = _by_ties(rows[at], beside, tied)
    return rows


def _by_ties(row: list[Item], beside: Sequence[Item], tied: Mapping[Item, Sequence[Item]]) -> list[Item]:
    """The items by the mean place of what they are tied to in the column beside; the others keep theirs."""
    places = {item: at for at, item in enumerate(beside)}
    scale = len(beside) / max(len(row), 1)
    keys: dict[Item, float] = {}
    for at, item in enumerate(row):
        near = [places[neighbour] for neighbour in tied.get(item, ()) if neighbour in places]
        keys[item] = sum(near) / len(near) if near else at * scale
    return sorted(row, key=lambda item: keys[item])


def _tops(rows: Iterable[Sequence[Item]]) -> dict[Item, float]:
    tops: dict[Item, float] = {}
    for row in rows:
        top = float(_TOP)
        for item in row:
            tops[item] = top
            top += _height(item) + _BETWEEN
    return tops


def _height(item: Item) -> int:
    return HEIGHT if isinstance(item, str) else _LANE


def _ports(
    chains: Iterable[Sequence[Item]], rank: Mapping[str, int], tops: Mapping[Item, float]
) -> dict[tuple[int, Item], float]:
    """Return how far down each edge leaves or enters a box: spread over its side, so that edges do not cross."""
    sides: dict[tuple[Item, bool], list[tuple[float, int]]] = {}
    for number, chain in enumerate(chains):
        level = _column(chain[0], rank) == _column(chain[-1], rank)
        sides.setdefault((chain[0], not level), []).append((tops[chain[1]], number))
        sides.setdefault((chain[-1], False), []).append((tops[chain[-2]], number))
    return {
        (number, box): tops[box] + HEIGHT * (at + 1) / (len(ends) + 1)
        for (box, _), ends in sides.items()
        for at, (_, number) in enumerate(sorted(ends))
    }


def _column(item: Item, rank: Mapping[str, int]) -> int:
    return rank[item] if isinstance(item, str) else item[1]


def _route(
    chain: Sequence[Item],
    number: int,
    rank: Mapping[str, int],
    lefts: Sequence[float],
    tops: Mapping[Item, float],
    ports: Mapping[tuple[int, Item], float],
) -> list[Point]:
    """The points of an edge, left to right: where it leaves, enters and leaves each lane, and enters."""
    start, end = (lefts[_column(item, rank)] for item in (chain[0], chain[-1]))
    points = [(start if start == end else start + WIDTH, ports[number, chain[0]])]
    for item in chain[1:-1]:
        left, middle = lefts[_column(item, rank)], tops[item] + _LANE / 2
        points += [(left, middle), (left + WIDTH, middle)]
    return [*points, (end, ports[number, chain[-1]])]


def _lines(
    ties: Iterable[Tie], chains: Iterable[Sequence[Item]], routes: Iterable[Sequence[Point]]
) -> Iterator[Line]:
    """The lines, their labels moved down until none covers another."""
    taken: list[Line] = []
    for tie, chain, route in zip(ties, chains, routes, strict=True):
        level = route[0][0] == route[-1][0]
        x, y = _middle(route[-2:], level)
        path = _path(route if chain[0] == tie.first else route[::-1], level)
        line = Line(path, x, y, len(tie.label) * _LETTER + 10)
        while any(_covers(line, rival) for rival in taken):
            line = replace(line, y=line.y + _LABEL)
        taken.append(line)
        yield line


def _middle(ends: Sequence[Point], level: bool) -> Point:
    (left, up), (right, down) = ends
    return (left - 0.75 * _BULGE if level else (left + right) / 2, (up + down) / 2)


def _covers(line: Line, rival: Line) -> bool:
    beside = abs(line.x - rival.x) * 2 >= line.width + rival.width
    return not beside and abs(line.y - rival.y) < _LABEL


def _path(points: Sequence[Point], level: bool) -> str:
    """Curves between columns, straight lines within one; an edge within one column swings out to the left."""
    (x, y), *further = points
    steps = [f"M{x:.0f} {y:.1f}"]
    for at, (nx, ny) in enumerate(further):
        if level:
            steps.append(f"C{x - _BULGE:.0f} {y:.1f} {nx - _BULGE:.0f} {ny:.1f} {nx:.0f} {ny:.1f}")
        elif at % 2:
            steps.append(f"L{nx:.0f} {ny:.1f}")
        else:
            middle = (x + nx) / 2
            steps.append(f"C{middle:.0f} {y:.1f} {middle:.0f} {ny:.1f} {nx:.0f} {ny:.1f}")
        x, y = nx, ny
    return "".join(steps)
