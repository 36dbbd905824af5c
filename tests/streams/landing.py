"""Streams with migrations that all left one target, judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.judging import judge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from support import MakeRepo

    from gate.demo.repository_builder import Content, RepositoryBuilder
    from gate.model.report import Report

Files = dict[str, "Content"]


def report_on(repo: MakeRepo, target: Files, **streams: Files) -> Report:
    """The report on streams that all left the target, in a repository of their own, with what was not checked."""
    return landed(repo(), target, streams, ("G24", "G002"))


def landed(
    history: RepositoryBuilder,
    target: Files,
    streams: Mapping[str, Files],
    select: tuple[str, ...] = ("G24",),
) -> Report:
    """The same in a repository that is there."""
    base = history.commit("main", {"README": "x\n"} | target)
    for name, files in streams.items():
        history.commit(name, files, parents=[base])
    history.write()
    return judge(history.folder, *streams, select=select)
