"""A policy to start from, made of a repository's layout: a coordinator for each part it seems to have."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from gate import route
from gate.config.write import dump
from gate.model.policy import Coordinator, Policy, Rule, RuleKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONTAINERS = frozenset(
    (
        *("src", "source", "lib", "libs", "app", "apps", "packages", "services", "modules", "crates"),
        *("projects", "components", "backend", "frontend"),
    )
)
"""Folders that hold the parts rather than being one."""

OPERATIONS = frozenset(
    (".github", ".gitlab", ".circleci", ".buildkite", ".claude", ".cursor", ".vscode", ".devcontainer")
)
"""Folders that belong to whoever runs the project."""

SHARE = 0.25
"""How much of what lies around it a container must hold to be opened."""

_OPS = "COORD_OPS"
_MIGRATIONS = re.compile(
    r"(?P<folder>(?:.*/)?(?:alembic/versions|migrations/versions|migrations))/[^/]+\.(?:py|sql)"
)
_HEAD = (
    "Made from the layout of the repository: a guess to correct. Fill in `reviewers`, join coordinators that",
    "are the same people, and say in `streams` whose branches are whose.",
    "`git gate owners --lint` says what does not fit.",
    "",
    "`dir/*` covers everything below `dir`. Where a file must never pass without a certain coordinator, add",
    'an [[exceptions]] table with its `paths` and `coordinator = "..."`: it comes before every domain.',
)


def from_layout(paths: Iterable[str]) -> str:
    """The text of a policy for a repository that holds these files."""
    files = sorted(set(paths))
    parts = list(_parts("", files))
    names = _names(parts)
    root = Rule(RuleKind.DIRECTORY, "/*", _OPS, "root", recursive=False)
    rules = (root, *(_rule(part, names[part]) for part in parts), *_migration_rules(files, names))
    policy = Policy(
        branches=("agent/*",),
        max_coordinators=6,
        owner=_OPS,
        coordinators=tuple(map(_coordinator, sorted({_OPS, *names.values()}))),
        rules=rules,
    )
    return dump(policy, head=_HEAD)


def _parts(folder: str, files: list[str]) -> Iterator[str]:
    """Yield the folders that look like parts, each before those within it."""
    for subfolder, subfolder_files in _by_subfolder(folder, files).items():
        yield subfolder
        container = subfolder.rpartition("/")[2] in CONTAINERS and len(subfolder_files) >= SHARE * len(files)
        if container and (opened := _fork(subfolder, subfolder_files)):
            yield from {opened} - {subfolder}
            yield from _parts(opened, subfolder_files)


def _fork(folder: str, files: list[str]) -> str:
    """Return where a folder first holds several others (`src/main/java`); "" when it never does."""
    while below := _by_subfolder(folder, files):
        if len(below) > 1:
            return folder
        folder = next(iter(below))
    return ""


def _by_subfolder(folder: str, files: list[str]) -> dict[str, list[str]]:
    depth = folder.count("/") + 1 if folder else 0
    files_by_subfolder: dict[str, list[str]] = defaultdict(list)
    for path in files:
        segments = path.split("/")
        if len(segments) > depth + 1:
            files_by_subfolder["/".join(segments[: depth + 1])].append(path)
    return files_by_subfolder


def _migration_rules(files: list[str], names: dict[str, str]) -> Iterator[Rule]:
    """Folders of migrations take one stream at a time; they stay with whoever owns the folder around them."""
    folders = {match["folder"] for path in files if (match := _MIGRATIONS.fullmatch(path))}
    for folder in sorted(folders):
        around = max((part for part in names if f"{folder}/".startswith(f"{part}/")), key=len)
        yield Rule(RuleKind.DIRECTORY, _pattern(folder), names[around], "migrations", serialized=True)


def _rule(folder: str, name: str) -> Rule:
    return Rule(RuleKind.DIRECTORY, _pattern(folder), name, _domain(folder))


def _domain(folder: str) -> str:
    return "".join(character if character.isprintable() else "_" for character in folder)


def _pattern(folder: str) -> str:
    # bytes that are no UTF-8 cannot be written in TOML
    pattern = re.sub("[\ud800-\udfff]", "?", route.literal(folder)) + "/*"
    return pattern if pattern[1] in "!#" else pattern.removeprefix("/")


def _names(folders: list[str]) -> dict[str, str]:
    """A coordinator for each folder: its last name where that is free, else as much of its path as needed."""
    names: dict[str, str] = {}
    for folder in folders:
        segments = folder.split("/")
        if segments[0] in OPERATIONS:
            names[folder] = _OPS
            continue
        wanted = [_name(segments[-length:]) for length in range(1, len(segments) + 1)]
        numbered = (f"{wanted[-1]}_{number}" for number in range(2, len(folders) + 3))
        taken = {_OPS, *names.values()}
        names[folder] = next(name for name in (*wanted, *numbered) if name not in taken)
    return names


def _name(segments: list[str]) -> str:
    words = re.sub(r"[^A-Za-z0-9]+", "_", "_".join(segments)).strip("_").upper()
    return f"COORD_{words or 'PART'}"


def _coordinator(name: str) -> Coordinator:
    nickname = name.removeprefix("COORD_").lower().replace("_", "-")
    return Coordinator(name, streams=(f"agent/{nickname}/*",), capacity=8)
