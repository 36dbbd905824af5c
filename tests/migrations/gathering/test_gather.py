"""Migrations of real branches: found in their trees, compared, and told of what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streams.landing import landed
from support.judging import codes, judge, of_code

if TYPE_CHECKING:
    from support import MakeRepo

    from gate.demo.repository_builder import Content, RepositoryBuilder
    from gate.model.report import Report

Files = dict[str, "Content"]


def alembic(*names: str, folder: str = "db/versions") -> Files:
    """`"b1<a1,a2"` is a revision `b1` with two parents."""
    files: Files = {}
    for text in names:
        name, _, parents = text.partition("<")
        above = tuple(parents.split(",")) if "," in parents else parents or None
        files[f"{folder}/{name}.py"] = f'revision = "{name}"\ndown_revision = {above!r}\n'
    return files


def django(*names: str, app: str = "shop", folder: str = "shop/migrations") -> Files:
    """The same for Django; a parent of another app is `app.name`."""
    files: Files = {}
    for text in names:
        name, _, parents = text.partition("<")
        pairs = [
            tuple(parent.split(".")) if "." in parent else (app, parent)
            for parent in parents.split(",")
            if parent
        ]
        files[f"{folder}/{name}.py"] = (
            f"class Migration(M):\n    dependencies = {pairs}\n    operations = []\n"
        )
    return files


def report_on(repo: RepositoryBuilder, target: Files, **streams: Files) -> Report:
    """The report on streams that all left the target."""
    return landed(repo, target, streams)


ALEMBIC = alembic("a1", "a2<a1")
DJANGO = django("0001_a", "0002_b<0001_a")


@pytest.mark.parametrize(
    ("target", "a", "b", "expected"),
    [
        pytest.param(ALEMBIC, alembic("b<a2"), alembic("c<a2"), ["G240"], id="alembic"),
        pytest.param(DJANGO, django("0003_x<0002_b"), django("0003_y<0002_b"), ["G240"], id="django"),
        pytest.param(ALEMBIC, alembic("b<a2"), alembic("b<a2"), [], id="the same file"),
        pytest.param(ALEMBIC, alembic("b<a2"), {"db/versions/a1.py": None}, [], id="a removal below"),
        pytest.param(
            ALEMBIC, alembic("b<a2"), {"db/versions/a2.py": None}, ["G243"], id="the parent removed"
        ),
        pytest.param(
            ALEMBIC,
            alembic("b<a2"),
            {"db/versions/a2.py": ALEMBIC["db/versions/a2.py"] + "\n\ndef upgrade(): pass\n"},  # type: ignore[operator]
            [],
            id="the parent's operations change",
        ),
        pytest.param(
            ALEMBIC, alembic("b<a2"), alembic("c", folder="app/versions"), [], id="another environment"
        ),
        pytest.param(
            ALEMBIC | alembic("o1", folder="app/versions"),
            alembic("b<a2"),
            alembic("c<o1", folder="app/versions"),
            [],
            id="environments beside one another",
        ),
        pytest.param(
            ALEMBIC | alembic("o1", folder="other/versions"),
            alembic("b<a2", folder="more/versions"),
            alembic("c<a2"),
            ["G240"],
            id="a new version location",
        ),
        pytest.param(
            DJANGO,
            django("0003_x<0002_b,other.0001_o") | django("0001_o", app="other", folder="other/migrations"),
            django("0002_p<0001_o", app="other", folder="other/migrations"),
            ["G243"],
            id="an app that another stream brings",
        ),
        pytest.param(ALEMBIC, alembic("b<a2"), {"db/versions/c.py": "import os\n"}, [], id="no migration"),
        pytest.param({}, alembic("b"), alembic("c"), ["G240"], id="a store that is new"),
    ],
)
def test_two_streams(make_repo: MakeRepo, target: Files, a: Files, b: Files, expected: list[str]) -> None:
    assert codes(report_on(make_repo(), target, a=a, b=b)) == expected


def test_three_streams_are_one_finding(make_repo: MakeRepo) -> None:
    report = report_on(make_repo(), ALEMBIC, a=alembic("b<a2"), b=alembic("c<a2"), c=alembic("d<a2"))

    [finding] = report.findings
    assert list(finding.branches) == ["a", "b", "c"]
    assert [list(batch) for batch in report.plan.batches] == [["a"]]


def test_a_moved_folder_is_no_break(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", ALEMBIC)
    moves = {path: path.replace("db/", "app/db/") for path in ALEMBIC}
    repo.commit("a", {}, renames=moves, parents=[base])
    repo.commit("b", alembic("b<a2"), parents=[base])
    repo.commit("c", alembic("c<a2"), parents=[base])
    repo.write()

    assert codes(judge(repo.folder, "a", "b", select=("G24",))) == []
    assert codes(judge(repo.folder, "a", "b", "c", select=("G24",))) == ["G240"]


def test_a_target_that_moved_on(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", ALEMBIC)
    repo.commit("a", alembic("b<a2"), parents=[base])
    repo.commit("main", alembic("a3<a2"))
    repo.write()
    report = judge(repo.folder, "a")

    [finding] = of_code(report, "G240")
    assert list(finding.branches) == ["a"]
    assert finding.hint == "set down_revision of `b` (db/versions/b.py:2) to 'a3'"
    assert [held.branch for held in report.plan.held] == ["a"]


def test_what_the_real_merge_drops_is_no_collision(make_repo: MakeRepo) -> None:
    """`b` has taken `a`'s first migration in, and replaced it by another one; `a` went on elsewhere."""
    repo = make_repo()
    base = repo.commit("main", ALEMBIC)
    first = repo.commit("a", alembic("b<a2"), parents=[base])
    repo.commit("a", {"x": "x\n"})
    repo.commit("b", {"db/versions/b.py": None} | alembic("c<a2") | {"y": "y\n"}, parents=[first])
    repo.write()

    assert codes(judge(repo.folder, "a", "b", select=("G24",))) == []


