"""What one stream tests or starts to use of what another changes, and what is not worth a word."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from gate.model.request import Request
from gate.pipeline import analyse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from support import MakeRepo

    from gate.demo.repository_builder import Content
    from gate.model.finding import Finding

STORE = '''"""Things."""

from dataclasses import dataclass

LIMIT = 10


def load(path, strict=False):
    """Read."""
    if not path:
        raise ValueError(f"there is no file called {path} in the store")
    return {"contents": path}


def save(path):
    return path


@dataclass
class Item:
    name: str
    size: int = 0


class Base:
    def __init__(self, name):
        self.name = name

    def send(self, text):
        return text
'''
OLD_TEST = "from store import load, save\n\n\ndef test_old():\n    assert load('x')\n    assert save('x')\n"
TREE: dict[str, Content] = {"store.py": STORE, "tests/test_store.py": OLD_TEST}


def change(*pairs: tuple[str, str]) -> dict[str, Content]:
    """The store, changed."""
    text = STORE
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return {"store.py": text}


def a_test(body: str, path: str = "tests/test_new.py") -> dict[str, Content]:
    """A new test of the store."""
    return {
        path: f"import pytest\nimport store\nfrom store import Base, Item\n\n\ndef test_new():\n    {body}\n"
    }


def reads(
    make_repo: MakeRepo, *streams: Mapping[str, Content], base: Mapping[str, Content] | None = None
) -> list[Finding]:
    """The findings of G220 on agent/a, agent/b and so on."""
    repo = make_repo()
    start = repo.commit("main", {**TREE, **(base or {})})
    for name, files in zip("abcdef", streams, strict=False):
        repo.commit(f"agent/{name}", files, parents=[start])
    repo.write()
    request = Request(today=date(2026, 1, 1), folder=str(repo.folder), target="main", worktrees=False, jobs=1)
    return [finding for finding in analyse(request).findings if finding.code == "G220"]


BODY = change(('{"contents": path}', '{"contents": path, "more": 1}'))
ADDED = {"tests/test_store.py": OLD_TEST + "\n\ndef test_more():\n    assert load('y')\n"}


USE = {"use.py": "import store\n\n\ndef go():\n    store.load(1)\n"}


@pytest.mark.parametrize(
    ("writer", "reader", "words", "specific"),
    [
        (BODY, a_test("assert store.load(1)"), "`test_new` tests `load`, whose body agent/a changes", True),
        (BODY, ADDED, "`test_more` tests `load`, whose body agent/a changes", True),
        (
            BODY, {"tests/test_store.py": OLD_TEST.replace("assert load('x')", "assert load('x') == 'x'")},
            "`test_old` tests `load`, whose body agent/a changes", True,
        ),
        (
            change(("strict=False", "strict=True")), a_test("assert store.load(1)"),
            "`test_new` tests `load`, whose body agent/a changes", True,
        ),
        (
            change(("strict=False", "strict=False, more=1")), a_test("assert store.load(1)"),
            "`test_new` tests `load`, whose signature agent/a changes", True,
        ),
        (
            change(("def save", "@cache\ndef save")), a_test("assert store.save(1)"),
            "`test_new` tests `save`, whose definition agent/a changes", True,
        ),
        (
            change(("LIMIT = 10", "LIMIT = 20")), a_test("assert store.LIMIT == 10"),
            "`test_new` tests `LIMIT`, whose value agent/a changes", True,
        ),
        (
            change(("size: int = 0", "size: int = 0\n    kind: str = ''")), a_test("assert Item('x')"),
            "`test_new` tests `Item`, whose fields agent/a changes", True,
        ),
        (
            change(("self.name = name", "self.name = name.strip()")), a_test("assert Base('x')"),
            "`test_new` tests `Base`, whose body agent/a changes", True,
        ),
        (
            change(("return text\n", "return text.strip()\n")), a_test("assert Base('x').send('a')"),
            "`test_new` tests `Base.send`, whose body agent/a changes", True,
        ),
        (
            change(("strict=False", "strict=False, more=1")), USE,
            "`go` starts to use `load`, whose signature agent/a changes", True,
        ),
        (
            BODY, USE,
            "`go` starts to use `load`, whose body agent/a changes", False,
        ),
        (
            BODY,
            {"tests/test_n.py": "import store\n\n\n@mark.parametrize('x', [store.load(1)])\ndef test_n(x): ...\n"},
            "`test_n` tests `load`, whose body agent/a changes", True,
        ),
        (
            change(("there is no file called", "nothing is called")),
            a_test("with pytest.raises(ValueError, match='there is no file called x in'): store.read()"),
            '`test_new` expects the text "there is no file called", which agent/a removes from `load`', True,
        ),
        (
            change(("there is no file called", "nothing is called")),
            a_test(r"pytest.raises(ValueError, match=r'is no file called \(x\)')"),
            "", False,
        ),
        (
            change(('"contents"', '"content"')), a_test("assert store.read()['contents']"),
            '`test_new` expects the text "contents", which agent/a removes from `load`', True,
        ),
    ],
)  # fmt: skip
def test_what_is_worth_reading(
    make_repo: MakeRepo,
    writer: Mapping[str, Content],
    reader: Mapping[str, Content],
    words: str,
    specific: bool,
) -> None:
    findings = reads(make_repo, writer, reader)

    assert [finding.message.removeprefix("agent/b's ") for finding in findings] == ([words] if words else [])
    assert [bool(finding.constraints) for finding in findings] == ([specific] if words else [])


@pytest.mark.parametrize(
    ("writer", "reader"),
    [
        (change(('"""Read."""', '"""Read a file."""')), a_test("assert store.load(1)")),
        (change(("(path, strict=False)", "(path: str, strict: bool = False) -> dict")), a_test("assert store.load(1)")),
        (change(("    return path", "    # as it is\n    return path")), a_test("assert store.save(1)")),
        (change(("return path\n", "return path  \n")), a_test("assert store.save(1)")),
        (BODY, a_test("assert store.save(1)")),
        (BODY, a_test("...")),
        (BODY, {"tests/test_store.py": OLD_TEST + "\n\ndef test_more():\n    assert save('y')\n"}),
        (BODY, {"tests/test_store.py": OLD_TEST.replace("import load", "import  load")}),
        (BODY, {"use.py": "from store import load\n"}),
        (BODY, {"use.py": "if TYPE_CHECKING:\n    import store\n    store.load(1)\n"}),
        (BODY, {"tests/test_n.py": "from unittest import mock\n\n\n@mock.patch('store.load')\ndef test_n(x): ...\n"}),
        (BODY, {**BODY, **a_test("assert store.load(1)")}),
        (
            {**change(("there is no file called", "nothing is called")), "other.py": "X = 'there is no file called'\n"},
            a_test("with pytest.raises(ValueError, match='there is no file called x in'): ..."),
        ),
        (
            change(("there is no file called", "nothing is called")),
            {**a_test("with pytest.raises(ValueError, match='there is no file called x'): ..."),
             "mine.py": "def f(x):\n    raise ValueError(f'there is no file called {x}')\n"},
        ),
        (
            change(('"contents"', '"content"')),
            {"tests/test_else.py": "def test_else():\n    assert {'contents': 1}\n"},
        ),
    ],
)  # fmt: skip
def test_what_is_not(
    make_repo: MakeRepo, writer: Mapping[str, Content], reader: Mapping[str, Content]
) -> None:
    assert reads(make_repo, writer, reader) == []


TOOLS = "from store import save\n\n\n" + "".join(
    f"def test_{n}():\n    assert save({n})\n\n\n" for n in range(8)
)
CHAIN = """class Remote:
    def fetch_everything(self, path):
        return path


