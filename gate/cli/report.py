"""`git gate report`: the same analysis, for people who review."""

from __future__ import annotations

from typing import Any

import click

from gate.cli import options, output
from gate.cli.check import run
from gate.errors import Exit


@click.command("report")
@options.branches
@options.analysis
@output.formats("markdown")
def command(branches: tuple[str, ...], form: str | None, outputs: tuple[str, ...], **values: Any) -> int:
    """The same analysis as `check`, rendered in full for reviewers. Never fails by its verdict."""
    places = output.destinations(form, outputs, "markdown")
    look = output.options(values if values["quiet"] else values | {"verbose": True})
    output.deliver(run(branches, values), places, look)
    return Exit.PASS
