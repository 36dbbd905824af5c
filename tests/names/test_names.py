"""Every planted collision of names is found, and its twin is silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from languages.python.planted import PYTHON_TREE, python_plants
from names.planted import TREE, TWICE, WARNED, Plant, inside, plants, twice

from gate.languages import registry
from gate.model.request import Request
from gate.pipeline import analyse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from support import MakeRepo

    from gate.demo.repository_builder import Content
    from gate.model.finding import Finding

CODES = ("G210", "G211", "G212", "G213", "G214", "G215", "G223")


def judge(folder: str, *branches: str, target: str = "main") -> list[Finding]:
    """The findings about names."""
    request = Request(
        today=date(2026, 1, 1), folder=folder, branches=branches, target=target, worktrees=False
    )
    return [finding for finding in analyse(request).findings if finding.code in CODES]


def planted(make_repo: MakeRepo, plant: Plant, tree: Mapping[str, Content] = TREE) -> str:
    """A repository with the plant's producer, its consumer and the consumer's twin."""
    repo = make_repo()
    base = repo.commit("main", tree)
    repo.commit("agent/a", plant.producer, parents=[base], renames=plant.renames)
    repo.commit("agent/b", plant.breaks, parents=[base])
    repo.commit("agent/c", plant.fits, parents=[base])
    repo.write()
    return str(repo.folder)


@pytest.mark.parametrize("plant", [*plants(), *(twin for twin in twice() if twin.code)], ids=str)
def test_a_planted_collision_is_found_and_its_twin_is_silent(make_repo: MakeRepo, plant: Plant) -> None:
    folder = planted(make_repo, plant)

    assert {finding.code for finding in judge(folder, "agent/a", "agent/b")} == {plant.code}
    assert judge(folder, "agent/a", "agent/c") == []


@pytest.mark.parametrize("plant", [*python_plants()], ids=str)
def test_one_planted_in_python_is_found_and_its_twin_is_silent(make_repo: MakeRepo, plant: Plant) -> None:
    folder = planted(make_repo, plant, PYTHON_TREE)

    assert {finding.code for finding in judge(folder, "agent/a", "agent/b")} == {plant.code}
    assert judge(folder, "agent/a", "agent/c") == []


@pytest.mark.parametrize("plant", [twin for twin in twice() if not twin.code], ids=str)
def test_what_may_stand_twice_is_silent(make_repo: MakeRepo, plant: Plant) -> None:
    assert judge(planted(make_repo, plant), "agent/a", "agent/b") == []


@pytest.mark.parametrize(
    ("head", "before", "after", "twin", "kind", "severity"),
    [
        ("class C(Enum):", "X = 1", "X = 2", "Y = 2", "member", "error"),
        ("class C(enum.IntFlag):", "X = 1", "X = 1", "Y = 2", "member", "error"),
        ("class C(str, Enum):", "X = 'x'", "Y = 'x'", "Y = 'y'", "value", "warning"),
        ("class C(Enum):", "X = 1", "Y = 1", "Y = auto()", "value", "warning"),
        ("class C(Model):", "x = Char(1)", "x = Char(2)", "y = Char(2)", "field", "warning"),
        ("class C(Model):", "x: int = 1", "x: str = 2", "x: int = 1", "field", "warning"),
        (
            "class C:",
            "def f(self): return 1",
            "def f(self): return 2",
            "def g(self): return 2",
            "function",
            "error",
        ),
        ("class C:", "x = 1", "def x(self): return 2", "def y(self): return 2", "function", "error"),
        ("class C:", "def x(self): return 2", "x = 1", "y = 1", "field", "warning"),
        ("class C:", "x = y", "x = z", "x = y", "field", "warning"),
        ("class C:", "x = 1", "@x.setter\n    def x(self): ...", "y = 1", "", ""),
        ("class C:", "@property\n    def x(self): ...", "@x.setter\n    def x(self): ...", "y = 1", "", ""),
        ("class C(Enum):", "_ignore_ = []", "A1 = 1", "A2 = 2", "", ""),
    ],
)
def test_the_same_name_in_one_class(
    make_repo: MakeRepo, head: str, before: str, after: str, twin: str, kind: str, severity: str
) -> None:
    first, second, base = inside(head, before, after)
    plant = Plant("G213", kind, first, second, inside(head, before, twin)[1])

    folder = planted(make_repo, plant, {**TREE, "pkg/block.py": base})

    findings = judge(folder, "agent/a", "agent/b")
    assert [(finding.kind, finding.severity.value) for finding in findings] == (
        [(kind, severity)] if kind else []
    )
    assert judge(folder, "agent/a", "agent/c") == []


@pytest.mark.parametrize(
    ("head", "before", "after", "severity"),
    [
        ("X = {", "'x': 1,", "'x': 2,", "error"),
        ("X = {", "'x': 1,", "'x': 1,", "warning"),
        ("class C:\n  X = {", "'x': 1,", "'x': 2,", "error"),
        ("X = {", "'x': 1,", "'y': 1,", ""),
        ("X = {", "'x': 1,", "}\nX = {\n    'x': 1,", ""),
    ],
)
def test_one_key_in_a_literal(make_repo: MakeRepo, head: str, before: str, after: str, severity: str) -> None:
    lines = "\n".join(f"    'k{number}': {number}," for number in range(8))
    base = f"{head}\n{lines}\n}}\n"
    first = base.replace("    'k0'", f"    {before}\n    'k0'")
    second = base.replace("    'k7': 7,", f"    'k7': 7,\n    {after}")
    plant = Plant("G213", "key", {"pkg/block.py": first}, {"pkg/block.py": second}, {})

    findings = judge(planted(make_repo, plant, {**TREE, "pkg/block.py": base}), "agent/a", "agent/b")

    assert [(finding.kind, finding.severity.value) for finding in findings] == (
        [("key", severity)] if severity else []
    )


def test_keys_of_two_literals_of_one_name_are_no_twins(make_repo: MakeRepo) -> None:
    """One is bound on this platform, the other on that."""
    base = "if A:\n    X = {\n        'a': 1,\n    }\nelse:\n    X = {\n        'b': 1,\n    }\n"
    first, second = (
        base.replace("'a': 1,", "'a': 1,\n        'c': 1,"),
        base.replace("'b'", "'c': 2,\n        'b'"),
    )
    plant = Plant("", "key", {"pkg/block.py": first}, {"pkg/block.py": second}, {})

    assert judge(planted(make_repo, plant, {**TREE, "pkg/block.py": base}), "agent/a", "agent/b") == []


@pytest.mark.parametrize("name", [*TWICE, *WARNED])
def test_what_may_do_no_harm_is_a_warning(make_repo: MakeRepo, name: str) -> None:
    plant = next(twin for twin in twice() if twin.code and twin.name == name)

    [finding] = judge(planted(make_repo, plant), "agent/a", "agent/b")

    assert finding.severity.value == ("warning" if name in WARNED else "error")


def test_a_stale_use_that_was_there_before_is_no_collision(make_repo: MakeRepo) -> None:
    """agent/a forgot a caller: that is broken where it lands alone, whatever agent/b does."""
    repo = make_repo()
    base = repo.commit("main", {"m.py": "def f(): ...\n", "n.py": "import m\n\nm.f()\n"})
    repo.commit("agent/a", {"m.py": "def g(): ...\n"}, parents=[base])
    repo.commit("agent/b", {"n.py": "import m\n\nm.f()\n\n\ndef more():\n    m.f()\n"}, parents=[base])
    repo.write()

    assert judge(str(repo.folder), "agent/a", "agent/b") == []


def test_a_use_the_other_stream_kept_working_is_no_collision(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"m.py": "def f(): ...\n"})
    repo.commit("agent/a", {"m.py": "def g(): ...\n\n\nf = g\n"}, parents=[base])
    repo.commit("agent/b", {"n.py": "import m\n\nm.f()\n"}, parents=[base])
    repo.write()

    assert judge(str(repo.folder), "agent/a", "agent/b") == []


def three(make_repo: MakeRepo, base: str, producer: str, consumer: str, path: str = "m.py") -> str:
    """One file, and what two streams make of it."""
    repo = make_repo()
    start = repo.commit("main", {path: base})
    repo.commit("agent/a", {path: producer}, parents=[start])
    repo.commit("agent/b", {path: consumer}, parents=[start])
    repo.write()
    return str(repo.folder)


GAP = "\n\n".join(f"def gap_{number}():\n    return {number}\n" for number in range(3))


def test_one_more_use_of_a_name_the_other_drops_with_all_its_uses(make_repo: MakeRepo) -> None:
    """The file used the name before; the stream that drops its import drops the uses there were, not the new one."""
    base = f"from os import getenv, sep\n\n\n{GAP}\n\ndef old():\n    return getenv('x')\n"
    producer = base.replace("getenv, ", "").replace("getenv('x')", "sep")
    consumer = base.replace("    return 1\n", "    return getenv('y')\n")

    [finding] = judge(three(make_repo, base, producer, consumer), "agent/a", "agent/b")

    assert finding.message == "agent/b uses `getenv` in m.py, where agent/a removes it"
    assert finding.locations[0].line == 9


def test_one_more_test_that_asks_for_a_fixture_the_other_renames(make_repo: MakeRepo) -> None:
    fixture = "import pytest\n\n\n@pytest.fixture\ndef db():\n    return 1\n"
    base = f"{fixture}\n\ndef test_old(db):\n    assert db\n\n\n{GAP}"
    consumer = f"{base}\n\ndef test_new(db):\n    assert db\n"

    findings = judge(
        three(make_repo, base, base.replace("db", "store"), consumer, "test_m.py"), "agent/a", "agent/b"
    )

    assert [finding.kind for finding in findings] == ["fixture"]


@pytest.mark.parametrize(
    ("line", "kinds"),
    [("    print(value)\n", ["undefined"]), ("    print(1)\n", [])],
    ids=["reads it", "does not"],
)
def test_a_local_name_one_renames_and_the_other_reads(
    make_repo: MakeRepo, line: str, kinds: list[str]
) -> None:
    body = "    step(1)\n    step(2)\n    step(3)\n"
    base = f"def f(value):\n    value = value + 1\n{body}    return 1\n"
    consumer = f"def f(value):\n    value = value + 1\n{body}{line}    return 1\n"

    findings = judge(three(make_repo, base, base.replace("value", "number"), consumer), "agent/a", "agent/b")

    assert [finding.kind for finding in findings] == kinds
    assert [finding.locations[0].line for finding in findings] == [6] * len(kinds)


def test_the_finding_has_both_places_and_the_new_name(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"m.py": "A = 1\n\n\ndef load():\n    return A\n"})
    repo.commit("agent/a", {"m.py": "A = 1\n\n\ndef load_config():\n    return A\n"}, parents=[base])
    repo.commit("agent/b", {"n.py": "import m\n\nm.load()\n"}, parents=[base])
    repo.write()

    [finding] = judge(str(repo.folder), "agent/a", "agent/b")

    assert finding.message == "agent/b uses `m.load`; agent/a renames `load` to `load_config`"
    assert (
        finding.hint == "land agent/a, then rebase agent/b and change `load` to `load_config` in n.py line 3"
    )
    assert [(finding.branch, finding.path, finding.line) for finding in finding.locations] == [
        ("agent/b", "n.py", 3),
        ("agent/a", "m.py", 4),
    ]


def test_text_that_merges_and_no_longer_parses(make_repo: MakeRepo) -> None:
    """An `else` that ends up behind a `with`."""
    start, end = (
        "def f(a):\n    if a:\n        one()\n        two()\n",
        "        three()\n        four()\n        five()\n",
    )
    repo = make_repo()
    base = repo.commit("main", {"m.py": start + end})
    repo.commit("agent/a", {"m.py": start + end + "    else:\n        six()\n"}, parents=[base])
    repo.commit("agent/b", {"m.py": f"{start}    with a:\n{end}"}, parents=[base])
    repo.write()

    assert [finding.code for finding in judge(str(repo.folder), "agent/a", "agent/b")] == ["G223"]


def test_a_manifest_in_which_both_add_one_key_no_longer_parses(make_repo: MakeRepo) -> None:
    middle = "".join(f"k{at} = {at}\n" for at in range(9))
    repo = make_repo()
    base = repo.commit("main", {"pyproject.toml": f"[tool.x]\n{middle}", "m.py": ""})
    repo.commit("agent/a", {"pyproject.toml": f"[tool.x]\nz = 1\n{middle}"}, parents=[base])
    repo.commit("agent/b", {"pyproject.toml": f"[tool.x]\n{middle}z = 1\n"}, parents=[base])
    repo.write()

    assert [finding.code for finding in judge(str(repo.folder), "agent/a", "agent/b")] == ["G223"]


def test_unread_languages_and_files_are_said_once(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"m.py": "x = 1\n"})
    repo.commit("agent/a", {"a.rb": "", "b.rb": "", "bad.py": "def (:\n", "worse.py": "\0"}, parents=[base])
    repo.commit("agent/b", {"m.py": "x = 2\n"}, parents=[base])
    repo.write()
    request = Request(today=date(2026, 1, 1), folder=str(repo.folder), target="main", worktrees=False)

    words = {(finding.what, finding.why) for finding in analyse(request).report.coverage.not_checked}

    assert ("names in 2 changed files", "Ruby is not read for names") in words
    assert ("names in 1 changed source file", "it does not parse") in words
    assert ("names in 1 changed source file", "it holds null bytes") in words


def test_a_reader_that_changes_the_same_function_asks_for_no_order(make_repo: MakeRepo) -> None:
    """Streams off one unmerged branch carry the same change; none of them reads the other's."""
    repo = make_repo()
    base = repo.commit("main", {"m.py": "def f():\n    return 1\n"})
    repo.commit("agent/a", {"m.py": "def f():\n    return 2\n"}, parents=[base])
    repo.commit(
        "agent/b", {"m.py": "def f():\n    return 2\n", "n.py": "import m\n\nm.f()\n"}, parents=[base]
    )
    repo.write()
    request = Request(today=date(2026, 1, 1), folder=str(repo.folder), target="main", worktrees=False)

    assert "G220" not in {finding.code for finding in analyse(request).findings}


