"""What nearly every test of this folder needs: an opened repository."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from gate.git.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.forks import Open


@pytest.fixture
def opened() -> Iterator[Open]:
    """Open a repository by its folder; it is closed, and its quarantine gone, when the test ends."""
    with contextlib.ExitStack() as stack:
        yield lambda folder: stack.enter_context(open_repository(str(folder)))
