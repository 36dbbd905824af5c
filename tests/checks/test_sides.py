"""Findings whose other side is the target: the words, the branches, and the commit they come from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from checks.names import broken
from support.facts import ask

from gate.checks.broken_merge_result import broken_merge_result
from gate.checks.call_mismatch import call_mismatch
from gate.checks.duplicate_definition import duplicate_definition
from gate.checks.import_cycle import import_cycle
from gate.checks.missing_module import missing_module
from gate.checks.missing_name import missing_name
from gate.checks.unimplemented_member import unimplemented_member
from gate.model.finding import Against
from gate.model.git import TargetCommit
from gate.model.names import (
    NO_NAMES,
    BrokenText,
    BrokenUse,
    Cycle,
    DuplicateDefinition,
    Link,
    NameFacts,
    Place,
)

if TYPE_CHECKING:
    from gate.model.check import Check
    from gate.model.facts import Facts
    from gate.model.finding import Finding
    from gate.model.names import Collision

COMMIT = TargetCommit("c" * 40, "2026-01-05", "Tidy up")


def against_main(**fields: object) -> Facts:
    """agent/b and main instead of agent/b and agent/a."""
    world = broken(**({"producer": "main"} | fields))
    (use,) = world.names.broken_uses
    return of_target(world, NameFacts(broken_uses=(use,)), use)


def of_target(world: Facts, names: NameFacts, collision: Collision) -> Facts:
    told = replace(names, target="main", commits={collision: COMMIT})
    return replace(world, names=NO_NAMES, target_names=(told,))


def one(check: Check, facts: Facts) -> Finding:
    [finding] = ask(check, facts)
    return finding


def test_the_stream_alone_is_told_and_asks_nothing_of_the_order() -> None:
    finding = one(missing_name, against_main(change="renamed", successor="g"))

    assert finding.branches == ("agent/b",)
    assert finding.constraints == ()
    assert finding.against == Against("refs/heads/main", COMMIT.oid, "Tidy up")
    assert [place.branch for place in finding.locations] == ["agent/b", "main"]
    assert finding.message == (
        "agent/b uses `m.f`; since the merge base, main renamed `f` to `g` (cccccccccc, 2026-01-05, Tidy up)"
    )
    assert finding.hint == "rebase agent/b onto main and change `f` to `g` in n.py line 3"


def test_a_commit_that_is_not_known_is_left_out() -> None:
    facts = against_main()
    names = replace(facts.target_names[0], commits={})
    finding = one(missing_name, replace(facts, target_names=(names,)))

    assert finding.message == "agent/b uses `m.f`; since the merge base, main removed `f` from m.py"
    assert finding.against == Against("refs/heads/main")


def test_what_the_target_has_removed_cannot_be_kept() -> None:
    assert "keep" not in one(missing_name, against_main()).hint
    assert "keep" not in one(missing_module, against_main(kind="module")).hint
    assert "keep `f` in agent/a" in one(missing_name, broken()).hint


def test_where_the_target_is_the_one_that_uses_it() -> None:
    facts = against_main(producer="agent/b", consumer="main")
    finding = one(missing_name, facts)

    assert finding.branches == ("agent/b",)
    assert finding.locations[0].branch == "agent/b"
    assert finding.message.startswith("since the merge base, main uses `m.f`; agent/b removes `f` from m.py")
    assert finding.hint == (
        "rebase agent/b onto main and remove the use of `f` in n.py line 3, or keep `f` in agent/b"
    )


@pytest.mark.parametrize(
    ("check", "fields", "message"),
    [
        (missing_module, {"kind": "module"}, "imports `m.f`, which since the merge base, main removed"),
        (
            missing_module,
            {"kind": "module", "change": "shadowed"},
            "uses `m.f`; since the merge base, main added m.py, which comes first and lacks it",
        ),
        (call_mismatch, {"kind": "call", "why": "needs `x`"}, "in main, since the merge base, it needs `x`"),
        (
            unimplemented_member,
            {"kind": "unimplemented", "why": "lacks a member"},
            "since the merge base, main left `f` to it",
        ),
        (
            unimplemented_member,
            {"kind": "override", "why": "takes less"},
            "since the merge base, main changed `f`, which it overrides",
        ),
        (
            missing_name,
            {"origin": "./m", "name": "f", "successor": "default", "change": "renamed"},
            "since the merge base, main made it the default",
        ),
    ],
)
def test_the_words_of_each_check(check: Check, fields: dict[str, object], message: str) -> None:
    finding = one(check, against_main(**fields))

    assert message in finding.message
    assert finding.branches == ("agent/b",)


def test_a_definition_that_both_have_now() -> None:
    duplicate = DuplicateDefinition("agent/b", "main", "m.py", "", "f", "function", (1, 9))
    facts = of_target(broken(), NameFacts(duplicates=(duplicate,)), duplicate)

    finding = one(duplicate_definition, facts)

    assert finding.branches == ("agent/b",)
    assert finding.hint == "rebase agent/b onto main and rename or remove `f` in it"


@pytest.mark.parametrize("key", ["", "a.b"])
def test_a_file_that_both_change(key: str) -> None:
    text = BrokenText("agent/b", "main", "m.json", "it repeats the key", key)
    facts = of_target(broken(), NameFacts(broken_texts=(text,)), text)

    finding = one(broken_merge_result, facts)

    assert (finding.branches, finding.constraints) == (("agent/b",), ())
    assert finding.hint.startswith("rebase agent/b onto main and ")


def test_a_cycle_that_both_close() -> None:
    links = (Link("a", "b", "agent/b", Place("a.py", 1)), Link("b", "a", "main", Place("b.py", 2)))
    cycle = Cycle("agent/b", "main", links, ("a", "b"), "x", "a.py", "b", "x")
    facts = of_target(broken(), NameFacts(cycles=(cycle,)), cycle)

    finding = one(import_cycle, facts)

    assert finding.branches == ("agent/b",)
    assert [place.branch for place in finding.locations] == ["agent/b", "main"]


def test_between_streams_nothing_names_the_target() -> None:
    finding = one(missing_name, broken())

    assert finding.against is None
    assert len(finding.branches) == 2


def test_a_use_of_both_kinds_is_told_twice() -> None:
    use = BrokenUse(
        kind="name", producer="agent/a", consumer="agent/b", name="m.f", changed_name="f",
        use_place=Place("n.py", 3), change_place=Place("m.py", 1),
    )  # fmt: skip
    facts = replace(against_main(), names=NameFacts(broken_uses=(use,)))

    assert [finding.against is None for finding in ask(missing_name, facts)] == [True, False]
