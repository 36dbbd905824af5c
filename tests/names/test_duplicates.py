"""Names that both sides define in one file, and merged sources that cannot be read."""

from __future__ import annotations

import pytest
from names.literal import Files, World, world

from gate.languages import registry
from gate.model.names import BrokenText, DuplicateDefinition
from gate.model.source import FileFacts
from gate.names.duplicates import duplicates, shared_sources

BODY = "".join(f"X{number} = {number}\n" for number in range(8))
BASE: Files = {"m.py": BODY, "m.go": "package m\n", "data.json": "{}\n", "app.json": "{}\n"}


def both(path: str, first: str, second: str, **more: Files) -> World:
    return world(BASE, a={path: first}, b={path: second}, **more)


def test_files_that_both_sides_change_and_keep() -> None:
    scene = world(
        BASE,
        a={"m.py": "x = 1\n", "m.go": "", "data.json": "[]\n", "b.py": "x = 1\n", "a.py": "x = 1\n"},
        b={"m.py": "y = 1\n", "m.go": "package n\n", "data.json": "[1]\n", "b.py": "", "a.py": "y = 1\n"},
    )
    assert shared_sources(scene.changes["a"], scene.changes["b"]) == ["a.py", "m.py"]


def test_a_function_that_both_add() -> None:
    scene = both("m.py", f"def f():\n    return 1\n\n\n{BODY}", f"{BODY}\n\ndef f():\n    return 2\n")
    [duplicate] = duplicates(scene.pair())
    assert isinstance(duplicate, DuplicateDefinition)
    assert (duplicate.first, duplicate.second, duplicate.path, duplicate.name, duplicate.lines) == (
        "a",
        "b",
        "m.py",
        "f",
        (1, 11),
    )


def test_what_only_one_side_defines_is_no_duplicate() -> None:
    scene = both("m.py", f"def f():\n    return 1\n\n\n{BODY}", f"{BODY}\n\ndef g():\n    return 2\n")
    assert list(duplicates(scene.pair())) == []


def broken(why: str, path: str = "m.py", parse: str = "none", **more: object) -> list[object]:
    """What is said of a merged file that cannot be read for this reason."""
    scene = both(path, "x = 1\n", "y = 1\n")
    for text in ("x = 1\n", "y = 1\n"):
        scene.source.blobs.facts_of[text] = FileFacts("full")
    scene.source.blobs.facts_of["x = 1\ny = 1\n"] = FileFacts(parse, why)  # type: ignore[arg-type]
    scene.source.commits["a+b"] = {path: "x = 1\ny = 1\n"}
    scene.source.base[path] = ""
    return list(duplicates(scene.pair(**more)))  # type: ignore[arg-type]


def test_a_merged_file_that_does_not_parse() -> None:
    assert broken("it ends too early") == [BrokenText("a", "b", "m.py", "it ends too early")]
    assert broken("") == [BrokenText("a", "b", "m.py", "it does not parse")]


def test_a_merged_file_that_is_too_large_or_in_conflict_is_not_judged() -> None:
    assert broken(registry.TOO_LARGE) == []
    assert broken("it ends too early", unsettled=["m.py"]) == []


@pytest.mark.parametrize(("path", "number"), [("m.py", 0), ("m.ts", 1), ("pyproject.toml", 0)])
def test_a_file_that_parses_in_part_loads_in_some_languages(path: str, number: int) -> None:
    assert len(broken("it has errors", path, "partial")) == number


def test_a_file_that_parses_whole_is_fine() -> None:
    assert broken("", "m.ts", "full") == []


def test_data_that_also_holds_names_is_judged_as_data() -> None:
    assert broken("it ends too early", "pyproject.toml") == []


def test_a_side_that_does_not_parse_is_not_judged() -> None:
    scene = both("m.py", "def (:\n", f"{BODY}y = 1\n")
    assert list(duplicates(scene.pair())) == []
    scene = both("m.py", f"{BODY}y = 1\n", "def (:\n")
    assert list(duplicates(scene.pair())) == []


def test_names_of_one_package_are_among_the_duplicates() -> None:
    scene = world(BASE, a={"p.go": "package m\n\nfunc F() {}\n"}, b={"q.go": "package m\n\nfunc F() {}\n"})
    [duplicate] = duplicates(scene.pair())
    assert isinstance(duplicate, DuplicateDefinition)
    assert duplicate.second_path == "q.go"