def test_a_migration_that_one_renames_is_one(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", DJANGO)
    first = repo.commit("a", django("0003_x<0002_b"), parents=[base])
    repo.commit("a", {"x": "x\n"})
    name = "shop/migrations/0003_{}.py"
    repo.commit("b", {"y": "y\n"}, renames={name.format("x"): name.format("y")}, parents=[first])
    repo.write()

    assert codes(judge(repo.folder, "a", "b", select=("G24",))) == []


def test_the_proof_is_each_streams_header(make_repo: MakeRepo) -> None:
    [finding] = report_on(make_repo(), ALEMBIC, a=alembic("b<a2"), b=alembic("c<a2")).findings

    assert [proof.text for proof in finding.evidence[:2]] == [
        "revision = \"b\"\ndown_revision = 'a2'",
        "revision = \"c\"\ndown_revision = 'a2'",
    ]


def test_the_patch_is_that_of_the_stream_that_lands_later(make_repo: MakeRepo) -> None:
    [finding] = report_on(
        make_repo(), ALEMBIC, a=alembic("b<a2"), b=alembic("c<a2"), c=alembic("d<a2")
    ).findings

    second, third = finding.evidence[3:]
    assert (second.title, third.title) == (
        "patch for b, once a has landed",
        "patch for c, once b has landed",
    )
    assert "-down_revision = 'a2'\n+down_revision = 'b'\n" in second.text
    assert "-down_revision = 'a2'\n+down_revision = 'c'\n" in third.text


@pytest.mark.parametrize(
    ("files", "required", "reason"),
    [
        pytest.param(
            {"db/versions/c.py": 'revision = "c"\ndown_revision = last()\n'},
            True,
            "the migration db/versions/c.py: it computes its down_revision",
            id="computed",
        ),
        pytest.param(
            {"db/versions/c.py": f'revision = "c"\ndown_revision = "a2"\n# {"x" * (5 << 20)}\n'},
            True,
            "the migration db/versions/c.py: it has more than 1 MB",
            id="5 MB",
        ),
        pytest.param(
            {"db/versions/c.py": 'revision = "c"\ndown_revision = "a2"\ndepends_on = x()\n'},
            False,
            "the migration db/versions/c.py: it computes its depends_on",
            id="partly",
        ),
    ],
)
def test_what_could_not_be_read(make_repo: MakeRepo, files: Files, required: bool, reason: str) -> None:
    report = report_on(make_repo(), ALEMBIC, a=files)

    assert [f"{gap.what}: {gap.why}" for gap in report.coverage.not_checked if "migration" in gap.what] == [
        reason
    ]
    assert ("G002" in codes(report)) is required


def test_what_the_target_holds_unread_blocks_nobody(make_repo: MakeRepo) -> None:
    odd: Files = {"db/versions/odd.py": 'revision = new()\ndown_revision = "a2"\n'}
    report = report_on(make_repo(), ALEMBIC | odd, a=alembic("b<a2"))

    assert codes(report) == []
    assert "the migration db/versions/odd.py of the target" in [
        gap.what for gap in report.coverage.not_checked
    ]


def test_a_blob_that_is_missing(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", ALEMBIC)
    repo.commit("a", alembic("b<a2"), parents=[base])
    repo.commit("b", alembic("c<a2"), parents=[base])
    repo.write()
    for file in (repo.folder / ".git" / "objects").rglob("*"):
        if (
            file.is_file()
            and b"blob" in _start(file.read_bytes())
            and b'revision = "c"' in _whole(file.read_bytes())
        ):
            file.unlink()
    report = judge(repo.folder, "a", "b")

    assert "G002" in codes(report)
    assert "G240" not in codes(report)


def _whole(content: bytes) -> bytes:
    import zlib

    try:
        return zlib.decompress(content)
    except zlib.error:
        return b""


def _start(content: bytes) -> bytes:
    return _whole(content)[:8]


@pytest.mark.parametrize("name", ["ü", "a b", "x\ny", "-x", "x'y", "x\x1by", "`x`"])
def test_odd_names(make_repo: MakeRepo, name: str) -> None:
    files: Files = {f"db/versions/{name}.py": f'revision = "c{name[0]}"\ndown_revision = "a2"\n'}
    assert codes(report_on(make_repo(), ALEMBIC, a=alembic("b<a2"), b=files)) == ["G240"]


def test_duplicate_revisions(make_repo: MakeRepo) -> None:
    twin: Files = {"db/versions/twin.py": 'revision = "b"\ndown_revision = "a2"\n# other\n'}
    report = report_on(make_repo(), ALEMBIC, a=alembic("b<a2"), b=twin)

    assert [(finding.code, finding.kind) for finding in report.findings] == [("G241", "id")]


def test_facts_are_kept_by_blob(make_repo: MakeRepo) -> None:
    repo = make_repo()
    report_on(repo, ALEMBIC, a=alembic("b<a2"), b=alembic("c<a2"))
    assert (repo.folder / ".git" / "gate" / "facts.db").exists()
    assert codes(judge(repo.folder, "a", "b", select=("G24",))) == ["G240"]
    assert codes(judge(repo.folder, "a", "b", select=("G24",), cached=False)) == ["G240"]
