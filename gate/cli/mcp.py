"""`git gate mcp`: the gate as tools of a coding agent, over the Model Context Protocol on standard input and output."""

from __future__ import annotations

import click

from gate.cli import options
from gate.errors import EnvironmentFault, Exit


@click.command("mcp")
@options.folder
@options.debug
def command() -> int:
    """Serve the Model Context Protocol on standard input and output, until it is closed.

    Its tools only read: gate_status, gate_check_paths, gate_order, gate_explain. Needs the extra `git-gate[mcp]`.
    """
    try:
        from gate.cli.mcp_server import serve
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.partition(".")[0] != "mcp":
            raise
        raise EnvironmentFault("the package mcp is not installed", "pip install 'git-gate[mcp]'") from missing
    serve()
    return Exit.PASS
