"""The content of the page, and how much of it is shown."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.report import outline, words
from gate.report.html import commands, evidence, hot, picture

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gate.model.report import FindingRecord, PairRecord, Report

_PLAIN = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True)
class PageLimits:
    """The limits of a page: findings, those of one group, lines and rows of evidence, a stream's paths, rows."""

    findings: int
    per_group: int
    lines: int
    versions: int
    paths: int
    rows: int


ROOMS = (
    PageLimits(findings=3000, per_group=200, lines=24, versions=6, paths=100, rows=2000),
    PageLimits(findings=2000, per_group=100, lines=12, versions=3, paths=20, rows=500),
    PageLimits(findings=500, per_group=50, lines=8, versions=2, paths=10, rows=300),
    PageLimits(findings=100, per_group=20, lines=5, versions=1, paths=5, rows=100),
    PageLimits(findings=20, per_group=5, lines=3, versions=1, paths=0, rows=20),
    PageLimits(findings=0, per_group=0, lines=0, versions=0, paths=0, rows=5),
)
"""From all that can be read to counts alone."""
OPEN = 30
"""Findings that are unfolded when the page opens: what fills the first screens."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with what the page needs to show it. `streams` are the numbers of its streams, for the filter."""

    finding: FindingRecord
    id: str
    streams: str
    sides: list[tuple[evidence.EvidenceSide, ...]]
    more_sides: int
    places: list[str]
    more_places: int
    commands: list[str]


@dataclass(frozen=True, slots=True)
class PageSection:
    """The findings about the same streams: unfolded or not, what was decided for the pair, and what shows all of it."""

    id: str
    branches: tuple[str, ...]
    findings: tuple[Shown, ...]
    more: int
    open: bool
    counts: list[tuple[str, int]]
    codes: list[str]
    pair: PairRecord | None
    command: str


@dataclass(frozen=True, slots=True)
class Duty:
    """One person, and the streams that wait for them: the name, the decision, why."""

    who: str
    streams: tuple[outline.Actor, ...]


class Page:
    """One report, in so much room."""

    def __init__(self, report: Report, room: PageLimits) -> None:
        self.report = report
        self.room = room
        self.numbers = {stream.name: at for at, stream in enumerate(report.streams)}
        self.commands = commands.Commands(report)
        self.pairs: Mapping[tuple[str, ...], PairRecord] = {
            tuple(sorted(pair.branches)): pair for pair in report.pairs
        }
        self._unfolded = 0

    def part(self, rows: Sequence[object], room: int | None = None) -> outline.Part:
        """The first rows of a part."""
        most = self.room.rows if room is None else room
        return outline.part(rows, most)

    def sections(self, prefix: str, groups: Sequence[outline.Group]) -> outline.Part:
        """The groups of findings there is room for, and how many findings are left out."""
        kept = outline.capped(groups, self.room.findings, self.room.per_group)
        sections = tuple(self._section(f"{prefix}{at}", group) for at, group in enumerate(kept))
        return outline.Part(sections, outline.size(groups) - outline.size(kept))

    def _section(self, name: str, group: outline.Group) -> PageSection:
        opened = self._unfolded < OPEN and group.worst != "note"
        self._unfolded += len(group.findings) if opened else 0
        by_severity = Counter(finding.severity for finding in group.findings)
        return PageSection(
            id=name,
            branches=group.branches,
            findings=tuple(self.finding(finding) for finding in group.findings),
            more=group.more,
            open=opened,
            counts=[
                (severity, by_severity[severity])
                for severity in ("error", "warning", "note")
                if by_severity[severity]
            ],
            codes=sorted({finding.code for finding in group.findings}),
            pair=self.pairs.get(group.branches),
            command=self.commands.for_pair(group.branches),
        )

    def finding(self, finding: FindingRecord) -> Shown:
        """A finding, its text cut to the room there is."""
        places = words.unproved(finding)
        return Shown(
            finding=finding,
            id=_anchor(finding),
            streams=" ".join(str(self.numbers[name]) for name in finding.branches if name in self.numbers),
            sides=evidence.rows(finding.evidence, self.room.lines, self.room.versions),
            more_sides=max(evidence.count(finding.evidence) - self.room.versions, 0),
            places=places[:10],
            more_places=max(len(places) - 10, 0),
            commands=self.commands.for_finding(finding),
        )


def _anchor(finding: FindingRecord) -> str:
    """The name of its place on the page; "" for a stored report whose fingerprints are none."""
    return f"f-{finding.fingerprint}" if _PLAIN.fullmatch(finding.fingerprint) else ""


def duties(report: Report) -> list[Duty]:
    """Return the people who must act with their streams, those with the gravest findings first."""
    by_person: dict[str, list[outline.Actor]] = {}
    for actor in outline.actors(report):
        for who in actor.who:
            by_person.setdefault(who, []).append(actor)
    return [Duty(who, tuple(streams)) for who, streams in by_person.items()]


def variables(report: Report, room: PageLimits) -> dict[str, object]:
    """Return the variables of the template."""
    page = Page(report, room)
    groups = outline.groups(outline.standing(report))
    actions = [(action, page.commands.for_action(action)) for action in outline.actions(report)]
    graph, matrix, links = picture.picture(report)
    between = page.sections("g", [group for group in groups if len(group.branches) > 1])
    return {
        "graph": graph,
        "matrix": matrix,
        "links": page.part(links, min(room.rows, picture.MOST_LINKS)),
        "places": {row.branches: row.id for row in between.rows if isinstance(row, PageSection)},
        "report": report,
        "words": words,
        "room": room,
        "shortened": room is not ROOMS[0],
        "numbers": page.numbers,
        "about_commands": commands.about(report),
        "actions": page.part(actions, min(room.rows, 40)),
        "duties": page.part(duties(report)),
        "hot": page.part(hot.files(report), min(room.rows, 20)),
        "between": between,
        "single": page.sections("o", [group for group in groups if len(group.branches) <= 1]),
        "codes": sorted({(finding.code, finding.name) for finding in outline.standing(report)}),
        "waived": page.part(outline.waived(report)),
        "landings": page.part(outline.landings(report)),
        "held": page.part(outline.held(report)),
        "handoffs": page.part(report.plan.handoffs),
        "streams": page.part(report.streams),
        "gaps": page.part(report.coverage.not_checked),
    }
