"""`git gate owners`: whose paths are, and what the policy gets wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from gate.cli import options, output
from gate.cli.writing import note, write
from gate.errors import Exit, GitFailed, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.model.policy import Policy
    from gate.report import Options
    from gate.report.ownership import Owned


@click.command("owners")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--branch", metavar="BRANCH", help="Every path this branch changes.")
@click.option("--lint", is_flag=True, help="What the policy itself gets wrong; exits 1 on errors.")
@options.target
@options.config
@options.folder
@output.form("text", "json")
@output.color
@options.debug
def command(paths: tuple[str, ...], branch: str | None, lint: bool, form: str, **values: Any) -> int:
    """Who answers for each PATH, and the rule that decided.

    A PATH is taken from the current folder and need not exist. The policy is the target's, or --config FILE.

    \b
    Examples:
      git gate owners src/app.py docs/
      git gate owners --branch agent/a
      git gate owners --lint --config gate.toml
    """
    if sum((bool(paths), branch is not None, lint)) != 1:
        raise UsageError(
            "name paths, or --branch BRANCH, or --lint: one of them", "see `git-gate owners --help`"
        )
    look = output.options(values)
    if lint:
        return _lint(form, values, look)
    owned, policy = _of_branch(branch, values) if branch is not None else _of_paths(paths, values)
    from gate.report import ownership

    write(ownership.render_json(owned, policy) if form == "json" else ownership.render(owned, policy, look))
    return Exit.PASS


def _of_paths(paths: Sequence[str], values: dict[str, Any]) -> tuple[list[Owned], Policy]:
    from gate import route
    from gate.cli.paths import repository_path
    from gate.report.ownership import Owned
    from gate.workspace import open_workspace

    with open_workspace(None, values["target"], options.policy(values)) as workspace:
        inner = [repository_path(path, workspace.repository.worktree) for path in paths]
        policy = _required(workspace.policy)
        return [Owned(path, route.owner_of(path, policy)) for path in inner], policy


def _of_branch(branch: str, values: dict[str, Any]) -> tuple[list[Owned], Policy]:
    """The paths a stream touches, the old names of what it moves included."""
    from gate.cli.check import analysed
    from gate.model.git import NotTried
    from gate.report.ownership import Owned

    done = analysed((branch,), values)
    policy, stream = _required(done.policy), done.facts.stream(branch)
    if isinstance(stream.landing, NotTried):
        raise GitFailed(f"what {branch} changes is not known: {stream.landing.reason}")
    owned: dict[str, Owned] = {}
    for routed in stream.changes:
        for path, route in routed.routes:
            moved = (
                routed.change.kind.value if path == routed.change.path else f"{routed.change.kind} from here"
            )
            owned.setdefault(path, Owned(path, route, moved))
    if not owned:
        note(f"{branch} changes nothing on the target")
    return list(owned.values()), policy


def _lint(form: str, values: dict[str, Any], look: Options) -> Exit:
    from gate.config.lint import lint
    from gate.git.changes import tree_paths
    from gate.model.finding import Severity
    from gate.report import ownership
    from gate.workspace import open_workspace

    with open_workspace(None, values["target"], options.policy(values)) as workspace:
        policy = _required(workspace.policy)
        files = [path for path, _ in tree_paths(workspace.repository, workspace.branch.commit)]
        findings = lint(policy, files, today=options.today())
    write(
        ownership.render_lint_json(findings, policy)
        if form == "json"
        else ownership.render_lint(findings, policy, look)
    )
    return Exit.BLOCKED if any(finding.severity is Severity.ERROR for finding in findings) else Exit.PASS


def _required(policy: Policy) -> Policy:
    """The policy, if the repository has one.

    Raises:
        UsageError: it has none, so nobody owns anything.
    """
    if policy.origin == "default":
        raise UsageError(
            f"the target has no {policy.path}, so nobody owns anything yet",
            "`git gate init` writes one; --config FILE tries one out",
        )
    return policy
