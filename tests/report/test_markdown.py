"""The integration report in Markdown."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from gate.report import Options, markdown, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from gate.model.report import Report

PAGE = """\
## BLOCK: 1 of 4 streams cannot land as it is

2 ready, 1 to review, 1 held. 1 error, 1 warning and 1 note (1 waived).

### Who must act

| stream | decision | who | why |
|---|---|---|---|
| `agent/tabu` | hold | `COORD_ENGINE` | it collides with agent/greedy |
| `agent/audit` | review | `COORD_RESILIENCE` | it changes an exception |

### What cannot land together

| streams | because | where | what |
|---|---|---|---|
| `agent/greedy` and `agent/tabu` | `G201` | `backend/app/scheduling/solver.py` | agent/tabu and agent/greedy both change backend/app/scheduling/solver.py, and git cannot merge the two. |

### Landing order

3 streams in 2 batches, efficiency 1.5. Each tree is the target after everything down to that line has landed.

| batch | stream | merge | tree | review |
|---:|---|---|---|---|
| 1 | `agent/greedy` | clean | `aaaaaaaaaa` |  |
| 1 | `agent/audit` | clean | `bbbbbbbbbb` | `COORD_RESILIENCE` |
| 2 | `agent/guide` | clean | `cccccccccc` |  |

Critical path: `agent/audit` then `agent/guide`

When all of it has landed, the target's tree is `cccccccccccccccccccccccccccccccccccccccc`.

### Held

| stream | because | what would let it land |
|---|---|---|
| `agent/tabu` | `G201` | merge agent/greedy into it and settle the lines |

<details>
<summary>Graph of the plan</summary>

```mermaid
flowchart LR
  subgraph g1["batch 1"]
    s0["agent/greedy"]
    s1["agent/audit"]
  end
  subgraph g2["batch 2"]
    s2["agent/guide"]
  end
  subgraph g3["held"]
    s3["agent/tabu"]
  end
  s0 x--x|"G201"| s3
  s1 -->|"G221"| s2
  classDef hold stroke:#cf222e,stroke-dasharray:4
  class s3 hold
  classDef review stroke:#bf8700,stroke-width:2px
  class s1 review
```

</details>

<details open>
<summary>Findings between streams: 2</summary>

#### `agent/greedy` and `agent/tabu`

**error** `G201` file-collision (content): agent/tabu and agent/greedy both change backend/app/scheduling/solver.py, and git cannot merge the two.

`agent/greedy, backend/app/scheduling/solver.py:12`

```
    best = greedy(slots)
    return best
```

`agent/tabu, backend/app/scheduling/solver.py:12`

```
    return tabu(slots, tenure=7)
```

Hint: Land agent/greedy; then merge it into agent/tabu and settle the lines there.

#### `agent/audit` and `agent/guide`

**note** `G221` stacked, likely: agent/guide is built on a commit of agent/audit.

</details>

<details>
<summary>Findings on one stream: 1</summary>

#### `agent/audit`

**warning** `G102` compliance-exception: agent/audit changes backend/app/services/audit_service.py, an exception path.

At `backend/app/services/audit_service.py:40-44`

Hint: Ask COORD_RESILIENCE for a review.

</details>

<details>
<summary>Pairs that are not parallel: 1</summary>

| pair | decision | merge | because | path to the decision |
|---|---|---|---|---|
| `agent/greedy` and `agent/tabu` | agent/greedy before agent/tabu | conflict | `G201` | both change backend/app/scheduling/solver.py; their merge conflicts: one at a time |

</details>

### Handoffs

- `agent/guide` needs of `agent/audit`: `audit_service.log`, `the table audits`

### Not checked

- calls across files: no language is named; name one

### Waived

- `G103` Nobody owns tools/x.sh. Waived until 2026-12-01: it moves next week

### Streams

<details>
<summary><b>agent/audit</b>: review, 1 path, COORD_RESILIENCE</summary>

Tip `1111111111111111111111111111111111111111`, merge base `0000000000000000000000000000000000000000`.

Decision: it changes an exception

| path | change | owner | rule |
|---|---|---|---|
| `backend/app/services/audit_service.py` | modified | `COORD_RESILIENCE` | `backend/app/services/audit_service.py` |

</details>

<details>
<summary><b>agent/greedy</b>: land, 1 path, COORD_ENGINE</summary>

Tip `2222222222222222222222222222222222222222`, merge base `0000000000000000000000000000000000000000`.

| path | change | owner | rule |
|---|---|---|---|
| `backend/app/scheduling/solver.py` | modified | `COORD_ENGINE` | `backend/app/scheduling/solver.py` |

