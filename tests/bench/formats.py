"""What rendering a large report costs: 200 streams, 2,000 findings, every format."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from support.large import large_report

from gate.checks import catalog
from gate.report import DEFAULT, FORMATS, Options, render

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 2.0
"""What no format may take."""
BYTES = {
    "text": 100_000,
    "concise": 1_000_000,
    "json": 10_000_000,
    "html": 5_000_000,
    "markdown": 65_000,
    "sarif": 10_000_000,
    "junit": 5_000_000,
    "github": 64_000,
    "gitlab": 5_000_000,
    "mermaid": 50_000,
    "summary": 10_000,
}
"""What each may weigh: where a reader of it has a limit, that one."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """One format, once: its modules are loaded already."""

    format: str
    seconds: float
    size: int


def rendered() -> Iterator[Rendered]:
    """Every format of the large report."""
    report = large_report()
    look = Options(documentation={check.code: check.documentation for check in catalog()})
    for name in FORMATS:
        render(report, name, DEFAULT)
        start = time.perf_counter()
        text = render(report, name, look)
        yield Rendered(name, time.perf_counter() - start, len(text.encode()))
