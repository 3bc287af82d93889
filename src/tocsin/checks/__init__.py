"""What is wrong with a playbook, or risky, with fixes that are edits. Pure: playbook and catalogue in, problems out.

Services and faces enter here; `formats` and this room do not know each other. Start reading at `table` (every check,
in order). Families of checks: `flow`, `names`, `actions`, `calls`, `inputs`, `texts`, `references`, `optionals`,
`loops`, `approvals`, `safety`, `secrets`, `endings`; `fixes` makes their edits. Beneath them: `survey` (a playbook
taken apart), `wiring` (a graph as numbers), `views` (what may be read from where), `readings` (every expression),
`shapes` (of what type it is), `certainty` (what can happen, by `fates` and `worlds`). `explained` holds the long
words.
"""

from tocsin.checks.explained import CheckInfo
from tocsin.checks.shapes import types_of
from tocsin.checks.table import CHECKS, check_playbook
from tocsin.checks.views import visible_roots

__all__ = ["CHECKS", "CheckInfo", "check_playbook", "types_of", "visible_roots"]