</details>

<details>
<summary><b>agent/guide</b>: land, 1 path, COORD_OPS</summary>

Tip `3333333333333333333333333333333333333333`, merge base `0000000000000000000000000000000000000000`.

| path | change | owner | rule |
|---|---|---|---|
| `docs/guide.md` | modified | `COORD_OPS` | `docs/guide.md` |

</details>

<details>
<summary><b>agent/tabu</b>: hold, 1 path, COORD_ENGINE</summary>

Tip `4444444444444444444444444444444444444444`, merge base `0000000000000000000000000000000000000000`.

Decision: it collides with agent/greedy

| path | change | owner | rule |
|---|---|---|---|
| `backend/app/scheduling/solver.py` | modified | `COORD_ENGINE` | `backend/app/scheduling/solver.py` |

</details>

### Coverage and provenance

- 4 streams, 6 pairs: 1 merged for real
- Target `refs/heads/main` at `ffffffffffffffffffffffffffffffffffffffff`
- Judged by: policy gate.toml of main, ab12ab12ab, digest `ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12`
- git-gate 1.2.3
"""  # noqa: E501 (what is expected, as it is)


def test_page(report: Report) -> None:
    assert render(report, "markdown") == PAGE


def test_both_versions_of_a_collision_are_shown(report: Report) -> None:
    fences = [
        token.content for token in MarkdownIt().parse(render(report, "markdown")) if token.type == "fence"
    ]
    assert fences[0] == render(report, "mermaid")
    assert fences[1:] == [piece.text for finding in report.findings for piece in finding.evidence]


def test_every_table_is_one(report: Report) -> None:
    tokens = MarkdownIt().enable("table").parse(render(report, "markdown"))
    tables = sum(token.type == "table_open" for token in tokens)
    assert tables == 5 + len(report.streams)


def test_the_complete_report_has_everything(large: Report) -> None:
    page = render(large, "markdown", Options(limit=None))
    assert "Not shown" not in page
    assert page.count("**error**") == sum(finding.severity == "error" for finding in large.findings)


@pytest.mark.parametrize("limit", [65_000, 20_000, 5_000])
def test_it_fits_and_says_what_is_missing(large: Report, limit: int) -> None:
    page = render(large, "markdown", Options(limit=limit))
    assert len(page.encode()) <= limit
    assert "Not shown" in page
    assert page.endswith("This report was shortened to fit. `git gate report -f json` has all of it.\n")
    assert page.startswith("## BLOCK: 50 of 200 streams cannot land as they are\n")


def test_more_room_shows_more(large: Report) -> None:
    sizes = [len(render(large, "markdown", Options(limit=limit))) for limit in (5_000, 20_000, 65_000)]
    assert sizes == sorted(set(sizes))


def test_the_smallest_page_is_the_last_resort(large: Report) -> None:
    smallest = render(large, "markdown", Options(limit=1))
    assert len(smallest) < 2_000
    assert "|---|" not in smallest


@given(
    st.lists(
        st.sampled_from(["|", "`", "\U0001f4a5", "\u202e", "<", "@a ", "x", "\n", "\\", "é"]), min_size=1
    )
)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_fits_whatever_the_texts(wide: Callable[[str], Report], parts: list[str]) -> None:
    page = render(wide(("".join(parts) * 450)[:450]), "markdown")
    assert len(page) <= len(page.encode()) <= 65_000
    assert page.startswith("## BLOCK: 50 of 200 streams cannot land as they are\n")


def test_a_large_graph_is_left_out(report: Report, large: Report) -> None:
    assert "```mermaid" in render(report, "markdown")
    assert "```mermaid" not in render(large, "markdown")


def test_the_pairs_with_the_most_errors_come_first(report: Report) -> None:
    first, other = report.findings[0], report.findings[1]
    pair = msgspec.structs.replace(other, branches=["agent/audit", "agent/guide"], severity="error")
    page = render(msgspec.structs.replace(report, findings=[first, pair, pair]), "markdown")
    table = page[page.index("### What cannot land together") :].split("\n\n")[1].splitlines()
    assert table[2].startswith("| `agent/audit` and `agent/guide` |")
    assert table[2].endswith("(and 1 more) |")
    assert len(table) == 4


def test_rooms_grow() -> None:
    sizes = [(room.rows, room.findings, room.lines, room.paths) for room in markdown.ROOMS]
    assert all(less < more for less, more in pairwise(sizes))
    assert markdown.ROOMS[-1] is markdown.COMPLETE
