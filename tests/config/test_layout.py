"""A policy made of a layout: the parts it sees, and that it can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from gate import route
from gate.config import load
from gate.config.layout import from_layout

if TYPE_CHECKING:
    from gate.model.policy import Policy


def made(*paths: str) -> Policy:
    return load(from_layout(paths).encode(), path="gate.toml", origin="file")


def owners(*paths: str) -> dict[str, str | None]:
    policy = made(*paths)
    return {path: route.owner_of(path, policy).owner for path in paths}


def test_every_top_folder_is_a_part() -> None:
    assert owners("README.md", "docs/x.md", "tests/x.py", ".github/workflows/x.yml") == {
        "README.md": "COORD_OPS",
        "docs/x.md": "COORD_DOCS",
        "tests/x.py": "COORD_TESTS",
        ".github/workflows/x.yml": "COORD_OPS",
    }


def test_a_folder_that_holds_the_parts_is_opened() -> None:
    assert owners("src/shop/cart/x.py", "src/shop/pay/x.py", "src/shop/x.py", "tests/x.py") == {
        "src/shop/cart/x.py": "COORD_CART",
        "src/shop/pay/x.py": "COORD_PAY",
        "src/shop/x.py": "COORD_SHOP",
        "tests/x.py": "COORD_TESTS",
    }


def test_a_chain_of_folders_is_followed_to_where_it_forks() -> None:
    paths = ("src/main/java/org/cart/X.java", "src/main/java/org/pay/X.java", "src/main/x", "docs/a/b/x")
    assert owners(*paths) == {
        paths[0]: "COORD_CART",
        paths[1]: "COORD_PAY",
        paths[2]: "COORD_SRC",
        paths[3]: "COORD_DOCS",
    }


def test_a_small_container_stays_closed() -> None:
    paths = [f"docs/{number}.md" for number in range(9)]
    assert owners(*paths, "lib/a/x.py")["lib/a/x.py"] == "COORD_LIB"


def test_two_parts_of_one_name_have_two_coordinators() -> None:
    found = owners("backend/api/x", "backend/db/x", "frontend/api/x", "frontend/ui/x")
    assert (found["backend/api/x"], found["frontend/api/x"]) == ("COORD_API", "COORD_FRONTEND_API")


def test_migrations_are_serialized_and_stay_with_their_part() -> None:
    paths = (
        "backend/alembic/versions/0001.py",
        "backend/alembic/env.py",
        "shop/migrations/0001_first.py",
        "docs/migrations/README.md",
    )
    policy = made(*paths)
    serialized = [rule for rule in policy.rules if rule.serialized]
    assert [(rule.pattern, rule.coordinator) for rule in serialized] == [
        ("backend/alembic/versions/*", "COORD_BACKEND"),
        ("shop/migrations/*", "COORD_SHOP"),
    ]


def test_everybody_gets_streams_and_a_place_for_reviewers() -> None:
    policy = made("web-app/x")
    assert [(one.name, one.streams) for one in policy.coordinators] == [
        ("COORD_OPS", ("agent/ops/*",)),
        ("COORD_WEB_APP", ("agent/web-app/*",)),
    ]
    assert "reviewers = []  # who reviews" in from_layout(["web-app/x"])
    assert policy.owner == "COORD_OPS"


def test_an_empty_repository_gets_a_policy_for_its_root() -> None:
    assert [rule.pattern for rule in made().rules] == ["/*"]


SEGMENTS = st.one_of(
    st.sampled_from(["src", "backend", "migrations", "versions", "alembic", "x.py", "ops", ".github"]),
    st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=4).filter(
        lambda one: one not in (".", "..")
    ),
    st.sampled_from(["\udcff", "a\udc80 "]),
)


@settings(deadline=None)
@given(paths=st.lists(st.lists(SEGMENTS, min_size=1, max_size=4).map("/".join), max_size=10))
def test_any_layout_makes_a_policy_in_which_every_path_has_an_owner(paths: list[str]) -> None:
    policy = made(*paths)
    assert all(route.owner_of(path, policy).owner for path in paths)
    assert len({one.name for one in policy.coordinators}) == len(policy.coordinators)
