"""Whatever streams add to an ordered store: once each is repaired after the one before, none is equal or late."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gate.migrations.graph import collide
from gate.migrations.repair import repair
from gate.migrations.repair.situation import Situation
from gate.migrations.tools import tool
from gate.model.migrations import Delta, File, Migration, Node, Store
from gate.model.repairs import Repair

STORE = Store("golang_migrate", "m", ("m",), "ordered", "error")
Files = dict[str, bytes]

numbers = st.integers(0, 12) | st.integers(20231231235957, 20240101000002)
streams = st.lists(st.sets(numbers, max_size=4), max_size=4)


def files_of(stream: str, versions: set[int]) -> Files:
    return {
        f"m/{version:03}_{stream}.{way}.sql": f"{stream} {version} {way}".encode()
        for version in versions
        for way in ("up", "down")
    }


def nodes_of(files: Files) -> tuple[Node, ...]:
    answer = [File(path, content.decode(), Migration("full")) for path, content in files.items()]
    kept = [file for file in answer if tool("golang_migrate").folder(file.path)]
    return tuple(tool("golang_migrate").nodes(STORE, kept))


@given(st.sets(numbers, min_size=1, max_size=4), streams)
def test_no_version_is_equal_or_late(target: set[int], added: list[set[int]]) -> None:
    ground = nodes_of(files_of("main", target))
    before: list[Delta] = []
    for at, versions in enumerate(added):
        files = files_of(f"s{at}", versions)
        answer = repair(
            Situation([STORE], ground, before, Delta(f"s{at}", nodes_of(files)), files, new=list(files))
        )
        assert isinstance(answer, Repair), answer
        before.append(Delta(f"s{at}", answer.nodes))
        _goes_together(files, answer)
    for at, delta in enumerate(before):
        landed = (*ground, *(node for rewrite in before[:at] for node in rewrite.added))
        facts = collide([STORE], landed, [delta])
        assert (facts.duplicates, facts.late) == ((), ())


def _goes_together(files: Files, answer: Repair) -> None:
    """Contents stay, both directions have one name, and the order of the stream is kept."""
    places = {rewrite.path: rewrite.final_path for rewrite in answer.rewrites}
    assert all(rewrite.before == rewrite.after == files[rewrite.path] for rewrite in answer.rewrites)
    ups = [(path, places.get(path, path)) for path in sorted(files, key=_version) if ".up." in path]
    assert all(
        places.get(old.replace(".up.", ".down."), old.replace(".up.", ".down."))
        == new.replace(".up.", ".down.")
        for old, new in ups
    )
    assert all(_version(earlier[1]) < _version(later[1]) for earlier, later in pairwise(ups))


def _version(path: str) -> int:
    return int(path.removeprefix("m/").partition("_")[0])
