"""Heads that several streams leave together, and those of one alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from migrations.graph.graphs import collided, delta, node

if TYPE_CHECKING:
    from gate.model.collisions import Fork
    from gate.model.migrations import Delta

LINE = ("a1", "a2<a1")


def summary(fork: Fork) -> tuple[str, str, str, str]:
    """Its kind, point, and each stream's chain; the pairs that cannot both land."""
    chains = " ".join(f"{chain.stream}:{'-'.join(node.id for node in chain.nodes)}" for chain in fork.chains)
    return (
        fork.kind,
        fork.point.id if fork.point else "",
        chains,
        " ".join("+".join(pair) for pair in fork.apart),
    )


@pytest.mark.parametrize(
    ("target", "deltas", "forks"),
    [
        pytest.param(
            LINE, [delta("a", "b<a2"), delta("b", "c<a2")], [("heads", "a2", "a:b b:c", "a+b")], id="two"
        ),
        pytest.param(
            LINE,
            [delta("a", "b1<a2", "b2<b1"), delta("b", "c1<a2", "c2<c1", "c3<c2")],
            [("heads", "a2", "a:b1-b2 b:c1-c2-c3", "a+b")],
            id="chains",
        ),
        pytest.param(
            LINE,
            [delta("a", "b<a2"), delta("b", "c<a2"), delta("c", "d<a2")],
            [("heads", "a2", "a:b b:c c:d", "a+b a+c b+c")],
            id="three are one finding",
        ),
        pytest.param(LINE, [delta("a", "b<a2"), delta("b", "b<a2")], [], id="the same on both"),
        pytest.param(LINE, [delta("a", "b<a2"), delta("b", "b<a2", "c<b")], [], id="stacked"),
        pytest.param(
            LINE,
            [delta("a", "x<a2", "b<x"), delta("b", "x<a2", "c<x")],
            [("heads", "x", "a:b b:c", "a+b")],
            id="both on what both bring",
        ),
        pytest.param(
            LINE,
            [delta("a", "x<b"), delta("b", "b<a2", "c<b", "d<c")],
            [("heads", "b", "b:c-d a:x", "a+b")],
            id="on what another brings and has gone on from",
        ),
        pytest.param(LINE, [delta("a", "x<b"), delta("b", "b<a2")], [], id="on what another brings"),
        pytest.param(
            ("a1", "a2<a1", "z<a1"),
            [delta("a", "x<z"), delta("b", "z<a2", "y<z")],
            [("heads", "z", "b:y a:x", "a+b")],
            id="on what another re-parents and goes on from",
        ),
        pytest.param(
            LINE,
            [delta("a", "b<a2"), delta("b", "c<a2"), delta("c", "b<a2", "c<a2", "m<b,c")],
            [],
            id="a merge revision heals",
        ),
        pytest.param(
            LINE,
            [delta("a", "b<a2"), delta("b", "c<a2"), delta("c", "b<a2", "c<a2", "m<b,c"), delta("d", "d<a2")],
            [("heads", "a2", "a:b b:c c:b-c-m d:d", "a+d b+d c+d")],
            id="a merge revision of the others does not help the fourth",
        ),
        pytest.param(
            ("a1", "a2<a1", "a3<a1"),
            [delta("a", "m<a2,a3"), delta("b", "n<a3,a2")],
            [("merges", "a2", "a:m b:n", "a+b")],
            id="competing merges",
        ),
        pytest.param(
            ("a1", "a2<a1", "a3<a1"),
            [delta("a", "b<a2"), delta("b", "c<a3")],
            [],
            id="each on a head of its own",
        ),
        pytest.param(
            ("a1", "a2<a1", "a3<a1"),
            [delta("a", "m<a2,a3"), delta("b", "c<a3")],
            [("heads", "a3", "a:m b:c", "a+b")],
            id="a merge, and one on a head of it",
        ),
        pytest.param(
            (),
            [delta("a", "b1", "b2<b1"), delta("b", "c")],
            [("base", "", "a:b1-b2 b:c", "a+b")],
            id="two beginnings",
        ),
        pytest.param(
            (),
            [delta("a", node("b", labels=("pre",))), delta("b", node("c", labels=("post",)))],
            [],
            id="two labelled beginnings",
        ),
        pytest.param(
            LINE,
            [delta("a", node("b<a2", labels=("x",))), delta("b", "c<a2")],
            [],
            id="a branch that is meant",
        ),
        pytest.param(
            (*LINE, "other.o1"),
            [delta("a", "b<a2"), delta("b", "other.o2<other.o1,db.a2")],
            [],
            id="of another store",
        ),
        pytest.param(
            (*LINE, "a3<a2"),
            [delta("a", "b<a2"), delta("b", "c<a2", removed=("a3<a2",))],
            [("heads", "a2", "a:b", "")],
            id="one that forks alone, and one that takes the head away",
        ),
        pytest.param(
            (*LINE, "z<other.o1"),
            [delta("a", "b<a2"), delta("b", "c<a2,other.o1")],
            [("heads", "a2", "a:b b:c", "a+b")],
            id="a parent elsewhere changes nothing",
        ),
    ],
)
def test_forks_between_streams(
    target: tuple[str, ...], deltas: list[Delta], forks: list[tuple[str, str, str, str]]
) -> None:
    assert [summary(fork) for fork in collided(target, *deltas).forks] == forks
    assert collided(target, *reversed(deltas)).forks == collided(target, *deltas).forks


