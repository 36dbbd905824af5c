"""The policy: who answers for which paths, which branches are streams, how findings weigh."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from gate.model.git import Landing

if TYPE_CHECKING:
    from datetime import date

    from gate.model.finding import Severity


POLICY_FILE = "gate.toml"
"""Where a repository keeps its policy."""


class RuleKind(StrEnum):
    """The kind of a rule. Exceptions win over every directory rule, wherever the file lies."""

    EXCEPTION = "exception"
    DIRECTORY = "directory"
    NONE = "none"


class Mode(StrEnum):
    """Whether the gate fails; in `audit` it reports and never fails."""

    ENFORCE = "enforce"
    AUDIT = "audit"


class Precedence(StrEnum):
    """Which of several rules of a kind decides: the most specific, or (CODEOWNERS) the last in the file."""

    SPECIFIC = "specific"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Coordinator:
    """Who answers for a domain. `capacity` bounds the streams of the coordinator in one batch; None is no bound."""

    name: str
    description: str = ""
    reviewers: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and the coordinator it routes to. `line` is its line in the policy, None when it has none.

    An empty `coordinator` is the explicit "nobody": the path is excluded from every wider rule.
    """

    kind: RuleKind
    pattern: str
    coordinator: str
    domain: str = ""
    serialized: bool = False
    reason: str = ""
    line: int | None = None
    recursive: bool = True
    """Whether a directory the pattern names is covered with everything below it."""
    within: tuple[str, ...] = ()
    """Further patterns that must match as well; `recursive` holds for them too."""


@dataclass(frozen=True, slots=True)
class IntegrationPoint:
    """A place where all streams converge (migrations, contracts, releases, compliance, security)."""

    name: str
    kind: str
    paths: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    """Regular expressions searched in the lines a stream adds."""
    requires: tuple[str, ...] = ()
    """Coordinators that must review."""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """Findings that are accepted until `expires` (the last day it holds; None never ends)."""

    check: str
    reason: str
    paths: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    expires: date | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """The contents of `gate.toml`. The default is the policy of a repository without that file.

    `origin` is "target", "file" or "default"; `digest` the SHA-256 of the text in hex, "" for the default.
    `severities` maps a code, or a prefix of codes, to "error", "warning", "note" or "off".
    """

    origin: str = "default"
    path: str = POLICY_FILE
    digest: str = ""
    mode: Mode = Mode.ENFORCE
    landing: Landing = Landing.MERGE
    branches: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()
    """Branches, as globs, whose migrations count as published, besides tags and `release*`."""
    max_parallel: int | None = None
    max_coordinators: int | None = None
    owner: str = ""
    """The coordinator who must review changes of the policy itself, when no rule says otherwise."""
    coordinators: tuple[Coordinator, ...] = ()
    rules: tuple[Rule, ...] = ()
    points: tuple[IntegrationPoint, ...] = ()
    severities: dict[str, str] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    precedence: Precedence = Precedence.SPECIFIC
    templates: str = ""
    """The folder of the repository's own report templates, from its top; "" for none."""

    def __hash__(self) -> int:
        """Return a cheap hash: the compiled policy is looked up by it once for each path (`gate.route`)."""
        return hash((self.digest, len(self.rules)))

    @property
    def routes(self) -> bool:
        """Whether the policy has rules of ownership."""
        return bool(self.rules)


@dataclass(frozen=True, slots=True)
class Route:
    """Where a path leads, and the rule that decided. `owner` is None when nobody owns it.

    `folded`: the path is not the rule's by its bytes, only once letter case, Unicode form and invisible
    characters are evened out.
    """

    owner: str | None
    kind: RuleKind
    pattern: str = ""
    domain: str = ""
    serialized: bool = False
    folded: bool = False
    reason: str = field(default="", compare=False)
    line: int | None = field(default=None, compare=False)


UNOWNED = Route(owner=None, kind=RuleKind.NONE)


@dataclass(frozen=True, slots=True)
class LintFinding:
    """Something about the policy itself that a person should look at; `line` is None where no single line is meant.

    `name` is one of tie, duplicate, dead-rule, shadowed-rule, idle-coordinator, no-reviewers, no-owner,
    unowned, expired-waiver and stream-tie.
    """

    name: str
    severity: Severity
    message: str
    hint: str = ""
    line: int | None = None
