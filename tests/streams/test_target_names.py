"""A stream is compared with what the target changed since their merge base, and the commit behind it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support import git
from support.judging import judge

if TYPE_CHECKING:
    from support import MakeRepo

    from gate.demo.repository_builder import RepositoryBuilder
    from gate.model.report import FindingRecord, Report

LIBRARY = "def load(path):\n    return path\n\n\ndef save(path):\n    return path\n"
RENAMED = LIBRARY.replace("load", "load_config")


def base(repo: RepositoryBuilder) -> str:
    return repo.commit("main", {"lib.py": LIBRARY, "app.py": "import lib\n"})


def against(report: Report) -> list[FindingRecord]:
    return [finding for finding in report.findings if finding.against is not None]


def test_the_commit_that_changed_the_name_is_named(make_repo: MakeRepo) -> None:
    repo = make_repo()
    start = base(repo)
    renamed = repo.commit("main", {"lib.py": RENAMED}, parents=[start], message="Say what is loaded")
    repo.commit("main", {"lib.py": f"{RENAMED}\n\ndef close():\n    return 1\n"}, parents=[renamed])
    repo.commit("agent/a", {"new.py": "from lib import load\n"}, parents=[start])
    repo.write()

    report = judge(repo.folder, "agent/a", target="main")

    [finding] = against(report)
    assert (finding.code, finding.branches, finding.severity) == ("G211", ["agent/a"], "error")
    assert finding.against is not None
    assert (finding.against.ref, finding.against.commit) == ("refs/heads/main", renamed)
    assert finding.against.subject == "Say what is loaded"
    assert [stream.decision for stream in report.streams] == ["block"]
    assert report.verdict == "block"


def test_a_stream_that_is_up_to_date_is_compared_with_nothing(make_repo: MakeRepo) -> None:
    repo = make_repo()
    start = base(repo)
    renamed = repo.commit("main", {"lib.py": RENAMED}, parents=[start])
    repo.commit("agent/a", {"new.py": "from lib import load_config\n"}, parents=[renamed])
    repo.write()

    assert judge(repo.folder, "agent/a", target="main").findings == []


def test_what_the_target_itself_lacks_is_not_the_streams(make_repo: MakeRepo) -> None:
    """The target's own caller is broken already, with the stream or without it."""
    repo = make_repo()
    start = repo.commit("main", {"lib.py": LIBRARY, "app.py": "from lib import load\n"})
    repo.commit("main", {"lib.py": RENAMED}, parents=[start])
    repo.commit("agent/a", {"new.py": "from lib import save\n"}, parents=[start])
    repo.write()

    assert against(judge(repo.folder, "agent/a", target="main")) == []


def test_streams_of_different_merge_bases(make_repo: MakeRepo) -> None:
    repo = make_repo()
    start = base(repo)
    later = repo.commit("main", {"app.py": "import lib\nx = 1\n"}, parents=[start])
    repo.commit("main", {"lib.py": RENAMED}, parents=[later])
    repo.commit("agent/a", {"a.py": "from lib import load\n"}, parents=[start])
    repo.commit("agent/b", {"b.py": "from lib import load\n"}, parents=[later])
    repo.commit("agent/c", {"c.py": "from lib import save\n"}, parents=[later])
    repo.write()

    found = against(judge(repo.folder, target="main"))

    assert [finding.branches for finding in found] == [["agent/a"], ["agent/b"]]


def test_streams_that_are_only_compared_with_are_not_told(make_repo: MakeRepo) -> None:
    repo = make_repo()
    start = base(repo)
    repo.commit("main", {"lib.py": RENAMED}, parents=[start])
    repo.commit("agent/a", {"a.py": "x = 1\n"}, parents=[start])
    repo.commit("agent/b", {"b.py": "from lib import load\n"}, parents=[start])
    repo.write()

    assert against(judge(repo.folder, "agent/a", target="main", against=("agent/b",))) == []


def test_a_stream_called_as_the_target_is_told_apart(make_repo: MakeRepo) -> None:
    repo = make_repo()
    start = base(repo)
    repo.commit("main", {"lib.py": RENAMED}, parents=[start])
    tip = repo.commit("side", {"b.py": "from lib import load\n"}, parents=[start])
    repo.write()

    report = judge(repo.folder, target="main", heads=(("main", tip),))

    [finding] = against(report)
    assert finding.branches == ["main"]
    assert "since the merge base, main (target) renamed" in finding.message


def test_a_file_that_is_no_source_counts_for_what_imports_it(make_repo: MakeRepo) -> None:
    repo = make_repo()
    start = repo.commit("main", {"a.css": "a {}\n", "index.ts": "export const x = 1;\n"})
    repo.commit("main", {"index.ts": 'import "./a.css";\nexport const x = 1;\n'}, parents=[start])
    repo.commit("agent/a", {"a.css": None}, parents=[start])
    repo.write()

    assert [finding.code for finding in against(judge(repo.folder, "agent/a", target="main"))] == ["G210"]


def test_content_that_is_missing_is_not_needed_to_compare_what_is_there(make_repo: MakeRepo) -> None:
    """Renames need every content; without them the comparison goes on."""
    repo = make_repo()
    start = repo.commit("main", {"lib.py": LIBRARY, "gone.bin": "some long text\n" * 20})
    repo.commit("main", {"lib.py": RENAMED, "gone.bin": None, "new.bin": "other\n" * 20}, parents=[start])
    repo.commit("agent/a", {"new.py": "from lib import load\n"}, parents=[start])
    repo.write()
    blob = git(repo.folder, "rev-parse", f"{start}:gone.bin")
    (repo.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()

    report = judge(repo.folder, "agent/a", target="main")

    assert [finding.code for finding in against(report)] == ["G211"]
