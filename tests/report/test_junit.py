"""JUnit: valid by Jenkins' schema, counted right, errors fail and what is waived or unchecked is skipped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import msgspec
import pytest
import xmlschema

from gate.model.facts import NotChecked
from gate.report import render
from gate.report.junit import MOST

if TYPE_CHECKING:
    from report.conftest import Analysis

    from gate.model.report import Report

SCHEMA = xmlschema.XMLSchema(str(Path(__file__).parent / "schemas" / "junit-10.xsd"))


def page(report: Report) -> ElementTree.Element:
    """The document, which is valid."""
    text = render(report, "junit")
    SCHEMA.validate(text)
    return ElementTree.fromstring(text)


def suite(report: Report, name: str) -> ElementTree.Element:
    (only,) = (one for one in page(report) if one.get("name") == name)
    return only


def outcomes(found: ElementTree.Element) -> dict[str, str]:
    """Each test's name and how it ended."""
    ends = ("failure", "error", "skipped")
    return {
        case.attrib["name"]: next((tag for tag in ends if case.find(tag) is not None), "passed")
        for case in found.iter("testcase")
    }


def test_an_error_fails_and_so_does_a_stream_that_is_held(report: Report) -> None:
    assert outcomes(suite(report, "agent/tabu")) == {"landing": "failure", "G201 file-collision": "failure"}


def test_warnings_and_notes_pass_and_are_told(report: Report) -> None:
    found = suite(report, "agent/audit")
    assert outcomes(found) == {"landing": "passed", "G102 compliance-exception": "passed"}
    assert [one.text for one in found.iter("system-out")] == [
        "review by COORD_RESILIENCE",
        "warning: backend/app/services/audit_service.py:40: agent/audit changes "
        "backend/app/services/audit_service.py, an exception path. Hint: Ask COORD_RESILIENCE for a review.",
    ]


def test_what_is_waived_is_skipped(report: Report) -> None:
    found = suite(report, "agent/guide")
    assert outcomes(found)["G103 unowned-path"] == "skipped"
    assert [one.get("message") for one in found.iter("skipped")] == ["waived: it moves next week"]


@pytest.mark.parametrize(("required", "end"), [(True, "error"), (False, "skipped")])
def test_what_was_not_checked_does_not_pass(analysis: Analysis, required: bool, end: str) -> None:
    gap = NotChecked("the merge of a with b", "git failed", required=required)
    report = replace(analysis, facts=replace(analysis.facts, not_checked=(gap,))).publish()
    assert outcomes(suite(report, "coverage")) == {"the merge of a with b": end}


def test_everything_is_counted(report: Report) -> None:
    root = page(report)
    ends = [end for found in root for end in outcomes(found).values()]
    assert int(root.attrib["tests"]) == len(ends)
    assert int(root.attrib["failures"]) == ends.count("failure") == 2
    assert sum(int(found.attrib["skipped"]) for found in root) == ends.count("skipped") == 2


def test_where_it_came_from(report: Report) -> None:
    found = {one.get("name"): one.get("value") for one in suite(report, "coverage").iter("property")}
    assert found["target"] == "f" * 40
    assert found["policy_digest"] == report.policy.digest
    assert found["version"] == "1.2.3"


def test_a_finding_about_no_stream_has_a_place(report: Report) -> None:
    alone = msgspec.structs.replace(report.findings[0], branches=[])
    found = suite(msgspec.structs.replace(report, findings=[alone]), "coverage")
    assert outcomes(found)["G201 file-collision"] == "failure"


def test_many_findings_of_one_check_are_one_test(report: Report) -> None:
    many = msgspec.structs.replace(report, findings=[report.findings[0]] * (MOST + 7))
    (text,) = (
        one.text or "" for one in suite(many, "agent/tabu").iter("failure") if one.get("type") == "content"
    )
    assert text.count("\n") == MOST
    assert text.endswith("and 7 more")


@pytest.mark.parametrize(
    "text", ["\x00\x0b\x1f", "\ufffe\uffff", "]]>", "<!-- & -->", "\ud7ff\ue000\U0010ffff"]
)
def test_no_character_breaks_it(report: Report, text: str) -> None:
    finding = msgspec.structs.replace(report.findings[0], message=text, kind=text, name=text)
    page(msgspec.structs.replace(report, findings=[finding]))


def test_nothing_to_judge(empty: Report) -> None:
    assert outcomes(page(empty)) == {}
