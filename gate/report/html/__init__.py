"""The `html` format: one page that holds everything it needs and asks nobody for more.

The words are in `templates/report.html.j2` and `templates/html`, with the page's style and script. It is rendered with
less and less in it until it fits `LIMIT`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.report import templates
from gate.report.html import page
from gate.report.html.assets import Assets
from gate.report.text import shown

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from gate.model.report import Report
    from gate.report import Options

LIMIT = 5_000_000
"""The most bytes a page has: what a browser opens in a moment and a mail still carries."""


def render(report: Report, options: Options) -> str:  # noqa: ARG001 (the interface of every format)
    """The report as one HTML file of at most `LIMIT` bytes, or the shortest there is."""
    environment, fit = _environment(), shown(report)
    text = ""
    for room in page.ROOMS:
        text, whole = _within(environment, page.variables(fit, room))
        if whole:
            break
    return text


def _within(environment: ImmutableSandboxedEnvironment, variables: dict[str, object]) -> tuple[str, bool]:
    """The page, and whether it fits; one that does not is given up as soon as that shows, but the last."""
    pieces, left = [], LIMIT
    for piece in environment.get_template("report.html.j2").generate(variables):
        pieces.append(piece)
        left -= len(piece.encode())
        if left < 0:
            return "", False
    return "".join(pieces), True


def _environment() -> ImmutableSandboxedEnvironment:
    environment = templates.environment(_printed, html=True)
    environment.globals["assets"] = Assets.of(environment)
    return environment


def _printed(value: object) -> object:
    """What stands for a value; a length in the picture has one decimal.

    Raises:
        TypeError: it is neither text nor a number.
    """
    if isinstance(value, str | int):
        return value
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    raise TypeError(f"a template printed a {type(value).__name__}")
