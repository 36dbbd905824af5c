"""The `html` format: one page that holds everything it needs and asks nobody for more.

The words are in `templates/report.html.j2` and `templates/html`, with the page's style and script. It is rendered with
less and less in it until it fits `LIMIT`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from gate.errors import UsageError
from gate.report.html import page
from gate.report.html.assets import Assets
from gate.report.templates import Templates
from gate.report.text import shown

if TYPE_CHECKING:
    from gate.model.report import Report
    from gate.report import Options
    from gate.report.templates import Replacements

LIMIT = 5_000_000
"""The most bytes a page has: what a browser opens in a moment and a mail still carries."""


def render(report: Report, options: Options) -> str:
    """The report as one HTML file of at most `LIMIT` bytes.

    Raises:
        UsageError: a template of the policy's own has a mistake, or makes too long a page of the shortest report.
    """
    environment, fit = _templates(tuple(options.templates.items())), shown(report)
    for room in page.ROOMS:
        text, whole = _within(environment, page.variables(fit, room))
        if whole:
            return text
    raise UsageError(
        f"the page has more than {LIMIT:,} bytes however little it shows", "look at its templates"
    )


def _within(environment: Templates, variables: dict[str, object]) -> tuple[str, bool]:
    """The page, and whether it fits; one that does not is given up as soon as that shows, but the last."""
    pieces, left = [], LIMIT
    for piece in environment.pieces("report.html.j2", variables):
        pieces.append(piece)
        left -= len(piece.encode())
        if left < 0:
            return "", False
    return "".join(pieces), True


@lru_cache(maxsize=2)
def _templates(replacements: Replacements) -> Templates:
    environment = Templates(replacements, _printed, html=True)
    environment.environment.globals["assets"] = Assets.of(environment)
    return environment


def _printed(value: object) -> object:
    """Return the text of a value; a length in the picture has one decimal.

    Raises:
        TypeError: it is neither text nor a number.
    """
    if isinstance(value, str | int):
        return value
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    raise TypeError(f"a template printed a {type(value).__name__}")
