"""CODEOWNERS text -> sections of entries, in GitHub's and GitLab's forms. Pure.

Sources: GitHub "About code owners"; GitLab "Code Owners syntax and error handling".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_SECTION = re.compile(
    r"(?P<optional>\^?)\[(?P<name>[^\]]+)\](?:\[(?P<approvals>\d+)\])?(?:\s+(?P<owners>.*))?"
)
_WORD = re.compile(r"(?:\\.|[^\s\\]|\\$)+")
_OWNER = re.compile(r"@{1,2}[^@\s]+|[^@\s]+@[^@\s]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a pattern with its escapes, and the owners of what it matches; no owners means nobody."""

    line: int
    pattern: str
    owners: tuple[str, ...] = ()
    excluded: bool = False
    """GitLab's `!pattern`: the section says nothing about what it matches, whatever comes after."""


@dataclass(slots=True)
class OwnersSection:
    """A part in which the last match wins. GitHub has one; GitLab asks the owners of every section."""

    name: str = ""
    optional: bool = False
    entries: list[Entry] = field(default_factory=list)
    defaults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnersFile:
    """A CODEOWNERS file, read. `warnings` say which lines do not mean what they seem to."""

    gitlab: bool
    sections: tuple[OwnersSection, ...]
    warnings: tuple[str, ...]


def is_gitlab(text: str) -> bool:
    """Return whether a file uses what only GitLab knows: a section header, or a role (`@@developer`)."""
    lines = (line.strip() for line in text.splitlines())
    return any(_SECTION.fullmatch(line) or " @@" in line for line in lines)


def read(text: str, *, gitlab: bool) -> OwnersFile:
    """Take a CODEOWNERS file apart. Sections of one name, whatever its letter case, are one section."""
    reader = _OwnersReader(gitlab)
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        reader.read(number, line.strip())
    sections = tuple(section for section in reader.sections.values() if section.entries)
    return OwnersFile(gitlab, sections, tuple(reader.warnings))


class _OwnersReader:
    def __init__(self, gitlab: bool) -> None:
        self.gitlab = gitlab
        self.sections: dict[str, OwnersSection] = {"": OwnersSection()}
        self.warnings: list[str] = []
        self._section = self.sections[""]

    def read(self, number: int, line: str) -> None:
        """Read one line."""
        if not line or line.startswith("#"):
            return
        header = _SECTION.fullmatch(line) if self.gitlab else None
        if header:
            self._open(number, header)
        else:
            self._entry(number, line)

    def _open(self, number: int, header: re.Match[str]) -> None:
        name, optional = header["name"].strip(), bool(header["optional"])
        words = _words(header["owners"] or "")
        self._section = self.sections.setdefault(name.casefold(), OwnersSection(name, optional))
        self._section.defaults = self._owners(number, words)
        if optional:
            self._warn(
                number, f"section [{name}] is optional in GitLab; here its owners are asked like all others"
            )
        elif header["approvals"] and int(header["approvals"]) > 1:
            complaint = f"asks for {header['approvals']} approvals"
            self._warn(
                number, f"section [{name}] {complaint}; a policy names who must look, not how many of them"
            )

    def _entry(self, number: int, line: str) -> None:
        words = _words(line)
        excluded = words[0].startswith("!")
        if excluded and not self.gitlab:
            self._warn(number, f"`{words[0]}` is left out: GitHub knows no negation and skips the line")
            return
        pattern = words[0][1:] if excluded else words[0]
        owners = self._owners(number, words[1:])
        if owners is _INVALID:
            return
        owners = () if excluded else owners or self._section.defaults
        self._section.entries.append(Entry(number, pattern, owners, excluded))

    def _owners(self, number: int, words: list[str]) -> tuple[str, ...]:
        wrong = [word for word in words if not _OWNER.fullmatch(word)]
        if not wrong:
            return tuple(dict.fromkeys(words))
        if not self.gitlab:
            self._warn(number, f"left out: `{wrong[0]}` is no owner, and GitHub skips the whole line")
            return _INVALID
        self._warn(number, f"`{wrong[0]}` is no owner; GitLab passes over it")
        return tuple(dict.fromkeys(word for word in words if word not in wrong))

    def _warn(self, number: int, what: str) -> None:
        self.warnings.append(f"line {number}: {what}")


_INVALID: tuple[str, ...] = ("",)


def _words(line: str) -> list[str]:
    """The words of a line, up to a comment: a `#` after white space."""
    words = [match[0] for match in _WORD.finditer(line)]
    comment = (at for at, word in enumerate(words) if word.startswith("#"))
    return words[: next(comment, len(words))]
