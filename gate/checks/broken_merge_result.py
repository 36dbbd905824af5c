"""G223."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.checks._shown import of_both
from gate.model.check import Level, check
from gate.model.finding import Apart, Confidence, Finding, Location, Serial, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.names import BrokenText, NameFacts

_STRICT = re.compile(
    r"(^|/)\.github/workflows/[^/]+\.ya?ml$|(^|/)(docker-)?compose[^/]*\.ya?ml$|(^|/)pnpm-(lock|workspace)\.yaml$"
)
"""Files whose readers refuse a key that comes twice; others take the last one and say nothing."""


@check("G223", "broken-merge-result", Level.NAMES)
def broken_merge_result(facts: Facts) -> Iterator[Finding]:
    """A file both change merges cleanly as text and cannot be read any more, or repeats a key.

    Why: git merges lines, not syntax: an `if` can lose its last statement to one side and its header's indentation to
        the other; two streams can add one key to a mapping, in different places. Told of source files and of JSON, YAML
        and TOML, only when both versions are well and the real merge of them is not. A key that JSON or YAML repeats is
        a warning: most readers silently take the last; workflows and compose files are refused.
    Example: agent/a adds `"build"` at the top of the scripts of `package.json`; agent/b adds it at the bottom.
    Resolve: land one, then merge it into the other by hand and run the file's tests.
    """
    for one in facts.names.broken_texts:
        yield _repeated(facts.names, one) if one.key else _unreadable(facts.names, one)


def _unreadable(names: NameFacts, one: BrokenText) -> Finding:
    pair = (one.first, one.second)
    return Finding(
        code="G223",
        name="broken-merge-result",
        kind="syntax",
        severity=Severity.ERROR,
        confidence=Confidence.CERTAIN,
        message=f"{one.path} merges cleanly from {one.first} and {one.second}, but then {one.why}",
        branches=pair,
        locations=tuple(Location(branch, one.path) for branch in pair),
        hint=f"land one, then merge {one.path} by hand on the other",
        constraints=(Apart(pair),),
        evidence=of_both(names, one, (one.path, one.path)),
        identity=(one.path,),
    )


def _repeated(names: NameFacts, one: BrokenText) -> Finding:
    pair = (one.first, one.second)
    refused = _STRICT.search(one.path) is not None
    return Finding(
        code="G223",
        name="broken-merge-result",
        kind="key",
        severity=Severity.ERROR if refused else Severity.WARNING,
        confidence=Confidence.CERTAIN,
        message=f"{one.path} merges cleanly from {one.first} and {one.second}, but then {one.why} `{one.key}`; "
        + ("its readers refuse that" if refused else "the last one wins"),
        branches=pair,
        locations=tuple(
            Location(branch, one.path, line) for branch, line in zip(pair, one.lines, strict=True)
        ),
        hint=f"land one, then keep one `{one.key}` in {one.path} on the other",
        constraints=(Apart(pair),) if refused else (Serial(pair),),
        evidence=of_both(names, one, (one.path, one.path)),
        identity=(one.path, one.key),
    )
