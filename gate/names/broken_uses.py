"""Uses that work where their own side lands alone and fail once another side has landed too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from gate.languages import registry
from gate.languages.base.uses import uses
from gate.model.names import BrokenUse, Place
from gate.model.source import Import
from gate.names import inheritance
from gate.names.culprits import find_culprit, removed_definitions
from gate.names.failing_use import MISFITS, FailingUse
from gate.names.guards import guard_of
from gate.names.module_names import imported_as, module_name
from gate.names.successor import find_successor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.languages.base.uses import Answer, Use
    from gate.languages.state import State
    from gate.model.source import Definition
    from gate.names.culprits import Culprit
    from gate.names.failing_use import Kind
    from gate.names.meeting import ResolvedUse
    from gate.names.stream_changes import ComparedSide, StreamChanges

_LITERAL_KEY = "[]."
"""Stands before the key of a literal, which is read as a member is."""


def broken_uses(
    producer: ComparedSide, consumer: StreamChanges, merged: State, affected: Iterable[ResolvedUse]
) -> Iterator[BrokenUse]:
    """Yield the consumer's uses that fail in `merged` though they do not where the producer alone has landed.

    `affected` are those that depend on what the producer changes.
    """
    reported: set[tuple[str, str]] = set()
    for resolved in affected:
        path = producer.changes.new_path(resolved.path)
        answer = with_new_doubt(resolved.answer, merged.answer(path, resolved.use))
        failing = FailingUse(producer.changes, consumer, resolved, answer, path, merged)
        uses_there = _same_uses(merged, path, resolved.use) if _fails_newly(failing) else []
        if not uses_there or not _is_caused(failing, producer.state):
            continue
        broken = replace(_broken_use(failing), guard=guard_of(uses_there, path, answer))
        if (broken.changed_name, broken.use_place.path) not in reported:
            reported.add((broken.changed_name, broken.use_place.path))
            yield broken


def with_new_doubt(before: Answer, after: Answer) -> Answer:
    """Return the answer `after`, in which a doubt that was not there `before` counts as an unsure failure."""
    return replace(after, why=after.doubt, sure=False) if after.doubt and not before.doubt else after


def _same_uses(state: State, path: str, use: Use) -> list[Use]:
    """Return the same use in a state's version of the file; of annotations there may be several with other guards."""
    return [same for same in uses(state.facts(path)) if same.key == use.key]


def _fails_newly(failing: FailingUse) -> bool:
    """Return whether a use fails that was surely provided before; a name that is bound nowhere now must be its own."""
    if not failing.answer.fails:
        return False
    missing = failing.answer.missing
    return failing.resolved.answer.fine or (
        missing is not None
        and missing.where == failing.path
        and missing.name == _root(failing.resolved.use)
        and not missing.module
    )


def _is_caused(failing: FailingUse, producer_state: State) -> bool:
    """Return whether it is surely the meeting of both sides that breaks a use: guards against false alarms."""
    use, path, answer = failing.resolved.use, failing.path, failing.answer
    if _fails_without_consumer(failing, producer_state):
        return False
    if not answer.sure and not answer.why and not _is_witnessed(failing):
        return False
    if answer.declared and answer.missing is not None and _adds_member(failing.producer, answer.missing.name):
        return False
    if _is_environment(producer_state, failing):
        return False
    return inheritance.is_own(failing.consumer, producer_state, path, use)


def _fails_without_consumer(failing: FailingUse, producer_state: State) -> bool:
    """Return whether the producer's own file has the same use, and it fails there too."""
    use, path = failing.resolved.use, failing.path
    if not _same_uses(producer_state, path, use):
        return False
    return with_new_doubt(failing.resolved.answer, producer_state.answer(path, use)).fails


def _is_witnessed(failing: FailingUse) -> bool:
    """Return whether the producer itself removes the missing definition, where others of that name are possible."""
    culprit = next(removed_definitions(failing), None)
    if culprit is None or culprit.old is None or failing.answer.missing is None:
        return False
    return culprit.old.name == failing.missing_name


