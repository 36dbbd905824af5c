"""CODEOWNERS -> a policy that routes every path as the file does. Pure.

In CODEOWNERS the last matching line wins, so the policy says `precedence = "last"` and keeps the order. What
the patterns mean differs from gitignore, and is written out: on GitHub `docs/*` stops at the direct children
(`recursive = false`); on GitLab a pattern without a leading slash matches at any depth, and only one with a
trailing slash covers what lies below a directory.

GitLab asks the owners of every section. One path has one coordinator here, so sections are multiplied: where
an entry of one section overlaps an entry of another, a domain for both (`within`) comes after those for
either, with a coordinator whose reviewers are the owners of both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from gate import route
from gate.config import owners_file
from gate.config.write import dump
from gate.model.policy import Coordinator, Policy, Precedence, Rule, RuleKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.config.owners_file import Entry, OwnersFile, OwnersSection

_MOST_RULES = 5_000
_LONGEST_NAME = 60
_EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class Translation:
    """A policy made of a CODEOWNERS file, its text, and warnings on what TOML cannot express."""

    policy: Policy
    text: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Owned:
    """Patterns that must all match, and the owners of what they match."""

    patterns: tuple[str, ...]
    owners: tuple[str, ...]
    recursive: bool
    line: int


def from_codeowners(text: str, *, gitlab: bool | None = None, path: str = "CODEOWNERS") -> Translation:
    """Translate a file. `gitlab` says whose rules it follows; None goes by its place and what it uses."""
    if gitlab is None:
        gitlab = path.startswith(".gitlab/") or (
            not path.startswith(".github/") and owners_file.is_gitlab(text)
        )
    parsed = owners_file.read(text, gitlab=gitlab)
    warnings = list(parsed.warnings)
    owned = _multiplied(parsed, warnings)
    names = _names(entry.owners for entry in owned if entry.owners)
    policy = Policy(
        origin="file",
        precedence=Precedence.LAST,
        coordinators=tuple(_coordinator(name, owners) for owners, name in names.items()),
        rules=tuple(_rule(entry, names) for entry in owned),
    )
    policy = replace(policy, owner=route.owner_of(policy.path, policy).owner or "")
    return Translation(policy, dump(policy, head=_head(path, warnings)), tuple(warnings))


def _head(path: str, warnings: list[str]) -> Iterator[str]:
    yield f"Made from {path}: the last domain that matches a path decides, as there."
    yield "`git gate owners --lint` says what in here does not fit the repository."
    if warnings:
        yield ""
        yield f"What {path} says and this file does not:"
        yield from (f"- {warning}" for warning in warnings)


def _rule(entry: _Owned, names: dict[tuple[str, ...], str]) -> Rule:
    name = names.get(entry.owners, "")
    pattern, *within = entry.patterns
    return Rule(RuleKind.DIRECTORY, pattern, name, name, recursive=entry.recursive, within=tuple(within))


# Sections


def _multiplied(parsed: OwnersFile, warnings: list[str]) -> list[_Owned]:
    """Return the entries of all sections as one list in which the last match has the owners of every section."""
    owned: list[_Owned] = []
    for section in parsed.sections:
        translated = (_owned(entry, parsed.gitlab, warnings) for entry in _ordered(section))
        entries = [entry for entry in translated if entry is not None]
        product = _with_both(owned, entries) if owned else entries
        if len(product) > _MOST_RULES:
            warnings.append(
                f"section [{section.name}] is left out: it overlaps the others in too many places"
            )
        else:
            owned = product
    return owned


def _ordered(section: OwnersSection) -> list[Entry]:
    # what is excluded from a section stays out of it, whatever comes later
    return sorted(section.entries, key=lambda entry: entry.excluded)


def _with_both(first: list[_Owned], second: list[_Owned]) -> list[_Owned]:
    """Return both lists, then their intersections: the last match of a path joins the last matches of both."""
    both = [joined for left in first for right in second if (joined := _joined(left, right))]
    last = {entry.patterns: entry for entry in (*first, *second, *both)}
    return [entry for entry in (*first, *second, *both) if last[entry.patterns] is entry]


def _joined(left: _Owned, right: _Owned) -> _Owned | None:
    """Return the paths that both entries match, with the owners of both; None when there are no such paths."""
    patterns = tuple(dict.fromkeys((*left.patterns, *right.patterns)))
    if any(_apart(first, second) for first, second in combinations(patterns, 2)):
        return None
    narrowed = tuple(pattern for pattern in patterns if pattern != _EVERYTHING) or (_EVERYTHING,)
    owners = tuple(dict.fromkeys((*left.owners, *right.owners)))
    return _Owned(narrowed, owners, recursive=False, line=right.line)


def _apart(first: str, second: str) -> bool:
    """Return whether two patterns of GitLab surely share no path: their beginnings or their endings differ."""
    left, right = (route.pattern_of(pattern, recursive=False).prefix for pattern in (first, second))
    shorter, longer = sorted((left, right), key=len)
    if shorter and not f"{longer}/".startswith(f"{shorter}/"):
        return True
    ends = [pattern.rpartition("/")[2] for pattern in (first, second)]
    names = [route.pattern_of(f"/{end}", recursive=False) for end in ends]
    return any(name.prefix and not peer.covers(name.prefix) for name, peer in (names, names[::-1]))


# Patterns


def _owned(entry: Entry, gitlab: bool, warnings: list[str]) -> _Owned | None:
    pattern, recursive = _gitlab_pattern(entry.pattern) if gitlab else _github_pattern(entry.pattern)
    try:
        route.pattern_of(pattern, recursive)
        route.pattern_of(pattern, recursive, folded=True)
    except ValueError as error:
        warnings.append(f"line {entry.line}: `{entry.pattern}` is left out: it {error}")
        return None
    return _Owned((pattern,), entry.owners, recursive, entry.line)


def _github_pattern(pattern: str) -> tuple[str, bool]:
    """GitHub: gitignore's meaning without sets of characters; a last `/*` stops at the direct children."""
    pattern = re.sub(r"(?s)(\\.)|\[", lambda match: match[1] or "\\[", pattern)
    direct = pattern.endswith("/*") and pattern.strip("/") != "**/*"
    return pattern, not direct


