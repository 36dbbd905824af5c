"""`git gate init`: a policy to start from."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gate.cli import options
from gate.cli.writing import STDOUT, note, require_place, save, write
from gate.errors import Exit, UsageError

if TYPE_CHECKING:
    from gate.git.objects import Objects
    from gate.git.repository import Repository

OWNERS_FILES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where GitHub and GitLab look for it, in their order."""
_LARGEST_OWNERS_FILE = 4 << 20


@dataclass(frozen=True, slots=True)
class _Draft:
    """The text of a policy, what it was made from, and what it could not say."""

    text: str
    source: str
    warnings: tuple[str, ...] = ()


@click.command("init")
@click.option("--preset", metavar="NAME", help="Start from a built-in policy: clinic.")
@click.option(
    "--from",
    "source",
    type=click.Choice(["codeowners", "layout"]),
    help="What to make it from (default: CODEOWNERS if there is one, else the layout).",
)
@click.option("--output", metavar="FILE", help="Where to write it (default: gate.toml; - prints it).")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.option(
    "--agents", is_flag=True, help="Instead: tell coding agents, in AGENTS.md, and print their settings."
)
@options.folder
@options.debug
def command(preset: str | None, source: str | None, output: str | None, force: bool, agents: bool) -> int:
    """Write a policy, gate.toml, from what the repository shows: its CODEOWNERS, else its layout.

    It is a start to correct, not an answer. An existing file is left alone unless --force is given.
    """
    if agents:
        if preset or source or output or force:
            raise UsageError("--agents writes no policy", "leave the other options out")
        return _agents()
    if preset is not None and source is not None:
        raise UsageError("--preset and --from exclude each other", "leave one of them out")
    from gate.git.objects import Objects
    from gate.git.repository import open_repository

    with open_repository() as repository, Objects(repository) as objects:
        place = _place(repository, output, force=force)
        draft = _draft(repository, objects, preset, source)
    for warning in draft.warnings:
        note(f"not expressed: {warning}")
    if place is None:
        write(draft.text)
    else:
        save(Path(_shown(place)), draft.text)
        write(_next_steps(place, draft))
    return Exit.PASS


def _agents() -> int:
    """Write the section of AGENTS.md, which leaves everything else in it alone, and print the tools' settings."""
    from gate.cli import agents_file
    from gate.git.repository import open_repository

    with open_repository() as repository:
        if repository.worktree is None:
            raise UsageError(f"a bare repository has no worktree to write {agents_file.FILE} in")
        place = Path(repository.worktree, agents_file.FILE)
    if place.is_symlink():
        raise UsageError(
            f"{_shown(place)} is a symbolic link", "name the section in the file it leads to by hand"
        )
    require_place(place)
    old = _decoded(options.read(str(place)), agents_file.FILE) if place.exists() else ""
    new = agents_file.with_section(old)
    if new != old:
        save(place, new)
    write(f"{_shown(place)}: {'written' if new != old else 'as it is'}\n")
    for file, settings in agents_file.settings():
        write(f"\nAdd to {file}:\n\n{settings}")
    return Exit.PASS


def _place(repository: Repository, output: str | None, *, force: bool) -> Path | None:
    """The file to write, None for standard output.

    Raises:
        UsageError: there is no place for it, or it is taken.
    """
    from gate.model.policy import POLICY_FILE

    if output == STDOUT:
        return None
    if output is None and repository.worktree is None:
        raise UsageError(
            f"a bare repository has no worktree to write {POLICY_FILE} in",
            "`--output -` prints the policy; commit it in a clone",
        )
    place = Path(output) if output is not None else Path(repository.worktree or "", POLICY_FILE)
    require_place(place)
    if not force and (place.exists() or place.is_symlink()):
        raise UsageError(f"{_shown(place)} exists already", "`--force` replaces it, `--output -` only prints")
    return place


def _draft(repository: Repository, objects: Objects, preset: str | None, source: str | None) -> _Draft:
    if preset is not None:
        from gate.config.presets import preset as text_of

        return _Draft(text_of(preset), f"the preset {preset}")
    owners = _owners_file(repository, objects) if source != "layout" else None
    if owners is not None:
        from gate.config.codeowners import from_codeowners

        path, text = owners
        translation = from_codeowners(text, path=path)
        return _Draft(translation.text, path, translation.warnings)
    if source == "codeowners":
        raise UsageError("there is no CODEOWNERS file", f"looked for {', '.join(OWNERS_FILES)}")
    return _from_layout(repository, objects)


def _from_layout(repository: Repository, objects: Objects) -> _Draft:
    from gate.config.layout import from_layout
    from gate.git.changes import tree_paths

    head = objects.info("HEAD^{commit}")
    if head is None:
        raise UsageError(
            "there is no commit yet whose files could be sorted into domains",
            "make a first commit, or start from `git gate init --preset clinic`",
        )
    return _Draft(from_layout(path for path, _ in tree_paths(repository, head.oid)), "the layout of HEAD")


def _owners_file(repository: Repository, objects: Objects) -> tuple[str, str] | None:
    """The first CODEOWNERS there is, in the worktree, else in HEAD, with its path.

    Raises:
        UsageError: it cannot be read, or is no UTF-8 text.
    """
    if repository.worktree is not None:
        for path in OWNERS_FILES:
            if (file := Path(repository.worktree, path)).is_file():
                return path, _decoded(options.read(str(file)), path)
    for path in OWNERS_FILES:
        content = objects.blob(f"HEAD:{path}", _LARGEST_OWNERS_FILE)
        if content is not None:
            return path, _decoded(content, path)
    return None


def _decoded(content: bytes, path: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path}:{line}: is not UTF-8 text", "correct it, or use `--from layout`") from error


def _next_steps(place: Path, draft: _Draft) -> str:
    from gate.config import load
    from gate.model.words import counted
    from gate.report.text import clean

    name, word = clean(_shown(place)), clean(shlex.quote(_shown(place)))
    policy = load(draft.text.encode(), path=name, origin="file")
    amount = f"{counted(len(policy.coordinators), 'coordinator')}, {counted(len(policy.rules), 'rule')}"
    left_out = f", {counted(len(draft.warnings), 'thing')} not expressed" if draft.warnings else ""
    return f"""\
wrote {name} from {clean(draft.source)}: {amount}{left_out}

Next:
  1. read it: name the reviewers, and whose branches are whose
  2. git gate owners --lint --config {word}
  3. git gate check --config {word}
  4. commit it on the target branch; the gate reads it there
"""


def _shown(place: Path) -> str:
    """The path as it is reached from here, where that is shorter."""
    here = Path.cwd()
    absolute = place.absolute()
    return str(absolute.relative_to(here)) if absolute.is_relative_to(here) else str(place)
