"""`git gate action`: what the GitHub Action runs. Its options are the Action's inputs, which come as variables."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gate.cli import options
from gate.cli.writing import note, write
from gate.errors import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gate.github.event import Event
    from gate.github.run import Done, Wanted

_LISTS = ("select", "ignore", "labels", "ignore_labels", "authors", "ignore_authors")


def _input(name: str, default: str, says: str, choices: Sequence[str] = ()) -> Callable[[Any], Any]:
    kind = click.Choice(choices) if choices else str
    variable = f"GATE_{name.upper().replace('-', '_')}"
    return click.option(f"--{name}", envvar=variable, default=default, type=kind, metavar="TEXT", help=says)


@click.command("action")
@_input(
    "target",
    "",
    "Branch merged into (default: the pull request's base, else the repository's default branch).",
)
@_input("config", "", "Policy to use instead of the target's, a file of the checkout.")
@_input("mode", "", "enforce or audit, over the policy's own.", ("", "enforce", "audit"))
@_input("fail-on", "error", "From which severity a finding blocks.", ("error", "warning", "never"))
@_input("select", "", "Codes to ask, separated by commas.")
@_input("ignore", "", "Codes to leave out.")
@_input("labels", "", "Judge only pull requests with one of these labels; patterns work.")
@_input("ignore-labels", "", "Leave out pull requests with one of these labels.")
@_input("authors", "", "Judge only pull requests of these authors; patterns work.")
@_input("ignore-authors", "", "Leave out pull requests of these authors.")
@_input("drafts", "true", "Whether drafts are judged.", ("true", "false"))
@_input("stale-days", "0", "Leave out pull requests that nobody touched for so many days (0: none).")
@_input("comment", "problems", "When a pull request gets its comment.", ("problems", "always", "never"))
@_input("status", "true", "Whether every head gets a commit status.", ("true", "false"))
@_input("results", "", "Folder for the report's files (default: in RUNNER_TEMP).")
@_input(
    "relay",
    "",
    "Pass on the report in this file, of the run that started this one, as a comment; judge nothing.",
)
@options.debug
def command(**values: str) -> int:
    """Judge all open pull requests of the repository this job runs for, and tell each of them.

    Reads the event, the repository and the token (GATE_TOKEN, else GITHUB_TOKEN) from the environment GitHub gives.
    Fetches the target and the heads into refs/git-gate/; checks nothing out and runs nothing of a branch.

    \b
    Exits 0; 1 when what this run is about is blocked or held (never in audit),
    2 on a mistake, 3 when something that had to be checked could not be.
    """
    from gate.github import client, run, telling

    token = os.environ.get("GATE_TOKEN") or os.environ.get("GITHUB_TOKEN", "")
    if not token:
        raise UsageError("there is no token", "pass `token: ${{ github.token }}` to the action")
    server = client.GitHubClient(
        client.require_url(os.environ.get("GITHUB_API_URL", "https://api.github.com")), token
    )
    happened = _event()
    if values["relay"]:
        relayed = run.relay(
            server, happened, _content(Path(values["relay"]), run.LARGEST_REPORT), _when(values)
        )
        note(telling.summary(relayed))
        return Exit.PASS
    if happened.kind == "push" and not happened.head:
        note("a deleted branch has nothing to be judged")
        return Exit.PASS
    done = run.run(server, happened, _wanted(values), note)
    _publish(done)
    return run.exit_code(done)


def _event() -> Event:
    from gate.github.event import read

    path = os.environ.get("GITHUB_EVENT_PATH", "")
    content = _content(Path(path), 32 << 20) if path else b""
    return read(os.environ.get("GITHUB_EVENT_NAME", ""), content, os.environ.get("GITHUB_REPOSITORY", ""))


def _content(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error


def _when(values: dict[str, str]) -> Any:
    return values["comment"]


def _wanted(values: dict[str, str]) -> Wanted:
    """The workflow's wishes."""
    from gate.github.pulls import Filters
    from gate.github.run import Wanted

    lists = {name: _words(values[name]) for name in _LISTS}
    if not values["stale_days"].isdigit():
        raise UsageError(f"stale-days is {values['stale_days']!r}, which is no number of days")
    env = os.environ
    folder = env.get("GITHUB_WORKSPACE") or "."
    results = values["results"] or str(Path(env.get("RUNNER_TEMP") or folder) / "git-gate")
    return Wanted(
        folder=folder,
        results=Path(results),
        today=options.today(),
        target=values["target"],
        config=options.policy({"config": str(Path(folder) / values["config"])}) if values["config"] else None,
        select=lists["select"],
        ignore=lists["ignore"],
        fail_on=values["fail_on"],
        mode=values["mode"],
        filters=Filters(
            lists["labels"], lists["ignore_labels"], lists["authors"], lists["ignore_authors"],
            drafts=values["drafts"] == "true", stale_days=int(values["stale_days"]),
        ),
        comment=_when(values),
        status=values["status"] == "true",
        server=env.get("GITHUB_SERVER_URL", "https://github.com"),
        url=_run_url(),
    )  # fmt: skip


def _run_url() -> str:
    """The page of this run, "" outside of one."""
    server, repository, number = (
        os.environ.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "RUN_ID")
    )
    return f"{server}/{repository}/actions/runs/{number}" if number else ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", ",").split(",") if part.strip())


def _publish(done: Done) -> None:
    """Annotations on standard output, the summary and the outputs in the files GitHub names."""
    from gate.github import outputs, run, telling
    from gate.report import render

    for line in (telling.summary(done.comments), *done.failures):
        note(line)
    _append("GITHUB_STEP_SUMMARY", run.summary(done))
    _append("GITHUB_OUTPUT", outputs.encoded(outputs.of_report(done.report, done.files)))
    write(render(done.report, "github"))


def _append(variable: str, text: str) -> None:
    path = os.environ.get(variable)
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text)
