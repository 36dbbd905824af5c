"""The whole analysis, start to finish, on repositories that are out of the ordinary."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import msgspec
import pytest
from support import git, run_gate
from support.judging import TODAY, codes, judge, of_code

from gate.demo.repository_builder import Executable, SymbolicLink
from gate.errors import PolicyError, UsageError
from gate.model.request import Request
from gate.pipeline import analyse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from support import MakeRepo

    from gate.demo.repository_builder import Content
    from gate.model.report import Report

POLICY = """\
version = 1
branches = ["agent/*"]

[coordinators.COORD_APP]
streams = ["agent/*"]

[[exceptions]]
paths = ["app/audit.py"]
coordinator = "COORD_APP"

[[domains]]
paths = ["app/*"]
coordinator = "COORD_APP"
"""
AUDIT = "".join(f"record {number}\n" for number in range(50))


def fork(make_repo: MakeRepo, base: Mapping[str, Content], **streams: Mapping[str, Content]) -> Path:
    """A repository with a stream `agent/NAME` for each name."""
    repo = make_repo()
    start = repo.commit("main", base)
    for name, files in streams.items():
        repo.commit(f"agent/{name}", files, parents=[start])
    repo.write()
    return repo.folder


def conflicts(report: Report) -> list[tuple[str, str]]:
    return [(one.kind, one.locations[0].path) for one in of_code(report, "G201")]


# What is asked for


def test_streams_compared_with_are_in_the_report_and_not_in_the_plan(make_repo: MakeRepo) -> None:
    folder = fork(make_repo, {"x": "0\n"}, a={"x": "a\n"}, b={"x": "b\n"}, c={"x": "c\n"})
    report = judge(folder, "agent/a", against=("agent/*",))
    assert [(one.name, one.judged) for one in report.streams] == [
        ("agent/a", True),
        ("agent/b", False),
        ("agent/c", False),
    ]
    assert [one.branches for one in report.findings] == [["agent/a", "agent/b"], ["agent/a", "agent/c"]]
    assert [pair.branches for pair in report.pairs] == [["agent/a", "agent/b"], ["agent/a", "agent/c"]]
    assert (report.plan.order, report.plan.held, report.verdict) == (["agent/a"], [], "block")


def test_the_troubles_of_a_stream_only_compared_with_are_its_own(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"x": "0\n"})
    repo.commit("agent/a", {"y": "a\n"}, parents=[base])
    repo.commit("agent/stale", {"x": "stale\n"}, parents=[base])
    repo.commit("agent/unrelated", {"x": "unrelated\n"}, parents=[])
    repo.commit("main", {"x": "1\n"})
    repo.write()
    report = judge(repo.folder, "agent/a", against=("agent/*",))
    assert (report.findings, report.verdict) == ([], "pass")


def test_without_a_policy_text_is_judged_and_the_rest_is_named(make_repo: MakeRepo) -> None:
    report = judge(fork(make_repo, {"x": "0\n"}, a={"x": "a\n"}, b={"x": "b\n"}))
    assert codes(report) == ["G201"]
    assert report.policy.from_ == "default"
    assert [(gap.what, gap.required) for gap in report.coverage.not_checked] == [
        ("who owns the changed paths", False)
    ]


def test_a_broken_policy_ends_the_analysis_with_all_its_mistakes(make_repo: MakeRepo) -> None:
    folder = fork(make_repo, {"gate.toml": 'version = 1\nmode = "maybe"\nlanding = "soft"\n'}, a={"x": "a\n"})
    with pytest.raises(PolicyError) as caught:
        judge(folder)
    assert len(caught.value.mistakes) == 2


def test_a_policy_beyond_reason_ends_the_analysis(make_repo: MakeRepo) -> None:
    folder = fork(make_repo, {"gate.toml": "#" * (1 << 20) + "\n"}, a={"x": "a\n"})
    with pytest.raises(UsageError, match=r"gate\.toml on main has 1048577 bytes"):
        judge(folder)


def test_a_policy_to_try_out_comes_instead_of_the_targets(make_repo: MakeRepo) -> None:
    folder = fork(make_repo, {"gate.toml": "broken"}, a={"x": "a\n"})
    report = judge(folder, config=("try.toml", POLICY.encode()))
    assert (report.policy.path, report.policy.from_) == ("try.toml", "file")
    assert codes(report) == ["G103"]


def test_no_stream_is_a_pass_that_says_nothing_was_looked_at(make_repo: MakeRepo) -> None:
    report = judge(fork(make_repo, {"x": "0\n"}))
    assert (report.verdict, report.streams, report.plan.order) == ("pass", [], [])
    assert ("any stream", "no branch is unmerged") in [
        (gap.what, gap.why) for gap in report.coverage.not_checked
    ]


def test_the_same_streams_in_any_order_give_the_same_bytes(make_repo: MakeRepo) -> None:
    folder = fork(make_repo, {"x": "0\n"}, a={"x": "a\n"}, b={"x": "b\n"}, c={"y": "c\n"})
    names = ("agent/a", "agent/b", "agent/c")
    assert len({msgspec.json.encode(judge(folder, *order)) for order in itertools.permutations(names)}) == 1


def test_only_what_is_selected_is_asked(make_repo: MakeRepo) -> None:
    folder = fork(make_repo, {"gate.toml": POLICY}, a={"x": "a\n"}, b={"x": "b\n", "app/audit.py": "b\n"})
    assert codes(judge(folder)) == ["G201", "G102", "G103", "G103"]
    assert codes(judge(folder, select=("G1",))) == ["G102", "G103", "G103"]
    assert codes(judge(folder, ignore=("G1",))) == ["G201"]


def test_what_the_policy_turns_off_is_asked_when_named(make_repo: MakeRepo) -> None:
    folder = fork(make_repo, {"gate.toml": f'{POLICY}\n[severity]\nG103 = "off"\n'}, a={"x": "a\n"})
    assert codes(judge(folder)) == []
    assert codes(judge(folder, select=("G1",))) == []
    assert codes(judge(folder, select=("G103",))) == ["G103"]


def test_a_conflict_that_nobody_asked_about_still_holds_a_stream(make_repo: MakeRepo) -> None:
    folder = fork(make_repo, {"x": "0\n"}, a={"x": "a\n"}, b={"x": "b\n"})
    report = judge(folder, ignore=("G201",))
    assert codes(report) == []
    assert [one.branch for one in report.plan.held] == ["agent/b"]
    assert [(step.branch, step.status) for step in report.rehearsal.steps] == [
        ("agent/a", "clean"),
        ("agent/b", "conflict"),
    ]


# History


@pytest.fixture
def unrelated(make_repo: MakeRepo) -> Path:
    """`agent/lost` shares no history with `main`; `agent/a` and `agent/b` conflict, `agent/c` is fine."""
    repo = make_repo()
    base = repo.commit("main", {"x": "0\n"})
    for name in ("a", "b"):
        repo.commit(f"agent/{name}", {"x": f"{name}\n"}, parents=[base])
    repo.commit("agent/c", {"c": "c\n"}, parents=[base])
    repo.commit("agent/lost", {"y": "lost\n"}, parents=[])
    repo.write()
    return repo.folder


def test_a_stream_without_common_history_is_unknown_and_the_others_go_on(unrelated: Path) -> None:
    report = judge(unrelated, "agent/lost", "agent/c")
    assert [(one.code, one.branches) for one in report.findings] == [("G002", ["agent/lost"])]
    assert report.verdict == "unknown"
    assert {one.name: one.decision for one in report.streams} == {"agent/c": "land", "agent/lost": "block"}
    assert run_gate("check", "agent/lost", "agent/c", cwd=unrelated).exit == 3


def test_a_certain_no_weighs_more_than_what_is_unknown(unrelated: Path) -> None:
    assert judge(unrelated).verdict == "block"
    assert run_gate("check", cwd=unrelated).exit == 1


def test_what_could_not_be_checked_is_told_whatever_is_selected(unrelated: Path) -> None:
    assert judge(unrelated, "agent/lost", select=("G201",)).verdict == "unknown"
    assert judge(unrelated, "agent/lost", ignore=("G002",)).verdict == "pass"


def test_criss_cross_merges(make_repo: MakeRepo) -> None:
    """Two merge bases, as git resolves them: their merge is the common version."""
    repo = make_repo()
    base = repo.commit("main", {"x": "1\n2\n3\n4\n5\n6\n7\n8\n9\n"})
    one = repo.commit("one", {"x": "one\n2\n3\n4\n5\n6\n7\n8\n9\n"}, parents=[base])
    two = repo.commit("two", {"x": "1\n2\n3\n4\n5\n6\n7\n8\ntwo\n"}, parents=[base])
    both = {"x": "one\n2\n3\n4\n5\n6\n7\n8\ntwo\n"}
    repo.commit("main", both, parents=[one, two])
    start = repo.commit("agent/cross", both, parents=[two, one])
    repo.branch("agent/other", start)
    repo.commit("agent/cross", {"x": "one\n2\n3\n4\ncross\n6\n7\n8\ntwo\n"})
    repo.commit("agent/other", {"x": "one\n2\n3\n4\nother\n6\n7\n8\ntwo\n"})
    repo.write()
    assert len(git(repo.folder, "merge-base", "--all", "main", "agent/cross").split()) == 2
    report = judge(repo.folder, "agent/cross", "agent/other")
    assert [one.landing.status for one in report.streams] == ["clean", "clean"]
    assert [[change.path for change in one.changes] for one in report.streams] == [["x"], ["x"]]
    assert conflicts(report) == [("content", "x")]


# Size


def test_a_stream_of_a_thousand_paths(make_repo: MakeRepo) -> None:
    paths = [f"lib/{number:04}.py" for number in range(1000)]
    many = {path: f"{path}\n" for path in paths}
    folder = fork(make_repo, {"gate.toml": POLICY}, many=many, few={"lib/0500.py": "few\n"})
    report = judge(folder)
    assert [len(one.changes) for one in report.streams] == [1, 1000]
    assert conflicts(report) == [("add/add", "lib/0500.py")]
    [_, finding] = of_code(report, "G103")
    assert finding.message == (
        "agent/many changes 1000 paths that nobody owns: lib/0000.py, lib/0001.py, lib/0002.py and 997 more"
    )
    assert [place.path for place in finding.locations] == paths


def test_a_conflict_in_a_file_of_a_million_lines(make_repo: MakeRepo) -> None:
    lines = [b"%d\n" % number for number in range(1_000_000)]

    def with_line(text: bytes) -> bytes:
        return b"".join([*lines[:700_000], text, *lines[700_001:]])

    folder = fork(
        make_repo,
        {"gate.toml": POLICY, "app/audit.py": b"".join(lines)},
        a={"app/audit.py": with_line(b"a\n")},
        b={"app/audit.py": with_line(b"b\n")},
    )
    report = judge(folder)
    [finding] = of_code(report, "G201")
    assert (finding.kind, finding.locations[0].path) == ("content", "app/audit.py")
    assert sum(len(piece.text) for one in report.findings for piece in one.evidence) < 1000


def test_a_blob_of_100_megabytes(make_repo: MakeRepo) -> None:
    large = bytes(100 << 20)
    folder = fork(
        make_repo,
        {"gate.toml": POLICY, "app/audit.py": AUDIT},
        a={"app/large.bin": large},
        b={"app/large.bin": b"\0small"},
        c={"app/copy.py": AUDIT},
    )
    report = judge(folder)
    assert conflicts(report) == [("binary", "app/large.bin")]
    assert [one.branches for one in of_code(report, "G102")] == [["agent/c"]]


# Files of every kind


def test_lines_that_end_in_crlf(make_repo: MakeRepo) -> None:
    lines = [f"{number}\r\n" for number in range(20)]

    def with_line(at: int, text: str) -> str:
        return "".join([*lines[:at], text, *lines[at + 1 :]])

    folder = fork(
        make_repo,
        {"x": "".join(lines)},
        a={"x": with_line(4, "a\r\n")},
        b={"x": with_line(4, "b\r\n")},
        c={"x": with_line(15, "c\r\n")},
    )
    report = judge(folder)
    [finding] = of_code(report, "G201")
    assert finding.branches == ["agent/a", "agent/b"]
    assert [(place.line, place.end_line) for place in finding.locations] == [(5, 5), (5, 5)]
    assert [piece.text for piece in finding.evidence] == ["a\r\n", "b\r\n"]


def test_other_line_ends_are_another_file(make_repo: MakeRepo) -> None:
    folder = fork(make_repo, {"x": "1\n2\n3\n"}, a={"x": "1\r\n2\r\n3\r\n"}, b={"x": "1\n2\nb\n"})
    assert conflicts(judge(folder)) == [("content", "x")]


def test_a_file_on_one_stream_is_a_directory_on_another(make_repo: MakeRepo) -> None:
    folder = fork(make_repo, {"x": "0\n"}, a={"place": "a\n"}, b={"place/deep/b": "b\n"}, c={"c": "c\n"})
    report = judge(folder)
    assert conflicts(report) == [("file/directory", "place")]
    assert report.coverage.pairs_merged == 1


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        (SymbolicLink("x"), "text\n", "mode"),
        (Executable("a\n"), "b\n", "add/add"),
        (b"\0a", b"\0b", "binary"),
    ],
)
def test_one_path_of_two_kinds(make_repo: MakeRepo, ours: Content, theirs: Content, kind: str) -> None:
    folder = fork(make_repo, {"x": "0\n"}, a={"new": ours}, b={"new": theirs})
    assert conflicts(judge(folder)) == [(kind, "new")]


def test_renames_of_letter_case_alone(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"Readme": AUDIT, "x": "0\n"})
    repo.commit("agent/upper", renames={"Readme": "README"}, parents=[base])
    repo.commit("agent/lower", renames={"Readme": "readme"}, parents=[base])
    repo.commit("agent/edit", {"Readme": AUDIT + "more\n"}, parents=[base])
    repo.write()
    report = judge(repo.folder)
    assert [(one.kind, one.branches) for one in of_code(report, "G201")] == [
        ("rename/rename", ["agent/lower", "agent/upper"])
    ]
    assert report.coverage.pairs_merged == 3


def test_names_of_any_bytes(make_repo: MakeRepo) -> None:
    path = "a\tb\n\"c\\ \udcff'\x01"
    folder = fork(make_repo, {"x": "0\n"}, a={path: "a\n"}, b={path: "b\n"})
    report = judge(folder)
    assert conflicts(report) == [("add/add", "a\tb\n\"c\\ \\xff'\x01")]
    assert msgspec.json.encode(report).decode()


# What it leaves


def test_what_was_analysed_is_kept_beside_the_report(make_repo: MakeRepo) -> None:
    folder = fork(make_repo, {"gate.toml": POLICY}, a={"x": "a\n"})
    done = analyse(Request(TODAY, str(folder)))
    assert [one.fingerprint for one in done.findings] == [one.fingerprint for one in done.report.findings]
    assert done.plan.order == ("agent/a",)
    assert done.policy == done.facts.policy


def test_progress_is_told_in_words(make_repo: MakeRepo) -> None:
    told: list[str] = []
    analyse(Request(TODAY, str(fork(make_repo, {"x": "0\n"}, a={"x": "a\n"}))), told.append)
    assert told
    assert all(words and words[0].islower() for words in told)
