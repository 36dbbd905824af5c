"""Sums of folders: what Atlas itself would write for what lands."""

from __future__ import annotations

import pytest

from gate.migrations.repair.folder_sums import SummedFolder, rewritten
from gate.migrations.tools.atlas.directory_sum import directory_sum
from gate.model.repairs import CannotRepair, Rewrite

A, B, X, Y = (f"SELECT '{name}';\n".encode() for name in "abxy")
TARGET = {"1_a.sql": A, "2_b.sql": B}


def of(files: dict[str, bytes]) -> dict[str, bytes]:
    """A folder with its sum."""
    return files | {
        "atlas.sum": directory_sum(
            {name: content for name, content in files.items() if name.endswith(".sql")}
        )
    }


@pytest.mark.parametrize(
    ("landed", "changed", "rewrites", "expected"),
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
    changed: dict[str, bytes | None],
    rewrites: list[Rewrite],
    expected: dict[str, bytes | None] | None,
) -> None:
    folder = SummedFolder("atlas", "m/atlas.sum", of(TARGET), of(TARGET) | landed, changed)
    rewrite = list(rewritten([folder], rewrites, {"m/atlas.sum": b"old"}))

    files = TARGET | (expected or {})
    new = directory_sum({name: content for name, content in files.items() if content is not None})
    assert rewrite == ([] if expected is None else [Rewrite("m/atlas.sum", b"old", new)])


def test_only_the_files_that_the_target_counts() -> None:
    target = {"1_a.up.sql": A, "1_a.down.sql": B}
    folder = SummedFolder(
        "atlas",
        "atlas.sum",
        target | {"atlas.sum": directory_sum({"1_a.up.sql": A})},
        target | {"2_x.up.sql": X},
        {"3_y.down.sql": Y},
    )
    [rewrite] = rewritten([folder], [], {})

    assert (rewrite.path, rewrite.before) == ("atlas.sum", None)
    assert rewrite.after == directory_sum({"1_a.up.sql": A, "2_x.up.sql": X})


def test_a_sum_that_does_not_fit_is_not_continued() -> None:
    folder = SummedFolder("atlas", "m/atlas.sum", {"1_a.sql": A, "atlas.sum": b"h1:x\n"}, {"2_x.sql": X}, {})

    with pytest.raises(CannotRepair, match=r"^m/atlas\.sum of the target is not what its files give"):
        list(rewritten([folder], [], {}))


def test_a_sum_that_is_right_stays() -> None:
    folder = SummedFolder("atlas", "atlas.sum", of(TARGET), TARGET | {"3_x.sql": X}, {})

    assert not list(rewritten([folder], [], {"atlas.sum": directory_sum(TARGET | {"3_x.sql": X})}))
