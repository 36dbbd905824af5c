"""`git gate order`: the landing order alone."""

from __future__ import annotations

from typing import Any

import click

from gate.cli import options, output
from gate.cli.check import audited, run
from gate.cli.writing import write
from gate.errors import Exit


@click.command("order")
@options.branches
@options.analysis
@output.form("text", "json")
@output.color
def command(branches: tuple[str, ...], form: str, **values: Any) -> int:
    """The landing order and its batches, and what is held until when.

    Streams of one batch do not disturb one another; a batch follows once the one before it has landed. As JSON it is
    the `plan` of the report.

    \b
    Exits 0, or 3 when something that had to be checked could not be.
    """
    look = output.options(values)
    done = run(branches, values).report
    if form == "json":
        from gate.report.encoded import encoded

        write(encoded(done.plan))
    else:
        from gate.report import ordering

        write(ordering.render(done, look))
    unknown = any(gap.required for gap in done.coverage.not_checked)
    return Exit.UNKNOWN if unknown and not audited(done) else Exit.PASS