def read(path):
    return clean(path)


def clean(path):
    return path


def tidy(path):
    return clean(path)
"""

CLEANED = CHAIN.replace("clean(path):\n    return path", "clean(path):\n    return [path]")


@pytest.mark.parametrize(
    ("base", "writer", "reader", "words"),
    [
        (  # both change it, and neither has what the merge has
            {}, change(('"contents": path', '"contents": path.strip()')),
            {**change(("strict=False", "strict=True")), **a_test("assert store.load(1)")},
            ["agent/b's `test_new` tests `load`, whose body agent/a changes"],
        ),
        (  # both change it in one place: a conflict, which is told already
            {}, change(("return path", "return path.strip()")),
            {**change(("return path", "return str(path)")), **a_test("assert store.save(1)")}, [],
        ),
        (  # the reader has all of it, and more
            {}, change(("strict=False", "strict=True")),
            {**change(("strict=False", "strict=True"), ("path:\n", "path or path == 'x':\n")),
             **a_test("assert store.load(1)")},
            [],
        ),
        (
            {"m.py": CHAIN}, {"m.py": CHAIN.replace("path):\n        return path", "path):\n        return [path]")},
            {"tests/test_m.py": "def test_n(thing):\n    assert thing.fetch_everything(1) == 1\n"},
            ["agent/b's `test_n` tests `Remote.fetch_everything`, whose body agent/a changes"],
        ),
        (  # another class may well have such a method too
            {"m.py": CHAIN}, {"m.py": CHAIN.replace("path):\n        return path", "path):\n        return [path]")},
            {"tests/test_n.py": "def test_n(thing):\n    assert thing.fetch_everything(1) == 1\n"}, [],
        ),
        (
            {"m.py": CHAIN}, {"m.py": CHAIN.replace("(self, path)", "(self, folder)")},
            {"n.py": "def n(thing):\n    return thing.fetch_everything(1)\n"},
            ["agent/b's `n` starts to use `Remote.fetch_everything`, whose signature agent/a changes"],
        ),
        (
            {"m.py": CHAIN}, {"m.py": CHAIN.replace("path):\n        return path", "path):\n        return [path]")},
            {"n.py": "def n(thing):\n    return thing.fetch_everything(1)\n"}, [],
        ),
        (
            {"m.py": CHAIN.replace("fetch_everything", "fetch")},
            {"m.py": CHAIN.replace("fetch_everything(self, path)", "fetch(self, path, *, most)")},
            {"tests/test_n.py": "def test_n(thing):\n    assert thing.fetch(1) == 1\n"}, [],
        ),
        (  # only a means to an end
            {"m.py": CHAIN}, {"m.py": CLEANED},
            {"tests/test_n.py": "import m\n\n\ndef test_n():\n    assert m.read(1) == 1\n"}, [],
        ),
        (
            {"m.py": CHAIN}, {"m.py": CLEANED},
            {"tests/test_n.py": "import m\n\n\ndef test_read():\n    assert m.read(1) == 1\n"},
            ["agent/b's `test_read` tests `read`, which calls `clean`, whose body agent/a changes"],
        ),
        (
            {"m.py": CHAIN}, {"m.py": CLEANED},
            {"n.py": "import m\n\n\ndef n():\n    return m.read(1)\n"}, [],
        ),
        (  # a tool of many tests is not what the new one is about
            {"tests/test_use.py": TOOLS}, change(("return path\n", "return [path]\n")),
            {"tests/test_use.py": f"{TOOLS}def test_more():\n    assert save('x')\n"}, [],
        ),
        (
            {"tests/test_store.py": TOOLS}, change(("return path\n", "return [path]\n")),
            {"tests/test_store.py": f"{TOOLS}def test_more():\n    assert save('x')\n"},
            ["agent/b's `test_more` tests `save`, whose body agent/a changes"],
        ),
    ],
)  # fmt: skip
def test_what_is_told_of_other_trees(
    make_repo: MakeRepo,
    base: Mapping[str, Content],
    writer: Mapping[str, Content],
    reader: Mapping[str, Content],
    words: list[str],
) -> None:
    assert [finding.message for finding in reads(make_repo, writer, reader, base=base)] == words


def test_a_message_of_five_words_needs_no_other_tie(make_repo: MakeRepo) -> None:
    writer = change(("there is no file called", "nothing goes by the name of"))
    reader = {"tests/test_cli.py": "def test_cli(run):\n    assert 'there is no file called x' in run()\n"}

    [finding] = reads(make_repo, writer, reader)

    assert finding.kind == "text"
    assert finding.hint == "land agent/a first, then run tests/test_cli.py again on top of it"


def test_what_everybody_reads_says_nothing_of_one(make_repo: MakeRepo) -> None:
    """Only the test that is named after it remains."""
    many = [a_test("assert store.load(1)", f"tests/test_{name}.py") for name in "bcd"]
    named = {"tests/test_e.py": "import store\n\n\ndef test_load_twice():\n    store.load(1)\n"}

    findings = reads(make_repo, BODY, *many, named)

    assert [finding.branches for finding in findings] == [("agent/e", "agent/a")]


def test_at_most_three_names_the_most_specific_first(make_repo: MakeRepo) -> None:
    writer = change(
        ("LIMIT = 10", "LIMIT = 20"),
        ("strict=False", "strict=False, more=1"),
        ("return path\n", "return path.strip()\n"),
        ("return text\n", "return text.strip()\n"),
        ("there is no file called", "nothing is called"),
    )
    reader = a_test(
        "Base('x').send('there is no file called x')\n    assert store.load(1)\n    assert store.save(1) == store.LIMIT"
    )

    [finding] = reads(make_repo, writer, reader)

    assert finding.message == (
        'agent/b\'s `test_new` expects the text "there is no file called", which agent/a removes from `load` '
        "(also `Base.send` and `save`)"
    )


def test_who_only_moves_code_reads_nothing(make_repo: MakeRepo) -> None:
    """A test that goes to another file expects what it has expected before."""
    moved = {"tests/test_store.py": None, "tests/unit/test_it.py": "import os\n\n" + OLD_TEST}

    assert reads(make_repo, BODY, moved) == []
