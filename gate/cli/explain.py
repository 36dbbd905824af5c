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
    check = find(code)
    text = check.documentation
    parts = [f"{check.code} {check.name}", text.says]
    parts += [
        f"{name}: {paragraph}"
        for name, paragraph in (("Why", text.why), ("Example", text.example), ("Resolve", text.resolve))
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
    check = next((check for check in catalog() if wanted in (check.code.lower(), check.name)), None)
    if check is None:
        raise UsageError(f"no check is called {code}", "`git gate codes` lists them")
    return check
