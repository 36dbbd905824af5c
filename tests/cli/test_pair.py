"""`pair`: the way to a decision, both versions of what collides, and the exit code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from cli.small import FREE, ONE, OTHER, POLICY, STALE, complaint
from support import MakeRepo, git, run_here

from gate.demo.repository_builder import SymbolicLink

if TYPE_CHECKING:
    from pathlib import Path


def _pair(repo: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run_here("pair", *arguments, "-f", "json", cwd=repo).out)
    return found


def test_a_collision(repo: Path) -> None:
    result = run_here("pair", ONE, OTHER, cwd=repo)
    assert (result.exit, result.err) == (1, "")
    assert (
        result.out
        == f"""\
SERIALIZE  {ONE} and {OTHER} collide in 1 place
           land {ONE} first, then bring {OTHER} up to date
           with it

How this was decided
  1. same file: 1 path (engine/a.py); the real merge conflicts in engine/a.py
  2. one at a time

engine/a.py (content)
  {ONE} and {OTHER} change the same lines of engine/a.py
  {ONE}: line 1
    | x = 2
  {OTHER}: lines 1-2
    | x = 3
    | y = 3
"""
    )


def test_a_collision_as_data(repo: Path) -> None:
    pair = _pair(repo, OTHER, ONE)
    assert (pair["decision"], pair["merge"], pair["order"]) == ("serialize", "conflict", [ONE, OTHER])
    assert pair["branches"] == [ONE, OTHER]
    (collision,) = pair["collisions"]
    assert (collision["path"], collision["kind"]) == ("engine/a.py", "content")
    assert collision["hunks"] == [
        [
            {"branch": ONE, "line": 1, "end_line": 1, "text": "x = 2\n"},
            {"branch": OTHER, "line": 1, "end_line": 2, "text": "x = 3\ny = 3\n"},
        ]
    ]
    assert [finding["code"] for finding in pair["findings"]] == ["G201"]


def test_either_way_round_is_the_same(repo: Path) -> None:
    for form in ("text", "json", "markdown"):
        assert run_here("pair", ONE, OTHER, "-f", form, cwd=repo) == run_here(
            "pair", OTHER, ONE, "-f", form, cwd=repo
        )


def test_side_by_side(repo: Path) -> None:
    result = run_here("pair", ONE, FREE, cwd=repo)
    assert result.exit == 0
    assert result.out.startswith(f"PARALLEL  {ONE} and {FREE} can run and land")
    assert _pair(repo, ONE, FREE)["path"] == [
        "same file: no",
        "integration point: none touched",
        "dependency: none",
        "side by side",
    ]


def test_a_stale_stream_leaves_it_open(repo: Path) -> None:
    result = run_here("pair", STALE, FREE, cwd=repo)
    assert result.exit == 3
    assert result.out.startswith(f"UNKNOWN  how {FREE} and {STALE} go together is unknown")
    pair = _pair(repo, STALE, FREE)
    assert (pair["decision"], pair["merge"]) == ("unknown", "not_tried")
    assert pair["path"][0].startswith(
        f"same file: not known, for {STALE} conflicts with the target by itself"
    )
    assert "side by side" not in pair["path"]


def test_only_the_two_are_judged(repo: Path) -> None:
    policy = repo.parent / "against.toml"
    policy.write_text('against = ["agent/engine/*"]\n' + POLICY)
    pair = _pair(repo, ONE, FREE, "--config", str(policy))
    assert (pair["decision"], pair["findings"]) == ("parallel", [])


def test_what_is_ignored_does_not_fail_but_is_shown(repo: Path) -> None:
    result = run_here("pair", ONE, OTHER, "--ignore", "G201", cwd=repo)
    assert result.exit == 0
    assert "x = 3" in result.out


def test_a_stack_lands_from_below(make_repo: MakeRepo) -> None:
    made = make_repo()
    base = made.commit("main", {"a": "1\n"})
    made.commit("lower", {"b": "1\n"}, parents=[base])
    made.commit("upper", {"c": "1\n"}, parents=["lower"])
    made.write("main")
    pair = _pair(made.folder, "upper", "lower")
    assert (pair["decision"], pair["order"], pair["merge"]) == ("serialize", ["lower", "upper"], "clean")
    assert run_here("pair", "upper", "lower", cwd=made.folder).exit == 0


def test_what_has_no_lines_is_shown_by_its_blobs(make_repo: MakeRepo) -> None:
    made = make_repo()
    base = made.commit("main", {"bin": b"\0one", "link": SymbolicLink("a"), "gone": "1\n"})
    made.commit("a", {"bin": b"\0two", "link": SymbolicLink("b"), "gone": "2\n"}, parents=[base])
    made.commit("b", {"bin": b"\0three", "link": SymbolicLink("c"), "gone": None}, parents=[base])
    made.write("main")
    out = run_here("pair", "a", "b", cwd=made.folder).out
    assert "  a: bin, mode 100644, blob " in out
    assert "  a: link, mode 120000, blob " in out
    assert "  a: line 1\n    | 2\n  b: deleted\n" in out


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        (ONE, ONE, f"{ONE} is named twice"),
        (ONE, f"refs/heads/{ONE}", "are both refs/heads/"),
        ("main", ONE, "main is the target itself"),
    ],
)
def test_two_names_for_one_thing(repo: Path, first: str, second: str, says: str) -> None:
    said, way_out = complaint(run_here("pair", first, second, cwd=repo))
    assert says in said
    assert way_out


def test_markdown_shows_both_versions_and_stays_text(make_repo: MakeRepo) -> None:
    made = make_repo()
    base = made.commit("main", {"<b>|x": "1\n"})
    made.commit("one", {"<b>|x": "```\n<script>\n"}, parents=[base])
    made.commit("@two", {"<b>|x": "2\n"}, parents=[base])
    made.write("main")
    out = run_here("pair", "one", "@two", "-f", "markdown", cwd=made.folder).out
    assert out.startswith("### SERIALIZE: ")
    assert "````\n```\n<script>\n````" in out
    assert "<b>" not in out.replace("<script>", "")
    assert "@two" not in out


def test_hostile_text_is_defused(repo: Path) -> None:
    git(repo, "checkout", "-q", "-b", "agent/engine/three", ONE)
    (repo / "engine/a.py").write_text("x = '\x1b[2J'\n")
    git(repo, "commit", "-qam", "three")
    git(repo, "checkout", "-q", "main")
    for form in ("text", "json", "markdown"):
        assert "\x1b" not in run_here("pair", OTHER, "agent/engine/three", "-f", form, cwd=repo).out


def test_it_says_when_not_all_places_are_shown(make_repo: MakeRepo) -> None:
    def lines(word: str) -> str:
        return "".join(f"{word} {number}\n\nsame\n\n" for number in range(30))

    made = make_repo()
    base = made.commit("main", {"long": lines("base")})
    made.commit("one", {"long": lines("one")}, parents=[base])
    made.commit("two", {"long": lines("two")}, parents=[base])
    made.write("main")
    out = run_here("pair", "one", "two", cwd=made.folder).out
    assert "(its first 20 places)" in " ".join(out.split())
    assert "    | one 19\n" in out
    assert "Findings about both" not in out
