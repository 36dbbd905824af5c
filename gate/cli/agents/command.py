"""Before a shell command: when it pushes or merges, the whole gate."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.cli.agents.protocol import AgentAnswer, Decision
from gate.errors import Exit, GateError
from gate.git import refs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.cli.agents.protocol import AgentAction
    from gate.git.objects import Objects
    from gate.git.refs import Refs

_LONGEST = 1 << 16
_SEPARATOR = re.compile(r"&&|\|\||[;&|\n()]")
_ASSIGNED = re.compile(r"[A-Za-z_]\w*=")
_BEFORE = ("env", "command", "exec", "time", "nohup", "sudo")
_WITH_VALUE = ("-C", "-c", "--git-dir", "--work-tree", "--namespace", "--exec-path", "--config-env")
_OF_PUSH = ("-o", "--push-option", "--receive-pack", "--exec", "--repo")
_OF_MERGE = ("-m", "-F", "--file", "-s", "--strategy", "-X", "--strategy-option", "--into-name", "--cleanup")
_NO_MERGE = ("--abort", "--continue", "--quit")


@dataclass(frozen=True, slots=True)
class CommandCall:
    """One `git push` or `git merge`: the folder it runs in, and its words."""

    verb: str
    folder: str
    words: tuple[str, ...]


def calls(command: str, folder: str) -> Iterator[CommandCall]:
    """The pushes and merges in a shell command, as far as it shows them; what a script runs, its hooks see."""
    for piece in _SEPARATOR.split(command[:_LONGEST]):
        try:
            words = shlex.split(piece)
        except ValueError:  # a separator within quotes
            words = piece.split()
        while words and (_ASSIGNED.match(words[0]) or words[0] in _BEFORE):
            del words[0]
        if words[:1] == ["cd"] and len(words) == 2:
            folder = os.path.join(folder, os.path.expanduser(words[1]))  # noqa: PTH111, PTH118 (may not exist)
        elif words and os.path.basename(words[0]) == "git":  # noqa: PTH119
            yield from _call(words[1:], folder)


def _call(words: list[str], folder: str) -> Iterator[CommandCall]:
    while words and words[0].startswith("-"):
        taken = 2 if words[0] in _WITH_VALUE else 1
        if words[0] == "-C" and len(words) > 1:
            folder = os.path.join(folder, words[1])  # noqa: PTH118
        words = words[taken:]
    if words and words[0] in ("push", "merge"):
        yield CommandCall(words[0], folder, tuple(words[1:]))


def answer(action: AgentAction) -> AgentAnswer:
    """Return the answer to the pushes and merges of a command: the gravest of all.

    Raises:
        GateError: the question cannot be answered.
    """
    answers: list[AgentAnswer] = []
    for call in calls(action.command, action.folder):
        try:
            with contextlib.chdir(call.folder):
                answers.append(_push(call.words) if call.verb == "push" else _merge(call.words))
        except OSError as error:
            raise GateError(f"cannot look into {call.folder}: {error.strerror}") from error
    return max(answers, key=lambda answer: answer.decision.rank, default=AgentAnswer())


def _push(words: Sequence[str]) -> AgentAnswer:
    from gate.cli.check import exit_code
    from gate.cli.events import judging
    from gate.cli.events.current_branch import current_branch
    from gate.git.objects import Objects
    from gate.git.repository import open_repository
    from gate.report.brief import brief

    with open_repository() as repository, Objects(repository) as objects:
        names = refs.read(repository, objects)
        updates = list(_updates(words, names, current_branch(repository), objects))
    done = judging.analysed(updates)
    if done is None or done.report.verdict == "pass":
        return AgentAnswer()
    code = exit_code(done.report, strict=False)
    decision = {Exit.BLOCKED: Decision.DENY, Exit.UNKNOWN: Decision.ASK}.get(code, Decision.ALLOW)
    return AgentAnswer(decision, (*brief(done.report, judging.reviewers(done)),))


def _updates(words: Sequence[str], names: Refs, head: str, objects: Objects) -> Iterator[tuple[str, str]]:
    """The branches a push moves, with their commits (git-push(1))."""
    if any(word in ("--delete", "-d", "--dry-run", "-n") for word in words):
        return
    specs = _operands(words, _OF_PUSH)[1:]
    if any(word in ("--all", "--branches", "--mirror") for word in words):
        specs = [ref for ref in names.commits if ref.startswith(refs.HEADS)]
    for spec in specs or ([] if "--tags" in words else ["HEAD"]):
        source, separator, destination = spec.removeprefix("+").partition(":")
        pushed = head if source in ("HEAD", "@") else _full(source, names)
        ref = _full(destination, names) if separator else pushed
        info = objects.info(f"{pushed or source}^{{commit}}") if source else None
        if info is not None and ref:
            yield ref, info.oid


def _full(name: str, names: Refs) -> str:
    if name.startswith("refs/"):
        return name
    return f"{refs.HEADS}{name}" if name and f"refs/tags/{name}" not in names.commits else ""


def _merge(words: Sequence[str]) -> AgentAnswer:
    from gate.cli.events import pre_merge_commit
    from gate.git.objects import Objects
    from gate.git.repository import open_repository

    named = [] if set(words).intersection(_NO_MERGE) else _operands(words, _OF_MERGE)
    with open_repository() as repository, Objects(repository) as objects:
        infos = [objects.info(f"{name}^{{commit}}") for name in named]
    merged = {info.oid for info in infos if info is not None}
    done = pre_merge_commit.landing(merged)
    if done is None:
        return AgentAnswer()
    decision = Decision.DENY if pre_merge_commit.stuck(done, merged) else Decision.ALLOW
    return AgentAnswer(decision, tuple(pre_merge_commit.verdict_lines(done, merged)))


def _operands(words: Sequence[str], with_value: Sequence[str]) -> list[str]:
    """The words that are no options, nor their values."""
    refs: list[str] = []
    skip = False
    for at, word in enumerate(words):
        if word == "--":
            return [*refs, *words[at + 1 :]]
        if not skip and not word.startswith("-"):
            refs.append(word)
        skip = not skip and word in with_value
    return refs