@pytest.mark.parametrize(
    ("target", "stream", "forks", "heads"),
    [
        pytest.param((*LINE, "a3<a2"), delta("a", "b<a2"), [("heads", "a2", "a:b", "")], ["a3"], id="stale"),
        pytest.param(LINE, delta("a", "b<a2", "c<a2"), [("heads", "a2", "a:b a:c", "")], [], id="by itself"),
        pytest.param(LINE, delta("a", "b"), [("base", "", "a:b", "")], ["a2"], id="a new beginning"),
        pytest.param(LINE, delta("a", node("b", path="db/other/b.py")), [], [], id="a new location"),
        pytest.param(LINE, delta("a", node("b", labels=("x",))), [], [], id="a labelled beginning"),
        pytest.param((*LINE, "a3<a2"), delta("a", "b<a2", "m<b,a3"), [], [], id="stale and healed"),
        pytest.param((*LINE, "a3<a2"), delta("a", node("b<a2", labels=("x",))), [], [], id="stale, labelled"),
        pytest.param(LINE, delta("a", "b<nowhere"), [], [], id="on nothing known"),
        pytest.param(LINE, delta("a", "b<a1", removed=("a2<a1",)), [], [], id="in place of the head"),
        pytest.param(LINE, delta("a", "b<a2", "c<b"), [], [], id="well"),
        pytest.param(LINE, delta("a", "b<a1", "a2<b"), [], [], id="put in below the head"),
        pytest.param(LINE, delta("a", "a2<a1,other.o1"), [], [], id="another parent of another store"),
        pytest.param((*LINE, "a3<a2"), delta("a", "b<a1", "a2<b"), [], [], id="put in further below"),
        pytest.param(
            (*LINE, "a3<a2"), delta("a", "b<a1", "a3<b"), [("heads", "a1", "a:b-a3", "")], [], id="parted"
        ),
    ],
)
def test_forks_of_one_stream(
    target: tuple[str, ...], stream: Delta, forks: list[tuple[str, str, str, str]], heads: list[str]
) -> None:
    result = collided(target, stream).forks

    assert [summary(fork) for fork in result] == forks
    assert [node.id for fork in result for node in fork.heads] == heads


@pytest.mark.parametrize(
    ("target", "deltas", "forks"),
    [
        pytest.param(
            LINE,
            [delta("a", node("s<", replaces=("a1", "a2"))), delta("b", "c<a2")],
            [],
            id="the child of what is replaced follows the squash",
        ),
        pytest.param(
            LINE,
            [delta("a", node("s", replaces=("a1", "a2")), "t<s"), delta("b", "c<a2")],
            [("heads", "a2", "a:s-t b:c", "a+b")],
            id="a squash and its child",
        ),
        pytest.param(
            LINE,
            [delta("a", node("s", replaces=("a1", "a2"))), delta("b", node("t", replaces=("a1", "a2")))],
            [("squash", "a2", "a:s b:t", "a+b")],
            id="two squashes",
        ),
        pytest.param(
            (*LINE, node("s", replaces=("a1", "a2"))),
            [delta("a", "b<a2"), delta("b", "c<s")],
            [("heads", "s", "a:b b:c", "a+b")],
            id="on the squash and on what it replaces",
        ),
        pytest.param(
            (*LINE, node("s", replaces=("a1", "a2")), "a3<s"),
            [delta("a", "b<a3")],
            [],
            id="what is replaced is no head",
        ),
    ],
)
def test_squashes(
    target: tuple[str, ...], deltas: list[Delta], forks: list[tuple[str, str, str, str]]
) -> None:
    assert [summary(fork) for fork in collided(target, *deltas).forks] == forks


