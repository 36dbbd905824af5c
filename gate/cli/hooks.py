"""`git gate hooks`: puts the gate into the repository's git hooks, takes it out, and says how things are."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

import click

from gate.cli import options
from gate.cli.writing import write
from gate.errors import Exit, UsageError
from gate.git import hook_config, hook_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.git.hook_files import HookFile, HookFolder
    from gate.git.repository import Repository

_names = click.argument("names", metavar="[HOOK]...", nargs=-1)


@click.group("hooks")
@options.folder
@options.debug
def command() -> None:
    """Put the gate into the repository's git hooks, take it out again, or say how things are.

    \b
    HOOK is pre-push, pre-merge-commit, commit-msg, post-checkout or, on a
    server, pre-receive. Without one it is all of them that fit the repository.
    """


@command.command("install")
@_names
@click.option("--shared", is_flag=True, help="Also where core.hooksPath is set for every repository.")
@click.option(
    "--configured", is_flag=True, help="As hooks of git's configuration (git 2.54) instead of files."
)
@options.folder
@options.debug
def install(names: tuple[str, ...], shared: bool, configured: bool) -> int:
    """Install hooks. A hook that is there already is kept and runs first. Run again, it changes nothing."""
    from gate.git.repository import open_repository

    with open_repository() as repository:
        wanted = _wanted(repository, names)
        if configured:
            done = [hook_config.add(repository, name, _command(name)) for name in wanted]
            where = "in this repository's configuration"
        else:
            place = hook_files.folder(repository)
            hook_files.require_usable(place, shared=shared)
            done = [hook_files.install(place, name, _script(name)) for name in wanted]
            where = f"in {place.path}"
    _tell(wanted, done, f"installed {where}", "installed already")
    return Exit.PASS


@command.command("uninstall")
@_names
@options.folder
@options.debug
def uninstall(names: tuple[str, ...]) -> int:
    """Take hooks out, and bring back those that were there before, as they were."""
    from gate.git.repository import open_repository

    with open_repository() as repository:
        wanted = _checked(names) or list(hook_files.ALL)
        place = hook_files.folder(repository)
        done = []
        for name in wanted:
            file, setting = hook_files.uninstall(place, name), hook_config.remove(repository, name)
            done.append(file or setting)
        if any(done):
            hook_files.remove_if_empty(repository, place)
    _tell(wanted, done, "taken out", "not installed" if names else "")
    return Exit.PASS


@command.command("status")
@options.folder
@options.debug
def status() -> int:
    """Say which hooks are installed, where, and what else runs there."""
    from gate.git.repository import open_repository
    from gate.report.text import clean

    with open_repository() as repository:
        place = hook_files.folder(repository)
        configured = hook_config.by_event(repository)
        lines = [
            f"{name:<17} {_state(hook_files.look(place, name), configured.get(name, ()))}"
            for name in hook_files.ALL
        ]
        lines += _settings(repository, place)
    write("".join(f"{clean(line)}\n" for line in lines))
    return Exit.PASS


def _wanted(repository: Repository, names: tuple[str, ...]) -> list[str]:
    bare = repository.worktree is None
    return _checked(names) or list(hook_files.SERVER if bare else hook_files.CLIENT)


def _checked(names: tuple[str, ...]) -> list[str]:
    for name in names:
        if name not in hook_files.ALL:
            raise UsageError(f"the gate has no hook {name!r}", f"hooks: {', '.join(hook_files.ALL)}")
    return list(dict.fromkeys(names))


def _command(name: str) -> str:
    """The shell command that runs a hook, without looking for modules in the folder it runs in."""
    return f"{shlex.quote(sys.executable)} -P -m gate hook {name}"


def _script(name: str) -> bytes:
    from gate import shipped

    form = "with-input.sh" if name in hook_files.WITH_INPUT else "plain.sh"
    text = (shipped.folder("hooks") / form).read_text("ascii")
    return text.replace("@HOOK@", name).replace("@PYTHON@", shlex.quote(sys.executable)).encode()


def _tell(wanted: Sequence[str], done: Sequence[bool], changed: str, same: str) -> None:
    from gate.model.words import series
    from gate.report.text import clean

    for flag, words in ((True, changed), (False, same)):
        names = [name for name, was in zip(wanted, done, strict=True) if was is flag]
        if names and words:
            write(clean(f"{series(names, len(names))}: {words}") + "\n")
    if not any(done) and not same:
        write("no hook of the gate is installed\n")


def _state(hook_file: HookFile, configured: Sequence[str]) -> str:
    before = ", after the hook that was there" if hook_file.kept else ""
    sentences = {
        hook_files.HookState.OURS: f"installed{before}",
        hook_files.HookState.WRAPPED: f"installed, run by another tool's hook{before}",
        hook_files.HookState.THEIRS: "not installed; another hook is there",
        hook_files.HookState.ABSENT: "not installed",
    }[hook_file.state]
    if any(map(hook_config.is_ours, configured)):
        sentences = "installed in git's configuration" + (
            ", and as a file" if hook_file.state is hook_files.HookState.OURS else ""
        )
    others = [name for name in configured if not hook_config.is_ours(name)]
    return sentences + (f"; git also runs {', '.join(others)}" if others else "")


def _settings(repository: Repository, place: HookFolder) -> list[str]:
    from gate.workspace import configured

    lines = [f"{'folder':<17} {place.path}" + (" (shared by all repositories)" if place.shared else "")]
    for key in ("gate.hook", "gate.mode", "gate.hookTimeout"):
        value = configured(repository, key)
        if value is not None:
            lines.append(f"{key:<17} {value}")
    return lines