def test_a_new_test_of_what_the_other_changes_asks_for_an_order(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"m.py": "def f():\n    return 1\n"})
    repo.commit("agent/b", {"m.py": "def f():\n    return 2\n"}, parents=[base])
    repo.commit(
        "agent/a", {"test_m.py": "import m\n\n\ndef test_f():\n    assert m.f() == 1\n"}, parents=[base]
    )
    repo.write()
    request = Request(today=date(2026, 1, 1), folder=str(repo.folder), target="main", worktrees=False)

    done = analyse(request)

    assert "agent/a's `test_f` tests `f`, whose body agent/b changes" in {
        finding.message for finding in done.findings
    }
    assert done.plan.order == ("agent/b", "agent/a")


def test_facts_are_kept_in_the_repository_unless_they_may_not_be(make_repo: MakeRepo) -> None:
    folder = planted(make_repo, next(plants()))
    store = (
        next(path for path in (Path(folder), Path(folder, ".git")) if (path / "HEAD").exists())
        / "gate/facts.db"
    )
    request = Request(today=date(2026, 1, 1), folder=folder, target="main", worktrees=False, cached=False)

    without = analyse(request).findings
    assert not store.exists()
    first = analyse(replace(request, cached=True, jobs=1)).findings
    assert store.exists()
    assert without == first == analyse(replace(request, cached=True)).findings


