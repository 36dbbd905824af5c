"""The `mermaid` format: batches and held streams as boxes; what collides, follows and is handed over as edges.

Larger than 60 streams or 150 edges nobody can read it, and it says so instead. https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

import re
from itertools import combinations, islice
from typing import TYPE_CHECKING

from gate.model.words import counted
from gate.report import outline
from gate.report.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.model.report import ConstraintRecord, Report
    from gate.report import Options

MOST_NODES = 60
MOST_EDGES = 150
LONGEST = 60
"""Characters of a name that a box shows."""

Edge = tuple[str, str, str]
"""Two streams, and what ties them: `apart`, `before`, `serial` or `handoff`."""

_ARROWS = {"apart": "x--x", "before": "-->", "serial": "---", "handoff": "-.->"}
_STYLES = {
    "block": "stroke:#cf222e,stroke-width:2px",
    "hold": "stroke:#cf222e,stroke-dasharray:4",
    "review": "stroke:#bf8700,stroke-width:2px",
}

# Mermaid reads `#N;` as the character of that number and nothing else, so that whatever it could take for syntax, HTML,
# Markdown or a link is written that way, wherever it stands. What is left are letters, digits, blanks and slashes.
_MEANT = re.compile(r"[^\w /]|_|^\s|\s$")


def render(report: Report, options: Options) -> str:  # noqa: ARG001 (the interface of every format)
    """The graph of the plan, or one box that says why there is none."""
    text = graph(report)
    if text is not None:
        return text
    note = f"{counted(len(_nodes(report, ())), 'stream')} and their collisions are too many for a graph"
    limits = f"drawn are up to {MOST_NODES} streams and {MOST_EDGES} edges"
    return f'flowchart LR\n  %% {note}; {limits}\n  none["{_label(note)}"]\n'


def graph(report: Report) -> str | None:
    """The graph of the plan with a newline at its end, None when it is too large to be read."""
    edges = _edges(report)
    nodes = _nodes(report, edges)
    if len(nodes) > MOST_NODES or len(edges) > MOST_EDGES:
        return None
    ids = {name: f"s{number}" for number, name in enumerate(nodes)}
    lines = ["flowchart LR", *_boxes(report, ids), *_arrows(edges, ids), *_classes(report, ids)]
    return "\n".join(lines) + "\n"


def _nodes(report: Report, edges: Iterable[Edge]) -> list[str]:
    """The streams that are judged or tied to one, in the order they land."""
    tied = {name for first, second, _ in edges for name in (first, second)}
    wanted = tied | {stream.name for stream in outline.judged(report)}
    return [*dict.fromkeys(name for name in (*report.plan.order, *sorted(wanted)) if name in wanted)]


def _edges(report: Report) -> dict[Edge, list[str]]:
    """Return the codes that tie two streams, by pair; at most one pair more than is drawn."""
    labels_by_edge: dict[Edge, list[str]] = {}
    for finding in outline.standing(report):
        for constraint in finding.constraints:
            for edge in islice(_tied(constraint), MOST_EDGES + 1):
                codes = labels_by_edge.setdefault(edge, [])
                codes += [finding.code] if finding.code not in codes else []
        if len(labels_by_edge) > MOST_EDGES:
            return labels_by_edge
    for handoff in report.plan.handoffs:
        if (handoff.producer, handoff.consumer, "before") not in labels_by_edge:
            labels_by_edge[handoff.producer, handoff.consumer, "handoff"] = [
                counted(len(handoff.needs), "need")
            ]
    return labels_by_edge


def _tied(constraint: ConstraintRecord) -> Iterator[Edge]:
    if constraint.kind == "before":
        yield constraint.branches[0], constraint.branches[1], "before"
    elif constraint.kind in ("apart", "serial"):
        for first, second in combinations(sorted(constraint.branches), 2):
            yield first, second, constraint.kind


def _boxes(report: Report, ids: Mapping[str, str]) -> Iterator[str]:
    batches = [(f"batch {number}", batch) for number, batch in enumerate(report.plan.batches, 1)]
    landing = {name for _, batch in batches for name in batch}
    waiting = [name for name in ids if name not in landing]
    judged = {stream.name for stream in outline.judged(report)}
    held = ("held", [name for name in waiting if name in judged])
    others = ("compared with", [name for name in waiting if name not in judged])
    for number, (title, names) in enumerate([*batches, held, others], 1):
        drawn = [name for name in names if name in ids]
        if drawn:
            yield f'  subgraph g{number}["{title}"]'
            yield from (f'    {ids[name]}["{_label(name)}"]' for name in drawn)
            yield "  end"


def _arrows(edges: Mapping[Edge, Sequence[str]], ids: Mapping[str, str]) -> Iterator[str]:
    for (first, second, kind), codes in edges.items():
        yield f'  {ids[first]} {_ARROWS[kind]}|"{_label(" ".join(codes))}"| {ids[second]}'


def _classes(report: Report, ids: Mapping[str, str]) -> Iterator[str]:
    for decision, style in _STYLES.items():
        those = [ids[stream.name] for stream in outline.judged(report) if stream.decision == decision]
        if those:
            yield f"  classDef {decision} {style}"
            yield f"  class {','.join(those)} {decision}"


def _label(text: str) -> str:
    return _MEANT.sub(lambda match: f"#{ord(match[0])};", clean(text, LONGEST))
