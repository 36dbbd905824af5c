"""What Alembic and Django make of each other's states, one after the other, from trees to findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from migrations.gathering.test_gather import alembic, django, report_on

if TYPE_CHECKING:
    from migrations.gathering.test_gather import Files
    from support import MakeRepo


def revision(name: str, parent: str, *lines: str) -> Files:
    """An Alembic revision that says more."""
    text = "\n".join((f'revision = "{name}"', f"down_revision = {parent}", *lines, ""))
    return {f"db/versions/{name}.py": text}


def migration(name: str, *lines: str, app: str = "shop", operations: str = "[]") -> Files:
    """A Django migration that says more."""
    text = "\n    ".join(("class Migration(migrations.Migration):", *lines, f"operations = {operations}"))
    return {f"{app}/migrations/{name}.py": f"from django.db import migrations, models\n\n\n{text}\n"}


def squash(name: str, *replaced: str) -> Files:
    return migration(name, f"replaces = {[('shop', name) for name in replaced]}", "dependencies = []")


LINE = alembic("a1", "a2<a1")
HEADS = LINE | alembic("a3<a1")
PRE = revision("a1", "None", 'branch_labels = "x"')
SHOP = django("0001_a", "0002_b<0001_a")
CART = django("0001_o", app="cart", folder="cart/migrations")
LEAVES = SHOP | django("0002_c<0001_a")


def altered(length: int) -> str:
    return f"[migrations.AlterField('item', 'name', models.CharField(max_length={length}))]"


@pytest.mark.parametrize(
    ("target", "a", "b", "expected"),
    [
        # -- Alembic
        pytest.param(LINE, alembic("b<a2"), alembic("c<a2"), {"G240 heads error"}, id="two heads"),
        pytest.param(
            LINE,
            alembic("b<a2"),
            {"db/versions/x.py": 'revision = "b"\ndown_revision = "a2"\n'},
            {"G241 id error"},
            id="one revision twice",
        ),
        pytest.param(LINE, alembic("b<zz"), {}, {"G243 missing error"}, id="a parent that is missing"),
        pytest.param(
            LINE,
            revision("b", "'a2'", "depends_on = 'zz'"),
            {},
            {"G243 missing error"},
            id="depends_on that is missing",
        ),
        pytest.param(
            alembic("abcdef"), alembic("b<abc"), {}, {"G243 missing error"}, id="a part of an id as parent"
        ),
        pytest.param(LINE, alembic("b<b"), {}, {"G243 cycle error"}, id="a loop"),
        pytest.param(LINE, alembic("b<c", "c<b"), {}, {"G243 cycle error"}, id="a circle"),
        pytest.param(
            LINE,
            revision("b", "'a2'", "depends_on = 'c'") | alembic("c<b"),
            {},
            {"G243 cycle error"},
            id="a circle by depends_on",
        ),
        pytest.param(LINE, alembic("b"), {}, {"G240 base error"}, id="two bases"),
        pytest.param({}, alembic("b"), alembic("c"), {"G240 base error"}, id="two first bases"),
        pytest.param(
            HEADS,
            revision("b", "'a2'", "branch_labels = 'x'"),
            revision("c", "'a3'", "branch_labels = 'x'"),
            {"G241 label error"},
            id="one label twice",
        ),
        pytest.param(
            PRE, revision("b", "'a1'", "branch_labels = 'x'"), {}, {"G241 label error"}, id="a label that is taken"
        ),
        pytest.param(
            PRE,
            alembic("b<a1"),
            revision("y1", "None", "branch_labels = 'y'", "depends_on = 'x'"),
            set(),
            id="a label that depends on another",
        ),
        pytest.param(HEADS, alembic("m<a2,a3"), alembic("n<a3,a2"), {"G240 merges error"}, id="two merges"),
        pytest.param(
            LINE, alembic("b<a2"), {"db/versions/a2.py": None}, {"G243 missing error"}, id="the parent goes"
        ),
        # -- Django
        pytest.param(
            SHOP, django("0003_x<0002_b"), django("0003_y<0002_b"), {"G240 heads error"}, id="two leaves"
        ),
        pytest.param(
            SHOP,
            django("0003_x<0002_b"),
            migration("0003_x", "dependencies = [('shop', '0002_b')]"),
            {"G241 file error"},
            id="one file name",
        ),
        pytest.param(
            LEAVES | django("0003_m<0002_b,0002_c"),
            django("0003_n<0003_m"),
            {},
            {"G241 number note"},
            id="one number, one after the other",
        ),
        pytest.param(SHOP, django("0003_x<0002_zz"), {}, {"G243 missing error"}, id="a node that is missing"),
        pytest.param(
            LEAVES,
            django("0003_merge_a<0002_b,0002_c"),
            django("0003_merge_b<0002_c,0002_b"),
            {"G240 merges error"},
            id="two merge migrations",
        ),
        pytest.param(
            SHOP | CART,
            {"shop/migrations/0002_b.py": None} | django("0002_renamed<0001_a"),
            django("0002_p<0001_o,shop.0002_b", app="cart", folder="cart/migrations"),
            {"G243 missing error"},
            id="an edge across apps to a node that is renamed",
        ),
        pytest.param(
            SHOP | CART,
            {"shop/migrations/0002_b.py": None} | django("0002_renamed<0001_a"),
            migration("0002_p", "dependencies = [('cart', '0001_o')]", "run_before = [('shop', '0002_b')]", app="cart"),
            {"G243 missing error"},
            id="run_before a node that is renamed",
        ),
        pytest.param(
            SHOP,
            migration("0003_x", "dependencies = [('shop', '0002_b')]", "run_before = [('shop', '0001_a')]"),
            {},
            {"G243 cycle error"},
            id="run_before one above",
        ),
        pytest.param(
            SHOP | CART,
            migration("0003_x", "dependencies = [('shop', '0002_b'), ('cart', '__first__'), ('auth', '__first__')]"),
            migration("0002_p", "dependencies = [('cart', '0001_o'), ('shop', '__latest__')]", app="cart"),
            set(),
            id="__first__ and __latest__",
        ),
        pytest.param(
            SHOP,
            squash("0001_squashed", "0001_a", "0002_b"),
            squash("0001_all", "0001_a", "0002_b"),
            {"G240 squash error"},
            id="two squashes",
        ),
        pytest.param(
            SHOP,
            squash("0001_squashed", "0001_a", "0002_b"),
            django("0003_x<0002_b"),
            {"G240 squash-child warning"},
            id="a squash, and a child of what it replaces",
        ),
        pytest.param(
            SHOP,
            squash("0001_squashed", "0001_a", "0002_b") | {"shop/migrations/0002_b.py": None},
            django("0003_x<0002_b"),
            {"G243 missing warning"},
            id="a squash without what it replaces, and a child of that",
        ),
        pytest.param(
            SHOP,
            migration("0003_x", "dependencies = [('shop', '0002_b')]", operations=altered(5)),
            migration("0003_y", "dependencies = [('shop', '0002_b')]", operations=altered(9)),
            {"G240 heads error", "G242 m-op-05 warning"},
            id="one field altered twice",
        ),
    ],
)  # fmt: skip
def test_states(make_repo: MakeRepo, target: Files, a: Files, b: Files, expected: set[str]) -> None:
    findings = report_on(make_repo(), target, a=a | {"a": "a\n"}, b=b | {"b": "b\n"}).findings
    assert {f"{name.code} {name.kind} {name.severity}" for name in findings} == expected
