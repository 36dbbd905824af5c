"""What each stream changes when it lands, and who it says it works for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import MakeRepo, git
from support.judging import codes, judge

if TYPE_CHECKING:
    from gate.model.report import StreamRecord

TEXT = "".join(f"line {number}\n" for number in range(9))
POLICY = """\
version = 1
[coordinators.COORD_A]
streams = ["a/*"]
[coordinators.COORD_B]
[[domains]]
paths = ["**"]
coordinator = "COORD_B"
"""


def changes(stream: StreamRecord) -> list[tuple[str, str, str | None]]:
    return [(change.path, change.kind, change.old_path) for change in stream.changes]


def test_changes_are_those_of_landing_not_of_history(make_repo: MakeRepo) -> None:
    """What the target has already, by whatever way, a stream does not change."""
    repo = make_repo()
    base = repo.commit("main", {"f": TEXT, "g": TEXT})
    repo.commit("a", {"f": TEXT.replace("4", "x"), "new": "1\n", "both": "1\n"}, parents=[base])
    repo.commit("a", {"new": None}, renames={"g": "moved"})
    repo.commit("main", {"both": "1\n", "other": "1\n"})
    repo.write()
    (stream,) = judge(repo.folder).streams
    assert changes(stream) == [("f", "modified", None), ("moved", "renamed", "g")]


def test_a_stale_stream_is_shown_by_what_it_did_itself(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": TEXT, "g": "1\n"})
    repo.commit("a", {"f": TEXT.replace("4", "a"), "g": None}, parents=[base])
    repo.commit("main", {"f": TEXT.replace("4", "main"), "other": "1\n"})
    repo.write()
    report = judge(repo.folder)
    (stream,) = report.streams
    assert (stream.landing.status, stream.landing.conflicts, stream.landing.tree) == ("conflict", ["f"], None)
    assert changes(stream) == [("f", "modified", None), ("g", "deleted", None)]
    assert codes(report) == ["G003"]


def test_a_content_git_cannot_read_costs_the_renames_only(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": TEXT, "g": "1\n"})
    repo.commit("a", {"h": TEXT.replace("4", "x")}, renames={"f": "h"}, parents=[base])
    repo.commit("b", {"moved": "1\n"}, renames={"g": "moved"}, parents=[base])
    repo.write()
    blob = git(repo.folder, "rev-parse", "a:h")
    (repo.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    report = judge(repo.folder)
    streams = {stream.name: changes(stream) for stream in report.streams}
    assert streams["b"] == [("moved", "renamed", "g")]
    assert report.verdict == "unknown"
    assert "G002" in codes(report, "a")
    assert "G002" not in codes(report, "b")


@pytest.mark.parametrize(
    ("branch", "message", "coordinator", "declared"),
    [
        ("a/1", "", "COORD_A", True),
        ("a/1", "Title\n\nCoordinator: COORD_B\n", "COORD_A", True),
        ("x", "Title\n\nCoordinator: COORD_B\n", "COORD_B", True),
        ("x", "Title\n\nCoordinator: NOBODY\n", None, False),
        ("x", "Title\n", None, False),
    ],
    ids=["by pattern", "pattern before trailer", "by trailer", "unknown", "undeclared"],
)
def test_whose_stream_it_is(
    make_repo: MakeRepo, branch: str, message: str, coordinator: str | None, declared: bool
) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": TEXT, "gate.toml": POLICY})
    repo.commit(branch, {"f": "1\n"}, parents=[base], message=message)
    repo.write()
    (stream,) = judge(repo.folder).streams
    assert (stream.coordinator, stream.declared) == (coordinator, declared)


def test_the_newest_trailer_counts(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": TEXT, "gate.toml": POLICY})
    repo.commit("x", {"f": "1\n"}, parents=[base], message="Title\n\nCoordinator: COORD_A\n")
    repo.commit("x", {"f": "2\n"}, message="Title\n\nCoordinator: COORD_B\n")
    repo.write()
    (stream,) = judge(repo.folder).streams
    assert stream.coordinator == "COORD_B"
