"""What values are declared to be is followed, and told as likely only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from names.planted import Plant
from names.planted_declared import DECLARED_TREE, HUB, WAYS, declared_plants
from names.test_names import judge, planted

from gate.model.finding import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from support import MakeRepo

    from gate.demo.repository_builder import Content

START = "from pkg.hub import Hub, Worker, make\n"
METHOD = "    def start(self, mode=1):\n        return mode\n\n"
REMOVED: Mapping[str, Content] = {"pkg/hub.py": HUB.replace(METHOD, "")}


@pytest.mark.parametrize("plant", [*declared_plants()], ids=str)
def test_a_planted_collision_is_found_and_its_twin_is_silent(make_repo: MakeRepo, plant: Plant) -> None:
    folder = planted(make_repo, plant, DECLARED_TREE)

    assert {finding.code for finding in judge(folder, "agent/a", "agent/b")} == {plant.code}
    assert judge(folder, "agent/a", "agent/c") == []


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_derived_class_may_have_it(make_repo: MakeRepo, way: str) -> None:
    consumer: Mapping[str, Content] = {"pkg/fresh.py": START + way.format("start")}
    findings = judge(
        planted(make_repo, Plant("", "", REMOVED, consumer, {}), DECLARED_TREE), "agent/a", "agent/b"
    )

    assert [(finding.severity, finding.confidence) for finding in findings] == [
        (Severity.WARNING, Confidence.LIKELY)
    ]


def test_a_local_variable_is_what_it_was_made_as(make_repo: MakeRepo) -> None:
    text = "def f():\n    w = Worker()\n    w.start()\n"
    plant = Plant("", "", REMOVED, {"pkg/fresh.py": START + text}, {})

    [finding] = judge(planted(make_repo, plant, DECLARED_TREE), "agent/a", "agent/b")

    assert (finding.severity, finding.confidence) == (Severity.ERROR, Confidence.CERTAIN)


def test_the_last_definition_is_told_once(make_repo: MakeRepo) -> None:
    tree = {**DECLARED_TREE, "pkg/others.py": ""}
    plant = Plant("", "", REMOVED, {"pkg/fresh.py": f"{START}def f(w: Worker):\n    w.start()\n"}, {})

    assert len(judge(planted(make_repo, plant, tree), "agent/a", "agent/b")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "def f(*w: Worker):\n    w.start()\n",
        "def f(**w: Worker):\n    w.start()\n",
        "def f(w: Worker):\n    w = Other()\n    w.start()\n",
        "def f(w: Worker):\n    for w in w: ...\n    w.start()\n",
        "def f(w: Worker | Hub):\n    w.start()\n",
        "def f(w: list[Worker]):\n    w.start()\n",
        "def f(w: Worker):\n    w().start()\n",
        "def f(Worker, w: 'Unknown'):\n    w.start()\n",
        "def f(w: Worker):\n    getattr(w, 'start', None)\n",
        "def f(w: Worker):\n    return [w.start for w in x]\n",
        "async def g() -> Worker: ...\ndef f():\n    g().start()\n",
        "def g() -> Worker:\n    yield 1\ndef f():\n    g().start()\n",
        "@some\ndef g() -> Worker: ...\ndef f():\n    g().start()\n",
        "def g(x):\n    return Worker() if x else Hub(1)\ndef f():\n    g().start()\n",
        "def g(x):\n    if x:\n        return Hub(1)\n    return Worker()\ndef f():\n    g().start()\n",
        "def f(h: Hub):\n    h.worker.start()\n",
        "def f():\n    Hub.made.start()\n",
        "class N(Hub):\n    made = 1\n    def f(self):\n        self.made.start()\n",
        "class N:\n def g(self):\n  self.w = Worker()\n  self.w = 1\n def f(self):\n  self.w.start()\n",
        "class N:\n    w = Worker()\n    def f(self):\n        self.w.start()\n",
    ],
)
def test_what_may_be_something_else_is_silent(make_repo: MakeRepo, text: str) -> None:
    plant = Plant("", "", REMOVED, {"pkg/fresh.py": START + text}, {})

    assert judge(planted(make_repo, plant, DECLARED_TREE), "agent/a", "agent/b") == []


@pytest.mark.parametrize("result", ["Rows", "Optional[Rows]", "Unknown", "list[Worker]", "int"])
def test_what_may_give_items_is_silent(make_repo: MakeRepo, result: str) -> None:
    changed = HUB.replace("def pair() -> tuple[int, int]", f"def pair() -> {result}")
    use = "from pkg.hub import pair\n\n\ndef f():\n    a, b = pair()\n    for x in pair(): ...\n"
    plant = Plant("", "", {"pkg/hub.py": changed}, {"pkg/fresh.py": use}, {})

    assert judge(planted(make_repo, plant, DECLARED_TREE), "agent/a", "agent/b") == []


def test_a_stub_of_overloads_is_silent(make_repo: MakeRepo) -> None:
    stub = "from typing import overload\n\n\n@overload\ndef both(x: int): ...\n@overload\ndef both(y): ...\n"
    tree = {**DECLARED_TREE, "pkg/stub.pyi": stub}
    use = {"pkg/fresh.py": "from pkg.stub import both\nboth(y=1)\n"}
    plant = Plant("", "", {"pkg/stub.pyi": stub.replace("(y)", "(z)")}, use, {})

    assert judge(planted(make_repo, plant, tree), "agent/a", "agent/b") == []


def test_a_member_that_moves_to_a_derived_class_is_silent(make_repo: MakeRepo) -> None:
    moved = HUB.replace(METHOD, "") + f"\n\nclass Eager(Worker):\n{METHOD}"
    consumer: Mapping[str, Content] = {"pkg/fresh.py": f"{START}def f(w: Worker):\n    w.start()\n"}
    plant = Plant("", "", {"pkg/hub.py": moved}, consumer, {})

    assert judge(planted(make_repo, plant, DECLARED_TREE), "agent/a", "agent/b") == []


def test_declarations_that_lead_in_circles_end(make_repo: MakeRepo) -> None:
    text = "class A:\n    def __init__(self):\n        self.x = A().x.x.x.x\n        self.y = B().y\n\n\n"
    text += "class B:\n    def __init__(self):\n        self.y = A().y\n    def f(self) -> 'B': ...\n"
    deep = "B()" + ".f()" * 400
    consumer: Mapping[str, Content] = {
        "pkg/fresh.py": f"from pkg.rings import *\nA().x.x.x.gone()\nB().y.gone()\n{deep}.gone()\n"
    }
    tree = {**DECLARED_TREE, "pkg/rings.py": f"{text}\n    def gone(self): ...\n"}
    plant = Plant("", "", {"pkg/rings.py": text}, consumer, {})

    assert {finding.code for finding in judge(planted(make_repo, plant, tree), "agent/a", "agent/b")} <= {
        "G211"
    }
