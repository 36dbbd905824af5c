"""Where words stand in a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.git.repository import open_repository
from gate.git.search import holding, is_partial

if TYPE_CHECKING:
    from support import MakeRepo


def test_whole_words_by_file(make_repo: MakeRepo) -> None:
    repo = make_repo()
    repo.commit(
        "main",
        {
            "ü/a:b.py": "one two\none\n",
            "plain.py": "one_more = x.two\n",
            "binary.py": b"\0two\n",
            "other.txt": "one two\n",
        },
    )
    repo.write()

    with open_repository(str(repo.folder)) as opened:
        assert holding(opened, "main", {"one", "two", "none"}, {".py"}) == {
            "one": {"ü/a:b.py"},
            "two": {"ü/a:b.py", "plain.py", "binary.py"},
        }
        assert not is_partial(opened)
