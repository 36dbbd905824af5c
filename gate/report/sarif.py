"""The `sarif` format, version 2.1.0: for code scanning and every viewer of static analysis results.

One run. A result lies where the stream itself changed something; where the other stream has its side of it is a
related location. It keeps what GitHub accepts and shows: 5,000 results a run (over 25,000 are refused), 100 locations
a result (over 1,000 are refused) and 10 MB of gzip; tags, rules and runs are always few. What is left out is said in
a notification. https://docs.github.com/en/code-security/reference/code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

from gate.model.words import counted
from gate.report import outline, words
from gate.report.encoded import encoded
from gate.report.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gate.model.check import Documentation
    from gate.model.report import FindingRecord, LocationRecord, NotCheckedRecord, Report
    from gate.report import Options

Object = dict[str, object]

MOST_RESULTS = 5_000
MOST_LOCATIONS = 100
MOST_BYTES = 9_500_000
"""Of all results before compression, which can only make it less; the rest of a file is far below 500 kB."""

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_HOME = "https://pypi.org/project/git-gate/"
_ROOT = "%SRCROOT%"


def render(report: Report, options: Options) -> str:
    """The report as one run on one line; the gravest findings first."""
    codes = sorted({finding.code for finding in report.findings} | options.documentation.keys())
    results = _fitting(_result(report, finding, codes) for finding in report.findings[:MOST_RESULTS])
    left_out = len(report.findings) - len(results)
    run: Object = {
        "tool": {"driver": _driver(report, codes, options)},
        "automationDetails": {"id": "git-gate/"},
        "invocations": [
            {
                "executionSuccessful": report.verdict != "unknown",
                "toolExecutionNotifications": [*_cut(left_out), *map(_gap, report.coverage.not_checked)],
            }
        ],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "properties": _provenance(report),
        "results": results,
    }
    if options.repository:
        run["versionControlProvenance"] = [*_versions(report, options.repository)]
    return encoded({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=-1)


def _driver(report: Report, codes: Sequence[str], options: Options) -> Object:
    named = {finding.code: finding.name for finding in report.findings}
    return {
        "name": report.tool.name,
        "version": report.tool.version,
        "informationUri": _HOME,
        "rules": [_rule(code, named.get(code, ""), options.documentation.get(code)) for code in codes],
    }


def _rule(code: str, name: str, documentation: Documentation | None) -> Object:
    """A check, by its own documentation; its code alone where that is not known."""
    rule: Object = {"id": clean(code), "properties": {"tags": ["git-gate", "merge"]}}
    if name:
        rule["name"] = clean(name)
    if documentation is not None:
        parts = (
            ("Why", documentation.why),
            ("Example", documentation.example),
            ("Resolve", documentation.resolve),
        )
        rule["shortDescription"] = {"text": documentation.says}
        rule["fullDescription"] = {"text": f"{documentation.says} {documentation.why}"}
        rule["help"] = {
            "text": "\n\n".join(f"{title}: {text}" for title, text in parts),
            "markdown": "\n\n".join(f"**{title}**: {text}" for title, text in parts),
        }
    return rule


def _result(report: Report, finding: FindingRecord, codes: Sequence[str]) -> Object:
    first, *others = outline.places(report, finding)
    result: Object = {
        "ruleId": clean(finding.code),
        "ruleIndex": codes.index(finding.code),
        "level": finding.severity,
        "message": _message(words.sentence(finding)),
        "locations": [_location(first)],
        "partialFingerprints": {
            "gitGate/v1": finding.fingerprint,
            "primaryLocationLineHash": finding.fingerprint,
        },
        "properties": {
            "kind": clean(finding.kind),
            "confidence": finding.confidence,
            "branches": [clean(branch) for branch in finding.branches],
        },
    }
    if others:
        result["relatedLocations"] = [
            {"id": number, **_location(place), "message": _message(f"{words.place(place)} on {place.branch}")}
            for number, place in enumerate(others[: MOST_LOCATIONS - 1], 1)
        ]
    if finding.waived is not None:
        until = f" (until {finding.waived.expires})" if finding.waived.expires else ""
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": clean(finding.waived.reason + until)}
        ]
    return result


def _location(place: LocationRecord) -> Object:
    """Return a SARIF location. GitHub takes no place without a line, so a whole file is its first line."""
    region: Object = {"startLine": place.line or 1}
    if place.line is not None and (place.end_line or 0) > place.line:
        region["endLine"] = place.end_line
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(place.path), "uriBaseId": _ROOT},
            "region": region,
        },
        "logicalLocations": [{"name": clean(place.branch), "kind": "branch"}],
    }


def _message(text: str) -> Object:
    """A message whose brackets are no link and whose braces no placeholder (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    plain = re.sub(r"[\[\]\\]", r"\\\g<0>", clean(text))
    return {"text": re.sub(r"\{(\d+)\}", r"{{\1}}", plain)}


def _fitting(results: Iterable[Object]) -> list[Object]:
    """The first results, as many as fit."""
    kept, size = [], 0
    for result in results:
        size += len(msgspec.json.encode(result)) + 1
        if size > MOST_BYTES:
            break
        kept.append(result)
    return kept


def _cut(left_out: int) -> Iterator[Object]:
    if left_out:
        text = f"{counted(left_out, 'finding')} left out, the gravest are kept; `git gate report -f json` has all"
        yield {"level": "warning", "message": _message(text)}


def _gap(gap: NotCheckedRecord) -> Object:
    text = f"not checked: {gap.what}: {gap.why}" + (f"; {gap.hint}" if gap.hint else "")
    return {"level": "error" if gap.required else "note", "message": _message(text)}


def _provenance(report: Report) -> Object:
    """Return the run's properties: target, policy and verdict."""
    return {
        "verdict": report.verdict,
        "target": {"ref": clean(report.target.ref), "commit": report.target.commit},
        "policy": {"path": clean(report.policy.path), "digest": report.policy.digest},
        "streams": [{"name": clean(stream.name), "tip": stream.tip} for stream in report.streams],
    }


def _versions(report: Report, repository: str) -> Iterator[Object]:
    """The target and every stream as they were."""
    judged = ((stream.name, stream.tip) for stream in report.streams)
    for branch, commit in ((words.target(report), report.target.commit), *judged):
        yield {"repositoryUri": repository, "revisionId": commit, "branch": clean(branch)}
