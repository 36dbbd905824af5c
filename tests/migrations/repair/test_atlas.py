"""`atlas.sum`: what Atlas itself would write for what lands."""

from __future__ import annotations

import pytest

from gate.migrations.repair.atlas_sum import Directory, rewritten, summed
from gate.migrations.repair.refused import Refused
from gate.model.repairs import Rewrite

FILES = {"2.sql": b"B;\n", "1.sql": b"A;\n", "10.sql": b"-- atlas:sum ignore\n\nC;\n"}
SUM = b"""\
h1:0V//6OS5hNU3ubmggim2Xtu+w9hzzGNbFhkiXpwtG1M=
1.sql h1:9qY/gGdE9ZVlFuFCchIYACr2luonEonwH16OHNlVqCE=
2.sql h1:uEWVu7ZNrm7QYx+dqDSGg2en+DFnjr97SAaW2UyqPFo=
"""


def test_the_sum_of_a_folder() -> None:
    """The values are those of `sha256sum` for `1.sqlA;` and `1.sqlA;10.sql2.sqlB;`, as Atlas chains them."""
    assert summed(FILES) == SUM


def test_the_sum_of_nothing() -> None:
    assert summed({}) == b"h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"


A, B, X, Y = (f"SELECT '{name}';\n".encode() for name in "abxy")
TARGET = {"1_a.sql": A, "2_b.sql": B}


def of(files: dict[str, bytes]) -> dict[str, bytes]:
    """A folder with its sum."""
    return files | {"atlas.sum": summed({name: one for name, one in files.items() if name.endswith(".sql")})}


@pytest.mark.parametrize(
    ("landed", "own", "rewrites", "expected"),
    [
        pytest.param(
            {"3_x.sql": X},
            {"3_y.sql": Y},
            [Rewrite("m/3_y.sql", Y, Y, "m/4_y.sql")],
            {"3_x.sql": X, "4_y.sql": Y},
            id="renamed",
        ),
        pytest.param(
            {"3_x.sql": X},
            {"3_x.sql": Y},
            [Rewrite("m/3_x.sql", Y, Y, "m/4_x.sql")],
            {"3_x.sql": X, "4_x.sql": Y},
            id="renamed, of one name",
        ),
        pytest.param(
            {"3_x.sql": X}, {"4_y.sql": Y}, [], {"3_x.sql": X, "4_y.sql": Y}, id="one after the other"
        ),
        pytest.param({"3_x.sql": X}, {"1_a.sql": None}, [], {"3_x.sql": X, "1_a.sql": None}, id="gone"),
        pytest.param({}, {"3_y.sql": Y}, [], None, id="alone"),
    ],
)
def test_what_lands_is_summed(
    landed: dict[str, bytes],
    own: dict[str, bytes | None],
    rewrites: list[Rewrite],
    expected: dict[str, bytes | None] | None,
) -> None:
    known = Directory(of(TARGET), of(TARGET) | landed, own)
    found = list(rewritten({"m": known}, rewrites, {"m/atlas.sum": b"old"}))

    files = TARGET | (expected or {})
    new = summed({name: one for name, one in files.items() if one is not None})
    assert found == ([] if expected is None else [Rewrite("m/atlas.sum", b"old", new)])


def test_only_the_files_that_the_target_counts() -> None:
    target = {"1_a.up.sql": A, "1_a.down.sql": B}
    known = Directory(
        target | {"atlas.sum": summed({"1_a.up.sql": A})}, target | {"2_x.up.sql": X}, {"3_y.down.sql": Y}
    )
    [found] = rewritten({"": known}, [], {})

    assert (found.path, found.before) == ("atlas.sum", None)
    assert found.after == summed({"1_a.up.sql": A, "2_x.up.sql": X})


def test_a_sum_that_does_not_fit_is_not_continued() -> None:
    known = Directory({"1_a.sql": A, "atlas.sum": b"h1:x\n"}, {"2_x.sql": X}, {})

    with pytest.raises(Refused, match=r"^m/atlas\.sum of the target is not what its files give"):
        list(rewritten({"m": known}, [], {}))


def test_a_sum_that_is_right_stays() -> None:
    known = Directory(of(TARGET), TARGET | {"3_x.sql": X}, {})

    assert not list(rewritten({"": known}, [], {"atlas.sum": summed(TARGET | {"3_x.sql": X})}))