def _adds_member(producer: StreamChanges, name: str) -> bool:
    """Return whether the producer adds a member of that name anywhere, which may be a derived class."""
    return any(
        definition.name == name and definition.scope
        for changes in producer.file_changes.values()
        for definition in changes.added.values()
    )


def _is_environment(producer_state: State, failing: FailingUse) -> bool:
    """Return whether the producer's own file reads the missing name, which it does not bind: something else must."""
    missing, path = failing.answer.missing, failing.path
    if missing is None or missing.module or missing.inside or missing.where != path:
        return False
    if isinstance(failing.resolved.use.fact, Import):
        return False
    names = (
        use for use in uses(producer_state.facts(path)) if use.kind == "name" and _root(use) == missing.name
    )
    return any(producer_state.answer(path, use).fails for use in names)


def _root(use: Use) -> str:
    """Return the first name of a chain."""
    return use.text.partition(".")[0].removesuffix("()")


class _Change(NamedTuple):
    """What breaks a use: the producer's file and definition in it, None for the whole file or a removed definition."""

    path: str
    definition: Definition | None


def _broken_use(failing: FailingUse) -> BrokenUse:
    use, answer = failing.resolved.use, failing.answer
    kind = failing.kind
    culprit = find_culprit(failing, kind)
    is_shadowed = (
        culprit.old is None
        and culprit.path in failing.producer.new_files
        and kind not in (*MISFITS, "undefined")
    )
    kind = "module" if is_shadowed else kind
    successor = find_successor(failing, kind, culprit)
    if kind == "undefined" and _is_bound_elsewhere(failing, culprit):
        kind = "name"
    change = _change(failing, kind, culprit, successor.name if successor.change == "renamed" else "")
    old = culprit.old or (change.definition if kind == "call" else None)
    changed_name = module_name(culprit.path) if kind == "module" else old.path if old is not None else ""
    return BrokenUse(
        kind=kind,
        producer=failing.producer.name,
        consumer=failing.consumer.name,
        name=(imported_as(use) if kind == "module" else "") or use.text,
        changed_name=changed_name.replace(_LITERAL_KEY, ".") or _missing_name(failing),
        use_place=failing.consumer.place(failing.resolved.path, use),
        change_place=Place(change.path, change.definition.line if change.definition is not None else None),
        successor=successor.name.replace(_LITERAL_KEY, "."),
        change="shadowed" if is_shadowed else successor.change,
        why=answer.why,
        # Which of two modules comes first is certain only within a package.
        sure=answer.sure
        and (failing.resolved.answer.sure or kind == "module")
        and not (is_shadowed and failing.resolved.answer.outside),
        origin=imported_as(use) if kind != "module" else "",
        old_place=Place(culprit.path, old.line) if old is not None else None,
    )


def _is_bound_elsewhere(failing: FailingUse, culprit: Culprit) -> bool:
    """Return whether what bound an undefined name is in another file of the package."""
    return registry.is_compiled(failing.path) and failing.producer.new_path(culprit.path) != failing.path


def _change(failing: FailingUse, kind: Kind, culprit: Culprit, new_name: str) -> _Change:
    """Return what breaks a use; `new_name` is that of a renamed definition."""
    path = failing.producer.new_path(culprit.path)
    if culprit.new is not None:
        return _Change(path, culprit.new)
    if new_name and kind != "module":
        definitions = failing.merged.facts(path).definitions
        return _Change(path, next((new for new in definitions if new.path == new_name), None))
    target = failing.answer.target
    if kind == "call" and target is not None:
        # It lies in a file of another name, or is another one altogether: what is called now is what does not fit.
        return _Change(target.path, target.definition)
    return _Change(path, None)


def _missing_name(failing: FailingUse) -> str:
    """Return the name that is missing; of a use that does not fit, the use itself."""
    missing = failing.answer.missing
    return missing.name if missing is not None else failing.resolved.use.text
