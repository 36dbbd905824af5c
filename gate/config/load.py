"""`gate.toml` -> `Policy`, or every mistake in it at once."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from gate.config import keys
from gate.config.kinds import Patterns, severity_mistake
from gate.config.lines import lines_of
from gate.config.table import Mistakes, Table
from gate.documents import toml
from gate.documents.keys import TooDeep
from gate.errors import PolicyError
from gate.model.policy import Coordinator, IntegrationPoint, Policy, Rule, RuleKind, Waiver

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from gate.config.keys import PolicyKey

_NAME = re.compile(r"\w[\w.-]*")
_PLACE_IN_ERROR = re.compile(r" \(at line (\d+), column \d+\)$")


def load(text: bytes, *, path: str, origin: str) -> Policy:
    """Read a policy. `path` is how mistakes call it; `origin` becomes `Policy.origin`.

    Raises:
        PolicyError: with every mistake, each with its line, table and key, in the order of the file.
    """
    mistakes = Mistakes(path)
    data = _parsed(text, mistakes)
    policy = None if mistakes.entries else _policy(Table(mistakes, (), data), text, origin)
    if policy is None or mistakes.entries:
        raise PolicyError(path, mistakes.texts)
    return policy


def _parsed(text: bytes, mistakes: Mistakes) -> dict[str, object]:
    """Return the data and give the mistakes their lines; or note the one mistake that keeps it from being read."""
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
    match = _PLACE_IN_ERROR.search(message)
    at_end = "end of document" in message
    line = int(match[1]) if match else text.rstrip().count("\n") + 1 if at_end else 1
    what = _PLACE_IN_ERROR.sub("", message).replace(" (at end of document)", ", and the file ends")
    return line, f"is not TOML: {what}"


def _policy(top: Table, text: bytes, origin: str) -> Policy:
    coordinators = tuple(_coordinator(name, table) for name, table in top.named("coordinators"))
    names = {coordinator.name for coordinator in coordinators}
    settings = keys.read(top, keys.SETTINGS, names)
    del settings["version"]
    policy = Policy(
        origin=origin,
        path=top.mistakes.path,
        digest=hashlib.sha256(text).hexdigest(),
        coordinators=coordinators,
        rules=(*_rules(top, RuleKind.EXCEPTION, names), *_rules(top, RuleKind.DIRECTORY, names)),
        points=tuple(_point(table, names) for table in top.array("integration_points")),
        severities=_severities(top),
        waivers=tuple(_waiver(table) for table in top.array("waivers")),
        **settings,
    )
    top.finish()
    return policy


def _coordinator(name: str, table: Table) -> Coordinator:
    if not _NAME.fullmatch(name):
        table.mistakes.add(table.place, f"`{name}` is no name: letters, digits, `_`, `-` and `.` make one")
    return Coordinator(name=name, **_values(table, keys.COORDINATOR))


def _values(
    table: Table, table_keys: tuple[PolicyKey, ...], coordinators: Collection[str] = ()
) -> dict[str, Any]:
    """Return all values of a table, by field; keys it does not know are mistakes. Patterns are without their lines."""
    values = keys.read(table, table_keys, coordinators)
    table.finish()
    for key in table_keys:
        if isinstance(key.kind, Patterns):
            values[key.name] = tuple(pattern for _, pattern in values[key.name])
    return values


def _rules(top: Table, kind: RuleKind, coordinators: set[str]) -> Iterator[Rule]:
    for table in top.array("exceptions" if kind is RuleKind.EXCEPTION else "domains"):
        yield from _rules_of(table, kind, coordinators)


def _rules_of(table: Table, kind: RuleKind, coordinators: set[str]) -> Iterator[Rule]:
    """Yield one rule for each pattern of an `[[exceptions]]` or `[[domains]]` table."""
    values = keys.read(table, keys.RULE, coordinators)
    _require_owner(table, unowned=values["unowned"])
    table.finish()
    for line, pattern in values["paths"]:
        yield Rule(
            kind,
            pattern,
            values["coordinator"],
            values["name"] or values["coordinator"],
            values["serialized"],
            values["reason"],
            line,
            values["recursive"],
            tuple(further for _, further in values["within"]),
        )


def _require_owner(table: Table, *, unowned: bool) -> None:
    """Note a mistake unless the table names a coordinator, or says in so many words that there is none."""
    if unowned and table.has("coordinator"):
        table.wrong("unowned", "stands beside `coordinator`; keep one of them")
    elif not unowned and not table.has("coordinator"):
        what = "`coordinator` is missing; write `unowned = true` where nobody is meant to own the paths"
        table.mistakes.add(table.place, what)


def _point(table: Table, coordinators: set[str]) -> IntegrationPoint:
    return IntegrationPoint(line=table.line, **_values(table, keys.POINT, coordinators))


def _waiver(table: Table) -> Waiver:
    return Waiver(line=table.line, **_values(table, keys.WAIVER))


def _severities(top: Table) -> dict[str, str]:
    severities: dict[str, str] = {}
    for code, weight in top.table("severity").items():
        mistake = severity_mistake(code, weight, keys.WEIGHTS)
        if mistake:
            top.mistakes.add(("severity", code), mistake)
        else:
            severities[code] = str(weight)
    return severities
