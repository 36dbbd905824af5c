"""`git gate schema`: JSON Schema of what goes in and what comes out."""

from __future__ import annotations

import click

from gate.cli import options
from gate.cli.writing import write
from gate.errors import Exit


@click.command("schema")
@click.argument("what", type=click.Choice(["report", "policy"]))
@options.debug
def command(what: str) -> int:
    """The JSON Schema of the report (`-f json`) or of the policy (gate.toml), for editors and programs."""
    from gate.report.encoded import encoded

    if what == "report":
        from gate.report.stored import schema
    else:
        from gate.config.schema import schema
    write(encoded(schema()))
    return Exit.PASS
