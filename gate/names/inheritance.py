"""What is particular to uses of what is inherited: which of them count, and what the producer did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.uses import INHERITED
from gate.model.source import Definition

if TYPE_CHECKING:
    from gate.languages.base.uses import Answer, Use
    from gate.languages.state import State
    from gate.names.states import Work

Culprit = tuple[str, Definition, Definition | None]


def counts(consumer: Work, alone: State, path: str, use: Use) -> bool:
    """Whether the consumer itself brings the class or method, which does not fail where the producer landed alone.

    A class that the consumer extends in turn may be meant to stay abstract.
    """
    one = use.fact
    if use.kind not in INHERITED or not isinstance(one, Definition):
        return True
    if use.kind == "subclass" and (_moved(consumer, one) or _extended(consumer, one)):
        return False
    there = any(each.path == one.path for each in alone.facts(path).definitions)
    return not (there and alone.answer(path, use).fails)


def _moved(consumer: Work, one: Definition) -> bool:
    """Whether the class was elsewhere before."""
    gone = (each for changed in consumer.changed.values() for each in changed.removed.values())
    return any(each.kind == "class" and each.name == one.name for each in gone)


def _extended(consumer: Work, one: Definition) -> bool:
    derived = (use.fact for listed in consumer.fresh.values() for use in listed if use.kind == "subclass")
    bases = (base for each in derived if isinstance(each, Definition) for base in each.bases)
    return any(base.rpartition(".")[2] == one.name for base in bases)


def culprit(producer: Work, said: Answer) -> Culprit | None:
    """The member that the producer adds or changes: its file, and as it was and is (the same for a new one)."""
    target = said.target
    if target is None:
        return None
    path, name = target.path, target.definition.path
    path = next((old for old, new in producer.new_paths.items() if new == path), path)
    changed = producer.changed.get(path)
    if changed is None:
        return None
    if name in changed.added:
        return path, changed.added[name], changed.added[name]
    pair = changed.signature.get(name) or changed.body.get(name)
    return None if pair is None else (path, *pair)
