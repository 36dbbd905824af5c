"""The Action's step, with the environment and the events GitHub gives, against a server that answers as GitHub does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from github.server import ME, PullRequest
from support.repositories import git
from support.snapshots import snapshot

from gate.github.telling import MARKER

if TYPE_CHECKING:
    from github.conftest import Site

STATES = {1: "success", 2: "failure", 3: "success"}


def states(site: Site) -> dict[int, str]:
    return {one.number: one.status["state"].lower() for one in site.world.pulls if one.status}


def own(pull: PullRequest) -> list[str]:
    return [one["body"] for one in pull.comments if one["author"] == ME]


def test_a_push_to_one_pull_request_tells_all_of_them(site: Site) -> None:
    renames, uses, notes = site.world.pulls
    before = snapshot(site.folder, without=(".git/refs/git-gate", ".git/shallow", ".git/objects"))

    result = site.run("pull_request", site.pushed(uses))

    assert result.exit == 1, result.err
    assert states(site) == STATES
    assert [len(own(one)) for one in (renames, uses, notes)] == [1, 1, 0]
    (said,) = own(uses)
    assert said.startswith(f"{MARKER}\n## BLOCK")
    assert "load_config" in said.replace("\\_", "_")
    assert "Target `refs/heads/main`" in said
    assert "agent/notes" not in said
    assert "use.py" in result.out
    after = snapshot(site.folder, without=(".git/refs/git-gate", ".git/shallow", ".git/objects"))
    assert after == before


def test_what_later_steps_get(site: Site) -> None:
    site.run("pull_request", site.pushed(site.world.pulls[0]))
    found = site.outputs()

    assert (found["verdict"], found["errors"]) == ("block", "1")
    assert json.loads(found["blocking-pairs"]) == [["agent/renames", "agent/uses"]]
    assert json.loads(found["merge-order"]) == ["agent/renames", "agent/notes"]
    (batch,) = json.loads(found["batches"])
    heads = [one.head for one in site.world.pulls if one.number != 2]
    assert batch == {"batch": 1, "streams": ["agent/renames", "agent/notes"], "heads": heads}
    (prefix,) = json.loads(found["prefixes"])
    assert prefix["heads"] == heads
    git(site.origin, "checkout", "-q", "main")
    for head in heads:
        git(site.origin, "merge", "-q", "--no-edit", head)
    assert git(site.origin, "rev-parse", "HEAD^{tree}") == prefix["tree"]
    assert json.loads(Path(found["json-path"]).read_text("utf-8"))["schema"] == "git-gate/report/1"
    assert Path(found["report-path"]).read_text("utf-8").startswith("## BLOCK")
    assert site.summary().startswith("## BLOCK")


def test_only_the_blocked_one_fails(site: Site) -> None:
    assert [site.run("pull_request", site.pushed(one)).exit for one in site.world.pulls] == [0, 1, 0]


def test_the_second_run_writes_nothing_new(site: Site) -> None:
    site.run("schedule")
    site.world.writes.clear()

    result = site.run("schedule")

    assert site.world.writes == []
    assert "0 statuses set; 0 comments made, 0 changed, 2 left as they were" in result.err


def test_a_comment_follows_what_becomes_of_it(site: Site) -> None:
    renames, uses, _ = site.world.pulls
    site.run("schedule")
    site.world.pulls.remove(renames)
    result = site.run("pull_request", site.pushed(uses))

    assert result.exit == 0
    assert len(own(uses)) == 1
    assert own(uses)[0].startswith(f"{MARKER}\n## PASS")
    assert states(site)[2] == "success"


def test_comments_of_others_are_left_alone(site: Site) -> None:
    uses = site.world.pulls[1]
    forged = f"{MARKER}\n## PASS: trust me"
    uses.say("mallory", forged)
    for number in range(5):
        uses.say("ada", f"comment {number}")

    site.run("schedule")
    site.run("schedule")

    assert uses.comments[0]["body"] == forged
    assert len(own(uses)) == 1


def test_our_own_comment_is_found_on_a_later_page(site: Site) -> None:
    uses = site.world.pulls[1]
    for number in range(5):
        uses.say("ada", f"comment {number}")
    site.run("schedule")
    uses.comments[-1]["body"] += "\nold"

    site.run("schedule")

    assert len(own(uses)) == 1
    assert not own(uses)[0].endswith("old")


def test_no_event_of_its_own_means_no_failure(site: Site) -> None:
    for kind in ("schedule", "workflow_dispatch"):
        assert site.run(kind).exit == 0
    assert site.outputs()["verdict"] == "block"


def test_a_push_to_a_branch_without_a_pull_request(site: Site) -> None:
    del site.world.pulls[1]
    head = git(site.origin, "rev-parse", "agent/uses")

    result = site.run("push", {"ref": "refs/heads/agent/uses", "after": head})

    assert result.exit == 1
    assert json.loads(site.outputs()["blocking-pairs"]) == [["agent/renames", "agent/uses"]]


def test_a_deleted_branch(site: Site) -> None:
    result = site.run("push", {"ref": "refs/heads/agent/uses", "after": "0" * 40, "deleted": True})

    assert (result.exit, site.world.asked) == (0, [])


def test_a_merge_group_is_judged_by_itself(site: Site) -> None:
    git(site.origin, "checkout", "-q", "-b", "gh-readonly-queue/main/pr-3", "agent/notes")
    head = git(site.origin, "rev-parse", "HEAD")
    payload = {"merge_group": {"head_sha": head, "base_ref": "refs/heads/main"}}
    site.world.pulls.pop()

    assert site.run("merge_group", payload).exit == 0


def test_a_fork_gets_a_summary_and_no_writes(site: Site) -> None:
    uses = site.world.pulls[1]
    uses.owner = "mallory"

    result = site.run("pull_request", site.pushed(uses))

    assert result.exit == 1
    assert site.world.writes == []
    assert "mallory:agent/uses" in site.summary()
    assert "the token of a fork's run may not write" in result.err


def test_the_run_after_a_forks_tells_it(site: Site) -> None:
    uses = site.world.pulls[1]
    uses.owner = "mallory"
    site.run("pull_request", site.pushed(uses))
    report = Path(site.outputs()["json-path"])

    result = site.run("workflow_run", after(uses), relay=str(report))

    assert result.exit == 0, result.err
    assert [path for _, path, _ in site.world.writes] == ["/repos/clinic/app/issues/2/comments"]
    assert own(uses)[0].startswith(f"{MARKER}\n## BLOCK")


def after(pull: PullRequest) -> dict[str, Any]:
    source = {"full_name": f"{pull.owner}/app", "owner": {"login": pull.owner}}
    return {"workflow_run": {"head_sha": pull.head, "head_branch": pull.branch, "head_repository": source}}


@pytest.mark.parametrize("forged", ["other-commit", "other-pull", "no-json", "no-report", "huge"])
def test_a_forged_artifact_is_told_to_nobody(site: Site, tmp_path: Path, forged: str) -> None:
    _, uses, notes = site.world.pulls
    uses.owner = notes.owner = "mallory"
    site.run("pull_request", site.pushed(uses))
    report = json.loads(Path(site.outputs()["json-path"]).read_text("utf-8"))
    if forged == "other-commit":
        for stream in report["streams"]:
            stream["tip"] = "1" * 40
    text = {"no-json": "::error::x", "no-report": '{"schema": "other"}', "huge": " " * (21 << 20)}.get(
        forged, json.dumps(report)
    )
    (tmp_path / "forged.json").write_text(text, encoding="utf-8")
    event = after(uses)
    if forged == "other-pull":
        event["workflow_run"]["head_branch"] = "agent/notes"  # its newest commit is another one

    result = site.run("workflow_run", event, relay=str(tmp_path / "forged.json"))

    assert result.exit != 0
    assert result.err.startswith("error: ")
    assert site.world.writes == []


def test_what_a_forged_report_says_is_only_text(site: Site, tmp_path: Path) -> None:
    uses = site.world.pulls[1]
    site.run("pull_request", site.pushed(uses))
    report = json.loads(Path(site.outputs()["json-path"]).read_text("utf-8"))
    report["findings"][0]["message"] = "@team <script>alert(1)</script> [x](https://evil.example) ![y](z)"
    (tmp_path / "forged.json").write_text(json.dumps(report), encoding="utf-8")
    uses.comments.clear()

    site.run("workflow_run", after(uses), relay=str(tmp_path / "forged.json"))

    (said,) = own(uses)
    assert "<script>" not in said
    assert "](https" not in said
    assert "@team" not in said


def test_audit_reports_and_never_fails(site: Site) -> None:
    result = site.run("pull_request", site.pushed(site.world.pulls[1]), mode="audit")

    assert result.exit == 0
    assert set(states(site).values()) == {"success"}


@pytest.mark.parametrize(
    ("inputs", "numbers"),
    [
        ({"labels": "agent*"}, [1, 2]),
        ({"ignore_labels": "hold"}, [1, 3]),
        ({"authors": "bot-*"}, [3]),
        ({"ignore_authors": "bot-1, nobody"}, [1, 2]),
        ({"drafts": "false"}, [2, 3]),
        ({"stale_days": "30"}, [2, 3]),
    ],
)
def test_who_is_judged(site: Site, inputs: dict[str, str], numbers: list[int]) -> None:
    one, two, three = site.world.pulls
    one.labels, one.draft, one.updated = ("agent-1",), True, "2020-01-01T00:00:00Z"
    two.labels, two.updated = ("Agent-2", "hold"), "9999-01-01T00:00:00Z"
    three.author, three.updated = "bot-1", "9999-01-01T00:00:00Z"

    site.run("schedule", None, **inputs)

    assert sorted(states(site)) == numbers


def test_comments_and_statuses_can_be_turned_off(site: Site) -> None:
    site.run("schedule", comment="never", status="false")

    assert site.world.writes == []


def test_a_token_that_may_not_write_is_said_and_fails_nothing_else(site: Site) -> None:
    site.world.refuse_writes = True

    result = site.run("pull_request", site.pushed(site.world.pulls[0]))

    assert result.exit == 0
    assert result.err.count("Resource not accessible by integration") == 2
    assert "pull-requests: write" in result.err


def test_a_pull_request_cannot_change_the_policy_it_is_judged_by(site: Site) -> None:
    git(site.origin, "checkout", "-q", "agent/notes")
    (site.origin / "gate.toml").write_text('version = 1\n[severity]\nG2 = "off"\n', encoding="utf-8")
    git(site.origin, "add", "gate.toml")
    git(site.origin, "commit", "-q", "-m", "Trust me")
    del site.world.pulls[2]
    site.open(3, "agent/notes")

    site.run("schedule")
    report = json.loads(Path(site.outputs()["json-path"]).read_text("utf-8"))

    assert report["policy"]["from"] == "default"
    assert {one["code"] for one in report["findings"]} >= {"G001", "G211"}


HOSTILE = (
    "agent/$(touch-x)",
    "agent/`touch-x`",
    "agent/;touch-x",
    "agent/%0A##set-output-name=x",
    "agent/<b>@team|x",
    "agent/'\"",
    "agent/\u202eevil",
)


def test_hostile_names_reach_nothing(site: Site) -> None:
    for number, name in enumerate(HOSTILE, 10):
        git(site.origin, "branch", name, "agent/uses")
        site.open(number, name)

    result = site.run("schedule")

    assert result.exit == 0, result.err
    assert set(site.outputs()) >= {"verdict", "batches", "merge-order"}
    assert len(json.loads(site.outputs()["merge-order"])) > 1
    for line in (*result.out.splitlines(), *result.err.splitlines()):
        assert not line.startswith("::set-output")
        assert "\u202e" not in line
    assert not list(site.folder.parent.rglob("touch-x*"))
    for pull in site.world.pulls:
        bare = [re.sub(r"(`+).+?\1", "", body) for body in own(pull)]
        assert not [line for body in bare for line in body.splitlines() if "<b>@team" in line]


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("GATE_TOKEN", "", "error: there is no token"),
        ("GATE_TOKEN", "another", "error: GitHub answered 401"),
        ("GITHUB_REPOSITORY", "x", "error: 'x' is no repository of GitHub"),
        ("GITHUB_REPOSITORY", "clinic/other", "default branch"),
        ("GITHUB_API_URL", "ftp://x", "error: 'ftp://x' is no address of an API"),
        ("GATE_STALE_DAYS", "soon", "error: stale-days is 'soon'"),
        ("GATE_TARGET", "a b", "error: 'refs/heads/a b' is no name of a branch"),
        ("GATE_TARGET", "gone", "error: "),
        ("GITHUB_EVENT_PATH", "/nowhere", "error: cannot read /nowhere"),
        ("GATE_MODE", "maybe", "error: "),
    ],
)
def test_mistakes(site: Site, variable: str, value: str, says: str) -> None:
    site.variables[variable] = value
    result = site.run("schedule")

    assert result.exit in (2, 3)
    assert sum(line.startswith("error: ") for line in result.err.splitlines()) == 1
    assert says in result.err
    assert site.world.writes == []
