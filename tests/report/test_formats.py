"""The table of formats."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from gate.errors import UsageError
from gate.report import FORMATS, Options, render

if TYPE_CHECKING:
    from gate.model.report import Report


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_ends_with_one_newline(report: Report, format: str) -> None:
    text = render(report, format)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_the_same_twice(report: Report, format: str) -> None:
    assert render(report, format) == render(report, format, Options())


def test_an_unknown_format_is_a_usage_error(report: Report) -> None:
    with pytest.raises(UsageError, match="no format 'yaml'") as caught:
        render(report, "yaml")
    assert caught.value.hint == f"formats: {', '.join(FORMATS)}"


def test_only_what_has_templates_loads_jinja() -> None:
    modules = [module for name, module in FORMATS.items() if name not in ("markdown", "html")]
    program = f"import sys, {', '.join(modules)}; sys.exit('jinja2' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
