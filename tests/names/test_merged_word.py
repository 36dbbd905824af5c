"""One word in the files of a merged state."""

from __future__ import annotations

import pytest
from names.literal import Files, LiteralSource

from gate.languages import registry
from gate.names import merged_word as module
from gate.names.merged_word import MergedWord
from gate.names.states import States

BASE: Files = {"a.py": "x.untwist()\n", "b.py": "def untwist(self): ...\n", "c.toml": "untwist = 1\n"}


def word(changed: Files | None = None, name: str = "untwist", base: Files = BASE) -> MergedWord:
    source = LiteralSource(base)
    files = source.files_holding({name}, (".py", ".toml"))[name]
    return MergedWord(name, registry.catalog()["python"], files, States(source), changed or {})


def test_files_with_the_word() -> None:
    assert word().files() == {"a.py", "b.py", "c.toml"}
    assert word({"a.py": "", "b.py": "x = 1\n"}).files() == {"c.toml"}
    assert word({"n.py": "untwist\n", "n.txt": "untwist\n", "o.py": "untwisted\n"}).files() == {
        "a.py",
        "b.py",
        "c.toml",
        "n.py",
    }


@pytest.mark.parametrize(
    ("text", "only_read"),
    [
        ("x.untwist()\n", True),
        ("x.untwist == 1\n", True),
        ("x.untwisted = 1\n", True),
        ("x.untwist = 1\n", False),
        ("x.untwist=1\n", False),
        ("def untwist(): ...\n", False),
        ("f(untwist=1)\n", False),
        ("'untwist'\n", False),
        ("x.untwist.return_value\n", False),
        ("x.untwist.side_effect\n", False),
        ("x.untwist.assert_called()\n", False),
        ("x.untwist.call_count\n", False),
        ("x.untwist.mock_calls\n", False),
        ("x.untwist.other\n", True),
    ],
)
def test_a_file_that_only_reads_a_member(text: str, only_read: bool) -> None:
    assert word({"n.py": text}).is_only_read("n.py") is only_read


def test_an_option_of_a_command_line_becomes_a_member() -> None:
    assert not word({"n.py": "add('--dry-run')\n"}, "dry_run").is_only_read("n.py")
    assert word({"n.py": "add('--dry-walk')\n"}, "dry_run").is_only_read("n.py")
    assert word({"n.py": "x = 1\n"}).is_only_read("n.py")


def defined(changed: Files, path: str = "b.py") -> bool:
    return word({"c.toml": "", **changed}).is_defined_once(path)


def test_one_definition_is_all_there_is() -> None:
    assert defined({})
    assert not defined({}, "a.py")
    assert not defined({}, "z.py")
    assert not defined({"a.py": "def untwist(): ...\n"})
    assert not defined({"b.py": "untwist\n"})
    assert not defined({"b.py": "untwist\n", "a.py": "def untwist(): ...\n"})
    assert not defined({"b.py": "def untwist(): ...\n\n\ndef untwist(): ...\n"})


def test_other_bindings_may_give_values_the_member() -> None:
    assert not defined({"a.py": "untwist = 1\n"})
    assert not defined({"a.py": "untwist: int = 1\n"})
    assert not defined({"a.py": "class untwist: ...\n"})
    assert defined({"a.py": "x.untwist == 1\n"})
    assert not word().is_defined_once("b.py")
    assert not word({"c.toml": 'x = ["untwist"]\n'}).is_defined_once("b.py"), "it is no Python"


def test_of_many_files_nobody_can_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_FILES", 2)
    assert defined({})
    assert not defined({"n.py": "x.untwist()\n"})


def test_figures() -> None:
    assert module._MOST_FILES == 40


def test_calls_of_members_with_that_name() -> None:
    text = "def f(x):\n    x.untwist(1)\n    x.other(1)\n    return x.untwist\n"
    calls = list(word({"a.py": text, "b.py": ""}).calls())
    assert [(path, call.positional) for path, call in calls] == [("a.py", 1)]
