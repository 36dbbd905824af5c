"""A pattern over paths, compiled.

It has its gitignore meaning (git's own, through pathspec): `dir/*` covers everything below `dir`, a pattern
without a slash matches at any depth, a leading slash anchors. Added to that: a rule for `dir/*` also covers
`dir` itself, since a changed path is a file, and a file at `dir` replaces the whole domain.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from gate.route.folding import spelling, without_tail

if TYPE_CHECKING:
    from collections.abc import Iterable

_WILD = re.compile(r"(?<!\\)(?:\\\\)*[*?\[]")
_PIECE = re.compile(r"\\.|\[[!^]?\]?[^\]]*\]|[*?]|[^\\*?\[]+|\[", re.DOTALL)
_ENDING = re.compile(r"\*[^*?\[\\]*(\.[^*?\[\\.]+)")
_TAILS = (["**", "*"], ["**"], ["*"], [""])


def matches(path: str, patterns: Iterable[str]) -> bool:
    """Return whether any of the patterns covers the path (waivers, integration points).

    Raises:
        ValueError: a pattern cannot be read.
    """
    return any(pattern_of(pattern).covers(without_newlines(path)) for pattern in patterns)


def literal(path: str) -> str:
    """Return the pattern for exactly this path."""
    escaped = re.sub(r"([\\\[*?])", r"\\\1", path)
    # pathspec drops white space at the end, unless it is an escaped space
    if path[-1:].isspace() and path[-1:] != "\n":
        escaped = escaped[:-1] + ("\\ " if path[-1] == " " else f"[{path[-1]}]")
    return "/" + escaped


def without_newlines(path: str) -> str:
    """Return the form of a path that patterns are matched against."""
    # regular expressions treat a newline specially in `$`; a NUL, which no path can hold, stands in for it
    return path.replace("\n", "\0")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern.

    `prefix` is the literal path that all its matches begin with, "" when they may lie anywhere. `segments` are its
    leading segments as patterns, up to the first `**`; `tree`: what it covers lies below the path they name.
    `landmark` is what some segment of every match is ("/name") or ends with (".py"), "" when no segment has that.
    """

    prefix: str
    landmark: str
    segments: tuple[str, ...]
    tree: bool
    recursive: bool
    regex: re.Pattern[str]
    specificity: tuple[int, int, int, int]

    def covers(self, path: str) -> bool:
        """Return whether it matches a path (as `without_newlines` gives it), or a directory above it."""
        match = self.regex.match(path) if self.recursive else self.regex.fullmatch(path)
        return match is not None

    def lies_below(self, path: str) -> bool:
        """Return whether it may match paths below this one, and not only because it may match anywhere."""
        parts = path.split("/")
        if len(parts) > len(self.segments) - (not self.tree):
            return False
        pairs = zip(parts, self.segments, strict=False)
        return all(pattern_of("/" + segment, recursive=False).covers(part) for part, segment in pairs)


@lru_cache(maxsize=1 << 14)
def pattern_of(text: str, recursive: bool = True, folded: bool = False) -> Pattern:
    """Compile a pattern; `folded` for paths that went through `fold`.

    Raises:
        ValueError: it cannot be read; the message says why and completes "the pattern …".
    """
    _refuse(text)
    segments, anchored = _segments(without_newlines(text))
    if segments[-2:] == ["**", ""]:  # directories at any depth, which pathspec takes for anything
        segments[-1:] = ["*", ""]
    if folded:
        segments = [_fold_segment(segment) for segment in segments]
    tree = recursive and anchored and _is_tree(segments)
    if tree:
        segments = segments[: -len(_tail(segments))]
    source = ("/" if anchored else "") + "/".join(segments)
    names = [segment for segment in segments if segment not in ("", "**")]
    plain = [segment for segment in names if not _WILD.search(segment)]
    leading = _until_wild(segments) if anchored else []
    until = segments[: segments.index("**")] if "**" in segments else names
    return Pattern(
        prefix="/".join(_unescaped(segment) for segment in leading),
        landmark=_landmark(names),
        segments=tuple(until) if anchored else (),
        tree=tree or "**" in segments or segments[-1] == "",
        recursive=recursive,
        regex=_regex(source),
        specificity=(len(plain), len(leading), sum(map(_literal_characters, names)), len(names)),
    )


