"""The streams that land, a component at a time."""

from __future__ import annotations

from gate.model.plan import Candidate
from gate.order.landing.choose import landing_streams
from gate.order.units import group, rank


def landed(*streams: Candidate, before: tuple[str, ...] = (), apart: tuple[str, ...] = ()) -> str:
    """The names that land; an edge is two letters, a set its letters."""
    candidates = {stream.name: stream for stream in sorted(streams, key=rank)}
    units = group(list(candidates), [(edge[0], edge[1]) for edge in before])
    return "".join(sorted(landing_streams(units, candidates, [tuple(names) for names in apart])))


def test_a_component_without_a_set_lands_whole() -> None:
    assert landed(*map(Candidate, "abc"), before=("ab",)) == "abc"


def test_components_are_chosen_apart() -> None:
    assert landed(*map(Candidate, "abcdef"), before=("ef",), apart=("ab", "cd")) == "acef"


def test_a_set_with_a_stream_that_cannot_land_is_no_matter() -> None:
    blocked = Candidate("b", blocked="stale")
    assert landed(Candidate("a"), blocked, Candidate("c"), before=("bc",), apart=("ab", "ac")) == "a"


def test_a_set_joins_components_that_no_edge_joins() -> None:
    streams = [Candidate("a", weight=3), Candidate("b"), Candidate("c", weight=2), Candidate("d")]
    assert landed(*streams, before=("ab", "cd"), apart=("bd",)) == "abc"
    assert landed(*streams, before=("ab", "cd"), apart=("ac",)) == "ab"


def test_a_unit_weighs_what_its_streams_weigh() -> None:
    streams = [Candidate("a"), Candidate("b"), Candidate("x", weight=1.5)]
    assert landed(*streams, before=("ab", "ba"), apart=("bx",)) == "ab"


def test_the_smallest_weight_still_counts() -> None:
    streams = [Candidate("a", weight=1e-9), Candidate("b", weight=1e-9), Candidate("x", weight=1.4e-6)]
    assert landed(*streams, apart=("ax", "bx")) == "ab"


def test_weights_are_whole_millionths() -> None:
    rivals = [Candidate("x", weight=1.000_001), Candidate("a", weight=1.0, priority=9)]
    assert landed(*rivals, apart=("ax",)) == "x"
    rivals = [Candidate("x", weight=1.000_000_1), Candidate("a", weight=1.0, priority=9)]
    assert landed(*rivals, apart=("ax",)) == "a"


def test_where_weights_tie_the_best_ranked_stream_counts_more_than_all_below_it() -> None:
    streams = [Candidate("a", priority=3, weight=2), *(Candidate(name, priority=2) for name in "bc")]
    assert landed(*streams, apart=("ab", "ac")) == "a"