def test_files_in_conflict_are_not_told_twice(make_repo: MakeRepo) -> None:
    """agent/a moves a package away; agent/b edits a file in it: that conflict is G201's alone."""
    repo = make_repo()
    base = repo.commit(
        "main", {"p/__init__.py": "", "p/m.py": "X = 1\nY = 1\n", "p/n.py": "A = 1\nB = 2\nC = 3\n"}
    )
    repo.commit("agent/a", {"p/m.py": None, "p/n.py": None}, parents=[base])
    repo.commit("agent/b", {"p/n.py": "from p.m import X\nA = 1\nB = 2\nC = 3\n"}, parents=[base])
    repo.write()

    assert judge(str(repo.folder), "agent/a", "agent/b") == []


def test_text_in_conflict_is_no_broken_result(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"m.py": "def f():\n    return 1\n"})
    repo.commit("agent/a", {"m.py": "def f():\n    return 2\n"}, parents=[base])
    repo.commit("agent/b", {"m.py": "def f():\n    return 3\n"}, parents=[base])
    repo.write()

    assert judge(str(repo.folder), "agent/a", "agent/b") == []


def test_a_language_whose_extra_is_not_installed_is_said_with_what_to_install(
    make_repo: MakeRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_is_installed", lambda package: not package)
    repo = make_repo()
    base = repo.commit("main", {"m.py": "x = 1\n"})
    repo.commit("agent/a", {"a.go": "package a\n"}, parents=[base])
    repo.commit("agent/b", {"m.py": "x = 2\n"}, parents=[base])
    repo.write()
    request = Request(today=date(2026, 1, 1), folder=str(repo.folder), target="main", worktrees=False)

    [note] = [
        finding
        for finding in analyse(request).report.coverage.not_checked
        if finding.what == "names in 1 changed file"
    ]

    assert (note.why, note.hint) == ("Go is not read for names", "install `git-gate[langs]`")
