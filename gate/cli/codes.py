"""`git gate codes`: every finding code."""

from __future__ import annotations

import click

from gate.cli import options
from gate.cli.writing import write
from gate.errors import Exit


@click.command("codes")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="What to print.",
)
@options.debug
def command(form: str) -> int:
    """List every finding code with what it says."""
    from gate.checks import catalog

    rows = [(check.code, check.name, check.summary) for check in catalog()]
    if form == "json":
        import msgspec

        entries = [{"code": code, "name": name, "says": says} for code, name, says in rows]
        write(msgspec.json.format(msgspec.json.encode(entries), indent=2).decode() + "\n")
    elif form == "markdown":
        lines = [
            "| code | name | says |",
            "|---|---|---|",
            *(f"| {code} | {name} | {says} |" for code, name, says in rows),
        ]
        write("\n".join(lines) + "\n")
    else:
        width = max(len(name) for _, name, _ in rows)
        write("".join(f"{code}  {name:<{width}}  {says}\n" for code, name, says in rows))
    return Exit.PASS
