"""The `markdown` format: the synthesizer's integration report, for a pull request or a file.

The words are in `templates/report.md.j2`. It is rendered with less and less in it until it fits.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gate.report import escape, outline, words
from gate.report.mermaid import graph
from gate.report.templates import Templates
from gate.report.text import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.model.report import Report
    from gate.report import Options
    from gate.report.templates import Replacements


@dataclass(frozen=True, slots=True)
class CommentLimits:
    """The limits of a comment: table rows, findings, those of one group, lines of a hunk, a stream's paths."""

    rows: int
    findings: int
    per_group: int
    lines: int
    paths: int


_ALL = 10**9
COMPLETE = CommentLimits(rows=_ALL, findings=_ALL, per_group=_ALL, lines=_ALL, paths=_ALL)
_NAME = "report.md.j2"
ROOMS = (
    CommentLimits(rows=0, findings=0, per_group=0, lines=0, paths=0),
    CommentLimits(rows=10, findings=10, per_group=5, lines=3, paths=0),
    CommentLimits(rows=30, findings=30, per_group=5, lines=4, paths=0),
    CommentLimits(rows=45, findings=45, per_group=5, lines=5, paths=0),
    CommentLimits(rows=60, findings=60, per_group=5, lines=6, paths=0),
    CommentLimits(rows=100, findings=100, per_group=5, lines=6, paths=0),
    CommentLimits(rows=200, findings=200, per_group=5, lines=6, paths=0),
    CommentLimits(rows=_ALL, findings=_ALL, per_group=_ALL, lines=8, paths=10),
    CommentLimits(rows=_ALL, findings=_ALL, per_group=_ALL, lines=20, paths=_ALL),
    COMPLETE,
)
"""From counts alone to the complete report."""


def render(report: Report, options: Options) -> str:
    """The report as GitHub's Markdown in at most `options.limit` bytes of UTF-8, or the shortest there is.

    It grows until it no longer fits, so that a report too large by far is never rendered whole. GitHub counts
    characters in some places and bytes in others; there are never fewer bytes.
    """
    environment, fit, drawn = _templates(tuple(options.templates.items())), shown(report), graph(report)
    if options.limit is None:
        return environment.render(_NAME, _variables(fit, COMPLETE, drawn))
    text = environment.render(_NAME, _variables(fit, ROOMS[0], None))
    for room in ROOMS[1:]:
        richer = environment.render(_NAME, _variables(fit, room, drawn))
        if len(richer.encode()) > options.limit:
            break
        text = richer
    return text


@lru_cache(maxsize=2)
def _templates(replacements: Replacements) -> Templates:
    # `printed` escapes for Markdown; HTML's own escaping would be wrong
    environment = Templates(replacements, escape.printed, html=False)
    environment.environment.filters |= {"code": escape.code, "codes": escape.codes, "fence": escape.fence}
    return environment


def _findings(groups: Sequence[outline.Group], room: CommentLimits) -> outline.Part:
    kept = outline.capped(groups, room.findings, room.per_group)
    return outline.Part(kept, outline.size(groups) - outline.size(kept))


def _variables(report: Report, room: CommentLimits, drawn: str | None) -> dict[str, object]:
    """Return the variables of the template."""
    groups = outline.groups(outline.standing(report))
    between = [group for group in groups if len(group.branches) > 1]
    single = [group for group in groups if len(group.branches) <= 1]
    return {
        "report": report,
        "shortened": room is not COMPLETE,
        "room": room,
        "words": words,
        "mermaid": escape.Safe(drawn) if drawn and len(report.streams) > 1 else None,
        "colliding": outline.part(outline.colliding(report), room.rows),
        "between": _findings(between, room),
        "single": _findings(single, room),
        "waived": outline.part(outline.waived(report), room.rows),
        "actors": outline.part(outline.actors(report), room.rows),
        "pairs": outline.part(report.pairs, room.rows),
        "landings": outline.part(outline.landings(report), room.rows),
        "held": outline.part(outline.held(report), room.rows),
        "handoffs": outline.part(report.plan.handoffs, room.rows),
        "streams": outline.part(report.streams, room.rows),
        "gaps": outline.part(report.coverage.not_checked, room.rows),
    }
