"""`gate.toml` -> `Policy`, or every mistake in it at once."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from gate import route
from gate.config.lines import lines_of
from gate.config.table import Mistakes, Table, did_you_mean, meant
from gate.documents import toml
from gate.documents.keys import TooDeep
from gate.errors import PolicyError
from gate.model.git import Landing
from gate.model.policy import (
    Coordinator,
    IntegrationPoint,
    Mode,
    Policy,
    Precedence,
    Rule,
    RuleKind,
    Waiver,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

POINT_KINDS = ("migration", "api-contract", "release", "compliance", "security")
"""The integration points of `rules.md` R3."""

WEIGHTS = ("error", "warning", "note", "off")

_CODE = re.compile(r"[A-Z]+[0-9]*")
_NO_CODE = "is no code: letters and digits such as G201, or the beginning of one (G2)"
_NAME = re.compile(r"\w[\w.-]*")
_PLACE_IN_ERROR = re.compile(r" \(at line (\d+), column \d+\)$")


def load(text: bytes, *, path: str, origin: str) -> Policy:
    """Read a policy. `path` is how mistakes call it; `origin` becomes `Policy.origin`.

    Raises:
        PolicyError: with every mistake, each with its line, table and key, in the order of the file.
    """
    mistakes = Mistakes(path)
    data = _parsed(text, mistakes)
    policy = None if mistakes.found else _policy(Table(mistakes, (), data), text, origin)
    if policy is None or mistakes.found:
        raise PolicyError(path, mistakes.texts)
    return policy


def _parsed(text: bytes, mistakes: Mistakes) -> dict[str, object]:
    """The data, and the lines for the mistakes; or the one mistake that keeps it from being read."""
    try:
        decoded = text.decode("utf-8-sig")
        data = toml.load(decoded)
        mistakes.lines = lines_of(decoded)
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        mistakes.note(line, "is not UTF-8 text")
    except TooDeep:
        mistakes.add((), "is nested too deeply to be a policy")
    except ValueError as error:
        mistakes.note(*_syntax_mistake(str(error), decoded))
    else:
        return data
    return {}


def _syntax_mistake(message: str, text: str) -> tuple[int, str]:
    found = _PLACE_IN_ERROR.search(message)
    at_end = "end of document" in message
    line = int(found[1]) if found else text.rstrip().count("\n") + 1 if at_end else 1
    what = _PLACE_IN_ERROR.sub("", message).replace(" (at end of document)", ", and the file ends")
    return line, f"is not TOML: {what}"


def _policy(top: Table, text: bytes, origin: str) -> Policy:
    _version(top)
    coordinators = _coordinators(top)
    known = {coordinator.name for coordinator in coordinators}
    policy = Policy(
        origin=origin,
        path=top.mistakes.path,
        digest=hashlib.sha256(text).hexdigest(),
        mode=top.choice("mode", Mode.ENFORCE),
        landing=top.choice("landing", Landing.MERGE),
        branches=top.texts("branches"),
        against=top.texts("against"),
        protected=top.texts("protected"),
        max_parallel=top.positive("max_parallel"),
        max_coordinators=top.positive("max_coordinators"),
        owner=_coordinator(top, "owner", known),
        coordinators=coordinators,
        rules=(*_rules(top, RuleKind.EXCEPTION, known), *_rules(top, RuleKind.DIRECTORY, known)),
        points=tuple(_point(table, known) for table in top.array("integration_points")),
        severities=_severities(top),
        waivers=tuple(_waiver(table) for table in top.array("waivers")),
        precedence=top.choice("precedence", Precedence.SPECIFIC),
        templates=_folder(top, "templates"),
    )
    top.finish()
    return policy


def _version(top: Table) -> None:
    version = top.positive("version")
    if version is not None and version != 1:
        top.wrong("version", f"{version} is not known to this git-gate, which reads version 1")


def _coordinators(top: Table) -> tuple[Coordinator, ...]:
    return tuple(_one_coordinator(name, table) for name, table in top.named("coordinators"))


def _one_coordinator(name: str, table: Table) -> Coordinator:
    if not _NAME.fullmatch(name):
        table.mistakes.add(table.place, f"`{name}` is no name: letters, digits, `_`, `-` and `.` make one")
    coordinator = Coordinator(
        name=name,
        description=table.text("description"),
        reviewers=table.texts("reviewers"),
        streams=table.texts("streams"),
        capacity=table.positive("capacity"),
    )
    table.finish()
    return coordinator


def _rules(top: Table, kind: RuleKind, known: set[str]) -> Iterator[Rule]:
    key = "exceptions" if kind is RuleKind.EXCEPTION else "domains"
    for table in top.array(key):
        yield from _rules_of(table, kind, known)


def _rules_of(table: Table, kind: RuleKind, known: set[str]) -> Iterator[Rule]:
    """One rule for each pattern of an `[[exceptions]]` or `[[domains]]` table."""
    patterns = _patterns(table, "paths", required=True)
    coordinator = _owner(table, known)
    domain = table.text("name") or coordinator
    serialized, recursive = table.flag("serialized"), table.flag("recursive", default=True)
    reason, within = table.text("reason"), tuple(one for _, one in _patterns(table, "within"))
    table.finish()
    for line, pattern in patterns:
        yield Rule(kind, pattern, coordinator, domain, serialized, reason, line, recursive, within)


def _owner(table: Table, known: set[str]) -> str:
    """The coordinator of a rule; "" only where the policy says in so many words that it has none."""
    unowned = table.flag("unowned")
    name = _coordinator(table, "coordinator", known)
    if unowned and table.has("coordinator"):
        table.wrong("unowned", "stands beside `coordinator`; keep one of them")
    elif not unowned and not table.has("coordinator"):
        what = "`coordinator` is missing; write `unowned = true` where nobody is meant to own the paths"
        table.mistakes.add(table.place, what)
    return name


def _coordinator(table: Table, key: str, known: set[str]) -> str:
    before = len(table.mistakes.found)
    name = table.text(key)
    if table.has(key) and name not in known and len(table.mistakes.found) == before:
        _unknown_coordinator(table, key, name, known)
    return name


def _unknown_coordinator(table: Table, key: str, name: str, known: set[str], *index: int) -> None:
    if not name:
        table.wrong(key, "names no coordinator", *index)
    else:
        what = f"there is no [coordinators.{name}]{did_you_mean(name, known)}"
        table.wrong(key, what, *index)


def _folder(table: Table, key: str) -> str:
    """A folder below the one of the policy; "" when it is missing or wrong."""
    name = table.text(key).removesuffix("/")
    parts = name.split("/")
    if table.has(key) and (not name.isprintable() or "\\" in name or {"", ".", ".."} & {*parts}):
        table.wrong(key, "must be a folder of the repository, such as `templates`, without `..`")
        return ""
    return name


def _patterns(table: Table, key: str, *, required: bool = False) -> list[tuple[int | None, str]]:
    """The patterns of an array, each with its line, without those that are none."""
    found = []
    for index, pattern in table.elements(key, required=required):
        try:
            route.pattern_of(pattern)
            route.pattern_of(pattern, folded=True)
        except ValueError as error:
            table.wrong(key, f"the pattern `{pattern}` {error}", index)
        else:
            found.append((table.mistakes.line(table.place_of(key, index)), pattern))
    return found


def _point(table: Table, known: set[str]) -> IntegrationPoint:
    kind = table.text("kind", required=True)
    if kind and kind not in POINT_KINDS:
        table.wrong("kind", f"`{kind}` is no kind of integration point{did_you_mean(kind, POINT_KINDS)}")
    point = IntegrationPoint(
        name=table.text("name", required=True),
        kind=kind,
        paths=tuple(pattern for _, pattern in _patterns(table, "paths")),
        tags=table.texts("tags"),
        content=_expressions(table, "content"),
        requires=_coordinator_names(table, "requires", known),
        line=table.line,
    )
    table.finish()
    return point


def _expressions(table: Table, key: str) -> tuple[str, ...]:
    found = table.elements(key)
    for index, expression in found:
        try:
            re.compile(expression)
        except re.error as error:
            table.wrong(key, f"the regular expression `{expression}` is none: {error}", index)
    return tuple(expression for _, expression in found)


def _coordinator_names(table: Table, key: str, known: set[str]) -> tuple[str, ...]:
    names = table.elements(key)
    for index, name in names:
        if name not in known:
            _unknown_coordinator(table, key, name, known, index)
    return tuple(name for _, name in names)


def _severities(top: Table) -> dict[str, str]:
    found = {}
    for code, weight in top.table("severity").items():
        place = ("severity", code)
        if not _CODE.fullmatch(code):
            top.mistakes.add(place, _NO_CODE)
        elif not isinstance(weight, str) or weight not in WEIGHTS:
            what = f"must be one of {', '.join(WEIGHTS)}, in quotes{meant(str(weight), WEIGHTS)}"
            top.mistakes.add(place, what)
        else:
            found[code] = weight
    return found


def _waiver(table: Table) -> Waiver:
    check = table.text("check", required=True)
    if check and not _CODE.fullmatch(check):
        table.wrong("check", f"`{check}` {_NO_CODE}")
    waiver = Waiver(
        check=check,
        reason=table.text("reason", required=True),
        paths=tuple(pattern for _, pattern in _patterns(table, "paths")),
        streams=table.texts("streams"),
        expires=table.day("expires"),
        line=table.line,
    )
    table.finish()
    return waiver
