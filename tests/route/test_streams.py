"""Whose stream a branch is."""

from __future__ import annotations

import pytest

from gate import route
from gate.model.policy import Coordinator, Policy

STREAMS = Policy(
    coordinators=(
        Coordinator("ENGINE", streams=("agent/engine/*", "agent/*-engine")),
        Coordinator("OPS", streams=("agent/*", "agent/engine/deploy")),
        Coordinator("TIED", streams=("agent/tie/*",)),
        Coordinator("TIED_TOO", streams=("agent/tie?*",)),
    )
)


@pytest.mark.parametrize(
    ("name", "ref", "coordinator"),
    [
        ("agent/engine/a/b", "refs/heads/agent/engine/a/b", "ENGINE"),
        ("origin/agent/engine/a", "refs/remotes/origin/agent/engine/a", "ENGINE"),
        ("refs/heads/agent/engine/a", "refs/heads/agent/engine/a", "ENGINE"),
        ("agent/engine/deploy", "refs/heads/agent/engine/deploy", "OPS"),
        ("agent/x-engine", "refs/heads/agent/x-engine", "ENGINE"),
        ("agent/x", "refs/heads/agent/x", "OPS"),
        ("Agent/x", "refs/heads/Agent/x", None),
        ("feature", "refs/heads/feature", None),
        ("agent/tie/x", "refs/heads/agent/tie/x", "TIED"),
        ("1234abcd", "", None),
    ],
)
def test_a_stream_belongs_to_the_most_specific_pattern(name: str, ref: str, coordinator: str | None) -> None:
    assert route.coordinator_of_stream(name, ref, STREAMS) == coordinator


def test_a_stream_two_coordinators_claim_equally_is_undeclared() -> None:
    tied = Policy(coordinators=(Coordinator("A", streams=("a*",)), Coordinator("B", streams=("*a",))))
    assert route.coordinator_of_stream("aa", "refs/heads/aa", tied) is None
    assert route.coordinator_of_stream("ab", "refs/heads/ab", tied) == "A"
