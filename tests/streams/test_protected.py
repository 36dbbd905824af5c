"""What of a stream's changes touches the gate itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.judging import judge, of_code

if TYPE_CHECKING:
    from support import MakeRepo

POLICY = 'version = 1\ntemplates = "docs/gate"\n'


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("docs/gate/report.md.j2", "changes the templates of the gate's reports"),
        ("Docs/Gate/html/report.css", "changes the templates of the gate's reports"),
        ("docs/gateway.md", ""),
        ("CODEOWNERS", "changes the owners file"),
        (".husky/pre-push", "changes a hook that runs the gate"),
    ],
)
def test_what_the_gate_rests_on(make_repo: MakeRepo, path: str, says: str) -> None:
    repo = make_repo()
    files = {"gate.toml": POLICY, "docs/gate/report.md.j2": "{{ report.verdict }}\n", "f": "1\n"}
    base = repo.commit("main", files)
    repo.commit("agent/a", files | {path: "git gate hook\n"}, parents=[base])
    repo.write()

    found = of_code(judge(repo.folder), "G001")

    assert [says in one.message for one in found] == ([True] if says else [])
