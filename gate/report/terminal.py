"""The `text` format: for a person at a terminal, in ASCII but for what the repository itself contains.

No templates: everything here is wrapped and aligned to a width, and `check` should not spend 50 ms on
loading Jinja.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from gate.model.words import counted, series
from gate.report import Verbosity, outline, words
from gate.report.columns import Paint, cut, paragraph, table, wrap
from gate.report.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gate.model.report import EvidenceRecord, FindingRecord, Report
    from gate.report import Options
    from gate.report.outline import Group


@dataclass(frozen=True, slots=True)
class _ScreenLimits:
    """The limits of a screen: actions of a verb, names in one, findings, those of a group, places, rows, lines."""

    actions: int
    names: int
    findings: int
    per_group: int
    places: int
    rows: int
    lines: int


_ALL = 10**9
_NORMAL = _ScreenLimits(actions=8, names=6, findings=25, per_group=4, places=3, rows=20, lines=6)
_VERBOSE = _ScreenLimits(_ALL, _ALL, _ALL, _ALL, _ALL, _ALL, _ALL)


def render(report: Report, options: Options) -> str:
    """The report for a terminal of `options.width` columns."""
    page = _Page(shown(report), options.width, Paint(options.color), options.verbosity)
    return "\n".join(page.quiet() if options.verbosity is Verbosity.QUIET else page.full()) + "\n"


class _Page:
    """One rendering: what every part of it needs to know."""

    def __init__(self, report: Report, width: int, paint: Paint, verbosity: Verbosity) -> None:
        self.report = report
        self.width = width
        self.paint = paint
        self.verbose = verbosity is Verbosity.VERBOSE
        self.room = _VERBOSE if self.verbose else _NORMAL
        self.groups = outline.groups(report.findings if self.verbose else outline.standing(report))
        self.fitting = outline.capped(self.groups, self.room.findings, self.room.per_group)

    def quiet(self) -> Iterator[str]:
        """The verdict, the errors, and what had to be checked and was not."""
        yield from self.headline()
        for gap in self.report.coverage.not_checked:
            if gap.required:
                yield from self.titled("not checked:", f"{gap.what}: {gap.why}")
        for finding in outline.standing(self.report):
            if finding.severity == "error":
                about = words.about(finding.branches)
                yield from self.titled(f"{finding.code} {about}:", finding.message)

    def full(self) -> Iterator[str]:
        """Return the whole text, the most urgent first."""
        yield from self.headline()
        yield from self.section("Do now", self.actions())
        for group in self.fitting:
            yield from self.section(words.about(group.branches), self.findings(group))
        yield from self.section(f"Landing order: {words.efficiency(self.report)}", self.order())
        yield from self.section("Held", self.held())
        yield from self.section("Handoffs", self.handoffs())
        if self.verbose:
            yield from self.section("Pairs that are not parallel", self.pairs())
            yield from self.section("Streams", self.streams())
        yield from self.section("Not checked", self.gaps())
        yield ""
        yield from self.footer()

    def headline(self) -> Iterator[str]:
        word = self.report.verdict.upper()
        mode = words.mode(self.report)
        sentence = words.headline(self.report) + (f" ({mode})" if mode else "")
        first, *others = wrap(sentence, self.width - len(word) - 2)
        yield f"{self.paint(word, self.report.verdict)}  {self.paint(first, 'strong')}"
        yield from (self.paint(" " * (len(word) + 2) + line, "strong") for line in others)
        if prospect := words.prospect(self.report):
            yield from paragraph(prospect, self.width, " " * (len(word) + 2))

    def section(self, title: str, lines: Iterable[str]) -> Iterator[str]:
        """The lines under their title; nothing when there are none."""
        body = list(lines)
        if body:
            yield ""
            yield from (self.paint(line, "strong") for line in wrap(title, self.width))
            yield from body

    def titled(self, title: str, text: str) -> Iterator[str]:
        yield from paragraph(f"{title} {text}", self.width, "  ")

    def actions(self) -> Iterator[str]:
        rows: list[tuple[str, ...]] = []
        for verb, same in groupby(outline.actions(self.report), key=lambda action: action.verb):
            every = list(same)
            kept = every if len(every) <= self.room.actions + 1 else every[: self.room.actions]
            rows += ((verb, action.subject, words.detail(action, self.room.names)) for action in kept)
            rows += [(verb, f"and {len(every) - len(kept):,} more", "")] if len(kept) < len(every) else []
        yield from table(rows, self.width)

    def findings(self, group: Group) -> Iterator[str]:
        for finding in group.findings:
            yield from self.finding(finding)
        if group.more:
            yield f"  ... {counted(group.more, 'more finding')}"

    def finding(self, finding: FindingRecord) -> Iterator[str]:
        severity = "waived" if finding.waived else finding.severity
        style = "faint" if finding.waived else finding.severity
        yield f"  {self.paint(severity, style)} {words.label(finding)}"
        yield from paragraph(finding.message, self.width, "    ")
        if finding.waived:
            until = f" (until {finding.waived.expires})" if finding.waived.expires else ""
            yield from paragraph(f"waived: {finding.waived.reason}{until}", self.width, "    ")
        yield from self.places(words.unproved(finding))
        for piece in finding.evidence:
            yield from self.evidence(piece)
        if finding.hint:
            yield from paragraph(f"hint: {finding.hint}", self.width, "    ")

    def places(self, every: Sequence[str]) -> Iterator[str]:
        fitting = every if len(every) <= self.room.places + 1 else every[: self.room.places]
        for place in fitting:
            yield from paragraph(f"at {place}", self.width, "    ")
        if len(fitting) < len(every):
            yield f"    ... {counted(len(every) - len(fitting), 'more place')}"

    def evidence(self, piece: EvidenceRecord) -> Iterator[str]:
        yield from paragraph(words.caption(piece), self.width, "    ")
        lines = words.numbered(piece)
        fitting = lines if len(lines) <= self.room.lines + 1 else lines[: self.room.lines]
        for line in fitting:
            yield cut(f"      {line.expandtabs(4)}".rstrip(), self.width)
        if len(fitting) < len(lines):
            yield f"      ... {len(lines) - len(fitting):,} more lines"

    def order(self) -> Iterator[str]:
        rows = []
        batch = 0
        for row in outline.landings(self.report):
            review = f"review: {series(row.review_by, _ALL)}" if row.review_by else ""
            number = f"batch {row.batch}" if row.batch != batch else ""
            result = ", ".join(filter(None, (row.status.replace("_", " "), review)))
            rows.append((number, row.stream, words.short(row.tree) or "-", result))
            batch = row.batch
        yield from self.rows(rows)
        if rows:
            yield from paragraph(
                f"the target is then {words.short(self.report.rehearsal.tree)}", self.width, "  "
            )

    def held(self) -> Iterator[str]:
        """The streams that wait; those that must be repaired are among what to do now."""
        repaired = {action.subject for action in outline.actions(self.report) if action.verb == "repair"}
        waiting = [
            held_stream for held_stream in outline.held(self.report) if held_stream.stream not in repaired
        ]
        return self.rows(
            [
                (held_stream.stream, " ".join(held_stream.codes), held_stream.unblock)
                for held_stream in waiting
            ]
        )

    def handoffs(self) -> Iterator[str]:
        needs = self.report.plan.handoffs
        return self.rows(
            [
                (handoff.consumer, f"needs of {handoff.producer}: {series(handoff.needs, _ALL)}")
                for handoff in needs
            ]
        )

    def pairs(self) -> Iterator[str]:
        for pair in self.report.pairs:
            yield from self.titled(f"{words.about(pair.branches)}:", words.pair_order(pair))
            for step in pair.path:
                yield from paragraph(step, self.width, "    ")

    def streams(self) -> Iterator[str]:
        for stream in self.report.streams:
            decision = stream.decision if stream.judged else "compared with"
            about = (
                decision,
                stream.coordinator or "no coordinator",
                f"tip {words.short(stream.tip)}",
                stream.why,
            )
            yield from self.titled(f"{stream.name}:", ", ".join(filter(None, about)))
            changes = [
                (change.kind, change.owner or "nobody", words.moved(change)) for change in stream.changes
            ]
            yield from table(changes, self.width, "    ") if changes else ()

    def gaps(self) -> Iterator[str]:
        rows = [
            (gap.what, gap.why + (f" (hint: {gap.hint})" if gap.hint else ""))
            for gap in self.report.coverage.not_checked
        ]
        return self.rows(rows)

    def rows(self, rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
        """A table of no more rows than there is room for."""
        fitting = rows if len(rows) <= self.room.rows + 1 else rows[: self.room.rows]
        if rows:
            yield from table(fitting, self.width)
        if len(fitting) < len(rows):
            yield f"  ... {len(rows) - len(fitting):,} more"

    def footer(self) -> Iterator[str]:
        """Yield the counts of findings and of what was looked at; last, what was left out."""
        for sentence in (
            words.counts(self.report),
            words.coverage(self.report),
            words.provenance(self.report),
        ):
            yield from (self.paint(line, "faint") for line in wrap(sentence, self.width))
        left_out = self.left_out()
        if left_out:
            yield from wrap(f"Not shown: {series(left_out)}. `-v` shows everything.", self.width)

    def left_out(self) -> list[str]:
        counts = {
            "finding": outline.size(self.groups) - sum(len(group.findings) for group in self.fitting),
            "waived finding": 0 if self.verbose else len(outline.waived(self.report)),
            "decision path": 0 if self.verbose else len(self.report.pairs),
        }
        return [counted(count, noun) for noun, count in counts.items() if count]
