"""`git gate doctor`: whether everything the gate needs is there (the prerequisites of level 0)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gate.cli import options, output
from gate.cli.writing import write
from gate.errors import Exit

if TYPE_CHECKING:
    from gate.cli.probes import Probe
    from gate.report import Options


@click.command("doctor")
@options.target
@options.config
@options.folder
@output.form("text", "json")
@output.color
@options.debug
def command(form: str, color: str, target: str | None, config: str | None) -> int:
    """Verify the prerequisites: git, the repository, the target, the policy, the streams.

    Every line is ok, a note, or FAIL with what to do about it.

    \b
    Exits 0, or 2 when something fails.
    """
    from gate.cli.probes import Status, probes

    look = output.options({"color": color})
    answers = list(probes(target, config))
    failed = any(probe.status is Status.FAIL for probe in answers)
    if form == "json":
        from gate.report.encoded import encoded

        write(encoded({"ok": not failed, "probes": answers}))
    else:
        write("".join(f"{line}\n" for probe in answers for line in _lines(probe, look)))
    return Exit.USAGE if failed else Exit.PASS


def _lines(probe: Probe, look: Options) -> list[str]:
    from gate.report.columns import Paint, paragraph
    from gate.report.text import clean

    indent = " " * 18
    style = {"ok": "pass", "note": "note", "FAIL": "error"}[probe.status]
    lines = [line for text in probe.says for line in paragraph(clean(text), look.width, indent)]
    label = Paint(look.color)(f"{probe.status:<4}", style)
    hint = list(paragraph(clean(f"hint: {probe.hint}"), look.width, indent)) if probe.hint else []
    return [f"{label}  {probe.what:<10}  {lines[0].lstrip()}", *lines[1:], *hint]
