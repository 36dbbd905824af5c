"""`atlas.sum`: what Atlas itself would write for a folder."""

from __future__ import annotations

from gate.migrations.tools.atlas.directory_sum import directory_sum

FILES = {"2.sql": b"B;\n", "1.sql": b"A;\n", "10.sql": b"-- atlas:sum ignore\n\nC;\n"}
SUM = b"""\
h1:0V//6OS5hNU3ubmggim2Xtu+w9hzzGNbFhkiXpwtG1M=
1.sql h1:9qY/gGdE9ZVlFuFCchIYACr2luonEonwH16OHNlVqCE=
2.sql h1:uEWVu7ZNrm7QYx+dqDSGg2en+DFnjr97SAaW2UyqPFo=
"""


def test_the_sum_of_a_folder() -> None:
    """The values are those of `sha256sum` for `1.sqlA;` and `1.sqlA;10.sql2.sqlB;`, as Atlas chains them."""
    assert directory_sum(FILES) == SUM


def test_the_sum_of_nothing() -> None:
    assert directory_sum({}) == b"h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
