"""What holds of every plan, whatever the streams and constraints."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import networkx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gate import order
from gate.model.finding import Alone, Apart, Before, Constraint, Serial
from gate.model.plan import Candidate, Held, Limits
from gate.order.batching import schedule
from gate.order.landing import search

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence, Set
    from random import Random

Asked = list[tuple[Constraint, str]]
Case = tuple[list[Candidate], Asked, Limits]
BOUND = st.none() | st.integers(1, 4)


@st.composite
def cases(draw: st.DrawFn, most: int = 12, cyclic: bool = True) -> Case:
    """Candidates with many ties, constraints on them and on strangers, and limits."""
    count = draw(st.integers(1, most))
    names = [f"s{n:02}" for n in range(count)]
    candidates = [draw(_candidates(name)) for name in names]
    constraints = draw(st.lists(_constraints([*names, "stranger"], cyclic), max_size=3 * count))
    owner = st.tuples(st.sampled_from("XYZ"), st.integers(1, 2))
    limits = Limits(draw(BOUND), draw(BOUND), tuple(draw(st.lists(owner, max_size=1))))
    return candidates, [(constraint, f"f{at}") for at, constraint in enumerate(constraints)], limits


def _candidates(name: str) -> st.SearchStrategy[Candidate]:
    return st.builds(
        Candidate,
        name=st.just(name),
        weight=st.sampled_from([0.5, 1.0, 1.0, 2.0, 3.0]),
        priority=st.integers(0, 1),
        finished=st.integers(0, 3),
        size=st.integers(1, 2),
        coordinator=st.sampled_from([None, "X", "Y", "Z"]),
        blocked=st.sampled_from(["", "", "", "", "it is stale"]),
    )


def _constraints(names: list[str], cyclic: bool) -> st.SearchStrategy[Constraint]:
    name = st.sampled_from(names)
    several = st.lists(name, min_size=2, max_size=4).map(tuple)
    edge = st.tuples(name, name) if cyclic else st.tuples(name, name).map(sorted)
    return st.one_of(
        edge.map(lambda pair: Before(pair[0], pair[1])),
        st.tuples(name, name).map(Apart),
        several.map(Apart),
        several.map(Serial),
        name.map(Alone),
    )


def units_of(candidates: Iterable[Candidate], asked: Asked) -> dict[str, frozenset[str]]:
    """The unit of each stream, by another road than the planner's: who reaches whom and back."""
    graph = networkx.DiGraph([(ask.first, ask.then) for ask, _ in asked if isinstance(ask, Before)])
    graph.add_nodes_from(candidate.name for candidate in candidates)
    graph = networkx.transitive_closure(graph.subgraph(candidate.name for candidate in candidates))
    back = {name: {other for other in graph[name] if graph.has_edge(other, name)} for name in graph}
    return {name: frozenset({name, *others}) for name, others in back.items()}


def allowed(landed: Set[str], candidates: Iterable[Candidate], asked: Asked) -> bool:
    """Whether this set of streams may land."""
    known = {candidate.name for candidate in candidates}
    blocked = {candidate.name for candidate in candidates if candidate.blocked}
    for ask, _ in asked:
        match ask:
            case Before(first, then) if first in known and then in landed and first not in landed:
                return False
            case Apart(branches) if len(set(branches)) > 1 and set(branches) <= landed:
                return False
    return not landed & blocked


def rank(candidate: Candidate) -> tuple[int, int, int, str]:
    return (-candidate.priority, candidate.finished, candidate.size, candidate.name)


def weight(landed: Iterable[str], candidates: Iterable[Candidate]) -> float:
    names = set(landed)
    return sum(candidate.weight for candidate in candidates if candidate.name in names)


def batches_hold(batches: Sequence[Collection[str]], case: Case, unit: Mapping[str, frozenset[str]]) -> bool:
    """Whether these streams may share batches in this way."""
    candidates, asked, limits = case
    place = {name: at for at, batch in enumerate(batches) for name in batch}
    for names in filter(None, batches):
        batch = [candidate for candidate in candidates if candidate.name in names]
        if not fits(batch, limits) and not unit[batch[0].name].issuperset(names):
            return False
    return all(_kept(ask, batches, place, unit) for ask, _ in asked)


def _kept(
    ask: Constraint,
    batches: Sequence[Collection[str]],
    place: dict[str, int],
    unit: Mapping[str, frozenset[str]],
) -> bool:
    match ask:
        case Before(first, then) if first in place and then in place:
            return place[first] == place[then] if unit[first] == unit[then] else place[first] < place[then]
        case Serial(branches):
            pairs = itertools.combinations([name for name in branches if name in place], 2)
            return all(unit[one] == unit[other] or place[one] != place[other] for one, other in pairs)
        case Alone(branch) if branch in place:
            return unit[branch].issuperset(batches[place[branch]])
    return True


def fits(batch: list[Candidate], limits: Limits) -> bool:
    owners = [candidate.coordinator for candidate in batch if candidate.coordinator]
    return (
        (limits.streams is None or len(batch) <= limits.streams)
        and (limits.coordinators is None or len(set(owners)) <= limits.coordinators)
        and all(owners.count(name) <= bound for name, bound in limits.per_coordinator)
    )


