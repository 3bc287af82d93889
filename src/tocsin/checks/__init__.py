"""What is wrong with a playbook, or risky, with fixes that are edits. Pure: playbook and catalogue in, problems out.

Services and faces enter here; `formats` and this room do not know each other. Start reading at `table` (every check,
in order). Families of checks: `flow`, `names`, `actions`, `calls`, `inputs`, `texts`, `results`, `references`,
`optionals`, `loops`, `approvals`, `safety`, `evidence`, `secrets`, `sight`, `settings`, `endings`; `fixes` and
`rewiring` make their edits, `conversions` what fits in another's place, `mending` does them. Beneath them: `survey` (a
playbook taken apart), `wiring` (a graph as numbers), `views` (what may be read from where), `readings` (every
expression), `shapes` (of what type it is), `certainty` (what can happen, by `fates` and `worlds`). `explained` holds
the long words.
"""

from tocsin.checks.mending import mend
from tocsin.checks.shapes import types_of
from tocsin.checks.table import CHECKS, check_playbook
from tocsin.checks.views import visible_roots

__all__ = ["CHECKS", "check_playbook", "mend", "types_of", "visible_roots"]
