"""What the README says is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gate import checks, config
from gate.cli.main import COMMANDS
from gate.config.reference import reference
from gate.report import FORMATS

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def table_of_codes() -> str:
    rows = [f"| {one.code} | {one.name} | {one.summary} |" for one in checks.catalog()]
    return "\n".join(["| code | name | says |", "|---|---|---|", *rows])


def test_its_table_of_codes_is_the_catalogue() -> None:
    found = re.search(r"<!-- codes -->\n(.*)\n<!-- /codes -->", README, re.DOTALL)

    assert found is not None
    assert found[1] == table_of_codes()


@pytest.mark.parametrize("name", COMMANDS)
def test_it_documents_every_command(name: str) -> None:
    assert re.search(rf"`(?:[^`]*, )?{name}\b", README)


def test_it_names_every_format() -> None:
    table = re.search(r"<!-- formats -->\n(.*)\n<!-- /formats -->", README, re.DOTALL)

    assert table is not None
    assert set(re.findall(r"^\| `(\w+)` \|", table[1], re.MULTILINE)) == set(FORMATS)


def test_its_table_of_keys_is_the_one_the_loader_reads() -> None:
    table = re.search(r"<!-- keys -->\n(.*)\n<!-- /keys -->", README, re.DOTALL)

    assert table is not None
    assert table[1] == reference()


def test_its_policy_loads() -> None:
    text = re.search(r"```toml\n(.*?)```", README, re.DOTALL)

    assert text is not None
    assert config.load(text[1].encode(), path="gate.toml", origin="file").routes


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:gate|tests|hooks|templates)/[\w./]*)`", README)))
)
def test_the_paths_it_names_are_there(path: str) -> None:
    assert (Path(__file__).parents[1] / path).exists()


def test_every_block_of_it_is_closed() -> None:
    fences = [line for line in README.splitlines() if line.startswith("```")]

    assert set(fences[1::2]) == {"```"}
    assert len(fences) % 2 == 0


@pytest.mark.parametrize("target", sorted(set(re.findall(r"^make (\w+)", README, re.MULTILINE))))
def test_what_it_makes_can_be_made(target: str) -> None:
    makefile = (Path(__file__).parents[1] / "Makefile").read_text("utf-8")

    assert re.search(rf"^{target}:.*  ## ", makefile, re.MULTILINE)
