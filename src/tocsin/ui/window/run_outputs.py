"""What the nodes gave in a run, by node: looked up when it is asked for, since a run may have thousands of values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.engine.progress import RunProgress
from tocsin.ui.run_dock.items import Find


class RunOutputs(Mapping[str, Json]):
    """Node's id → what it gave last.

    Args:
        progress: How the run stands.
        find: Gives values that are too large for events, as far as they are known.
    """

    def __init__(self, progress: RunProgress, find: Find) -> None:
        self._progress = progress
        self._find = find

    @override
    def __getitem__(self, node: str) -> Json:
        for path in reversed(self._progress.paths_of(node)):
            kept = self._progress.output_of(path)
            if kept is not None:
                return self._find(kept).value
        raise KeyError(node)

    @override
    def __iter__(self) -> Iterator[str]:
        progress = self._progress
        for node in progress.statuses:
            if any(progress.output_of(path) is not None for path in progress.paths_of(node)):
                yield node

    @override
    def __len__(self) -> int:
        return sum(1 for _ in self)