@pytest.mark.parametrize(
    ("target", "deltas", "forks"),
    [
        pytest.param(
            LINE,
            [delta("a", node("s", replaces=("a1", "a2")), "t<s"), delta("b", "c<a2")],
            [("a:s-t b:c", "", True)],
            id="either way",
        ),
        pytest.param(
            LINE,
            [delta("a", node("s", replaces=("a1", "a2"))), delta("b", node("t", replaces=("a1", "a2")))],
            [("a:s b:t", "stands", True)],
            id="two squashes",
        ),
        pytest.param(
            LINE,
            [delta("a", node("s", replaces=("a1",))), delta("b", node("t", replaces=("a1",)))],
            [("a:s b:t", "", True)],
            id="of one migration nobody has a part",
        ),
        pytest.param(
            LINE,
            [delta("a", "a3<a2", node("s", replaces=("a1", "a2", "a3"))), delta("b", "c<a2")],
            [("a:a3 b:c", "partly", True)],
            id="the squash takes in what would be the other head",
        ),
        pytest.param(
            (*LINE, node("s", replaces=("a1", "a2")), "a3<s"),
            [delta("a", "b<a2")],
            [("a:b", "", True)],
            id="on what is squashed, of one stream",
        ),
        pytest.param(
            (*LINE, "a3<a2", node("s", replaces=("a1", "a2", "a3"))),
            [delta("a", "b<a2")],
            [("a:b", "partly", True)],
            id="within what is squashed",
        ),
        pytest.param(
            ("a1", "a2<a1", "a3<a1"),
            [delta("a", node("s", replaces=("a1", "a2")), removed=("a2<a1",)), delta("b", "c<s")],
            [],
            id="what is squashed is gone",
        ),
        pytest.param(
            LINE,
            [
                delta("a", "a3<a2", node("s", replaces=("a1", "a2"))),
                delta("b", node("t", replaces=("a1", "a2", "a3"))),
            ],
            [("a:s b:t", "stands", False)],
            id="squashes that overlap",
        ),
    ],
)
def test_in_which_databases(
    target: tuple[str, ...], deltas: list[Delta], forks: list[tuple[str, str, bool]]
) -> None:
    result = collided(target, *deltas).forks
    assert [(summary(fork)[2], fork.state, fork.sure) for fork in result] == forks


def test_what_is_partly_read_is_never_sure() -> None:
    deltas = (delta("a", node("b<a2", sure=False)), delta("b", "c<a2"))
    assert [fork.sure for fork in collided(LINE, *deltas).forks] == [False]


def test_a_target_with_several_heads_may_be_used_to_them() -> None:
    [fork] = collided(("a1", "a2<a1", "a3<a1"), delta("a", "b<a1")).forks
    assert not fork.sure


@pytest.mark.parametrize(
    "target",
    [
        pytest.param(("a1", "a2<a1", "z1", "z2<z1"), id="of another root"),
        pytest.param(("a1", "a2<a1", node("z<a1", labels=("x",)), "z2<z"), id="of a branch with a label"),
    ],
)
def test_heads_that_are_meant_make_a_fork_beside_them_no_less_sure(target: tuple[str, ...]) -> None:
    [fork] = collided(target, delta("a", "b<a1")).forks
    assert fork.sure


def test_long_chains_end_quickly() -> None:
    long = ["c0<a2", *(f"c{at}<c{at - 1}" for at in range(1, 3000))]
    [fork] = collided(LINE, delta("a", *long), delta("b", "d<a2")).forks
    assert fork.chains[0].head.id == "c2999"


def test_circles_end() -> None:
    assert collided(LINE, delta("a", "b<c", "c<b"), delta("b", "d<d")).forks == ()
