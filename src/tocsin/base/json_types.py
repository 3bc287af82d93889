"""The type of data that came from JSON or YAML, or may go there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
"""What JSON can say. Treat it as read-only: values are shared between events, contexts and views."""
