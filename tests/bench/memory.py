"""How much memory a process has had at most. Imports next to nothing, so that a bare interpreter can be measured."""

import re
import resource
import sys
from pathlib import Path

_ON_LINUX = Path("/proc/self/status")


def most_mb():
    """Return megabytes; on Linux not by getrusage, which counts the memory of the process that started this one too."""
    if _ON_LINUX.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", _ON_LINUX.read_text()).group(1)) / 1_000
    kept = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kept / (1_000_000 if sys.platform == "darwin" else 1_000)
