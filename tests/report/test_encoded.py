"""JSON that may be printed anywhere."""

from __future__ import annotations

import json

from gate.model.report import TargetRecord
from gate.report.encoded import encoded


def test_a_value_is_two_spaces_deep() -> None:
    assert encoded(TargetRecord("main", "0")) == '{\n  "ref": "main",\n  "commit": "0"\n}\n'


def test_bytes_that_are_no_text_stand_escaped() -> None:
    assert json.loads(encoded([b"caf\xe9".decode("utf-8", "surrogateescape")])) == [r"caf\xe9"]


def test_nothing_in_it_steers_a_terminal_or_a_build_log() -> None:
    hostile = {"\x1b[2J": ["a\u202eb", "##[error]", "\x9b", "\u2028"]}
    text = encoded(hostile)
    assert json.loads(text) == hostile
    assert text.replace("\n", "").isprintable()
    assert "##" not in text
