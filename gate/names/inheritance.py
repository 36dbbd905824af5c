"""Uses that definitions make of what they inherit: which of them the consumer itself brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.source import Definition

if TYPE_CHECKING:
    from gate.languages.base.uses import Use
    from gate.languages.state import State
    from gate.names.stream_changes import StreamChanges


def is_own(consumer: StreamChanges, without_consumer: State, path: str, use: Use) -> bool:
    """Return whether the consumer brings the class or method of a use, and it does not fail `without_consumer`.

    A class that the consumer extends further may be meant to stay abstract. Other uses are always the consumer's own.
    """
    definition = use.fact
    if not isinstance(definition, Definition):
        return True
    if use.kind == "subclass" and (_is_moved(consumer, definition) or _is_extended(consumer, definition)):
        return False
    definitions = without_consumer.facts(path).definitions
    stands = any(former.path == definition.path for former in definitions)
    return not (stands and without_consumer.answer(path, use).fails)


def _is_moved(consumer: StreamChanges, cls: Definition) -> bool:
    """Return whether the class was in another place before."""
    removed = (former for changes in consumer.file_changes.values() for former in changes.removed.values())
    return any(former.kind == "class" and former.name == cls.name for former in removed)


def _is_extended(consumer: StreamChanges, cls: Definition) -> bool:
    """Return whether a class that the consumer adds or changes has this one as a base."""
    facts = (use.fact for uses in consumer.new_uses.values() for use in uses)
    bases = (base for fact in facts if isinstance(fact, Definition) for base in fact.bases)
    return any(base.rpartition(".")[2] == cls.name for base in bases)