@pytest.fixture(params=[True, False], ids=["exact", "bounded"])
def _search(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to search: to the end, and with almost nothing to spend."""
    if not request.param:
        monkeypatch.setattr(search, "EXACT", 0)
        monkeypatch.setattr(search, "WORK", 1)
        monkeypatch.setattr(schedule, "EXACT", 0)


both = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.usefixtures("_search")
@both
@given(cases())
def test_every_plan_is_valid(case: Case) -> None:
    candidates, asked, _ = case
    plan = order.plan(*case)
    assert plan.order == tuple(name for batch in plan.batches for name in batch)
    assert all(plan.batches)
    assert sorted([*plan.order, *(held.branch for held in plan.held)]) == [one.name for one in candidates]
    assert allowed({*plan.order}, candidates, asked)
    assert batches_hold(plan.batches, case, units_of(candidates, asked))


@pytest.mark.usefixtures("_search")
@both
@given(cases())
def test_every_held_stream_has_a_reason_and_could_not_be_added(case: Case) -> None:
    candidates, asked, _ = case
    plan, unit = order.plan(*case), units_of(candidates, asked)
    blocked = {candidate.name for candidate in candidates if candidate.blocked}
    assert {held.branch for held in plan.held if held.blocked} == blocked
    for held in plan.held:
        assert held.unblock
        assert held.because == tuple(sorted(set(held.because)))
        assert held.blocked or held.because
        assert not allowed({*plan.order} | unit[held.branch], candidates, asked)


@pytest.mark.usefixtures("_search")
@both
@given(cases(), st.randoms(use_true_random=False))
def test_the_input_may_come_in_any_order(case: Case, random: Random) -> None:
    candidates, asked, limits = case
    shuffled, mixed = list(candidates), [(_turned(ask, random), why) for ask, why in asked]
    random.shuffle(shuffled)
    random.shuffle(mixed)
    assert order.plan(shuffled, mixed, limits) == order.plan(candidates, asked, limits)


@pytest.mark.usefixtures("_search")
@both
@given(cases(most=20, cyclic=False))
def test_never_worse_than_one_after_another(case: Case) -> None:
    candidates, asked, _ = case
    best = weight(order.plan(*case).order, candidates)
    heaviest = sorted(candidates, key=lambda one: (-one.weight, rank(one)))
    arrival = sorted(candidates, key=lambda one: (one.finished, rank(one)))
    for queue in (heaviest, arrival):
        names = [candidate.name for candidate in queue]
        assert best >= weight(greedy(names, candidates, asked, pull=True), candidates)
        assert best >= weight(greedy(names, candidates, asked, pull=False), candidates)


@settings(deadline=None)
@given(cases(most=8))
def test_the_landing_set_is_the_best_there_is(case: Case) -> None:
    candidates, asked, _ = case
    ranked = sorted(candidates, key=rank)
    sets = [
        {candidate.name for at, candidate in enumerate(ranked) if mask >> at & 1}
        for mask in range(1 << len(ranked))
    ]
    best = max(
        (landed for landed in sets if allowed(landed, candidates, asked)),
        key=lambda landed: (weight(landed, candidates), [one.name in landed for one in ranked]),
    )
    assert {*order.plan(*case).order} == best


@settings(deadline=None)
@given(cases(most=7))
def test_there_are_no_fewer_batches(case: Case) -> None:
    plan = order.plan(*case)
    assert len(plan.batches) == fewest(plan.order, case)


@settings(deadline=None)
@given(cases(), st.sets(st.sampled_from([f"s{n:02}" for n in range(12)]), max_size=3))
def test_a_repaired_plan_is_valid(case: Case, names: set[str]) -> None:
    candidates, asked, _ = case
    made = order.plan(*case)
    lost = {name: Held(name, ("m",), "resolve its conflict") for name in sorted(names)}
    plan = order.repair(made, lost, asked)
    assert not names & {*plan.order}
    assert plan.order == tuple(name for name in made.order if name in plan.order)
    assert sorted([*plan.order, *(held.branch for held in plan.held)]) == [one.name for one in candidates]
    assert allowed({*plan.order}, candidates, asked)
    assert batches_hold(plan.batches, case, units_of(candidates, asked))
    assert all(held.unblock and (held.because or held.blocked) for held in plan.held)


def _turned(ask: Constraint, random: Random) -> Constraint:
    """The same constraint, its streams named in another order where that says the same."""
    if isinstance(ask, Apart | Serial):
        return type(ask)(tuple(random.sample(ask.branches, len(ask.branches))))
    return ask


def greedy(names: list[str], candidates: list[Candidate], asked: Asked, *, pull: bool) -> set[str]:
    """Stream after stream, if it may land: drawing in what it needs, or waiting until that has landed."""
    edges = [(ask.first, ask.then) for ask, _ in asked if isinstance(ask, Before)]
    graph = networkx.DiGraph([edge for edge in edges if {*edge} <= {*names} and edge[0] != edge[1]])
    graph.add_nodes_from(names)
    landed: set[str] = set()
    left = list(names)
    while left:
        for name in left:
            grown = landed | {name} | (networkx.ancestors(graph, name) if pull else set())
            if allowed(grown, candidates, asked):
                landed = grown
                break
        else:
            break
        left = [name for name in left if name not in landed]
    return landed


def fewest(names: Iterable[str], case: Case) -> int:
    """The least number of batches for these streams, by trying every place for every unit."""
    unit = units_of(case[0], case[1])
    units = sorted({unit[name] for name in names}, key=sorted)
    return next(count for count in itertools.count() if _place(units, [frozenset()] * count, case, unit))


def _place(
    units: list[frozenset[str]], batches: list[frozenset[str]], case: Case, unit: Mapping[str, frozenset[str]]
) -> bool:
    if not batches_hold(batches, case, unit):
        return False
    if not units:
        return True
    tries = ([*batches[:at], batches[at] | units[0], *batches[at + 1 :]] for at in range(len(batches)))
    return any(_place(units[1:], tried, case, unit) for tried in tries)
