"""How a journal of an older version becomes one of this version."""

from __future__ import annotations

from typing import Final

_RUNS_ARE_NUMBERED = (
    """
    alter table run rename to run_1; drop index run_by_time;
    alter table event rename to event_1;
    alter table batch rename to batch_1;
    """,
    """
    insert into run(run,playbook,name,hash,environment,mode,kind,status,started_at,ended_at,changes,error,waiting)
        select run,playbook,name,hash,environment,mode,kind,status,started_at,ended_at,changes,error,waiting
        from run_1 order by started_at, run;
    insert into event(id,type,path,body,sha256,durable)
        select run.no << 32 | event_1.seq, event_1.type, event_1.path, event_1.body, batch_1.sha256, batch_1.durable
        from event_1 join run on run.run = event_1.run
        left join batch_1 on batch_1.run = event_1.run and batch_1.last = event_1.seq;
    drop table run_1; drop table event_1; drop table batch_1;
    """,
)

MIGRATIONS: Final[tuple[tuple[str, str], ...]] = (_RUNS_ARE_NUMBERED,)
"""From version 1 to 2, and so on: what puts the old tables aside, and what fills the new ones from them."""
