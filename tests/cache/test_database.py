"""Facts kept between runs."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from gate.cache.database import FILE, FactsCache

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_put_is_there_in_the_next_run(tmp_path: Path) -> None:
    with FactsCache(str(tmp_path)) as cache:
        cache.put("python/1", {"a" * 40: b"facts"})
    with FactsCache(str(tmp_path)) as cache:
        assert cache.get("python/1", ["a" * 40, "b" * 40]) == {"a" * 40: b"facts"}
        assert cache.get("python/2", ["a" * 40]) == {}


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + bytes(200)])
def test_a_damaged_file_is_begun_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_bytes(damage)
    with FactsCache(str(tmp_path)) as cache:
        assert cache.get("x", ["a"]) == {}
    with FactsCache(str(tmp_path)) as cache:
        cache.put("x", {"a": b"1"})
        assert cache.get("x", ["a"]) == {"a": b"1"}


def test_a_table_of_another_shape_is_dropped(tmp_path: Path) -> None:
    (tmp_path / FILE).parent.mkdir()
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("CREATE TABLE facts (other TEXT)")
    connection.close()
    with FactsCache(str(tmp_path)) as cache:
        assert cache.get("x", ["a"]) == {}
    assert not (tmp_path / FILE).exists()


def test_where_nothing_can_be_written_everything_works(tmp_path: Path) -> None:
    (tmp_path / "gate").write_text("a file where the folder should be")
    with FactsCache(str(tmp_path)) as cache:
        cache.put("x", {"a": b"1"})
        assert cache.get("x", ["a"]) == {}


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    with FactsCache(None) as cache:
        cache.put("x", {"a": b"1"})
        assert cache.get("x", ["a"]) == {}
    assert list(tmp_path.glob("gate*")) == []
