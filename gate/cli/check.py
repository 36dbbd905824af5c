"""`git gate check`: the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from gate.cli import options, output
from gate.cli.progress import Progress
from gate.errors import Exit

if TYPE_CHECKING:
    from gate.model.analysis import Analysis, Published
    from gate.model.report import Report


@click.command("check")
@options.branches
@options.analysis
@options.fail_on
@output.formats("text")
def command(
    branches: tuple[str, ...],
    form: str | None,
    outputs: tuple[str, ...],
    fail_on: str,
    strict: bool,
    **values: Any,
) -> int:
    """Judge branches: what breaks what, who must look at it, and in what order everything lands.

    Without BRANCH it judges every branch the policy's patterns match, open worktrees with their uncommitted work
    included; without a policy, every branch that is not merged. A BRANCH that begins with a dash goes after `--`.

    \b
    Exits 0 when nothing blocks (with --strict: and no review is missing),
    1 when something does, 3 when something that had to be checked could not be.
    """
    places, look = output.destinations(form, outputs, "text"), output.options(values)
    done = run(branches, values, fail_on)
    output.deliver(done, places, look)
    return exit_code(done.report, strict=strict)


def run(branches: tuple[str, ...], values: dict[str, Any], fail_on: str = "error") -> Published:
    """The report a command line asks for, with progress on a terminal."""
    request = options.request(branches, values, fail_on)
    with Progress() as progress:
        from gate.pipeline import publish

        return publish(request, progress)


def analysed(branches: tuple[str, ...], values: dict[str, Any]) -> Analysis:
    """The analysis itself, for what the report does not hold."""
    request = options.request(branches, values)
    with Progress() as progress:
        from gate.pipeline import analyse

        return analyse(request, progress)


def exit_code(report: Report, *, strict: bool) -> Exit:
    """The verdict as an exit code; in audit mode always 0."""
    if audited(report):
        return Exit.PASS
    codes = {"pass": Exit.PASS, "review": Exit.BLOCKED if strict else Exit.PASS, "block": Exit.BLOCKED}
    return codes.get(report.verdict, Exit.UNKNOWN)


def audited(report: Report) -> bool:
    """Return whether the mode is to report and never to fail."""
    return report.policy.mode == "audit"
