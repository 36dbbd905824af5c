"""Publishing: a fixed order, valid Unicode, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gate.model.facts import NotChecked, PairFacts
from gate.model.finding import Alone, Serial
from gate.model.git import NotTried
from gate.model.plan import RehearsalStep
from gate.report import render

if TYPE_CHECKING:
    from report.conftest import Analysis


def test_input_order_does_not_matter(analysis: Analysis) -> None:
    turned = replace(
        analysis,
        facts=replace(analysis.facts, streams=analysis.facts.streams[::-1], pairs=analysis.facts.pairs[::-1]),
        findings=analysis.findings[::-1],
        pairs=analysis.pairs[::-1],
        streams=analysis.streams[::-1],
    )
    assert render(turned.publish(), "json") == render(analysis.publish(), "json")


def test_findings_come_gravest_first(analysis: Analysis) -> None:
    assert [finding.code for finding in analysis.publish().findings] == ["G201", "G102", "G103", "G221"]


def test_only_pairs_that_are_not_parallel_are_published(analysis: Analysis) -> None:
    assert [pair.branches for pair in analysis.publish().pairs] == [["agent/greedy", "agent/tabu"]]


def test_bytes_that_are_not_utf8_are_named(analysis: Analysis) -> None:
    name = b"agent/caf\xe9".decode("utf-8", "surrogateescape")
    finding = replace(analysis.findings[0], branches=(name,), message=f"{name} \ud800")
    published = replace(analysis, findings=(finding,)).publish().findings[0]
    assert published.branches == ["agent/caf\\xe9"]
    assert published.message == "agent/caf\\xe9 \\ud800"
    assert published.fingerprint == finding.fingerprint


def test_coverage_counts_only_merges_that_were_made(analysis: Analysis) -> None:
    untried = PairFacts("agent/audit", "agent/guide", NotTried("git ran out of memory"))
    facts = replace(analysis.facts, pairs=(untried, *analysis.facts.pairs))
    coverage = replace(analysis, facts=facts).publish().coverage
    assert (coverage.streams, coverage.pairs, coverage.pairs_merged) == (4, 6, 1)
    first = coverage.not_checked[0]
    assert (first.what, first.why) == ("the merge of agent/audit with agent/guide", "git ran out of memory")
    assert first.required


def test_what_was_not_checked_is_said_once_the_required_first(analysis: Analysis) -> None:
    gaps = (NotChecked("b", "c"), NotChecked("b", "c"), NotChecked("z", "y", required=True))
    facts = replace(analysis.facts, not_checked=gaps)
    assert [gap.what for gap in replace(analysis, facts=facts).publish().coverage.not_checked] == ["z", "b"]


def test_every_constraint_has_its_form(analysis: Analysis) -> None:
    finding = replace(analysis.findings[0], constraints=(Alone("agent/a"), Serial(("agent/a", "agent/b"))))
    findings = (*analysis.findings[1:], finding)
    constraints = [
        (constraint.kind, constraint.branches, constraint.by)
        for published in replace(analysis, findings=findings).publish().findings
        for constraint in published.constraints
    ]
    assert constraints == [
        ("apart", ["agent/greedy", "agent/tabu"], []),
        ("review", ["agent/audit"], ["COORD_RESILIENCE"]),
        ("alone", ["agent/a"], []),
        ("serial", ["agent/a", "agent/b"], []),
        ("before", ["agent/audit", "agent/guide"], []),
    ]


def test_a_conflicted_step_has_no_tree(analysis: Analysis) -> None:
    conflict = analysis.facts.pairs[0].merge
    rehearsal = replace(analysis.rehearsal, steps=(RehearsalStep("agent/tabu", conflict),))
    step = replace(analysis, rehearsal=rehearsal).publish().rehearsal.steps[0]
    assert (step.status, step.tree) == ("conflict", None)


def test_a_judged_stream_needs_a_verdict(analysis: Analysis) -> None:
    with pytest.raises(KeyError, match="agent/tabu"):
        replace(analysis, streams=analysis.streams[1:]).publish()


def test_a_stream_that_is_only_compared_with_needs_none(analysis: Analysis) -> None:
    *others, tabu = analysis.facts.streams
    compared = replace(tabu, stream=replace(tabu.stream, judged=False))
    facts = replace(analysis.facts, streams=(*others, compared))
    published = replace(analysis, facts=facts, streams=analysis.streams[1:]).publish().streams[-1]
    assert (published.judged, published.why) == (False, "only compared with, not judged")
