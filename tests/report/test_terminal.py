"""The text format: what a person sees at 80 columns."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest

from gate.model.facts import NotChecked
from gate.model.policy import Mode
from gate.model.verdict import Outcome, StreamDecision, StreamVerdict
from gate.report import Options, Verbosity, render

if TYPE_CHECKING:
    from report.conftest import Analysis

    from gate.model.report import Report

PAGE = """\
BLOCK  1 of 4 streams cannot land as it is
       2 ready, 1 to review, 1 held

Do now
  review  COORD_RESILIENCE  must look at agent/audit
  land    batch 1           agent/greedy

agent/greedy and agent/tabu
  error G201 file-collision (content)
    agent/tabu and agent/greedy both change backend/app/scheduling/solver.py,
    and git cannot merge the two.
    agent/greedy, backend/app/scheduling/solver.py:12
      12 |     best = greedy(slots)
      13 |     return best
    agent/tabu, backend/app/scheduling/solver.py:12
      12 |     return tabu(slots, tenure=7)
    hint: Land agent/greedy; then merge it into agent/tabu and settle the lines
    there.

agent/audit
  warning G102 compliance-exception
    agent/audit changes backend/app/services/audit_service.py, an exception
    path.
    at backend/app/services/audit_service.py:40-44
    hint: Ask COORD_RESILIENCE for a review.

agent/audit and agent/guide
  note G221 stacked, likely
    agent/guide is built on a commit of agent/audit.

Landing order: 3 streams in 2 batches, efficiency 1.5
  batch 1  agent/greedy  aaaaaaaaaa  clean
           agent/audit   bbbbbbbbbb  clean, review: COORD_RESILIENCE
  batch 2  agent/guide   cccccccccc  clean
  the target is then cccccccccc

Held
  agent/tabu  G201  merge agent/greedy into it and settle the lines

Handoffs
  agent/guide  needs of agent/audit: audit_service.log and the table audits

Not checked
  calls across files  no language is named (hint: name one)

1 error, 1 warning and 1 note (1 waived)
4 streams, 6 pairs: 1 merged for real
main at ffffffffff; policy gate.toml of main, ab12ab12ab; git-gate 1.2.3
Not shown: 1 waived finding and 1 decision path. `-v` shows everything.
"""

QUIET = """\
BLOCK  1 of 4 streams cannot land as it is
       2 ready, 1 to review, 1 held
  G201 agent/tabu and agent/greedy: agent/tabu and agent/greedy both change
  backend/app/scheduling/solver.py, and git cannot merge the two.
"""

ONLY_VERBOSE = """\
Held
  agent/tabu  G201  merge agent/greedy into it and settle the lines

Handoffs
  agent/guide  needs of agent/audit: audit_service.log and the table audits
