"""The `junit` format: a suite a stream, a test a check, for build servers that show test reports.

The form is the one Jenkins reads (its xUnit plugin's junit-10.xsd), which GitLab and others read too. An error fails a
test; what is waived or was not checked is skipped; warnings and notes pass and are told in the test's output.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from gate.report import outline, words
from gate.report.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gate.model.report import FindingRecord, NotCheckedRecord, Report, StreamRecord
    from gate.report import Options

MOST = 50
"""Findings shown of one check on one stream."""

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What a document of XML 1.0 cannot hold, not even by reference (section 2.2)."""


def render(report: Report, options: Options) -> str:  # noqa: ARG001 (the interface of every format)
    """The report as JUnit's XML; a finding belongs to the stream that should act on it."""
    fit = shown(report)
    root = Element("testsuites", name=_fit(f"git-gate: {words.target(fit)}"))
    owned: dict[str, list[FindingRecord]] = {}
    for finding, shown_finding in zip(report.findings, fit.findings, strict=True):
        owned.setdefault(finding.branches[0] if finding.branches else "", []).append(shown_finding)
    # By their full names, as two may be shortened to the same.
    for stream, told_of in zip(report.streams, fit.streams, strict=True):
        if stream.judged or stream.name in owned:
            _stream(root, told_of, owned.pop(stream.name, []))
    _coverage(root, fit, [finding for some in owned.values() for finding in some])
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.attrib[name]) for suite in root)))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _stream(root: Element, stream: StreamRecord, findings: Iterable[FindingRecord]) -> None:
    suite = _suite(
        root,
        stream.name,
        tip=stream.tip,
        merge_base=stream.merge_base or "none",
        coordinator=stream.coordinator or "none",
        decision=stream.decision,
    )
    if stream.judged:
        case = _case(suite, stream.name, "landing")
        if stream.decision in ("hold", "block"):
            _say(case, "failure", stream.decision, stream.why)
        elif stream.decision == "review":
            SubElement(case, "system-out").text = _fit(
                f"review by {', '.join(stream.review_by) or outline.SOMEONE}"
            )
    _checks(suite, stream.name, findings)
    _count(suite)


def _coverage(root: Element, report: Report, findings: Iterable[FindingRecord]) -> None:
    """Yield what was not checked, and findings about no stream of the report."""
    suite = _suite(
        root,
        "coverage",
        target=report.target.commit,
        policy=words.policy(report),
        policy_digest=report.policy.digest,
        verdict=report.verdict,
        version=report.tool.version,
    )
    for gap in report.coverage.not_checked:
        _gap(_case(suite, "coverage", gap.what), gap)
    _checks(suite, "coverage", findings)
    _count(suite)


def _gap(case: Element, gap: NotCheckedRecord) -> None:
    text = gap.why + (f"; {gap.hint}" if gap.hint else "")
    _say(case, "error" if gap.required else "skipped", "not-checked", text)


def _checks(suite: Element, stream: str, findings: Iterable[FindingRecord]) -> None:
    by_code = sorted(findings, key=lambda finding: finding.code)
    for (code, name), some in groupby(by_code, key=lambda finding: (finding.code, finding.name)):
        _check(_case(suite, stream, f"{code} {name}"), list(some))


def _check(case: Element, findings: Sequence[FindingRecord]) -> None:
    counting = [finding for finding in findings if finding.waived is None]
    errors = [finding for finding in counting if finding.severity == "error"]
    others = [finding for finding in counting if finding.severity != "error"]
    if errors:
        _say(case, "failure", errors[0].kind or errors[0].name, errors[0].message, _as_lines(errors))
    elif not counting and findings[0].waived is not None:
        _say(case, "skipped", "waived", f"waived: {findings[0].waived.reason}", _as_lines(findings))
    if others:
        SubElement(case, "system-out").text = _fit(_as_lines(others))


def _as_lines(findings: Sequence[FindingRecord]) -> str:
    lines = [
        f"{finding.severity}: {words.located(finding)}{words.sentence(finding)}"
        for finding in findings[:MOST]
    ]
    more = [f"and {len(findings) - MOST:,} more"] if len(findings) > MOST else []
    return "\n".join([*lines, *more])


def _suite(root: Element, name: str, **properties: str) -> Element:
    suite = SubElement(root, "testsuite", name=_fit(name))
    every = SubElement(suite, "properties")
    for key, value in properties.items():
        SubElement(every, "property", name=key, value=_fit(value))
    return suite


def _case(suite: Element, stream: str, name: str) -> Element:
    return SubElement(suite, "testcase", classname=_fit(stream), name=_fit(name))


def _say(case: Element, tag: str, kind: str, message: str, text: str = "") -> None:
    SubElement(case, tag, type=_fit(kind), message=_fit(message)).text = _fit(text or message)


def _count(suite: Element) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(len(suite.findall(f"testcase/{tag}"))))


def _fit(text: str) -> str:
    return _NO_XML.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)
