"""SARIF: valid by the published schema, within code scanning's limits, one result a finding."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped]
import msgspec
import pytest

from gate.checks import catalog
from gate.model.report import FindingRecord, LocationRecord
from gate.report import DEFAULT, Options, render
from gate.report.sarif import MOST_LOCATIONS, MOST_RESULTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from gate.model.report import Report

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
VALID = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
DOCUMENTED = replace(DEFAULT, documentation={one.code: one.documentation for one in catalog()})


def run(report: Report, options: Options = DEFAULT) -> Any:
    """The one run of the report, which is valid."""
    (only,) = (log := json.loads(render(report, "sarif", options)))["runs"]
    VALID.validate(log | {"runs": [only | {"results": only["results"][:20]}]})  # every result is made alike
    return only


def test_the_schema_refuses_what_is_no_log(report: Report) -> None:
    log = json.loads(render(report, "sarif"))
    del log["runs"][0]["results"][0]["message"]
    with pytest.raises(jsonschema.ValidationError) as caught:
        VALID.validate(log)
    assert list(caught.value.path) == ["runs", 0, "results", 0]


def of(report: Report, code: str) -> Any:
    (only,) = (one for one in run(report)["results"] if one["ruleId"] == code)
    return only


def test_a_collision_lies_in_one_stream_and_relates_to_the_other(report: Report) -> None:
    result = of(report, "G201")
    path = "backend/app/scheduling/solver.py"
    assert result["level"] == "error"
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": path, "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 12, "endLine": 14},
            },
            "logicalLocations": [{"name": "agent/tabu", "kind": "branch"}],
        }
    ]
    (other,) = result["relatedLocations"]
    assert other["logicalLocations"] == [{"name": "agent/greedy", "kind": "branch"}]
    assert other["message"]["text"] == f"{path}:12-13 on agent/greedy"
    assert result["message"]["text"].endswith(". Hint: " + report.findings[0].hint)


def test_its_fingerprint_is_ours(report: Report) -> None:
    ours = {finding.code: finding.fingerprint for finding in report.findings}
    for result in run(report)["results"]:
        assert set(result["partialFingerprints"].values()) == {ours[result["ruleId"]]}


def test_what_is_waived_is_suppressed(report: Report) -> None:
    assert of(report, "G103")["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "it moves next week (until 2026-12-01)"}
    ]
    assert "suppressions" not in of(report, "G201")


def test_a_finding_without_a_place_lies_in_what_its_stream_changes(report: Report) -> None:
    place = of(report, "G221")["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "docs/guide.md"
    assert place["region"] == {"startLine": 1}


def test_rules_are_the_checks_own_documentation(report: Report) -> None:
    rules = run(report, DOCUMENTED)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({one.code for one in catalog()})
    (rule,) = (rule for rule in rules if rule["id"] == "G201")
    assert rule["name"] == "file-collision"
    assert rule["shortDescription"]["text"] == "The real merge of two streams conflicts."
    assert rule["help"]["text"].startswith("Why: each lands cleanly alone;")
    assert "**Resolve**: land the stream" in rule["help"]["markdown"]
    assert all(len(rule["properties"]["tags"]) <= 10 for rule in rules)


def test_results_point_to_their_rules(report: Report) -> None:
    for options in (DEFAULT, DOCUMENTED):
        found = run(report, options)
        ids = [rule["id"] for rule in found["tool"]["driver"]["rules"]]
        assert all(ids[one["ruleIndex"]] == one["ruleId"] for one in found["results"])


def test_where_it_came_from(report: Report) -> None:
    found = run(report, Options(repository="https://example.org/clinic"))
    versions = found["versionControlProvenance"]
    assert versions[0] == {
        "repositoryUri": "https://example.org/clinic",
        "revisionId": "f" * 40,
        "branch": "main",
    }
    assert [one["branch"] for one in versions[1:]] == [stream.name for stream in report.streams]
    assert found["properties"]["policy"]["digest"] == report.policy.digest
    assert "versionControlProvenance" not in run(report)


def test_what_was_not_checked_is_a_notification(report: Report) -> None:
    (invocation,) = run(report)["invocations"]
    assert invocation["executionSuccessful"]
    assert [one["message"]["text"] for one in invocation["toolExecutionNotifications"]] == [
        "not checked: calls across files: no language is named; name one"
    ]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/c#d?.py", "a%20b/c%23d%3F.py"),
        ("ü/[id].ts", "%C3%BC/%5Bid%5D.ts"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("100%/\u202e\x1b.py", "100%25/%E2%80%AE%1B.py"),
    ],
)
def test_paths_are_percent_encoded(report: Report, path: str, uri: str) -> None:
    place = run(_with(report, _finding(report, path)))["results"][0]["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == uri


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("[a](https://example.org)", r"\[a\](https://example.org)."),
        (r"\[a", r"\\\[a."),
        ("{0} and {x}", "{{0}} and {x}."),
    ],
)
def test_a_message_has_no_link_and_no_placeholder(report: Report, said: str, text: str) -> None:
    finding = msgspec.structs.replace(report.findings[0], message=said, hint="")
    assert run(_with(report, finding))["results"][0]["message"]["text"] == text


def test_large_reports_are_valid_and_small_enough(large: Report) -> None:
    assert len(run(large, DOCUMENTED)["results"]) == 2_000
    assert len(gzip.compress(render(large, "sarif", DOCUMENTED).encode())) < 10_000_000


def test_more_results_than_are_shown_are_cut_and_counted(report: Report) -> None:
    found = run(_with(report, *[report.findings[0]] * (MOST_RESULTS + 3)))
    assert len(found["results"]) == MOST_RESULTS
    assert found["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].startswith(
        "3 findings left out"
    )


def test_more_places_than_are_shown_are_cut(report: Report) -> None:
    places = [LocationRecord("agent/tabu", f"{number}.py", 1, None) for number in range(1_500)]
    finding = msgspec.structs.replace(report.findings[0], locations=places)
    (result,) = run(_with(report, finding))["results"]
    assert len(result["locations"]) + len(result["relatedLocations"]) == MOST_LOCATIONS


def test_huge_paths_stay_within_the_size(report: Report, hostile: Callable[[str], Report]) -> None:
    long = hostile("\u202e" * 4_000).findings[0]
    places = [msgspec.structs.replace(place, line=1) for place in long.locations] * 50
    huge = _with(report, *[msgspec.structs.replace(long, locations=places)] * 30)
    text = render(huge, "sarif")
    assert len(text) < 10_000_000
    assert "findings left out" in text


def _finding(report: Report, path: str) -> FindingRecord:
    return msgspec.structs.replace(
        report.findings[0], locations=[LocationRecord("agent/tabu", path, 3, None)]
    )


def _with(report: Report, *findings: FindingRecord) -> Report:
    return msgspec.structs.replace(report, findings=list(findings))