def _gitlab_pattern(pattern: str) -> tuple[str, bool]:
    """GitLab: Ruby's File.fnmatch (FNM_PATHNAME) on the whole path, at any depth without a leading slash."""
    if not pattern.startswith("/"):
        pattern = f"/**/{pattern}"
    if pattern.endswith("/"):
        pattern += "**/*"
    pattern = re.sub(r"(?:/\*\*)+$", "/*", pattern)  # a last `**` is no more than `*` there
    return (_EVERYTHING if re.fullmatch(r"(?:/\*\*)+/\*", pattern) else pattern), False


# Coordinators


def _names(owners: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """Return a name for each distinct set of owners; no name is used twice."""
    names: dict[tuple[str, ...], str] = {}
    taken: set[str] = set()
    for some in dict.fromkeys(owners):
        name = wanted = _name(some)
        number = 1
        while name in taken:
            number += 1
            name = f"{wanted}_{number}"
        taken.add(name)
        names[some] = name
    return names


def _name(owners: tuple[str, ...]) -> str:
    names = [re.sub(r"\W+", "_", owner).strip("_").upper() or "OWNER" for owner in owners]
    joined = "_AND_".join(names)
    if len(joined) <= _LONGEST_NAME or len(names) == 1:
        return joined
    return f"{names[0]}_AND_{len(names) - 1}_MORE"


def _coordinator(name: str, owners: tuple[str, ...]) -> Coordinator:
    return Coordinator(name, reviewers=owners)
