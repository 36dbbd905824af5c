"""`Policy` -> `gate.toml`: a text to go on from, which `load` reads back as the same policy. Pure."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from gate.model.policy import Coordinator, Policy, Precedence, Rule, RuleKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.model.policy import IntegrationPoint, Waiver

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_WIDTH = 100


def dump(policy: Policy, *, head: Iterable[str] = ()) -> str:
    """The policy as TOML. `head` are lines of the comment that opens it.

    Raises:
        ValueError: a string holds a lone surrogate, which TOML cannot write.
    """
    blocks = [
        _comment(head),
        _settings(policy),
        *map(_coordinator, policy.coordinators),
        *_rules(policy.rules),
        *map(_point, policy.points),
        _severities(policy.severities),
        *map(_waiver, policy.waivers),
    ]
    text = "\n".join(block for block in blocks if block)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"not Unicode text: {text[error.start : error.end]!a}") from error
    return text


def quoted(text: str) -> str:
    """A TOML string, on one line."""
    return '"' + "".join(_SHORT.get(one) or _escaped(one) for one in text) + '"'


def _escaped(character: str) -> str:
    # TOML forbids control characters; the bidirectional ones it allows would make the file lie to its reader
    if character.isprintable() or "\ud800" <= character <= "\udfff":
        return character
    point = ord(character)
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


def _comment(lines: Iterable[str]) -> str:
    shown = ("".join(one if one.isprintable() else " " for one in line) for line in lines)
    return "".join(f"# {line}".rstrip() + "\n" for line in shown)


def _settings(policy: Policy) -> str:
    last = policy.precedence is Precedence.LAST
    return _lines(
        "version = 1",
        f'mode = "{policy.mode}"  # enforce, or audit: report and never fail',
        f'landing = "{policy.landing}"  # merge, squash or rebase',
        f"branches = {_array(policy.branches)}  # which are streams, as globs; none: every branch",
        policy.against and f"against = {_array(policy.against)}  # compared with, not judged",
        policy.protected
        and f"protected = {_array(policy.protected)}  # published: their migrations stay as they are",
        _number("max_parallel", policy.max_parallel, "streams in one batch"),
        _number("max_coordinators", policy.max_coordinators, "coordinators in one batch"),
        policy.owner and f"owner = {quoted(policy.owner)}  # looks at changes of this file",
        policy.templates and f"templates = {quoted(policy.templates)}  # of its own, for reports",
        last
        and 'precedence = "last"  # of the domains that match a path, the last decides, as in CODEOWNERS',
    )


def _number(key: str, value: int | None, comment: str = "") -> str:
    return f"{key} = {value}{comment and '  # ' + comment}" if value is not None else ""


def _coordinator(coordinator: Coordinator) -> str:
    hint = "" if coordinator.reviewers else '  # who reviews: "@org/team", an account, an address'
    streams_hint = "" if coordinator.streams else '  # whose branches are its own: "agent/name/*"'
    return _lines(
        f"[coordinators.{_key(coordinator.name)}]",
        coordinator.description and f"description = {quoted(coordinator.description)}",
        f"reviewers = {_array(coordinator.reviewers)}{hint}",
        f"streams = {_array(coordinator.streams)}{streams_hint}",
        _number("capacity", coordinator.capacity),
    )


def _rules(rules: Iterable[Rule]) -> Iterator[str]:
    """Rules that follow one another and differ in their pattern only share a table."""
    ordered = sorted(rules, key=lambda rule: rule.kind is not RuleKind.EXCEPTION)
    for _, group in itertools.groupby(ordered, key=_without_pattern):
        same = list(group)
        yield _rule(same[0], [rule.pattern for rule in same])


def _without_pattern(rule: Rule) -> tuple[object, ...]:
    who = (rule.kind, rule.coordinator, rule.domain, rule.reason)
    return (*who, rule.serialized, rule.recursive, rule.within)


def _rule(rule: Rule, patterns: list[str]) -> str:
    key = "exceptions" if rule.kind is RuleKind.EXCEPTION else "domains"
    return _lines(
        f"[[{key}]]",
        rule.domain != rule.coordinator and f"name = {quoted(rule.domain)}",
        f"paths = {_array(patterns)}",
        rule.within and f"within = {_array(rule.within)}  # has to match as well",
        not rule.recursive and "recursive = false  # not what lies below a directory that matches",
        f"coordinator = {quoted(rule.coordinator)}" if rule.coordinator else "unowned = true",
        rule.serialized and "serialized = true  # one stream at a time",
        rule.reason and f"reason = {quoted(rule.reason)}",
    )


def _point(point: IntegrationPoint) -> str:
    return _lines(
        "[[integration_points]]",
        f"name = {quoted(point.name)}",
        f"kind = {quoted(point.kind)}",
        point.paths and f"paths = {_array(point.paths)}",
        point.tags and f"tags = {_array(point.tags)}",
        point.content and f"content = {_array(point.content)}",
        point.requires and f"requires = {_array(point.requires)}",
    )


def _severities(severities: dict[str, str]) -> str:
    if not severities:
        return ""
    return _lines("[severity]", *(f"{_key(code)} = {quoted(weight)}" for code, weight in severities.items()))


def _waiver(waiver: Waiver) -> str:
    return _lines(
        "[[waivers]]",
        f"check = {quoted(waiver.check)}",
        waiver.paths and f"paths = {_array(waiver.paths)}",
        waiver.streams and f"streams = {_array(waiver.streams)}",
        f"reason = {quoted(waiver.reason)}",
        waiver.expires and f"expires = {waiver.expires.isoformat()}",
    )


def _lines(*lines: object) -> str:
    """The lines that are there, each ended."""
    return "".join(f"{line}\n" for line in lines if line)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else quoted(name)


def _array(texts: Iterable[str]) -> str:
    strings = [quoted(text) for text in texts]
    if sum(map(len, strings)) + 2 * len(strings) <= _WIDTH - 20:
        return f"[{', '.join(strings)}]"
    return "[\n" + "".join(f"    {string},\n" for string in strings) + "]"
