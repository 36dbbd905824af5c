"""`git gate order`: the plan alone, as text."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from gate.model.words import series
from gate.report import outline, words
from gate.report.columns import Paint, paragraph, wrap
from gate.report.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.report import Report
    from gate.report import Options

_ALL = 10**9


def render(report: Report, options: Options) -> str:
    """The batches in landing order, then what is held and what would let it land."""
    return "\n".join(_lines(shown(report), options.width, Paint(options.color))) + "\n"


def _lines(report: Report, width: int, paint: Paint) -> Iterator[str]:
    title = f"Landing order on {words.target(report)}: {words.efficiency(report)}"
    yield from (paint(line, "strong") for line in wrap(title, width))
    for number, batch in groupby(outline.landings(report), key=lambda landing: landing.batch):
        yield from _batch(number, list(batch), width)
    for title, entries in (("Held", _held(report)), ("Not checked", _gaps(report))):
        if entries:
            yield from ("", paint(title, "strong"))
        for name, why in entries:
            yield f"  {name}"
            yield from paragraph(why, width, "    ")


def _batch(number: int, landings: list[outline.LandingTurn], width: int) -> Iterator[str]:
    yield f"  batch {number}"
    for landing in landings:
        after = [] if landing.status == "clean" else [landing.status.replace("_", " ")]
        after += [f"once {series(landing.review_by, _ALL)} agreed"] if landing.review_by else []
        yield from paragraph(", ".join((landing.stream, *after)), width, "    ")


def _held(report: Report) -> list[tuple[str, str]]:
    return [
        (", ".join((held_stream.stream, *held_stream.codes)), f"to let it land: {held_stream.unblock}")
        for held_stream in outline.held(report)
    ]


def _gaps(report: Report) -> list[tuple[str, str]]:
    return [(gap.what, gap.why) for gap in report.coverage.not_checked if gap.required]
