"""`git gate explain CODE`: a check's own documentation."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from gate.cli import options
from gate.cli.writing import write
from gate.errors import Exit, UsageError

if TYPE_CHECKING:
    from gate.model.check import Check


@click.command("explain")
@click.argument("code")
@options.debug
def command(code: str) -> int:
    """What a finding CODE (or name) means, why it matters, an example, and what to do about it."""
    found = find(code)
    text = found.documentation
    parts = [f"{found.code} {found.name}", text.says]
    parts += [
        f"{name}: {said}"
        for name, said in (("Why", text.why), ("Example", text.example), ("Resolve", text.resolve))
    ]
    write("\n\n".join(textwrap.fill(part, 88) for part in parts) + "\n")
    return Exit.PASS


def find(code: str) -> Check:
    """The check of that code or name.

    Raises:
        UsageError: there is none.
    """
    from gate.checks import catalog

    wanted = code.strip().lower()
    found = next((one for one in catalog() if wanted in (one.code.lower(), one.name)), None)
    if found is None:
        raise UsageError(f"no check is called {code}", "`git gate codes` lists them")
    return found
