"""Each folder of `scenarios/`: a small repository, and what the gate says of it. See `scenarios/README.md`."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from report.test_gitlab import entries as gitlab
from report.test_junit import page as junit
from report.test_sarif import run as sarif
from support.judging import codes, judge

from gate.checks import catalog
from gate.config.presets import preset
from gate.demo import sample
from gate.demo.repository_builder import Content, RepositoryBuilder, SymbolicLink
from gate.report import render
from gate.report.stored import schema

if TYPE_CHECKING:
    from support import MakeRepo

    from gate.model.report import FindingRecord, LocationRecord, Report

FOLDER = Path(__file__).parent / "scenarios"
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
WRITE = bool(os.environ.get("WRITE_EXPECTED"))


def described(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name / "scenario.toml").read_text("utf-8"))


def build(repo: RepositoryBuilder, scenario: dict[str, Any]) -> None:
    policy = preset(scenario["preset"]) if "preset" in scenario else scenario.get("policy")
    first, *others = scenario["commit"]
    around = {} if policy is None else {"gate.toml": policy}
    base = repo.commit(first["on"], around | contents(first))
    known = {first["on"]}
    for commit in others:
        branch = commit["on"]
        if "at" in commit:
            repo.branch(branch, commit["at"])
            continue
        start = None if branch in known else [] if commit.get("root") else [commit.get("from", base)]
        known.add(branch)
        message, renames = commit.get("message", f"{branch}\n"), commit.get("rename")
        repo.commit(branch, contents(commit), message=message, renames=renames, parents=start)
    repo.write()


def contents(commit: dict[str, Any]) -> dict[str, Content]:
    deleted: dict[str, Content] = dict.fromkeys(commit.get("delete", ()))
    return deleted | {path: content(given) for path, given in commit.get("write", {}).items()}


def content(given: str | dict[str, Any]) -> Content:
    if isinstance(given, str):
        return f"{given}\n"
    if "link" in given:
        return SymbolicLink(given["link"])
    changed = {int(line): text for line, text in given.get("change", {}).items()}
    numbers = range(1, given["lines"] + 1)
    return "".join(changed.get(line, f"{given['word']} {line}") + "\n" for line in numbers)


def ask(folder: Path, scenario: dict[str, Any]) -> Report:
    wanted = scenario.get("ask", {})
    patches = tuple((name, text.encode()) for name, text in wanted.get("patches", {}).items())
    against = tuple(wanted.get("against", ()))
    more = {"against": against, "patches": patches}
    return judge(folder, *wanted.get("branches", ()), **more)


def essence(report: Report) -> dict[str, Any]:
    """What people act on, without what is the same in every report."""
    return {
        "verdict": report.verdict
        if report.policy.mode == "enforce"
        else f"{report.verdict}, {report.policy.mode}",
        "streams": {
            one.name: f"{one.decision if one.judged else 'compared'}: {one.why}" for one in report.streams
        },
        "findings": [told(one) for one in report.findings],
        "pairs": [
            {
                "branches": pair.branches,
                "decision": pair.decision,
                "order": pair.order,
                "merge": pair.merge,
                "reasons": pair.reasons,
            }
            for pair in report.pairs
        ],
        "batches": report.plan.batches,
        "held": {one.branch: one.unblock for one in report.plan.held},
        "rehearsal": {step.branch: step.status for step in report.rehearsal.steps},
        "not_checked": [f"{gap.what}: {gap.why}" for gap in report.coverage.not_checked],
    }


def told(finding: FindingRecord) -> dict[str, Any]:
    kind = f" {finding.kind}" if finding.kind else ""
    waived = {"waived": finding.waived.reason} if finding.waived else {}
    return {
        "check": f"{finding.code}{kind}: {finding.severity}",
        "branches": finding.branches,
        "message": finding.message,
        "locations": [place(one) for one in finding.locations],
        "hint": finding.hint,
    } | waived


def place(location: LocationRecord) -> str:
    lines = "" if location.line is None else f":{location.line}-{location.end_line}"
    return f"{location.branch} {location.path}{lines}"


@pytest.fixture
def report(request: pytest.FixtureRequest, make_repo: MakeRepo, tmp_path: Path) -> Report:
    """The report on the scenario of that name."""
    scenario = described(request.param)
    if scenario.get("sample"):
        folder = tmp_path / "sample"
        sample.write(folder, preset("clinic"))
        return ask(folder, scenario)
    repo = make_repo()
    build(repo, scenario)
    return ask(repo.folder, scenario)


@pytest.mark.parametrize(("name", "report"), [(name, name) for name in NAMES], indirect=["report"], ids=NAMES)
def test_scenario(name: str, report: Report) -> None:
    found = essence(report)
    file = FOLDER / name / "expected.json"
    if WRITE:
        file.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")
        pytest.fail(f"{file.name} written; read the difference")
    assert found == json.loads(file.read_text("utf-8"))


@pytest.mark.parametrize("report", NAMES, indirect=True)
def test_its_report_is_valid_in_every_published_form(report: Report) -> None:
    jsonschema.validate(json.loads(render(report, "json")), schema())
    assert len(sarif(report)["results"]) == len(report.findings)
    assert len(gitlab(report)) == sum(one.waived is None for one in report.findings)
    assert junit(report).tag == "testsuites"


def test_every_scenario_says_what_it_shows() -> None:
    for name in NAMES:
        assert described(name)["about"].endswith(".")
        assert {path.name for path in (FOLDER / name).iterdir()} == {"scenario.toml", "expected.json"}


def test_every_check_speaks_in_some_scenario() -> None:
    expected = [json.loads((FOLDER / name / "expected.json").read_text("utf-8")) for name in NAMES]
    spoken = {finding["check"][:4] for report in expected for finding in report["findings"]}
    assert spoken == {check.code for check in catalog()}


@pytest.mark.parametrize("report", ["sample"], indirect=True)
def test_the_sample_shows_what_it_says_of_its_streams(report: Report) -> None:
    assert {
        stream.name: tuple(sorted(set(codes(report, stream.name)))) for stream in sample.history().streams
    } == {stream.name: stream.codes for stream in sample.history().streams}
