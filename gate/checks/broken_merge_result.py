"""G223."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.checks._excerpts import of_both
from gate.checks._sides import facing, rebase_and
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
        the other; two streams can add one key to a mapping, in different places. Reported of source files and of JSON,
        YAML and TOML, only when both versions can be read and the real merge of them cannot. A key that JSON or YAML
        repeats is a warning: most readers silently take the last; workflows and compose files are refused.
    Example: agent/a adds `"build"` at the top of the scripts of `package.json`; agent/b adds it at the bottom.
    Resolve: land either stream, then merge it into the other by hand and run the file's tests.
    """
    for names in facts.all_names:
        for text in names.broken_texts:
            finding = _repeated_key(names, text) if text.key else _unreadable(names, text)
            yield facing(finding, facts, names, text)


def _begin(names: NameFacts, text: BrokenText) -> str:
    if not names.target:
        return "land one of them, then rebase the other and"
    stream = text.second if text.first == names.target else text.first
    return rebase_and(names, names.target, stream)


def _unreadable(names: NameFacts, text: BrokenText) -> Finding:
    pair = (text.first, text.second)
    return Finding(
        code="G223",
        name="broken-merge-result",
        kind="syntax",
        severity=Severity.ERROR,
        confidence=Confidence.CERTAIN,
        message=f"{text.path} merges cleanly from {text.first} and {text.second}, but then {text.why}",
        branches=pair,
        locations=tuple(Location(branch, text.path) for branch in pair),
        hint=f"{_begin(names, text)} merge {text.path} by hand",
        constraints=(Apart(pair),),
        evidence=of_both(names, text, (text.path, text.path)),
        identity=(text.path,),
    )


def _repeated_key(names: NameFacts, text: BrokenText) -> Finding:
    pair = (text.first, text.second)
    is_refused = _STRICT.search(text.path) is not None
    return Finding(
        code="G223",
        name="broken-merge-result",
        kind="key",
        severity=Severity.ERROR if is_refused else Severity.WARNING,
        confidence=Confidence.CERTAIN,
        message=f"{text.path} merges cleanly from {text.first} and {text.second}, but then {text.why} `{text.key}`; "
        + ("its readers refuse that" if is_refused else "the last one wins"),
        branches=pair,
        locations=tuple(
            Location(branch, text.path, line) for branch, line in zip(pair, text.lines, strict=True)
        ),
        hint=f"{_begin(names, text)} keep one `{text.key}` in {text.path}",
        constraints=(Apart(pair),) if is_refused else (Serial(pair),),
        evidence=of_both(names, text, (text.path, text.path)),
        identity=(text.path, text.key),
    )
