"""Migrations in folders that only configuration names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from migrations.gathering.test_gather import alembic, django, report_on
from support.judging import codes, judge

from gate.git import changes

if TYPE_CHECKING:
    from migrations.gathering.test_gather import Files
    from support import MakeRepo


def ini(locations: str) -> Files:
    return {"conf/alembic.ini": f"[alembic]\nscript_location = db\nversion_locations = {locations}\n"}


def settings(modules: str) -> Files:
    return {"conf/settings.py": f"MIGRATION_MODULES = {modules}\n"}


FIRST = alembic("a1", "a2<a1", folder="db/one")
TWO = alembic("z1", folder="db/two")
SHOP = django("0001_a", folder="shop/schema")


@pytest.mark.parametrize(
    ("target", "a", "b", "expected"),
    [
        pytest.param(
            FIRST | ini("db/one"),
            alembic("b<a2", folder="db/one"),
            alembic("c<a2", folder="db/one"),
            ["G240"],
            id="an odd folder",
        ),
        pytest.param(
            FIRST,
            alembic("b<a2", folder="db/one"),
            alembic("c<a2", folder="db/one"),
            ["G240"],
            id="an odd folder that holds several revisions",
        ),
        pytest.param(
            {},
            alembic("b", folder="db/one"),
            {"db/two/c.py": 'revision = "c"\ndown_revision = None\n'},
            [],
            id="a lone file that looks like a revision",
        ),
        pytest.param(
            FIRST | TWO | ini("db/one db/two"),
            alembic("z2", folder="db/one"),
            alembic("z2<z1", folder="db/two"),
            ["G240", "G241"],
            id="several locations are one environment",
        ),
        pytest.param(
            FIRST | TWO | ini("db/one") | {"conf/alembic_two.ini": "[alembic]\nversion_locations = db/two\n"},
            alembic("b<a2", folder="db/one"),
            alembic("b<z1", folder="db/two"),
            [],
            id="configurations apart",
        ),
        pytest.param(
            FIRST | ini("db/one"),
            {"db/one/a2.py": None},
            alembic("c<a2", folder="db/one"),
            ["G243"],
            id="gone",
        ),
        pytest.param(
            {},
            alembic("b", folder="db/one") | ini("db/one"),
            alembic("c", folder="db/one"),
            ["G240"],
            id="configured by the stream that brings it",
        ),
        pytest.param(
            ini("db/two"),
            alembic("b", folder="db/one") | ini("db/one"),
            alembic("c", folder="db/three"),
            [],
            id="the target's configuration counts",
        ),
        pytest.param(
            SHOP | settings("{'shop': 'shop.schema'}"),
            django("0002_b<0001_a", folder="shop/schema"),
            django("0002_c<0001_a", folder="shop/schema"),
            ["G240"],
            id="an app's module",
        ),
        pytest.param(
            SHOP | settings("{'shop': 'shop.schema'}") | django("0001_o", app="o", folder="o/migrations"),
            {"shop/schema/0001_a.py": None},
            django("0002_p<0001_o,shop.0001_a", app="o", folder="o/migrations"),
            ["G243"],
            id="an app's label",
        ),
        pytest.param(
            SHOP,
            django("0002_b<0001_a", folder="shop/schema"),
            django("0002_c<0001_a", folder="shop/schema"),
            [],
            id="no settings",
        ),
    ],
)
def test_two_streams(make_repo: MakeRepo, target: Files, a: Files, b: Files, expected: list[str]) -> None:
    assert sorted(codes(report_on(make_repo(), target, a=a, b=b))) == expected


def test_a_fork_in_an_odd_folder_has_its_patch(make_repo: MakeRepo) -> None:
    both = (alembic(name, folder="db/one") for name in ("b<a2", "c<a2"))
    report = report_on(make_repo(), FIRST | ini("db/one"), **dict(zip("ab", both, strict=True)))

    [finding] = report.findings
    assert "-down_revision = 'a2'\n+down_revision = 'b'\n" in finding.evidence[2].text


def test_a_model_whose_migration_lies_in_an_odd_folder_has_one(make_repo: MakeRepo) -> None:
    model = "class A(Base):\n    __tablename__ = 'a'\n    id = Column(Integer)\n    {} = Column(Integer)\n"
    target = FIRST | ini("db/one") | {"app.py": model.format("x")}
    stream: Files = {"app.py": model.format("y")}
    repo, second = make_repo("one"), make_repo("two")

    assert codes(report_on(repo, target | alembic("v", folder="x/versions"), a=stream)) == ["G244"]
    more = stream | alembic("b<a2", folder="db/one")
    assert codes(report_on(second, target | alembic("v", folder="x/versions"), a=more)) == []


def test_the_target_is_not_listed_for_files_that_are_no_migrations(
    make_repo: MakeRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = make_repo()
    base = repo.commit("main", FIRST | ini("db/one"))
    repo.commit("a", {"db/tool.py": "x = 1\n"}, parents=[base])
    repo.write()
    monkeypatch.setattr(changes, "tree_paths", None)  # it could not be called

    assert codes(judge(repo.folder, "a", select=("G24",))) == []
