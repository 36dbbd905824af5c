"""Renders the published report. Every renderer takes the value and returns text; none decides anything.

One format is one module with a function `render(report, options)`; only the one asked for is imported.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from importlib import import_module
from typing import TYPE_CHECKING, cast

from gate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gate.model.check import Documentation
    from gate.model.report import Report


class Verbosity(IntEnum):
    """The amount of a report that the `text` format shows."""

    QUIET = -1
    NORMAL = 0
    VERBOSE = 1


@dataclass(frozen=True, slots=True)
class Options:
    """The look of a report. A format uses the options it understands.

    `width` is in columns of a terminal; `limit` bounds the bytes of `markdown`, None is no bound. The
    default is what GitHub takes as one comment (65,536) with room for a frame around it. `documentation` is what
    checks say of themselves, by code; `repository` the address of the repository, "" when it is not known.
    """

    width: int = 80
    color: bool = False
    verbosity: Verbosity = Verbosity.NORMAL
    limit: int | None = 65_000
    templates: Mapping[str, str] = field(default_factory=dict)
    """The policy's own templates, by name."""
    documentation: Mapping[str, Documentation] = field(default_factory=dict)
    repository: str = ""


DEFAULT = Options()

FORMATS = {
    "text": "gate.report.terminal",
    "concise": "gate.report.concise",
    "json": "gate.report.stored",
    "markdown": "gate.report.markdown",
    "html": "gate.report.html",
    "sarif": "gate.report.sarif",
    "junit": "gate.report.junit",
    "github": "gate.report.github",
    "gitlab": "gate.report.gitlab",
    "mermaid": "gate.report.mermaid",
    "summary": "gate.report.summary",
}
"""The module of each format."""


def render(report: Report, format: str, options: Options = DEFAULT) -> str:
    """The report in one of `FORMATS`, with a newline at its end.

    Raises:
        UsageError: there is no such format.
    """
    if format not in FORMATS:
        raise UsageError(f"there is no format {format!r}", f"formats: {', '.join(FORMATS)}")
    renderer = cast("Callable[[Report, Options], str]", import_module(FORMATS[format]).render)
    return renderer(report, options)
