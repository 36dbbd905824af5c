"""`agent-hook`: what each tool is answered before an edit, a push and a merge, in its own words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from cli.small import FREE, ONE, OTHER, POLICY
from support import git, run_gate, run_here, snapshot

from gate.cli.agent_hook import AGENTS
from gate.cli.agents import command

if TYPE_CHECKING:
    from pathlib import Path

    from support import MakeRepo, Result

SERIAL = (
    POLICY + '\n[[domains]]\nname = "migrations"\npaths = ["db/*"]\ncoordinator = "OPS"\nserialized = true\n'
)
MODULE = "def first():\n    return 1\n\n\ndef second():\n    return 2\n"
EDITS = {"claude": "Edit", "codex": "apply_patch", "cursor": "Edit", "gemini": "replace"}
SHELLS = {"claude": "Bash", "codex": "Bash", "cursor": "", "gemini": "run_shell_command"}
SILENT = {"claude": {}, "codex": {}, "cursor": {"permission": "allow"}, "gemini": {}}


@pytest.fixture
def busy(make_repo: MakeRepo) -> Path:
    """`ONE` is checked out; `OTHER` changes a function of a module both could edit, and is in the migrations."""
    made = make_repo("busy")
    files = {
        "gate.toml": SERIAL,
        "engine/m.py": MODULE,
        "engine/rules.py": "",
        "engine/data.bin": "\0",
        "db/1": "",
    }
    base = made.commit("main", files)
    made.commit(ONE, {"engine/mine.py": "x = 1\n"}, parents=[base])
    theirs = {"engine/m.py": MODULE.replace("2", "22"), "db/2": "", "engine/data.bin": "\0\1"}
    made.commit(OTHER, theirs, parents=[base])
    made.write(ONE)
    return made.folder


def edit(agent: str, folder: Path, path: str, old: str = "") -> dict[str, Any]:
    """The message of a tool about to edit a file."""
    where = str(folder / path)
    if agent == "codex":
        lines = "".join(f"-{line}\n" for line in old.splitlines())
        patch = f"*** Begin Patch\n*** Update File: {path}\n@@\n{lines}+new\n*** End Patch\n"
        given: dict[str, Any] = {"command": patch}
    else:
        given = {"file_path": where, "old_string": old, "new_string": "new"}
    return {
        "hook_event_name": "preToolUse",
        "cwd": str(folder),
        "tool_name": EDITS[agent],
        "tool_input": given,
    }


def shell(agent: str, folder: Path, line: str) -> dict[str, Any]:
    if agent == "cursor":
        return {
            "hook_event_name": "beforeShellExecution",
            "command": line,
            "cwd": "",
            "workspace_roots": [str(folder)],
        }
    return {"cwd": str(folder), "tool_name": SHELLS[agent], "tool_input": {"command": line}}


def run(agent: str, message: object, cwd: Path) -> Result:
    raw = message if isinstance(message, bytes) else json.dumps(message).encode()
    return run_here("agent-hook", "--agent", agent, cwd=cwd, stdin=raw)


def answer(agent: str, message: object, cwd: Path) -> dict[str, Any]:
    """The answer to a message that is understood."""
    result = run(agent, message, cwd)
    assert (result.exit, result.err) == (0, ""), result
    found = json.loads(result.out)
    assert isinstance(found, dict)
    return found


def decision(agent: str, said: dict[str, Any]) -> str:
    """What the tool will do: allow, ask or deny; `told` where it goes on but is told something."""
    own = said.get("hookSpecificOutput", {})
    if agent == "gemini":
        found = said.get("decision")
    elif agent == "cursor":
        found = said["permission"]
        return "told" if found == "allow" and "agent_message" in said else str(found)
    else:
        found = own.get("permissionDecision")
    told = "systemMessage" in said or "additionalContext" in own
    return str(found or ("told" if told else "allow"))


@pytest.mark.parametrize("agent", AGENTS)
@pytest.mark.parametrize(
    ("path", "old", "expected", "says"),
    [
        ("engine/mine.py", "x = 1", "allow", ""),
        ("engine/new.py", "", "allow", ""),
        ("engine/m.py", "    return 2", "ask", f"{OTHER} changes second in engine/m.py, too"),
        (
            "engine/m.py",
            "    return 1",
            "told",
            f"{OTHER} changes second in engine/m.py, and nothing you are about to",
        ),
        ("engine/m.py", "", "ask", f"{OTHER} changes engine/m.py, too"),
        ("engine/m.py", "not in it", "ask", f"{OTHER} changes engine/m.py, too"),
        ("engine/m.py", "    return", "ask", f"{OTHER} changes engine/m.py, too"),
        ("engine/data.bin", "x", "ask", f"{OTHER} changes engine/data.bin, too"),
        (
            "engine/rules.py",
            "x",
            "deny",
            "engine/rules.py is OPS's by exception (the law): ask OPS to change it",
        ),
        ("db/3", "", "deny", f"migrations takes one stream at a time, and {OTHER} is in it"),
        ("docs/x", "", "told", "docs/x is OPS's: tell them what you need"),
        ("../outside", "", "allow", ""),
        (".git/config", "", "allow", ""),
    ],
)
def test_edits(busy: Path, agent: str, path: str, old: str, expected: str, says: str) -> None:
    said = answer(agent, edit(agent, busy, path, old), busy)
    asks_nobody = agent in ("codex", "gemini") and expected == "ask"
    assert decision(agent, said) == ("told" if asks_nobody else expected)
    assert says in json.dumps(said)
    if expected == "allow":
        assert said == SILENT[agent]


def test_nothing_is_written_but_our_own_store(busy: Path) -> None:
    before = snapshot(busy)
    answer("claude", edit("claude", busy, "engine/m.py", "return 2"), busy)
    store = busy / ".git/gate"
    assert {path for path in snapshot(busy).keys() - before.keys() if str(store) not in path} == set()
    assert {path: snapshot(busy)[path] for path in before} == before
    assert {path.name for path in store.iterdir()} == {"activity", "facts.db"}


def test_the_index_is_of_now(busy: Path) -> None:
    message = edit("claude", busy, "engine/mine.py", "x = 1")
    assert answer("claude", message, busy) == {}
    git(busy, "checkout", "-q", OTHER)
    (busy / "engine/mine.py").write_text("x = 2\n")
    git(busy, "add", "-A")
    git(busy, "commit", "-qm", "more")
    git(busy, "checkout", "-q", ONE)
    assert decision("claude", answer("claude", message, busy)) == "ask"
    (busy / ".git/gate/activity").write_bytes(b"\x93garbage")
    assert decision("claude", answer("claude", message, busy)) == "ask"


def test_links_lead_to_whose_file_it_is(busy: Path) -> None:
    (busy / "engine/alias.py").symlink_to("rules.py")
    (busy / "law").symlink_to("engine")
    for path in ("engine/alias.py", "law/rules.py"):
        assert decision("claude", answer("claude", edit("claude", busy, path), busy)) == "deny"


def test_uncommitted_work_in_another_worktree(busy: Path, tmp_path: Path) -> None:
    git(busy, "worktree", "add", "-q", str(tmp_path / "w"), OTHER)
    git(tmp_path / "w", "checkout", "-q", ONE, "--ignore-other-worktrees")
    (busy / "engine/mine.py").write_text("x = 5\n")
    said = answer("claude", edit("claude", tmp_path / "w", "engine/mine.py", "x"), tmp_path / "w")
    assert f"{ONE} has uncommitted work in engine/mine.py ({busy})" in json.dumps(said)


def test_audit_tells_and_denies_nothing(busy: Path) -> None:
    git(busy, "config", "gate.mode", "audit")
    assert decision("claude", answer("claude", edit("claude", busy, "engine/rules.py"), busy)) == "told"
    assert (
        decision("claude", answer("claude", shell("claude", busy, "git push origin HEAD"), busy)) == "allow"
    )


def test_skipped(busy: Path) -> None:
    raw = json.dumps(edit("claude", busy, "engine/rules.py")).encode()
    result = run_gate("agent-hook", "--agent", "claude", cwd=busy, stdin=raw, env={"GATE_SKIP": "1"})
    assert (result.exit, result.out) == (0, "{}\n")
    assert "deny" in run_gate("agent-hook", "--agent", "claude", cwd=busy, stdin=raw).out


def test_other_tools_are_not_looked_at(busy: Path) -> None:
    assert answer("claude", {"tool_name": "Read", "tool_input": {"file_path": "engine/rules.py"}}, busy) == {}
    assert answer("claude", shell("claude", busy, "ls -l && git status; echo merge"), busy) == {}
    many = {"tool_name": "MultiEdit", "cwd": str(busy)}
    many["tool_input"] = {
        "file_path": "engine/m.py",
        "edits": [{"old_string": "return 1"}, {"old_string": "return 2"}],
    }  # type: ignore[assignment]
    assert decision("claude", answer("claude", many, busy)) == "ask"


# Commands


@pytest.mark.parametrize("agent", AGENTS)
def test_a_push_asks_the_whole_gate(repo: Path, agent: str) -> None:
    git(repo, "checkout", "-q", ONE)
    said = answer(agent, shell(agent, repo, "git add -A && git push origin HEAD"), repo)
    assert decision(agent, said) == "deny"
    assert "G201 file-collision" in json.dumps(said)
    assert answer(agent, shell(agent, repo, f"git push origin {FREE}"), repo) == SILENT[agent]


def test_a_merge_asks_the_plan(repo: Path) -> None:
    assert decision("claude", answer("claude", shell("claude", repo, f"git merge {OTHER}"), repo)) == "deny"
    assert (
        decision("claude", answer("claude", shell("claude", repo, f"git merge --no-ff -m x {ONE}"), repo))
        == "told"
    )
    assert answer("claude", shell("claude", repo, "git merge --abort"), repo) == {}
    git(repo, "checkout", "-q", FREE)
    assert answer("claude", shell("claude", repo, f"git merge {OTHER}"), repo) == {}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("git push", [("push", ".", ())]),
        (
            "cd a/b && GIT_TRACE=1 git -C c -c x.y=z push -f origin a:b",
            [("push", "./a/b/c", ("-f", "origin", "a:b"))],
        ),
        ("/usr/bin/git merge x; sudo git push", [("merge", ".", ("x",)), ("push", ".", ())]),
        ('git commit -m "git push; done"', []),
        ("echo git push", []),
        ("gitk push", []),
        ("git --no-pager push origin 'a b'", [("push", ".", ("origin", "a b"))]),
        ("git", []),
        ("", []),
        ('git push "origin', [("push", ".", ('"origin',))]),
        ("(" * 10_000 + "git push", [("push", ".", ())]),
    ],
)
def test_what_a_command_line_shows(line: str, found: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert [(one.verb, one.folder, one.words) for one in command.calls(line, ".")] == found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"git push origin {ONE}:refs/heads/{FREE}", "deny"),
        (f"git push -o x origin +{ONE}", "deny"),
        ("git push --all", "deny"),
        (f"git push origin --delete {ONE}", "allow"),
        (f"git push origin :{ONE}", "allow"),
        ("git push --tags", "allow"),
        ("git push origin no-such", "allow"),
    ],
)
def test_what_a_push_moves(repo: Path, line: str, expected: str) -> None:
    result = run("claude", shell("claude", repo, line), repo)
    assert decision("claude", json.loads(result.out)) == expected


# What is no question


@pytest.mark.parametrize("agent", AGENTS)
@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"null",
        b"[1]",
        b'"x"',
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"hook_event_name": "preToolUse", "tool_name": "TOOL", "tool_input": 3}',
    ],
)
def test_malformed_input_blocks_nothing_and_is_said(busy: Path, agent: str, raw: bytes) -> None:
    result = run(agent, raw.replace(b"TOOL", EDITS[agent].encode()), busy)
    assert (result.exit, json.loads(result.out)) == (0, SILENT[agent])
    assert result.err.startswith("git-gate: not understood, so let pass: ")
    assert result.err.count("\n") == 1


def test_where_there_is_no_repository(tmp_path: Path) -> None:
    result = run("claude", edit("claude", tmp_path, "x"), tmp_path)
    assert (result.exit, result.out) == (0, "{}\n")
    assert "is in no worktree of a git repository" in result.err


def test_names_that_steer_a_terminal(busy: Path) -> None:
    git(busy, "branch", "agent/engine/\u202ex", OTHER)
    git(busy, "branch", "-qD", OTHER)
    said = json.dumps(answer("claude", edit("claude", busy, "engine/m.py"), busy))
    assert "<U+202E>x changes" in said
    assert "\\u202e" not in said


@pytest.mark.parametrize("path", ["a\0b", "engine/\udcff", "engine/" + "x" * 5000, "", "engine/m.py/below"])
def test_odd_paths_end_in_a_word_or_in_silence(busy: Path, path: str) -> None:
    message = {"tool_name": "Write", "cwd": str(busy), "tool_input": {"file_path": path}}
    result = run("claude", json.dumps(message).encode(), busy)
    assert (result.exit, result.out) == (0, "{}\n")
    assert "Traceback" not in result.err


def test_an_error_of_our_own_blocks_nothing(busy: Path) -> None:
    (busy / ".git/gate").write_text("no folder")
    assert decision("claude", answer("claude", edit("claude", busy, "engine/m.py"), busy)) == "ask"
