"""The picture of the plan: streams in the columns they land in, tied where they meet; a matrix where many do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.model.finding import Severity
from gate.report import outline
from gate.report.columns import cut
from gate.report.html import layered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.model.report import FindingRecord, Report, StreamRecord

MOST_STREAMS = 30
"""Streams that meet others which a graph still shows well; with more there is a matrix."""
MOST_LINKS = 150
"""Lines of a graph, and rows of its table."""
MOST_ROWS = 200
MOST_CELLS = 4000
_CODES = 2
_LETTERS = 24
Key = tuple[str, str]
"""Two streams, in the order of their names."""
HANDOFF = "handoff"


@dataclass(frozen=True, slots=True)
class StreamLink:
    """A link between two streams: codes, severity, and whether the first must land before the other."""

    first: str
    then: str
    codes: tuple[str, ...]
    weight: str
    ordered: bool
    needs: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Its codes, as many as fit."""
        more = f" +{len(self.codes) - _CODES}" if len(self.codes) > _CODES else ""
        return cut(" ".join(self.codes[:_CODES]), _LETTERS - len(more)) + more


@dataclass(frozen=True, slots=True)
class PictureNode:
    """A stream in the graph: its name on two lines, the last part of it above."""

    name: str
    title: str
    below: str
    decision: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a batch, or a reason to be held; `more` streams of it meet nobody and are not drawn."""

    title: str
    x: float
    more: int


@dataclass(frozen=True, slots=True)
class Graph:
    """The picture of few streams."""

    width: float
    height: float
    columns: tuple[Column, ...]
    nodes: tuple[PictureNode, ...]
    lines: tuple[tuple[StreamLink, layered.Line], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A pair in the matrix, by row and column, both counted from 0."""

    row: int
    column: int
    link: StreamLink


@dataclass(frozen=True, slots=True)
class Matrix:
    """The picture of many streams: which of them meet."""

    names: tuple[str, ...]
    cells: tuple[Cell, ...]
    size: int
    more_streams: int
    more_cells: int


def links(report: Report) -> list[StreamLink]:
    """Return the links of streams, the gravest first: pairs that are not parallel, findings, handoffs."""
    meetings: dict[Key, set[tuple[str, str]]] = {}
    for key, code, severity in (*_of_pairs(report), *_of_findings(report), *_of_handoffs(report)):
        meetings.setdefault(key, set()).add((code, severity))
    orders = {
        _key(handoff.consumer, handoff.producer): [handoff.producer, handoff.consumer]
        for handoff in report.plan.handoffs
    }
    orders |= {_key(*pair.branches): pair.order for pair in report.pairs if len(pair.branches) == 2}
    needs = {
        _key(handoff.consumer, handoff.producer): tuple(handoff.needs) for handoff in report.plan.handoffs
    }
    pair_links = [_link(key, some, orders.get(key, ()), needs.get(key, ())) for key, some in meetings.items()]
    return sorted(pair_links, key=lambda link: (-Severity(link.weight).rank, link.first, link.then))


def _key(left: str, right: str) -> Key:
    return (left, right) if left <= right else (right, left)


def _of_pairs(report: Report) -> Iterator[tuple[Key, str, str]]:
    """Yield why pairs are not parallel. Findings that only make streams land one at a time are left to the batches."""
    general = {finding.code for finding in report.findings if _is_general(finding)}
    for pair in report.pairs:
        if len(pair.branches) == 2:
            yield from ((_key(*pair.branches), code, "note") for code in pair.reasons if code not in general)


def _is_general(finding: FindingRecord) -> bool:
    """Return whether a note ties a stream to all others, or many to one another."""
    kinds = {constraint.kind for constraint in finding.constraints}
    many = kinds == {"serial"} and len(finding.branches) > 2
    return finding.severity == "note" and ("alone" in kinds or many)


def _of_findings(report: Report) -> Iterator[tuple[Key, str, str]]:
    turns = {name: turn for turn, name in enumerate(report.plan.order)}
    for finding in outline.standing(report):
        yield from ((key, finding.code, finding.severity) for key in _pairs_of(finding, turns))


def _of_handoffs(report: Report) -> Iterator[tuple[Key, str, str]]:
    return ((_key(handoff.consumer, handoff.producer), HANDOFF, "note") for handoff in report.plan.handoffs)


