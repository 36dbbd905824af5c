"""Members of unknown values are told only when nothing else could provide them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from names.test_names import judge

from gate.model.finding import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from support import MakeRepo

    from gate.demo.repository_builder import Content
    from gate.model.finding import Finding

HUB = "class Hub:\n    def reindex_all(self, path):\n        return path\n\n\nclass Other:\n    kind = 1\n"
REMOVED: Mapping[str, Content] = {"hub.py": HUB.replace("reindex_all", "rebuild_all")}
CHANGED: Mapping[str, Content] = {"hub.py": HUB.replace("(self, path)", "(self, path, mode)")}
USE = "def use(hub):\n    hub.reindex_all(1)\n"


def findings(
    make_repo: MakeRepo,
    producer: Mapping[str, Content],
    consumer: Mapping[str, Content],
    more: Mapping[str, Content] | None = None,
) -> list[Finding]:
    repo = make_repo()
    base = repo.commit("main", {"hub.py": HUB, **(more or {})})
    repo.commit("agent/a", producer, parents=[base])
    repo.commit("agent/b", consumer, parents=[base])
    repo.write()
    return judge(str(repo.folder), "agent/a", "agent/b")


def test_the_last_definition_of_a_member(make_repo: MakeRepo) -> None:
    [finding] = findings(make_repo, REMOVED, {"use.py": USE})

    assert (finding.code, finding.kind, finding.severity, finding.confidence) == (
        "G211",
        "member",
        Severity.WARNING,
        Confidence.LIKELY,
    )
    assert (
        finding.message
        == "agent/b uses `.reindex_all`; agent/a renames `Hub.reindex_all` to `Hub.rebuild_all`"
    )


def test_the_only_method_of_a_name(make_repo: MakeRepo) -> None:
    [finding] = findings(make_repo, CHANGED, {"use.py": USE})

    assert (finding.code, finding.severity) == ("G212", Severity.WARNING)
    assert finding.message == "agent/b calls `.reindex_all`; in agent/a it needs `mode`"


@pytest.mark.parametrize(
    ("consumer", "more"),
    [
        ({"use.py": USE}, {"else.py": "class More:\n    def reindex_all(self): ...\n"}),
        ({"use.py": USE}, {"else.py": "def f(x):\n    x.reindex_all(1)\n"}),
        ({"use.py": USE}, {"fields.sql": "reindex_all INTEGER\n"}),
        ({"use.py": USE}, {"use.py": "def old(hub):\n    hub.reindex_all(1)\n"}),
        ({"use.py": USE, "own.py": "class Own:\n    def reindex_all(self, path): ...\n"}, {}),
        ({"use.py": f"{USE}\n\nclass Fake:\n    def reindex_all(self, path): ...\n"}, {}),
        ({"use.py": "def use(hub):\n    hub.reindex_all = 1\n    hub.reindex_all.more\n"}, {}),
        ({"use.py": "def use(hub):\n    hub.reindex_all.return_value = 1\n    hub.reindex_all(1)\n"}, {}),
        ({"use.py": f"add('--reindex-all')\n\n\n{USE}"}, {}),
        ({"use.py": "try:\n    x().reindex_all(1)\nexcept AttributeError: ...\n"}, {}),
    ],
)
def test_whatever_else_may_have_it_keeps_it_silent(
    make_repo: MakeRepo, consumer: Mapping[str, Content], more: Mapping[str, Content]
) -> None:
    assert findings(make_repo, REMOVED, consumer, more) == []


@pytest.mark.parametrize(
    ("consumer", "more"),
    [
        ({"use.py": "def use(hub):\n    hub.reindex_all(1, 2)\n"}, {}),
        ({"use.py": "def use(hub):\n    hub.reindex_all(1, 2, 3)\n"}, {}),
        ({"use.py": USE}, {"else.py": "class More:\n    def reindex_all(self): ...\n"}),
        ({"use.py": USE}, {"else.py": "class More:\n    reindex_all = 1\n"}),
        ({"use.py": USE}, {"else.py": "def f(x):\n    x.reindex_all(1)\n"}),
    ],
)
def test_a_call_that_may_mean_something_else_is_silent(
    make_repo: MakeRepo, consumer: Mapping[str, Content], more: Mapping[str, Content]
) -> None:
    assert findings(make_repo, CHANGED, consumer, more) == []


def test_everyday_names_are_silent(make_repo: MakeRepo) -> None:
    hub = "class Hub:\n    def setdefault(self, path): ...\n"
    repo = make_repo()
    base = repo.commit("main", {"hub.py": hub})
    repo.commit("agent/a", {"hub.py": hub.replace("setdefault", "assign")}, parents=[base])
    repo.commit("agent/b", {"use.py": "def use(hub):\n    hub.setdefault(1)\n"}, parents=[base])
    repo.write()

    assert judge(str(repo.folder), "agent/a", "agent/b") == []
