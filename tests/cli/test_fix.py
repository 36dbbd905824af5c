"""`fix migrations`: a patch that applies, a commit on the branch, or a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli.small import STALE, complaint
from support import MakeRepo, git, run_here, snapshot

from gate.migrations.tools.atlas.directory_sum import directory_sum

if TYPE_CHECKING:
    from pathlib import Path

PATCH = """\
diff --git a/migrations/versions/c1.py b/migrations/versions/c1.py
--- a/migrations/versions/c1.py
+++ b/migrations/versions/c1.py
@@ -1,11 +1,11 @@
 \"\"\"What it does.
~
 Revision ID: c1
-Revises: a9
+Revises: b1
 \"\"\"
~
 revision = 'c1'
-down_revision = 'a9'  # before it
+down_revision = 'b1'  # before it
~
~
 def upgrade():
""".replace("~", " ")
VERSIONS = "migrations/versions"
APP = "shop/migrations"


def alembic(revision: str, parent: str) -> str:
    return (
        f'"""What it does.\n\nRevision ID: {revision}\nRevises: {parent}\n"""\n\n'
        f"revision = '{revision}'\ndown_revision = '{parent}'  # before it\n\n\n"
        f"def upgrade():\n    op.execute('{parent}')\n"
    )


def django(*parents: str) -> str:
    pairs = "".join(f'        ("shop", "{parent}"),  # before it\n' for parent in parents)
    return (
        "from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n"
        f"    dependencies = [\n{pairs}    ]\n    operations = [migrations.RunSQL('{''.join(parents)}')]\n"
    )


@pytest.fixture
def forked(make_repo: MakeRepo) -> Path:
    """Three streams add an Alembic migration after `a9`; the second adds two."""
    made = make_repo("forked")
    base = made.commit(
        "main", {f"{VERSIONS}/a9.py": alembic("a9", "a8"), f"{VERSIONS}/a8.py": alembic("a8", "")}
    )
    made.commit("agent/a", {f"{VERSIONS}/b1.py": alembic("b1", "a9")}, parents=[base])
    two = {f"{VERSIONS}/c1.py": alembic("c1", "a9"), f"{VERSIONS}/c2.py": alembic("c2", "c1")}
    made.commit("agent/b", two, parents=[base])
    made.commit("agent/c", {f"{VERSIONS}/d1.py": alembic("d1", "a9")}, parents=[base])
    made.write("main")
    return made.folder


@pytest.fixture
def shop(make_repo: MakeRepo) -> Path:
    """Two streams add Django migrations after `0002_b`; the second two, with a test, a head file and another app."""
    made = make_repo("shop")
    start = {
        f"{APP}/__init__.py": "",
        f"{APP}/0001_a.py": django(),
        f"{APP}/0002_b.py": django("0001_a"),
        "cart/migrations/0001_x.py": django().replace("shop", "cart"),
        "migrations_lockfile.txt": "cart: 0001_x\n\n\n\n\n\n\n\nshop: 0002_b\n",
    }
    base = made.commit("main", start)
    made.commit("agent/a", {f"{APP}/0003_one.py": django("0002_b")}, parents=[base])
    mine = {
        f"{APP}/0003_two.py": django("0002_b"),
        f"{APP}/0004_three.py": django("0003_two"),
        "cart/migrations/0002_y.py": django("0004_three").replace(
            "    ]", '        ("cart", "0001_x"),\n    ]', 1
        ),
        "tests/test_two.py": 'migrate_from = "0003_two"\nmigrate_to = [("shop", "0004_three")]\nother = "0003_two"\n',
        "migrations_lockfile.txt": "cart: 0002_y\n\n\n\n\n\n\n\nshop: 0004_three\n",
    }
    made.commit("agent/b", mine, parents=[base])
    made.write("main")
    return made.folder


def test_a_stream_follows_what_lands_before_it(forked: Path) -> None:
    result = run_here("fix", "migrations", "agent/b", "--onto", "agent/a", cwd=forked)

    assert result.exit == 0
    assert result.out == PATCH
    assert "`c1` follows `b1` in place of `a9`" in result.err
    assert "reverse them first" in result.err


def test_the_landing_order_says_what_is_before(forked: Path) -> None:
    third = run_here("fix", "migrations", "agent/c", cwd=forked)
    second = run_here("fix", "migrations", "agent/b", cwd=forked)

    assert "+down_revision = 'c2'" in third.out
    assert "+down_revision = 'b1'" in second.out


def test_the_first_stays_as_it_is(forked: Path) -> None:
    result = run_here("fix", "migrations", "agent/a", cwd=forked)

    assert (result.exit, result.out) == (0, "")
    assert result.err.startswith("nothing to do")


def test_a_stream_leaves_what_it_is_stacked_on_to_the_one_below(make_repo: MakeRepo) -> None:
    made = make_repo("stacked")
    start = {f"{VERSIONS}/a9.py": alembic("a9", "a8"), f"{VERSIONS}/a8.py": alembic("a8", "")}
    base = made.commit("main", start)
    made.commit("agent/a", {f"{VERSIONS}/b1.py": alembic("b1", "a9")}, parents=[base])
    below = made.commit("agent/b", {f"{VERSIONS}/c1.py": alembic("c1", "a9")}, parents=[base])
    made.commit("agent/c", {f"{VERSIONS}/c2.py": alembic("c2", "c1")}, parents=[below])
    made.write("main")

    other = run_here("fix", "migrations", "agent/a", cwd=made.folder)
    upper = run_here("fix", "migrations", "agent/c", cwd=made.folder)
    assert (other.exit, "+down_revision = 'c2'" in other.out) == (0, True), other
    assert (upper.exit, upper.out) == (0, ""), upper


def test_nothing_is_to_be_done_on_the_target(forked: Path) -> None:
    result = run_here("fix", "migrations", "agent/c", "--onto", "target", cwd=forked)

    assert (result.exit, result.out) == (0, "")


def test_a_patch_goes_to_a_file_and_applies(forked: Path, tmp_path: Path) -> None:
    before = snapshot(forked)
    file = tmp_path / "fix.diff"
    result = run_here("fix", "migrations", "agent/b", "--patch", str(file), cwd=forked)

    assert (result.exit, result.out) == (0, "")
    assert {path: one for path, one in snapshot(forked).items() if "/.git/gate" not in path} == before
    git(forked, "checkout", "-q", "agent/b")
    git(forked, "apply", "--index", str(file))
    assert "down_revision = 'b1'" in (forked / VERSIONS / "c1.py").read_text()


def test_a_commit_is_put_on_the_branch_once(forked: Path) -> None:
    main, tip = git(forked, "rev-parse", "main"), git(forked, "rev-parse", "agent/b")
    first = run_here("fix", "migrations", "agent/b", "--onto", "agent/a", "--commit", cwd=forked)
    again = run_here("fix", "migrations", "agent/b", "--onto", "agent/a", "--commit", cwd=forked)

    assert (first.exit, first.out, again.exit) == (0, "", 0)
    assert again.err.startswith("nothing to do")
    assert git(forked, "rev-parse", "agent/b^") == tip
    assert git(forked, "rev-parse", "main") == main
    assert "follows `b1`" in git(forked, "log", "-1", "--format=%B", "agent/b")
    assert git(forked, "status", "--porcelain") == ""


def test_what_was_repaired_follows_those_it_was_put_on(forked: Path) -> None:
    first = run_here("fix", "migrations", "agent/c", "--commit", cwd=forked)
    again = run_here("fix", "migrations", "agent/c", cwd=forked)

    assert (first.exit, again.exit, again.out) == (0, 0, ""), again
    assert again.err.startswith("nothing to do")


def test_a_branch_that_is_checked_out_gets_no_commit(forked: Path) -> None:
    git(forked, "checkout", "-q", "agent/b")
    tip = git(forked, "rev-parse", "agent/b")
    result = run_here("fix", "migrations", "agent/b", "--onto", "agent/a", "--commit", cwd=forked)

    assert result.exit == 2
    assert "error: agent/b is checked out in" in result.err
    assert git(forked, "rev-parse", "agent/b") == tip


def test_what_a_tag_has_is_merged(forked: Path) -> None:
    git(forked, "tag", "v1", "agent/b")
    result = run_here("fix", "migrations", "agent/b", "--onto", "agent/a", cwd=forked)

    assert result.exit == 0
    assert "new file mode" in result.out
    assert '+down_revision = ("b1", "c2")' in result.out
    assert "-down_revision" not in result.out


def test_what_a_protected_branch_has_is_merged(forked: Path) -> None:
    git(forked, "branch", "production", "agent/b")
    policy = forked.parent / "own.toml"
    policy.write_text('branches = ["agent/*"]\nprotected = ["prod*"]\n')
    words = ("fix", "migrations", "agent/b", "--onto", "agent/a")
    assert "`c1` follows `b1` in place of `a9`" in run_here(*words, cwd=forked).err
    result = run_here(*words, "--config", str(policy), cwd=forked)
    assert (result.exit, result.err.count("a new migration merges `b1` and `c2`")) == (0, 1)


def test_an_app_is_renumbered_with_all_that_names_it(shop: Path) -> None:
    result = run_here("fix", "migrations", "agent/b", "--onto", "agent/a", "--commit", cwd=shop)

    assert result.exit == 0, result.err
    files = git(shop, "ls-tree", "-r", "--name-only", "agent/b", f"{APP}/").splitlines()
    assert [file.rpartition("/")[2] for file in files if "_t" in file] == ["0004_two.py", "0005_three.py"]
    assert git(shop, "show", f"agent/b:{APP}/0004_two.py") == django("0002_b").replace(
        '"0002_b"', '"0003_one"'
    ).removesuffix("\n")
    assert '("shop", "0004_two"),  # before it' in git(shop, "show", f"agent/b:{APP}/0005_three.py")
    assert '("shop", "0005_three")' in git(shop, "show", "agent/b:cart/migrations/0002_y.py")
    assert git(shop, "show", "agent/b:tests/test_two.py").splitlines() == [
        'migrate_from = "0004_two"',
        'migrate_to = [("shop", "0005_three")]',
        'other = "0003_two"',
    ]
    assert git(shop, "show", "agent/b:migrations_lockfile.txt").endswith("shop: 0005_three")
    check = run_here("check", "agent/a", "agent/b", "--select", "G240,G241,G243", cwd=shop)
    assert "G240" not in check.out


NUMBERED = "db/migrations"


def numbered(*names: str) -> dict[str, str]:
    return {
        f"{NUMBERED}/{name}.{way}.sql": f"SELECT '{name} {way}';\n"
        for name in names
        for way in ("up", "down")
    }


@pytest.fixture
def ordered(make_repo: MakeRepo) -> Path:
    """Three streams add a golang-migrate migration after 000007; the second adds two."""
    made = make_repo("ordered")
    module = {"go.mod": "require github.com/golang-migrate/migrate/v4 v4.17.0\n"}
    base = made.commit("main", module | numbered("000007_a"))
    made.commit("agent/a", numbered("000008_one"), parents=[base])
    made.commit("agent/b", numbered("000008_two", "000009_three"), parents=[base])
    made.commit("agent/c", numbered("000008_four"), parents=[base])
    made.write("main")
    return made.folder


def test_versions_that_are_taken_become_the_next(ordered: Path, tmp_path: Path) -> None:
    file = tmp_path / "fix.diff"
    result = run_here("fix", "migrations", "agent/b", "--onto", "agent/a", "--patch", str(file), cwd=ordered)

    assert result.exit == 0
    assert "`000008_two` becomes `000009_two`" in result.err
    git(ordered, "checkout", "-q", "agent/b")
    git(ordered, "apply", "--index", str(file))
    folder = ordered / NUMBERED
    assert {path.name: path.read_text() for path in folder.iterdir() if path.name > "000008"} == {
        "000009_two.up.sql": "SELECT '000008_two up';\n",
        "000009_two.down.sql": "SELECT '000008_two down';\n",
        "000010_three.up.sql": "SELECT '000009_three up';\n",
        "000010_three.down.sql": "SELECT '000009_three down';\n",
    }


def test_numbered_streams_follow_one_another(ordered: Path) -> None:
    for name in ("agent/a", "agent/b", "agent/c"):
        assert run_here("fix", "migrations", name, "--commit", cwd=ordered).exit == 0
    again = run_here("fix", "migrations", "agent/c", cwd=ordered)
    check = run_here("check", "agent/*", "--select", "G241", cwd=ordered)
    files = git(ordered, "ls-tree", "-r", "--name-only", "agent/c", f"{NUMBERED}/").splitlines()

    assert (again.exit, again.out) == (0, "")
    assert "G241" not in check.out
    assert f"{NUMBERED}/000011_four.up.sql" in files


def atlas(*names: str) -> dict[str, str]:
    files = {f"{name}.sql": f"SELECT '{name}';\n" for name in names}
    contents = {name: text.encode() for name, text in files.items()}
    return {f"m/{name}": text for name, text in files.items()} | {
        "m/atlas.sum": directory_sum(contents).decode()
    }


def test_the_sum_is_that_of_all_that_lands(make_repo: MakeRepo) -> None:
    made = make_repo("atlas")
    base = made.commit("main", atlas("20240101000000_a"))
    made.commit("agent/a", atlas("20240101000000_a", "20240102000000_x"), parents=[base])
    made.commit("agent/b", atlas("20240101000000_a", "20240102000000_y"), parents=[base])
    made.commit("agent/c", atlas("20240101000000_a", "20240103000000_z"), parents=[base])
    made.write("main")

    for name in ("agent/b", "agent/c"):
        words = ("--onto", "agent/a", "--commit")
        assert run_here("fix", "migrations", name, *words, cwd=made.folder).exit == 0
    b, c = (git(made.folder, "show", f"{name}:m/atlas.sum") + "\n" for name in ("agent/b", "agent/c"))
    y = directory_sum(
        {
            "20240101000000_a.sql": b"SELECT '20240101000000_a';\n",
            "20240102000000_x.sql": b"SELECT '20240102000000_x';\n",
            "20240102000001_y.sql": b"SELECT '20240102000000_y';\n",
        }
    )
    assert b == y.decode()
    assert c == atlas("20240101000000_a", "20240102000000_x", "20240103000000_z")["m/atlas.sum"]
    again = run_here("fix", "migrations", "agent/b", "--onto", "agent/a", cwd=made.folder)
    assert again.err.startswith("nothing to do")


def test_a_dump_of_the_schema_follows_and_is_regenerated(make_repo: MakeRepo) -> None:
    made = make_repo("rails")

    def rails(name: str, version: str) -> dict[str, str]:
        dump = f"{'# what else it holds' * 3}\nActiveRecord::Schema[7.1].define(version: {version}) do\nend\n"
        return {f"db/migrate/{name}.rb": f"# {name}\n" * 9, "db/schema.rb": dump}

    base = made.commit("main", rails("20240101000000_a", "2024_01_01_000000"))
    made.commit("agent/a", rails("20240103000000_x", "2024_01_03_000000"), parents=[base])
    made.commit("agent/b", rails("20240102000000_y", "2024_01_02_000000"), parents=[base])
    made.write("main")
    words = ("agent/b", "--onto", "agent/a", "--commit")
    result = run_here("fix", "migrations", *words, cwd=made.folder)

    assert result.exit == 0
    assert "`20240102000000_y` becomes `20240103000001_y`" in result.err
    assert "regenerate db/schema.rb once it has landed" in result.err
    assert "version: 2024_01_03_000001" in git(made.folder, "show", "agent/b:db/schema.rb")
    assert git(made.folder, "show", "agent/b:db/migrate/20240103000001_y.rb").startswith("# 20240103000001_y")


def test_a_version_cannot_be_kept(ordered: Path) -> None:
    words = ("fix", "migrations", "agent/b", "--onto", "agent/a", "--keep-names")
    message, _ = complaint(run_here(*words, cwd=ordered), 3)

    assert (
        message == "no patch for agent/b: `000008_two` needs another version, so that its name cannot be kept"
    )


def test_a_published_version_cannot_be_raised(ordered: Path) -> None:
    git(ordered, "tag", "v1", "agent/b")
    message, _ = complaint(run_here("fix", "migrations", "agent/b", "--onto", "agent/a", cwd=ordered), 3)

    assert message.startswith(
        "no patch for agent/b: `000008_two` is published, and `000008_one` lands before it"
    )


def test_names_can_be_kept(shop: Path) -> None:
    result = run_here("fix", "migrations", "agent/b", "--onto", "agent/a", "--keep-names", cwd=shop)

    assert "rename" not in result.out
    assert '+        ("shop", "0003_one"),  # before it' in result.out


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["nowhere"], "there is no branch or commit named nowhere"),
        (["agent/b", "--onto", "agent/b"], "agent/b cannot land before itself"),
        (["agent/b", "--patch", "x.diff", "--commit"], "--patch and --commit exclude each other"),
        (["agent/b", "--patch", "/nowhere/x.diff"], "there is no folder for /nowhere/x.diff"),
    ],
)
def test_mistakes(forked: Path, words: list[str], error: str) -> None:
    message, _ = complaint(run_here("fix", "migrations", *words, cwd=forked))
    assert message == error


def test_what_cannot_be_placed_gets_no_patch(make_repo: MakeRepo) -> None:
    made = make_repo("computed")
    start = {f"{VERSIONS}/a9.py": alembic("a9", "a8"), f"{VERSIONS}/a8.py": alembic("a8", "")}
    base = made.commit("main", start)
    made.commit("agent/a", {f"{VERSIONS}/b1.py": alembic("b1", "a9")}, parents=[base])
    computed = "revision = made()\ndown_revision = 'a9'\n"
    made.commit("agent/b", {f"{VERSIONS}/c1.py": computed}, parents=[base])
    adjacent = "revision = 'd1'\ndown_revision = 'a' '9'\n"
    made.commit("agent/c", {f"{VERSIONS}/d1.py": adjacent}, parents=[base])
    made.write("main")

    message, hint = complaint(
        run_here("fix", "migrations", "agent/b", "--onto", "agent/a", cwd=made.folder), 3
    )
    assert message.startswith(f"no patch for agent/b: the migration {VERSIONS}/c1.py cannot be placed")
    assert hint
    message, _ = complaint(run_here("fix", "migrations", "agent/c", "--onto", "agent/a", cwd=made.folder), 3)
    assert (
        message
        == f"no patch for agent/c: `a9` in {VERSIONS}/d1.py:2 is not one plain text that could be replaced"
    )


def test_operations_that_cannot_both_stand_get_no_patch(make_repo: MakeRepo) -> None:
    def dropping(revision: str) -> str:
        return alembic(revision, "a9").replace("op.execute('a9')", "op.drop_column('book', 'title')")

    made = make_repo("clashing")
    start = {f"{VERSIONS}/a9.py": alembic("a9", "a8"), f"{VERSIONS}/a8.py": alembic("a8", "")}
    base = made.commit("main", start)
    made.commit("agent/a", {f"{VERSIONS}/b1.py": dropping("b1")}, parents=[base])
    made.commit("agent/b", {f"{VERSIONS}/c1.py": dropping("c1")}, parents=[base])
    made.write("main")

    result = run_here("fix", "migrations", "agent/b", "--onto", "agent/a", cwd=made.folder)
    assert (result.exit, result.out) == (3, "")
    assert "error: no patch for agent/b: agent/a drops the column `title` of `book`, agent/b" in result.err
    assert result.err.count("\n  op.drop_column('book', 'title')\n") == 2
    assert "explain G242" in result.err


def test_a_branch_that_no_pattern_matches_is_compared_with_those_that_do(make_repo: MakeRepo) -> None:
    made = make_repo("patterns")
    start = {f"{VERSIONS}/a9.py": alembic("a9", "a8"), f"{VERSIONS}/a8.py": alembic("a8", "")}
    base = made.commit("main", {**start, "gate.toml": 'branches = ["agent/*"]\n'})
    made.commit("agent/a", {f"{VERSIONS}/b1.py": alembic("b1", "a9")}, parents=[base])
    made.commit("mine", {f"{VERSIONS}/c1.py": alembic("c1", "a9")}, parents=[base])
    made.write("main")

    result = run_here("fix", "migrations", "mine", cwd=made.folder)
    assert (result.exit, "+down_revision = 'b1'" in result.out) == (0, True), result


def test_a_stream_that_conflicts_by_itself_has_to_be_brought_up_to_date(repo: Path) -> None:
    message, hint = complaint(run_here("fix", "migrations", STALE, cwd=repo))
    assert message.startswith(f"{STALE} conflicts with the target by itself")
    assert hint
