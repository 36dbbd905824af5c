"""Repairs of Django's migrations: renumbered, with everything that names them."""

from __future__ import annotations

import pytest
from migrations.repair.texts import Files, django, mended

from gate.model.migrations import Store
from gate.model.repairs import NoRepair, Repair

SHOP = Store("django", "shop", ("shop/migrations",))
CART = Store("django", "cart", ("cart/migrations",))
AT = "shop/migrations"
TARGET = {
    f"{AT}/0001_a.py": django(),
    f"{AT}/0002_b.py": django("0001_a"),
    "cart/migrations/0001_x.py": django(),
}
FIRST = {f"{AT}/0003_one.py": django("0002_b"), f"{AT}/0004_more.py": django("0003_one")}


def fixed(mine: Files, *, before: Files = FIRST, keep_names: bool = False) -> dict[str, bytes | None]:
    """What each changed file holds, by its new path."""
    answer = mended([SHOP, CART], TARGET, mine, before=before, keep_names=keep_names)
    assert isinstance(answer, Repair), answer
    return {rewrite.final_path: rewrite.after for rewrite in answer.rewrites}


def test_a_chain_is_renumbered() -> None:
    mine = {f"{AT}/0003_two.py": django("0002_b"), f"{AT}/0004_three.py": django("0003_two", "cart.0001_x")}
    assert fixed(mine) == {
        f"{AT}/0005_two.py": django("0004_more"),
        f"{AT}/0006_three.py": django("0005_two", "cart.0001_x"),
    }


def test_names_can_be_kept() -> None:
    mine = {f"{AT}/0003_two.py": django("0002_b"), f"{AT}/0004_three.py": django("0003_two")}
    assert fixed(mine, keep_names=True) == {f"{AT}/0003_two.py": django("0004_more")}


@pytest.mark.parametrize("keep_names", [False, True])
def test_a_file_that_both_add_gets_another_name(keep_names: bool) -> None:
    mine = {f"{AT}/0003_one.py": django("0002_b", operations="[]")}
    [(path, content)] = fixed(mine, keep_names=keep_names).items()

    assert path == f"{AT}/0005_one.py"
    assert content == django("0004_more", operations="[]")


def test_only_a_name_without_a_number_stays() -> None:
    mine = {f"{AT}/words.py": django("0002_b")}
    assert fixed(mine) == {f"{AT}/words.py": django("0004_more")}


def test_other_apps_and_what_comes_before_follow() -> None:
    more = '    run_before = [("shop", "0003_two")]\n'
    mine = {
        f"{AT}/0003_two.py": django("0002_b"),
        "cart/migrations/0002_y.py": django("shop.0003_two", "cart.0001_x"),
        "cart/migrations/0003_z.py": django("cart.0001_x", "cart.0002_y", more=more),
    }
    done = fixed(mine)

    assert done["cart/migrations/0002_y.py"] == django("shop.0005_two", "cart.0001_x")
    assert b'run_before = [("shop", "0005_two")]' in (done["cart/migrations/0003_z.py"] or b"")


def test_operations_keep_every_byte() -> None:
    operations = '[migrations.RunSQL(\'0002_b\'), ("shop", "0003_two")]'
    done = fixed({f"{AT}/0003_two.py": django("0002_b", operations=operations).replace(b"\n", b"\r\n")})

    assert done == {f"{AT}/0005_two.py": django("0004_more", operations=operations).replace(b"\n", b"\r\n")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b'migrate_from = "0003_two"\n', b'migrate_from = "0005_two"\n'),
        (b"    x = [('shop', '0003_two')]\n", None),
        (b"x = [('shop', '0003_two')]\n", b"x = [('shop', '0005_two')]\n"),
        (b"x = [['shop', '0003_two']]\n", b"x = [['shop', '0005_two']]\n"),
        (b"x = [('cart', '0003_two')]\n", None),
        (b"import_module('a.shop.migrations.0003_two')\n", b"import_module('a.shop.migrations.0005_two')\n"),
        (b"title = '0003_two'\n", None),
        (b"# 0003_two\n", None),
    ],
)
def test_references_in_other_files(text: bytes, expected: bytes | None) -> None:
    done = fixed({f"{AT}/0003_two.py": django("0002_b"), "tests/test_two.py": text})
    assert done.get("tests/test_two.py") == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (f"{AT}/max_migration.txt", b"0003_two\n", b"0005_two\n"),
        (f"{AT}/max_migration.txt", b"0003_two\r\n", b"0005_two\r\n"),
        (f"{AT}/max_migration.txt", b"0002_b\n", None),
        (
            "migrations_lockfile.txt",
            b"cart: 0003_two\n\nshop: 0003_two\n",
            b"cart: 0003_two\n\nshop: 0005_two\n",
        ),
    ],
)
def test_head_files(path: str, text: bytes, expected: bytes | None) -> None:
    assert fixed({f"{AT}/0003_two.py": django("0002_b"), path: text}).get(path) == expected


@pytest.mark.parametrize(
    ("mine", "reason"),
    [
        (
            {
                f"{AT}/0003_t.py": django("0002_b"),
                f"{AT}/0003_s.py": django("0002_b", more='    replaces = [("shop", "0003_t")]\n'),
            },
            "is a squash",
        ),
        (
            {f"{AT}/0003_t.py": django("0002_b", "0009_lost")},
            "`0009_lost`, the parent of `0003_t`, does not exist",
        ),
        ({f"{AT}/0003_t.py": django("0002_b").replace(b'"0002_b"', b'"0002" "_b"')}, "is not one plain text"),
        (
            {f"{AT}/0003_t.py": django("0002_b").replace(b"dependencies = [", b"dependencies = more() + [")},
            "is not certain",
        ),
    ],
)
def test_refusals(mine: Files, reason: str) -> None:
    answer = mended([SHOP, CART], TARGET, mine, before=FIRST)

    assert isinstance(answer, NoRepair)
    assert reason in answer.reason


def test_what_is_published_is_merged() -> None:
    mine = {f"{AT}/0003_two.py": django("0002_b")}
    answer = mended([SHOP, CART], TARGET, mine, before=FIRST, published=list(mine))

    assert isinstance(answer, Repair)
    [rewrite] = answer.rewrites
    assert rewrite.path.startswith(f"{AT}/0005_merge_")
    assert b'("shop", "0004_more"),\n        ("shop", "0003_two"),' in (rewrite.after or b"")


def test_what_is_published_and_starts_from_nothing_has_no_repair() -> None:
    mine = {f"{AT}/0001_other.py": django()}
    answer = mended([SHOP, CART], TARGET, mine, before=FIRST, published=list(mine))

    assert isinstance(answer, NoRepair)
    assert answer.reason == "its published migrations follow nothing that others follow too"


def test_a_second_merge_of_the_same_heads_goes() -> None:
    fork = {f"{AT}/0003_x.py": django("0002_b"), f"{AT}/0003_y.py": django("0002_b")}
    mine = {f"{AT}/0004_merge_b.py": django("0003_x", "0003_y", operations="[]")}
    before = {f"{AT}/0004_merge_a.py": django("0003_y", "0003_x", operations="[]")}
    answer = mended([SHOP, CART], TARGET | fork, mine, before=before)

    assert isinstance(answer, Repair)
    assert [(rewrite.path, rewrite.after) for rewrite in answer.rewrites] == [(f"{AT}/0004_merge_b.py", None)]
