"""The folders that ship beside the code, `templates/` and `hooks/`, installed or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the path of the folder `templates` or `hooks`.

    A wheel carries them inside the package; an editable install and a checkout have them beside it.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    for candidate in (_PACKAGE / "_shipped" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"this installation lacks its {name}/ folder; reinstall git-gate")
