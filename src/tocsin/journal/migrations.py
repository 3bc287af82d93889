"""How a journal of an older version becomes one of this version."""

from __future__ import annotations

from typing import Final

_RUNS_ARE_NUMBERED: Final = """
alter table run rename to run_1; drop index run_by_time;
alter table event rename to event_1;
alter table batch rename to batch_1;
create table run(
    no integer primary key autoincrement, run text not null unique,
    playbook text, name text, hash text, environment text, mode text, kind text,
    status text not null, started_at integer not null, ended_at integer, changes integer not null default 0,
    error text, waiting text, owner text not null default '', parent text
);
create index run_by_time on run(started_at desc);
create table event(
    id integer primary key, type text not null, path text not null, body blob not null, sha256 blob, durable integer
);
insert into run(run,playbook,name,hash,environment,mode,kind,status,started_at,ended_at,changes,error,waiting)
    select run,playbook,name,hash,environment,mode,kind,status,started_at,ended_at,changes,error,waiting
    from run_1 order by started_at, run;
insert into event(id,type,path,body,sha256,durable)
    select run.no << 32 | event_1.seq, event_1.type, event_1.path, event_1.body, batch_1.sha256, batch_1.durable
    from event_1 join run on run.run = event_1.run
    left join batch_1 on batch_1.run = event_1.run and batch_1.last = event_1.seq;
drop table run_1; drop table event_1; drop table batch_1;
"""
_RUNS_CAN_BE_IMPORTED: Final = """
alter table run add column imported_at integer;
alter table run add column is_masked integer not null default 0;
create index event_unsure on event(id)
    where type='attempt.finished' and (instr(body, '"outcome":"uncertain"') or instr(body, '"changed":"unknown"'));
"""
_LONG_RUNS_OPEN_QUICKLY: Final = """
create table snapshot(id integer primary key, v integer not null, times blob not null, body blob not null);
"""

MIGRATIONS: Final[tuple[str, ...]] = (_RUNS_ARE_NUMBERED, _RUNS_CAN_BE_IMPORTED, _LONG_RUNS_OPEN_QUICKLY)
"""From version 1 to 2, and so on. Each makes the tables as they were in its version, so that the next can follow."""
