"""Every key of `gate.toml`, a row each. Reading, writing, the JSON Schema and README's table come from these rows.

To add a key: a row here, and the field of the value it fills in `gate/model/policy.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gate.config.kinds import (
    Choice,
    Code,
    CoordinatorName,
    CoordinatorNames,
    Count,
    Day,
    Expressions,
    Flag,
    FolderName,
    FormatVersion,
    Globs,
    OneOf,
    Patterns,
    Text,
    Texts,
)
from gate.model.git import Landing
from gate.model.policy import Mode, Precedence

if TYPE_CHECKING:
    from collections.abc import Collection

    from gate.config.kinds import Kind
    from gate.config.table import Table

POINT_KINDS = ("migration", "api-contract", "release", "compliance", "security")
"""The integration points of `rules.md` R3."""
WEIGHTS = ("error", "warning", "note", "off")
"""What `[severity]` can make of a finding."""


@dataclass(frozen=True, slots=True)
class PolicyKey:
    """One key: its name in the file, what is written, and one sentence on what it is for."""

    name: str
    kind: Kind
    about: str
    field: str = ""
    """The field it fills, where that is not called as the key."""
    comment: str = ""
    """Stands behind the key where the gate writes a policy."""
    empty_comment: str = ""
    """Stands there instead while the key has no value."""
    always: bool = False
    """The gate writes it with no value, too."""
    required: bool = False


SETTINGS = (
    PolicyKey("version", FormatVersion(), "The version of this format."),
    PolicyKey(
        "mode",
        Choice(Mode.ENFORCE),
        "`audit` reports and never fails.",
        comment="enforce, or audit: report and never fail",
        always=True,
    ),
    PolicyKey(
        "landing",
        Choice(Landing.MERGE),
        "How a stream reaches the target.",
        comment="merge, squash or rebase",
        always=True,
    ),
    PolicyKey(
        "branches",
        Globs(),
        "Which branches are streams; none: every branch.",
        comment="which are streams, as globs; none: every branch",
        always=True,
    ),
    PolicyKey(
        "against",
        Globs(),
        "Branches to compare with that are not judged.",
        comment="compared with, not judged",
    ),
    PolicyKey(
        "protected",
        Globs(),
        "Branches whose migrations are published, besides tags and `release*`.",
        comment="published: their migrations stay as they are",
    ),
    PolicyKey("max_parallel", Count(), "Streams in one batch.", comment="streams in one batch"),
    PolicyKey("max_coordinators", Count(), "Coordinators in one batch.", comment="coordinators in one batch"),
    PolicyKey(
        "owner",
        CoordinatorName(),
        "Who looks at changes of the policy itself.",
        comment="looks at changes of this file",
    ),
    PolicyKey(
        "templates",
        FolderName(),
        "The folder of report templates that stand for the shipped ones.",
        comment="of its own, for reports",
    ),
    PolicyKey(
        "precedence",
        Choice(Precedence.SPECIFIC),
        "Which of several matching rules decides: the most specific, or the last as in CODEOWNERS.",
        comment="of the domains that match a path, the last decides, as in CODEOWNERS",
    ),
)
COORDINATOR = (
    PolicyKey("description", Text(), "What it is there for."),
    PolicyKey(
        "reviewers",
        Texts(),
        "Who reviews: a team, an account, an address.",
        empty_comment='who reviews: "@org/team", an account, an address',
        always=True,
    ),
    PolicyKey(
        "streams",
        Globs(),
        "Whose branches are its own.",
        empty_comment='whose branches are its own: "agent/name/*"',
        always=True,
    ),
    PolicyKey("capacity", Count(), "Its streams in one batch."),
)
RULE = (
    PolicyKey("name", Text(), "The domain's name; by default the coordinator's."),
    PolicyKey("paths", Patterns(), "The files it covers.", required=True),
    PolicyKey(
        "within", Patterns(), "Further patterns that must match as well.", comment="has to match as well"
    ),
    PolicyKey(
        "recursive",
        Flag(empty=True),
        "Whether a directory is covered with everything below it.",
        comment="not what lies below a directory that matches",
    ),
    PolicyKey("coordinator", CoordinatorName(), "Who answers for it."),
    PolicyKey("unowned", Flag(), "Nobody is meant to own these paths."),
    PolicyKey("serialized", Flag(), "One stream at a time.", comment="one stream at a time"),
    PolicyKey("reason", Text(), "Why."),
)
POINT = (
    PolicyKey("name", Text(), "What it is called.", required=True),
    PolicyKey(
        "kind", OneOf(words=POINT_KINDS, what="kind of integration point"), "What it is.", required=True
    ),
    PolicyKey("paths", Patterns(), "Files that touch it."),
    PolicyKey("tags", Texts(), "Tags a stream declares that touch it."),
    PolicyKey("content", Expressions(), "Searched in added lines."),
    PolicyKey("requires", CoordinatorNames(), "Coordinators that must be in."),
)
WAIVER = (
    PolicyKey("check", Code(), "A code, or the beginning of codes.", required=True),
    PolicyKey("paths", Patterns(), "Only for findings within these paths."),
    PolicyKey("streams", Globs(), "Only for these streams."),
    PolicyKey("reason", Text(), "Why it is accepted.", required=True),
    PolicyKey("expires", Day(), "The last day it holds."),
)
TABLES: dict[str, tuple[PolicyKey, ...]] = {
    "": SETTINGS,
    "[coordinators.NAME]": COORDINATOR,
    "[[exceptions]]": RULE,
    "[[domains]]": RULE,
    "[[integration_points]]": POINT,
    "[[waivers]]": WAIVER,
}
"""By the heading of a table: its keys; "" for the top of the file. `[severity]` has codes for keys."""


def read(table: Table, keys: tuple[PolicyKey, ...], coordinators: Collection[str] = ()) -> dict[str, Any]:
    """Return the values of a table, by field; mistakes are noted with the table."""
    return {
        key.field or key.name: key.kind.read(table, key.name, coordinators, required=key.required)
        for key in keys
    }


def written(keys: tuple[PolicyKey, ...], values: object) -> list[str]:
    """Return the lines of a table, without keys that have no value; `values` has a field or an item for each key."""
    lines = []
    for key in keys:
        value = _value(values, key.field or key.name)
        if value == key.kind.empty and not key.always:
            continue
        comment = key.comment if value or not key.empty_comment else key.empty_comment
        lines.append(f"{key.name} = {key.kind.write(value)}" + (f"  # {comment}" if comment else ""))
    return lines


def _value(values: object, field: str) -> Any:
    return values.get(field) if isinstance(values, dict) else getattr(values, field)