def _pairs_of(finding: FindingRecord, turns: Mapping[str, int]) -> Iterator[Key]:
    """The pairs a finding is about: two streams, or of more that collide the last to land with each before it."""
    names = dict.fromkeys(finding.branches)
    if len(names) == 2:
        yield _key(*names)
    elif len(names) > 2 and any(constraint.kind == "apart" for constraint in finding.constraints):
        last = max(names, key=lambda name: (turns.get(name, len(turns)), name))
        yield from (_key(name, last) for name in names if name != last)


def _link(key: Key, some: set[tuple[str, str]], order: Sequence[str], needs: tuple[str, ...]) -> StreamLink:
    ordered = sorted(order) == list(key)
    first, then = order if ordered else key
    weight = max((severity for _, severity in some), key=lambda severity: Severity(severity).rank)
    return StreamLink(first, then, tuple(sorted({code for code, _ in some})), weight, ordered, needs)


def picture(report: Report) -> tuple[Graph | None, Matrix | None, list[StreamLink]]:
    """The graph or the matrix, if there is anything to see, and every link."""
    names = {stream.name for stream in report.streams}
    shown_links = [link for link in links(report) if {link.first, link.then} <= names]
    meeting = {name for link in shown_links for name in (link.first, link.then)}
    if len(report.streams) < 2 or (not report.plan.batches and not shown_links):
        return None, None, shown_links
    if len(meeting) > MOST_STREAMS:
        return None, _matrix(report, shown_links), shown_links
    return _graph(report, shown_links, meeting), None, shown_links


def _graph(report: Report, graph_links: Sequence[StreamLink], meeting: set[str]) -> Graph:
    every = [(title, column) for title, column in _columns(report) if column]
    few = len(report.streams) <= MOST_STREAMS
    drawn = [(title, column, [name for name in column if few or name in meeting]) for title, column in every]
    kept = graph_links[:MOST_LINKS]
    ties = [layered.Tie(link.first, link.then, link.label) for link in kept]
    drawing = layered.draw([shown for _, _, shown in drawn], ties)
    streams = {stream.name: stream for stream in report.streams}
    return Graph(
        width=drawing.width,
        height=drawing.height,
        columns=tuple(
            Column(title, x, len(column) - len(shown))
            for (title, column, shown), x in zip(drawn, drawing.columns, strict=True)
        ),
        nodes=tuple(_node(streams[name], *place) for name, place in drawing.boxes.items()),
        lines=tuple(zip(kept, drawing.lines, strict=True)),
        more=len(graph_links) - len(kept),
    )


def _columns(report: Report) -> Iterator[tuple[str, list[str]]]:
    """Every stream in one column: its batch, held, or compared with."""
    names = {stream.name: stream.judged for stream in report.streams}
    landing: set[str] = set()
    for number, batch in enumerate(report.plan.batches, 1):
        fresh = [name for name in dict.fromkeys(batch) if name in names and name not in landing]
        landing.update(fresh)
        yield f"Batch {number}", fresh
    yield "Held", [name for name, judged in names.items() if judged and name not in landing]
    yield "Compared with", [name for name, judged in names.items() if not judged and name not in landing]


def _node(stream: StreamRecord, x: float, y: float) -> PictureNode:
    path, _, last = stream.name.rpartition("/")
    below = path or stream.coordinator or ""
    decision = stream.decision if stream.judged else "compared"
    return PictureNode(stream.name, cut(last, _LETTERS), _end(below, _LETTERS + 2), decision, x, y)


def _end(text: str, width: int) -> str:
    """The end of a text, which tells names apart."""
    return cut(text[::-1], width)[::-1]


def _matrix(report: Report, matrix_links: Sequence[StreamLink]) -> Matrix:
    meeting = {name for link in matrix_links for name in (link.first, link.then)}
    every = [name for _, column in _columns(report) for name in column if name in meeting]
    names = every[:MOST_ROWS]
    places: Mapping[str, int] = {name: at for at, name in enumerate(names)}
    inside = [link for link in matrix_links if link.first in places and link.then in places]
    cells = (_cell(places[link.first], places[link.then], link) for link in inside[:MOST_CELLS])
    return Matrix(
        names=tuple(names),
        cells=tuple(cells),
        size=14 if len(names) <= 80 else 11,
        more_streams=len(every) - len(names),
        more_cells=len(matrix_links) - min(len(inside), MOST_CELLS),
    )


def _cell(row: int, column: int, link: StreamLink) -> Cell:
    return Cell(max(row, column), min(row, column), link)
