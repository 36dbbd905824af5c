"""G105."""

from __future__ import annotations

from dataclasses import replace

from support.facts import APP, CHAIN, ask, change, conflicted, facts, stream

from gate.checks.serialized_domain import serialized_domain
from gate.model.finding import Confidence, Finding, Location, Serial, Severity
from gate.model.git import ChangeKind, Conflict

A, B, C = "agent/a", "agent/b", "agent/c"


def test_several_streams_in_one_domain() -> None:
    moved = change("app/2", APP, ChangeKind.RENAMED, old=("chain/2", CHAIN))
    known = facts(
        stream(A, change("chain/1", CHAIN), change("chain/0", CHAIN)),
        stream(B, moved),
        stream(C, change("app/x")),
    )
    assert ask(serialized_domain, known) == [
        Finding(
            code="G105",
            name="serialized-domain",
            severity=Severity.WARNING,
            confidence=Confidence.CERTAIN,
            message="agent/a and agent/b both change the domain chain, which takes one stream at a time",
            branches=(A, B),
            locations=(Location(A, "chain/0"), Location(A, "chain/1"), Location(B, "chain/2")),
            hint="land them one at a time: once one has landed, rebase the next onto the target; "
            "COORD_DATA looks at each",
            constraints=(Serial((A, B)),),
            identity=("chain",),
        )
    ]


def test_three_streams() -> None:
    [finding] = ask(serialized_domain, facts(*(stream(name, change("chain/1", CHAIN)) for name in (C, A, B))))
    assert finding.message.startswith("agent/a, agent/b and agent/c all change")
    assert finding.constraints == (Serial((A, B, C)),)


def test_each_domain_is_its_own() -> None:
    other = replace(CHAIN, domain="other")
    assert (
        ask(serialized_domain, facts(stream(A, change("chain/1", CHAIN)), stream(B, change("o/1", other))))
        == []
    )


def test_one_stream_may_do_as_it_likes() -> None:
    assert ask(serialized_domain, facts(stream(A, change("chain/1", CHAIN), change("chain/2", CHAIN)))) == []


def test_a_stream_that_cannot_land_is_in_nobodys_way() -> None:
    stale = stream(A, change("chain/1", CHAIN), landing=conflicted(Conflict("app/x", "content")))
    assert ask(serialized_domain, facts(stale, stream(B, change("chain/2", CHAIN)))) == []


def test_a_domain_that_takes_many() -> None:
    assert ask(serialized_domain, facts(stream(A, change("app/1")), stream(B, change("app/2")))) == []
