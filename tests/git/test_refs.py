"""Names to commits: whatever git lets a branch be called, and nothing taken for what it is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import MakeRepo, git

from gate.errors import EnvironmentFault, UsageError
from gate.git import refs
from gate.git.objects import Objects
from gate.git.refs import Branch

if TYPE_CHECKING:
    from support.forks import Open

    from gate.git.repository import Repository


def find(repository: Repository, name: str) -> Branch:
    with Objects(repository) as objects:
        return refs.find(name, refs.read(repository, objects), objects)


def target(repository: Repository, wanted: str | None = None) -> Branch:
    with Objects(repository) as objects:
        return refs.target(wanted, refs.read(repository, objects), objects)


def discovered(repository: Repository, *patterns: str, aim: str | None = None) -> list[str]:
    with Objects(repository) as objects:
        names = refs.read(repository, objects)
        found = refs.discover(names, refs.target(aim, names, objects), patterns)
    return [branch.name for branch in found]


ODD_NAMES = [
    "-x",
    "--all",
    "a;$(b)",
    "ü/ö",
    "\udcff",
    "a'b\"c",
    "a{b}",
    "@x",
    "#1",
    "%00",
    "a\u00a0b",
    "!",
    "(x)",
]


def test_a_branch_may_have_any_name_git_allows(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    oids = {name: repo.commit(name, {"f": str(at)}) for at, name in enumerate(ODD_NAMES)}
    main = repo.commit("main", {"f": ""})
    repo.write()
    repository = opened(repo.folder)
    for name, oid in oids.items():
        assert find(repository, name) == Branch(name, f"refs/heads/{name}", oid)
        assert target(repository, name).commit == oid
    assert target(repository) == Branch("main", "refs/heads/main", main)
    assert sorted(discovered(repository)) == sorted(ODD_NAMES)


@pytest.mark.parametrize("name", ["HEAD", "@", "1" * 40, "main~1", "refs/heads/main", "stash", "a-gdeadbeef"])
def test_a_branch_wins_over_all_else_a_name_may_mean(make_repo: MakeRepo, opened: Open, name: str) -> None:
    """Where git does not allow the branch, the name means what it means to git."""
    repo = make_repo()
    repo.commit("main", {"f": "1"})
    head = repo.commit("main", {"f": "2"})
    repo.write("main")
    repository = opened(repo.folder)
    made = git(repo.folder, "update-ref", f"refs/heads/{name}", "main~1", check=False)
    exists = git(repo.folder, "for-each-ref", f"refs/heads/{name}") != ""
    before = git(repo.folder, "rev-parse", "refs/heads/main~1")
    expected = {
        "HEAD": before,
        "@": before,
        "1" * 40: before,
        "main~1": before,
        "refs/heads/main": head,
        "stash": before,
        "a-gdeadbeef": before,
    }
    assert (made, exists) == ("", name != "main~1")
    assert find(repository, name).commit == expected[name]


def test_a_local_branch_wins_over_a_tag_of_its_name(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    branch = repo.commit("main", {"f": "1"})
    other = repo.commit("other", {"f": "2"})
    repo.tag("main", "other")
    repo.tag("v1", "other", "heavy")
    repo.write()
    repository = opened(repo.folder)
    assert find(repository, "main") == Branch("main", "refs/heads/main", branch)
    assert find(repository, "v1") == Branch("v1", "", other)
    assert find(repository, "tags/main") == Branch("tags/main", "", other)


def test_a_full_ref_outside_the_branches(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    repo.commit("main", {"f": "1"})
    oid = repo.commit("refs/pull/1/head", {"f": "2"})
    repo.tag("v1", oid, "heavy")
    repo.write()
    repository = opened(repo.folder)
    assert find(repository, "refs/pull/1/head") == Branch("refs/pull/1/head", "refs/pull/1/head", oid)
    assert find(repository, "refs/tags/v1") == Branch("refs/tags/v1", "refs/tags/v1", oid)


def test_commits_by_id(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    old = repo.commit("main", {"f": "1"})
    new = repo.commit("main", {"f": "2"}, message="find me")
    repo.write("main")
    repository = opened(repo.folder)
    for name, oid in {
        old: old,
        new[:8]: new,
        new[:8].upper(): new,
        "main~1": old,
        "HEAD^{/find me}": new,
        ":/find me": new,
        "@{0}": new,
    }.items():
        assert find(repository, name) == Branch(name, "", oid)


def test_an_ambiguous_id_is_no_commit(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    seen: set[str] = set()
    short = ""
    while short not in seen:
        seen.add(short)
        short = repo.commit("main", {"f": "1"})[:4]
    repo.write()
    with pytest.raises(UsageError, match="no branch or commit named"):
        find(opened(repo.folder), short)


@pytest.mark.parametrize(
    "name", ["no-such", "mian", "main:f", "main^{tree}", "", "a\nb", "..", "main..main", " ", "-"]
)
def test_what_is_no_commit_is_said_so(make_repo: MakeRepo, opened: Open, name: str) -> None:
    repo = make_repo()
    repo.commit("main", {"f": "1"})
    repo.write()
    with pytest.raises(UsageError) as raised:
        find(opened(repo.folder), name)
    assert raised.value.exit == 2
    if name == "mian":
        assert raised.value.hint == "did you mean main?"


def remotes(make_repo: MakeRepo, opened: Open) -> tuple[Repository, dict[str, str]]:
    """`work` on both remotes; `main` here and at origin; a remote with a slash in its name."""
    repo = make_repo()
    names = [
        "refs/heads/main",
        "refs/remotes/origin/main",
        "refs/remotes/origin/work",
        "refs/remotes/fork/work",
        "refs/remotes/origin/only",
        "refs/remotes/team/a/work/x",
    ]
    oids = {name: repo.commit(name, {"f": name}) for name in names}
    repo.write()
    for remote in ("origin", "fork", "team/a"):
        git(repo.folder, "config", f"remote.{remote}.url", "/nowhere")
    git(repo.folder, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    return opened(repo.folder), oids


def test_a_remote_branch_by_its_bare_name(make_repo: MakeRepo, opened: Open) -> None:
    repository, oids = remotes(make_repo, opened)
    for name, ref in {
        "only": "refs/remotes/origin/only",
        "origin/only": "refs/remotes/origin/only",
        "main": "refs/heads/main",
        "origin/main": "refs/remotes/origin/main",
        "work/x": "refs/remotes/team/a/work/x",
        "team/a/work/x": "refs/remotes/team/a/work/x",
    }.items():
        assert find(repository, name) == Branch(name, ref, oids[ref])


def test_a_name_on_two_remotes_is_ambiguous(make_repo: MakeRepo, opened: Open) -> None:
    repository, _ = remotes(make_repo, opened)
    with pytest.raises(
        UsageError, match="work is ambiguous: refs/remotes/fork/work, refs/remotes/origin/work"
    ):
        find(repository, "work")


def test_a_local_branch_named_like_a_remote_one_is_ambiguous(make_repo: MakeRepo, opened: Open) -> None:
    repository, oids = remotes(make_repo, opened)
    git(Path(repository.folder), "update-ref", "refs/heads/origin/only", oids["refs/heads/main"])
    with pytest.raises(UsageError, match="origin/only is ambiguous: refs/heads/origin/only, "):
        find(repository, "origin/only")


def test_the_target_is_what_the_remote_calls_its_default(make_repo: MakeRepo, opened: Open) -> None:
    repository, oids = remotes(make_repo, opened)
    assert target(repository) == Branch(
        "origin/main", "refs/remotes/origin/main", oids["refs/remotes/origin/main"]
    )
    git(Path(repository.folder), "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/only")
    assert target(repository).ref == "refs/remotes/origin/only"
    git(Path(repository.folder), "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone")
    assert target(repository).ref == "refs/remotes/origin/main"


def test_origin_head_is_the_branch_it_points_to(make_repo: MakeRepo, opened: Open) -> None:
    repository, oids = remotes(make_repo, opened)
    assert find(repository, "origin/HEAD").commit == oids["refs/remotes/origin/main"]
    assert find(repository, "origin").commit == oids["refs/remotes/origin/main"]
    assert "origin/HEAD" not in discovered(repository)


def test_the_usual_names_when_no_remote_says(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    for name in ("develop", "trunk", "side"):
        repo.commit(name, {"f": name})
    repo.write()
    assert target(opened(repo.folder)).ref == "refs/heads/trunk"


def test_no_target_can_be_told(make_repo: MakeRepo, opened: Open) -> None:
    empty, odd = make_repo(), make_repo()
    odd.commit("side", {"f": "1"})
    odd.write()
    with pytest.raises(EnvironmentFault, match="no commits on any branch"):
        target(opened(empty.folder))
    with pytest.raises(EnvironmentFault, match="cannot tell which branch"):
        target(opened(odd.folder))


def test_streams_are_all_branches_but_the_target(make_repo: MakeRepo, opened: Open) -> None:
    repository, oids = remotes(make_repo, opened)
    assert discovered(repository) == ["fork/work", "origin/only", "origin/work", "team/a/work/x"]
    git(Path(repository.folder), "update-ref", "refs/heads/only", oids["refs/remotes/origin/only"])
    git(Path(repository.folder), "update-ref", "refs/heads/work", oids["refs/heads/main"])
    assert discovered(repository) == ["only", "work", "fork/work", "origin/work", "team/a/work/x"]


def test_patterns_choose_streams(make_repo: MakeRepo, opened: Open) -> None:
    repository, _ = remotes(make_repo, opened)
    assert discovered(repository, "work*") == ["fork/work", "origin/work", "team/a/work/x"]
    assert discovered(repository, "origin/*") == ["origin/only", "origin/work"]
    assert discovered(repository, "WORK", "[o]nly") == ["origin/only"]
    assert discovered(repository, "nothing") == []


def test_a_symbolic_local_branch_is_no_stream_of_its_own(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    repo.commit("main", {"f": "1"})
    oid = repo.commit("side", {"f": "2"})
    repo.write()
    git(repo.folder, "symbolic-ref", "refs/heads/alias", "refs/heads/side")
    assert discovered(opened(repo.folder)) == ["side"]
    assert find(opened(repo.folder), "alias") == Branch("alias", "refs/heads/alias", oid)


def test_branches_without_their_commit_are_listed_as_broken(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    repo.commit("main", {"f": "1"})
    lost = repo.commit("lost", {"f": "2"})
    repo.write()
    (repo.folder / ".git/objects" / lost[:2] / lost[2:]).unlink()
    blob = git(repo.folder, "rev-parse", "main:f")
    (repo.folder / ".git/refs/heads/blob").write_text(f"{blob}\n")
    repository = opened(repo.folder)
    with Objects(repository) as objects:
        names = refs.read(repository, objects)
    assert names.broken == ("refs/heads/blob", "refs/heads/lost")
    assert list(names.commits) == ["refs/heads/main"]
    with pytest.raises(UsageError, match="no branch or commit named lost"):
        find(repository, "lost")