def _refuse(text: str) -> None:
    """Raise ValueError for a text that git would read as something else than a pattern of paths."""
    segments = text.removeprefix("/").removesuffix("/").split("/")
    if not text.strip() or text == "/":
        raise ValueError("is empty; `*` covers every path")
    if text[0] in "!#":
        meaning = "there is no negation: rules are set against one another" if text[0] == "!" else "a comment"
        raise ValueError(f"begins with `{text[0]}` ({meaning}); write `\\{text[0]}` for the character")
    if "\0" in text:
        raise ValueError("holds a NUL, which no path can")
    if text[-1].isspace() and text[-1] != "\n" and not text.endswith("\\ "):
        raise ValueError("ends with white space; write `\\ ` for a space that is meant")
    if {".", ".."} & set(segments):
        raise ValueError("holds `.` or `..`; patterns are relative to the root of the repository")
    if "" in segments:
        raise ValueError("holds an empty segment (`//`)")


def _segments(text: str) -> tuple[list[str], bool]:
    """Return the segments, the last empty for a directory, and whether the first lies at the root."""
    anchored = "/" in text[:-1]
    return text.removeprefix("/").split("/"), anchored


def _tail(segments: list[str]) -> list[str]:
    """Return the segments at the end that stand for everything in a directory."""
    return next((tail for tail in _TAILS if segments[-len(tail) :] == tail), [])


def _is_tree(segments: list[str]) -> bool:
    """Return whether this is `some/dir/*` in one of its spellings; `some/dir` then covers the same and `dir` too."""
    stem = segments[: -len(_tail(segments)) or len(segments)]
    return len(stem) < len(segments) and bool(stem) and "**" not in stem and not _WILD.search(stem[-1])


def _until_wild(segments: list[str]) -> list[str]:
    """Return the segments before the first that has a wildcard or stands for a directory."""
    wild = (place for place, segment in enumerate(segments) if not segment or _WILD.search(segment))
    return segments[: next(wild, len(segments))]


def _landmark(segments: list[str]) -> str:
    """Return `Pattern.landmark`: the longest segment without a wildcard, else the first ending of a file name."""
    plain = [_unescaped(segment) for segment in segments if not _WILD.search(segment)]
    endings = (match[1] for segment in segments if (match := _ENDING.fullmatch(segment)))
    return "/" + max(plain, key=len) if plain else next(endings, "")


def _unescaped(segment: str) -> str:
    return re.sub(r"\\(.)", r"\1", segment, flags=re.DOTALL)


def _literal_characters(segment: str) -> int:
    pieces = _PIECE.findall(segment)
    return sum(len(piece) - (piece[0] == "\\") for piece in pieces if piece[0] not in "*?[")


def _fold_segment(segment: str) -> str:
    """Return a segment that matches the folded form of whatever the segment matches."""
    pieces = _PIECE.findall(segment)
    texts = [spelling(_unescaped(piece)) if piece[0] not in "*?[" else "" for piece in pieces]
    texts = [*texts[:-1], *map(without_tail, texts[-1:])]
    # folding can make wildcards of look-alikes, so what was literal is escaped again
    folded = "".join(
        re.sub(r"([\\\[*?!# ])", r"\\\1", text) if text else spelling(piece)
        for piece, text in zip(pieces, texts, strict=True)
    )
    return folded or segment


def _regex(source: str) -> re.Pattern[str]:
    """Compile a pattern that git can read.

    Raises:
        ValueError: it has a bracket, a set of characters or a backslash that cannot be read.
    """
    try:
        regex, _ = GitIgnoreSpecPattern.pattern_to_regex(source)
    except ValueError as error:
        raise ValueError("ends with a backslash that escapes nothing") from error
    if regex is None:
        raise ValueError("holds a `[` that is never closed; write `\\[` for the character")
    if not regex.startswith("^"):  # pathspec's short forms for "everything" and "everything in a directory"
        regex = ".*" if regex == "." else ".+/"
    # a negated set would match a slash, which git's never does
    regex = re.sub(r"(?s)\\.|\[\^(?!/)", lambda match: "(?!/)[^" if match[0] == "[^" else match[0], regex)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return re.compile(regex, re.DOTALL)
        except (re.error, FutureWarning) as error:
            raise ValueError(f"holds a set of characters that cannot be read ({error})") from error