"""


def _text(report: Report, verbosity: Verbosity = Verbosity.NORMAL, width: int = 80) -> str:
    return render(report, "text", Options(width=width, verbosity=verbosity))


def test_page(report: Report) -> None:
    assert _text(report) == PAGE


def test_quiet(report: Report) -> None:
    assert _text(report, Verbosity.QUIET) == QUIET


def test_verbose_leaves_nothing_out(report: Report) -> None:
    text = _text(report, Verbosity.VERBOSE)
    assert ONLY_VERBOSE in text
    assert "  waived G103 unowned-path\n    Nobody owns tools/x.sh.\n    waived: it moves next week" in text
    assert "Not shown" not in text


def test_colour_changes_nothing_but_the_colour(report: Report) -> None:
    painted = render(report, "text", Options(color=True))
    assert "\x1b[31;1mBLOCK\x1b[0m" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == PAGE


@pytest.mark.parametrize("width", [60, 80, 120])
def test_lines_fit_the_width(large: Report, width: int) -> None:
    text = _text(large, width=width)
    assert max(map(len, text.splitlines())) <= width


def test_a_long_page_is_cut_and_says_so(large: Report) -> None:
    text = _text(large)
    assert len(text.splitlines()) < 600
    assert "  ... 6 more findings\n" in text
    assert "  ... 130 more\n" in text
    assert text.endswith("Not shown: 1975 findings and 196 decision paths. `-v` shows everything.\n")


def test_a_long_hunk_is_cut_and_counted(report: Report) -> None:
    finding = report.findings[0]
    evidence = [msgspec.structs.replace(finding.evidence[0], text="x = 1\n" * 20)]
    findings = [msgspec.structs.replace(finding, evidence=evidence)]
    text = _text(msgspec.structs.replace(report, findings=findings))
    assert len(re.findall(r"^ +\d+ \| x = 1$", text, re.MULTILINE)) == 6
    assert "      ... 14 more lines\n" in text


@pytest.mark.parametrize(
    ("outcome", "decisions", "headline"),
    [
        (Outcome.PASS, "llll", "PASS  4 streams can land"),
        (Outcome.REVIEW, "lrrl", "REVIEW  2 of 4 streams must be reviewed before landing"),
        (Outcome.BLOCK, "lbhl", "BLOCK  2 of 4 streams cannot land as they are"),
        (Outcome.BLOCK, "llll", "BLOCK  1 error in 4 streams"),
        (
            Outcome.UNKNOWN,
            "llll",
            "UNKNOWN  not everything could be checked, so nothing is sure for 4 streams",
        ),
    ],
)
def test_headline(analysis: Analysis, outcome: Outcome, decisions: str, headline: str) -> None:
    meant = {decision.value[0]: decision for decision in StreamDecision}
    names = [facts.name for facts in analysis.facts.streams]
    streams = tuple(StreamVerdict(name, meant[one]) for name, one in zip(names, decisions, strict=True))
    report = replace(analysis, outcome=outcome, streams=streams).publish()
    assert _text(report).splitlines()[0] == headline


def test_audit_mode_is_said_beside_the_verdict(analysis: Analysis) -> None:
    policy = replace(analysis.facts.policy, mode=Mode.AUDIT)
    report = replace(analysis, facts=replace(analysis.facts, policy=policy)).publish()
    assert "(audit: reported, not enforced)" in _text(report).splitlines()[0]


def test_nothing_to_judge(empty: Report) -> None:
    assert _text(empty) == (
        "PASS  there is no stream to judge\n"
        "\n"
        "no findings\n"
        "0 streams, 0 pairs: none had to be merged\n"
        "main at ffffffffff; policy gate.toml of main, ab12ab12ab; git-gate 1.2.3\n"
    )


def test_what_had_to_be_checked_is_asked_for_first(analysis: Analysis) -> None:
    gap = NotChecked("the landing of agent/tabu", "a blob is missing", required=True, hint="fetch it")
    facts = replace(analysis.facts, not_checked=(gap,))
    report = replace(analysis, facts=facts, outcome=Outcome.UNKNOWN).publish()
    assert "Do now\n  check   the landing of agent/tabu  fetch it\n" in _text(report)
    assert "  not checked: the landing of agent/tabu: a blob is missing\n" in _text(report, Verbosity.QUIET)


def test_a_blocked_stream_is_told_once(analysis: Analysis) -> None:
    unblock = analysis.plan.held[0].unblock
    blocked = StreamVerdict("agent/tabu", StreamDecision.BLOCK, why=unblock)
    text = _text(replace(analysis, streams=(blocked, *analysis.streams[1:])).publish())
    assert f"  repair  agent/tabu        {unblock}\n" in text
    assert text.count(unblock) == 1


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ("target", "policy gate.toml of main, ab12ab12ab"),
        ("file", "policy gate.toml from a file, not the target, ab12ab12ab"),
        ("default", "no policy"),
    ],
)
def test_where_the_policy_came_from_is_said(analysis: Analysis, origin: str, said: str) -> None:
    policy = replace(analysis.facts.policy, origin=origin)
    report = replace(analysis, facts=replace(analysis.facts, policy=policy)).publish()
    assert f"main at ffffffffff; {said}; git-gate 1.2.3" in _text(report, width=100)
