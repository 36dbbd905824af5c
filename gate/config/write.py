"""`Policy` -> `gate.toml`: a text to go on from, which `load` reads back as the same policy. Pure."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from gate.config import keys
from gate.config.toml_text import comment, name_of_key, quoted
from gate.model.policy import RuleKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.model.policy import Coordinator, Policy, Rule


def dump(policy: Policy, *, head: Iterable[str] = ()) -> str:
    """The policy as TOML. `head` are lines of the comment that opens it.

    Raises:
        ValueError: a string holds a lone surrogate, which TOML cannot write.
    """
    blocks = [
        comment(head),
        _block("version = 1", *keys.written(keys.SETTINGS[1:], policy)),
        *map(_coordinator, policy.coordinators),
        *_rules(policy.rules),
        *(_block("[[integration_points]]", *keys.written(keys.POINT, point)) for point in policy.points),
        _severities(policy.severities),
        *(_block("[[waivers]]", *keys.written(keys.WAIVER, waiver)) for waiver in policy.waivers),
    ]
    text = "\n".join(block for block in blocks if block)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"not Unicode text: {text[error.start : error.end]!a}") from error
    return text


def _coordinator(coordinator: Coordinator) -> str:
    heading = f"[coordinators.{name_of_key(coordinator.name)}]"
    return _block(heading, *keys.written(keys.COORDINATOR, coordinator))


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
    values = {
        "name": rule.domain if rule.domain != rule.coordinator else "",
        "paths": patterns,
        "within": rule.within,
        "recursive": rule.recursive,
        "coordinator": rule.coordinator,
        "unowned": not rule.coordinator,
        "serialized": rule.serialized,
        "reason": rule.reason,
    }
    heading = "[[exceptions]]" if rule.kind is RuleKind.EXCEPTION else "[[domains]]"
    return _block(heading, *keys.written(keys.RULE, values))


def _severities(severities: dict[str, str]) -> str:
    lines = [f"{name_of_key(code)} = {quoted(weight)}" for code, weight in severities.items()]
    return _block("[severity]", *lines) if lines else ""


def _block(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)
