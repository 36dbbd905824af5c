"""Path -> coordinator, with the rule that decided; branch -> the coordinator it works for. Pure.

A pattern has its gitignore meaning (git's own, through pathspec): `dir/*` covers everything below `dir`, a
pattern without a slash matches at any depth, a leading slash anchors. Added to it: a rule for `dir/*` also
owns `dir` itself, since a changed path is a file, and a file at `dir` replaces the whole domain.

Which rule decides (`rules.md` R1):

1. an exception that matches the path as it is;
2. an exception that matches its folded form (`fold`), so that no other spelling of a path escapes;
3. a directory rule that matches the path as it is;
4. a directory rule that matches its folded form;

and among several of them the most specific pattern (`specificity`), or, with `precedence = "last"`, the last
in the file. Rules that are equally specific tie: the first in the file decides, and `gate.config.lint`
reports it.
"""

from __future__ import annotations

import fnmatch
import re
import unicodedata
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from gate.model.policy import UNOWNED, Policy, Precedence, Route, Rule, RuleKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KEPT_PATHS = 1 << 17
_WILD = re.compile(r"(?<!\\)(?:\\\\)*[*?\[]")
_PIECE = re.compile(r"\\.|\[[!^]?\]?[^\]]*\]|[*?]|[^\\*?\[]+|\[", re.DOTALL)
_ENDING = re.compile(r"\*[^*?\[\\]*(\.[^*?\[\\.]+)")
_TAILS = (["**", "*"], ["**"], ["*"], [""])
_UNSEEN_RANGES = (
    *(
        (0x00AD, 0x00AD),
        (0x034F, 0x034F),
        (0x061C, 0x061C),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
    ),
    *(
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x206F),
        (0x3164, 0x3164),
        (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF),
    ),
    *((0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
"""What nobody sees in a name: Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt), which includes what
HFS+ ignores in file names (next_hfs_char() in git's utf8.c)."""
_UNSEEN = {point: None for first, last in _UNSEEN_RANGES for point in range(first, last + 1)}


# Paths


@lru_cache(maxsize=_KEPT_PATHS)
def owner_of(path: str, policy: Policy) -> Route:
    """Where a changed path leads; `UNOWNED` when no rule matches.

    The path is git's own, relative to the root, decoded with `surrogateescape`; every character is literal.
    """
    router, inner = _router(policy), _inner(path)
    for exact, folded in router.kinds:
        if rule := next(exact.matching(inner), None):
            return _route(rule, folded=False)
        if rule := next(folded.matching(fold(inner)), None):
            return _route(rule, folded=True)
    return UNOWNED


def rules_for(path: str, policy: Policy, *, folded: bool = False) -> tuple[Rule, ...]:
    """Every rule that matches the path as it is (or its folded form), the one that decides first."""
    inner = fold(_inner(path)) if folded else _inner(path)
    return tuple(rule for kind in _router(policy).kinds for rule in kind[folded].matching(inner))


def covered_by(path: str, policy: Policy) -> tuple[Rule, ...]:
    """The rules with paths below this one, concerned when a file, a symlink or a submodule takes its place.

    Letter case and Unicode form are evened out. Exceptions come first, the deciding order within a kind.
    Rules that may match in any directory (`*.py`, `**/secret/*`) are not among them: route the files that
    were there.
    """
    inner = fold(_inner(path))
    return tuple(rule for _, folded in _router(policy).kinds for rule in folded.below(inner))


def matches(path: str, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns covers the path (waivers, integration points).

    Raises:
        ValueError: a pattern is none.
    """
    return any(pattern_of(pattern).covers(_inner(path)) for pattern in patterns)


def specificity(rule: Rule) -> tuple[int, int, int, int, int]:
    """How closely a rule describes the paths it covers; the greatest decides.

    In this order: how many of its segments hold no wildcard, how many of those lead it, the count of its
    literal characters, of its segments, and of further patterns that must match as well. So a file named in
    full comes before everything, a deeper directory before a higher one, `dir/a*.py` before `dir/*`.
    """
    return (*pattern_of(rule.pattern, rule.recursive).specificity, len(rule.within))


def literal(path: str) -> str:
    """The pattern for exactly this path."""
    escaped = re.sub(r"([\\\[*?])", r"\\\1", path)
    # pathspec drops white space at the end, unless it is an escaped space
    if path[-1:].isspace() and path[-1:] != "\n":
        escaped = escaped[:-1] + ("\\ " if path[-1] == " " else f"[{path[-1]}]")
    return "/" + escaped


@lru_cache(maxsize=_KEPT_PATHS)
def fold(path: str) -> str:
    """The form in which two spellings are equal on file systems that do not tell them apart.

    Code points that nobody sees are dropped, letter case and compatibility forms evened out (the compatibility
    caseless match of Unicode, D146, composed); dots and spaces at the end of a segment, which Windows drops,
    are cut.
    """
    return "/".join(_without_tail(_spelling(segment)) or segment for segment in path.split("/"))


def _without_tail(segment: str) -> str:
    return segment.rstrip(" .") or segment


def _spelling(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFD", text.translate(_UNSEEN)).casefold()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _inner(path: str) -> str:
    # regular expressions treat a newline specially in `$`; a NUL, which no path can hold, stands in for it
    return path.replace("\n", "\0")


def _route(rule: Rule, *, folded: bool) -> Route:
    owner = rule.coordinator or None
    return Route(owner, rule.kind, rule.pattern, rule.domain, rule.serialized, folded, rule.reason, rule.line)


# Streams


def coordinator_of_stream(name: str, ref: str, policy: Policy) -> str | None:
    """Whose stream a branch is, by the coordinators' `streams` patterns; None when it is nobody's, or unsure.

    Both the name as typed and the branch's own name within `ref` are tried; the most specific pattern
    decides. Two coordinators that tie leave the stream undeclared: that asks for more review, never for less.
    """
    ranked = [
        (stream_specificity(pattern), coordinator.name)
        for coordinator in policy.coordinators
        for pattern in coordinator.streams
        if stream_matches(name, ref, (pattern,))
    ]
    best = max((rank for rank, _ in ranked), default=None)
    names = {coordinator for rank, coordinator in ranked if rank == best}
    return names.pop() if len(names) == 1 else None


def stream_matches(name: str, ref: str, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns means the branch: shell globs; `*` crosses `/`, letter case counts."""
    names = {name, branch_name(ref)}
    return any(_glob(pattern).match(one) for pattern in patterns for one in names)


def stream_specificity(pattern: str) -> tuple[bool, int]:
    """How closely a stream pattern describes: no wildcard at all, then the count of literal characters."""
    bare = re.sub(r"\[[!^]?\]?[^\]]*\]|[*?]", "", pattern)
    return (bare == pattern, len(bare))


def branch_name(ref: str) -> str:
    """A full ref without what says where it is: `refs/heads/`, or `refs/remotes/` and the remote's name."""
    if ref.startswith("refs/remotes/"):
        return ref.split("/", 3)[-1]
    return ref.removeprefix("refs/heads/")


@lru_cache(maxsize=1024)
def _glob(pattern: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(pattern))


# Patterns


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern.

    `prefix` is the literal path all its matches begin with, "" when they may lie anywhere. `segments` are its
    leading segments as patterns, up to the first `**`; `tree`: what it covers lies below the path they name.
    `landmark` is what one segment of every match is ("/name") or ends with (".py"), "" when there is no such.
    """

    prefix: str
    landmark: str
    segments: tuple[str, ...]
    tree: bool
    recursive: bool
    regex: re.Pattern[str]
    specificity: tuple[int, int, int, int]

    def covers(self, path: str) -> bool:
        """Whether it matches a path (one of `_inner`), or a directory above it."""
        found = self.regex.match(path) if self.recursive else self.regex.fullmatch(path)
        return found is not None

    def lies_below(self, path: str) -> bool:
        """Whether it may match paths below this one, and not just because it may match anywhere."""
        parts = path.split("/")
        if len(parts) > len(self.segments) - (not self.tree):
            return False
        pairs = zip(parts, self.segments, strict=False)
        return all(pattern_of("/" + segment, recursive=False).covers(part) for part, segment in pairs)


@lru_cache(maxsize=1 << 14)
def pattern_of(text: str, recursive: bool = True, folded: bool = False) -> Pattern:
    """Compile a pattern; `folded` for paths that went through `fold`.

    Raises:
        ValueError: it is no pattern; the message says why and completes "the pattern …".
    """
    _refuse(text)
    segments, anchored = _segments(_inner(text))
    if segments[-2:] == ["**", ""]:  # directories at any depth, which pathspec takes for anything
        segments[-1:] = ["*", ""]
    if folded:
        segments = [_folded(segment) for segment in segments]
    tree = recursive and anchored and _is_tree(segments)
    if tree:
        segments = segments[: -len(_tail(segments))]
    source = ("/" if anchored else "") + "/".join(segments)
    named = [segment for segment in segments if segment not in ("", "**")]
    plain = [segment for segment in named if not _WILD.search(segment)]
    leading = _until_wild(segments) if anchored else []
    until = segments[: segments.index("**")] if "**" in segments else named
    return Pattern(
        prefix="/".join(_unescaped(segment) for segment in leading),
        landmark=_landmark(named),
        segments=tuple(until) if anchored else (),
        tree=tree or "**" in segments or segments[-1] == "",
        recursive=recursive,
        regex=_regex(source),
        specificity=(len(plain), len(leading), sum(map(_literal_characters, named)), len(named)),
    )


def _refuse(text: str) -> None:
    segments = text.removeprefix("/").removesuffix("/").split("/")
    if not text.strip() or text == "/":
        raise ValueError("is empty; `*` covers every path")
    if text[0] in "!#":
        what = "there is no negation: rules are set against one another" if text[0] == "!" else "a comment"
        raise ValueError(f"begins with `{text[0]}` ({what}); write `\\{text[0]}` for the character")
    if "\0" in text:
        raise ValueError("holds a NUL, which no path can")
    if text[-1].isspace() and text[-1] != "\n" and not text.endswith("\\ "):
        raise ValueError("ends with white space; write `\\ ` for a space that is meant")
    if {".", ".."} & set(segments):
        raise ValueError("holds `.` or `..`; patterns are relative to the root of the repository")
    if "" in segments:
        raise ValueError("holds an empty segment (`//`)")


def _segments(text: str) -> tuple[list[str], bool]:
    """The segments, the last one empty for a directory; and whether the first is one of the root."""
    anchored = "/" in text[:-1]
    return text.removeprefix("/").split("/"), anchored


def _tail(segments: list[str]) -> list[str]:
    return next((tail for tail in _TAILS if segments[-len(tail) :] == tail), [])


def _is_tree(segments: list[str]) -> bool:
    """Whether this is `some/dir/*` in one of its spellings; `some/dir` then covers the same and `dir` too."""
    stem = segments[: -len(_tail(segments)) or len(segments)]
    return len(stem) < len(segments) and bool(stem) and "**" not in stem and not _WILD.search(stem[-1])


def _until_wild(segments: list[str]) -> list[str]:
    wild = (place for place, segment in enumerate(segments) if not segment or _WILD.search(segment))
    return segments[: next(wild, len(segments))]


def _landmark(segments: list[str]) -> str:
    plain = [_unescaped(segment) for segment in segments if not _WILD.search(segment)]
    endings = (found[1] for segment in segments if (found := _ENDING.fullmatch(segment)))
    return "/" + max(plain, key=len) if plain else next(endings, "")


def _unescaped(segment: str) -> str:
    return re.sub(r"\\(.)", r"\1", segment, flags=re.DOTALL)


def _literal_characters(segment: str) -> int:
    pieces = _PIECE.findall(segment)
    return sum(len(piece) - (piece[0] == "\\") for piece in pieces if piece[0] not in "*?[")


def _folded(segment: str) -> str:
    """A segment that matches the folded form of whatever the segment matches."""
    pieces = _PIECE.findall(segment)
    texts = [_spelling(_unescaped(piece)) if piece[0] not in "*?[" else "" for piece in pieces]
    texts = [*texts[:-1], *map(_without_tail, texts[-1:])]
    # folding can make wildcards of look-alikes, so what was literal is escaped anew
    folded = "".join(
        re.sub(r"([\\\[*?!# ])", r"\\\1", text) if text else _spelling(piece)
        for piece, text in zip(pieces, texts, strict=True)
    )
    return folded or segment


def _regex(source: str) -> re.Pattern[str]:
    try:
        regex, _ = GitIgnoreSpecPattern.pattern_to_regex(source)
    except ValueError as error:
        raise ValueError("ends with a backslash that escapes nothing") from error
    if regex is None:
        raise ValueError("holds a `[` that is never closed; write `\\[` for the character")
    if not regex.startswith("^"):  # pathspec's short forms for "everything" and "everything in a directory"
        regex = ".*" if regex == "." else ".+/"
    # a negated set would match a slash, which git's never does
    regex = re.sub(r"(?s)\\.|\[\^(?!/)", lambda found: "(?!/)[^" if found[0] == "[^" else found[0], regex)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return re.compile(regex, re.DOTALL)
        except (re.error, FutureWarning) as error:
            raise ValueError(f"holds a set of characters that cannot be read ({error})") from error


# Looking a path up in many rules


class _Index:
    """Rules of one kind in one form, best first.

    A rule is found by the literal path it begins with, or else by its landmark; only what has neither is
    tried on every path.
    """

    def __init__(self, rules: list[Rule], *, folded: bool) -> None:
        self._entries = [(rule, self._patterns(rule, folded)) for rule in rules]
        self._by_prefix: dict[str, list[int]] = {}
        self._by_landmark: dict[str, list[int]] = {}
        self._above: dict[str, list[int]] = {}
        self._wild: list[int] = []
        for rank, (_, patterns) in enumerate(self._entries):
            self._add(rank, patterns[0])

    @staticmethod
    def _patterns(rule: Rule, folded: bool) -> tuple[Pattern, ...]:
        return tuple(pattern_of(text, rule.recursive, folded) for text in (rule.pattern, *rule.within))

    def _add(self, rank: int, pattern: Pattern) -> None:
        if pattern.prefix or not pattern.landmark:
            self._by_prefix.setdefault(pattern.prefix, []).append(rank)
        else:
            self._by_landmark.setdefault(pattern.landmark, []).append(rank)
        for above in _and_above(pattern.prefix) if pattern.prefix else ():
            self._above.setdefault(above, []).append(rank)
        if len(pattern.segments) > pattern.prefix.count("/") + bool(pattern.prefix):
            self._wild.append(rank)

    def matching(self, path: str) -> Iterator[Rule]:
        """The rules that cover the path, best first."""
        ranks = [rank for prefix in ("", *_and_above(path)) for rank in self._by_prefix.get(prefix, ())]
        if self._by_landmark:
            ranks += [rank for mark in _landmarks(path) for rank in self._by_landmark.get(mark, ())]
        for rank in sorted(ranks):
            rule, patterns = self._entries[rank]
            if all(pattern.covers(path) for pattern in patterns):
                yield rule

    def below(self, path: str) -> Iterator[Rule]:
        """The rules that cover paths below this one, best first."""
        for rank in sorted({*self._above.get(path, ()), *self._wild}):
            rule, patterns = self._entries[rank]
            if patterns[0].lies_below(path):
                yield rule


def _and_above(path: str) -> Iterator[str]:
    """The path and every directory above it, but the root."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def _landmarks(path: str) -> set[str]:
    segments = path.split("/")
    endings = {dot + ending for _, dot, ending in (segment.rpartition(".") for segment in segments) if dot}
    return endings.union(f"/{segment}" for segment in segments)


@dataclass(frozen=True, slots=True)
class _Router:
    """The rules of a policy, compiled: for exceptions and then for directories, as they are and folded."""

    kinds: tuple[tuple[_Index, _Index], ...]


@lru_cache(maxsize=16)
def _router(policy: Policy) -> _Router:
    kinds = []
    for kind in (RuleKind.EXCEPTION, RuleKind.DIRECTORY):
        rules = _best_first([rule for rule in policy.rules if rule.kind is kind], policy.precedence)
        kinds.append((_Index(rules, folded=False), _Index(rules, folded=True)))
    return _Router(tuple(kinds))


def _best_first(rules: list[Rule], precedence: Precedence) -> list[Rule]:
    if precedence is Precedence.LAST:
        return rules[::-1]
    # stable: of rules that tie, the first in the file stays first
    return sorted(rules, key=specificity, reverse=True)
