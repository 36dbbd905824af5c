"""Changes of what the gate itself rests on: its policy, the owners file, the workflow and hooks that run it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate import route
from gate.errors import GitFailed
from gate.model.facts import ProtectedChange
from gate.model.policy import POLICY_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.git.objects import Objects
    from gate.model.facts import StreamFacts
    from gate.model.git import Change

# Where GitHub, GitLab, Gitea and Forgejo look for the owners file.
_OWNERS = (
    "CODEOWNERS",
    ".github/CODEOWNERS",
    ".gitlab/CODEOWNERS",
    "docs/CODEOWNERS",
    ".gitea/CODEOWNERS",
    ".forgejo/CODEOWNERS",
)
# These patterns are matched against the folded path, so they are in lower case.
_HOOKS = (
    ".githooks/*",
    ".husky/*",
    "/.pre-commit-config.yaml",
    "/lefthook.yml",
    "/lefthook.yaml",
    ".lefthook/*",
    "/.claude/settings*.json",
)
_WORKFLOWS = (
    ".github/workflows/*",
    ".github/actions/*",
    ".gitea/workflows/*",
    ".forgejo/workflows/*",
    "/.gitlab-ci.yml",
    ".gitlab/ci/*",
    ".circleci/*",
    "/azure-pipelines.yml",
    "/bitbucket-pipelines.yml",
    "/jenkinsfile",
)
_TOPS = frozenset(
    pattern.strip("/").partition("/")[0].lower() for pattern in (*_OWNERS, *_HOOKS, *_WORKFLOWS, POLICY_FILE)
)
"""Where all of these begin: few paths get past this first look."""
_MENTIONS = (b"git-gate", b"git gate", b"-m gate")
_LARGEST = 1 << 20


def changes(
    streams: Iterable[StreamFacts], objects: Objects, templates: str = ""
) -> tuple[ProtectedChange, ...]:
    """Return every protected path a stream touches, by its old or new name, in any letter case or Unicode form.

    `templates` is the folder of the policy's own report templates, "" for none: they decide what reviewers see.
    A workflow or hook file is protected when it mentions the gate, before the change or after it, and when it cannot be
    read: a submodule in its place, a file of many megabytes.
    """
    protected_changes = {
        ProtectedChange(stream.name, path, what)
        for stream in streams
        for routed in stream.changes
        for path, what in _protected(routed.change, objects, route.fold(templates).strip("/"))
    }
    return tuple(sorted(protected_changes, key=lambda change: (change.branch, change.path)))


def _protected(change: Change, objects: Objects, templates: str) -> Iterator[tuple[str, str]]:
    for path in change.paths:
        if templates and f"{route.fold(path)}/".startswith(f"{templates}/"):
            yield path, "templates"
            continue
        what = kind_of(path)
        if what in ("policy", "owners") or (what and _mentions_gate(change, objects)):
            yield path, what


def kind_of(path: str) -> str:
    """Return which part of the gate a path may be: policy, owners, workflow or hooks; "" for everything else."""
    spelled = route.fold(path)
    if spelled.partition("/")[0] not in _TOPS:
        return ""
    if spelled == route.fold(POLICY_FILE):
        return "policy"
    if any(spelled == route.fold(name) for name in _OWNERS):
        return "owners"
    if route.matches(spelled, _WORKFLOWS):
        return "workflow"
    return "hooks" if route.matches(spelled, _HOOKS) else ""


def _mentions_gate(change: Change, objects: Objects) -> bool:
    for blob in (change.old_blob, change.new_blob):
        try:
            content = objects.blob(blob, _LARGEST) if blob else None
        except GitFailed:
            return True
        if blob and (content is None or any(word in content for word in _MENTIONS)):
            return True
    return False
