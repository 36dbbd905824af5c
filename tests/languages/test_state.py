"""A state asks the linker of a file's language."""

from __future__ import annotations

from gate.languages.base.uses import SILENT, Answer, Use
from gate.languages.state import State
from gate.model.source import NO_FACTS, FileFacts, Reference

USE = Use("name", (), Reference("a", (1,)))
FACTS = FileFacts("full")


class Stub:
    """Every name is fine, and depends on its file."""

    def __init__(self) -> None:
        self.dependencies = [("before", "")]

    def answer(self, path: str, use: Use) -> Answer:
        del use
        self.dependencies.append((path, "a"))
        return Answer(fine=True)


def test_answers_come_with_their_own_dependencies_only() -> None:
    linker = Stub()
    state = State({"x.a": FACTS}.get, lambda path: linker if path.endswith(".a") else None)

    assert state.answer("x.a", USE).fine
    assert state.answer_with_dependencies("x.a", USE) == (Answer(fine=True), frozenset({("x.a", "a")}))
    assert state.answer("x.b", USE) == SILENT
    assert state.answer_with_dependencies("x.b", USE) == (SILENT, frozenset())
    assert (state.facts("x.a"), state.facts("x.b")) == (FACTS, NO_FACTS)
