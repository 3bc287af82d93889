"""What upkeep does to the world: scans that find what is not patched, jobs that patch it, indicators of threats.

Looking at a scan or a job moves it on, as looking at a host does: it is over at the first look after its lag.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tocsin.lab.seed import uuid_id
from tocsin.lab.upkeep_values import Indicator, Job, JobState, JobTemplate, Scan, ScanState, Weakness
from tocsin.lab.values import Containment, Host, Product
from tocsin.lab.world import World


def is_reachable(host: Host) -> bool:
    """Tell whether scanners and jobs reach a host: it is on, and not cut off."""
    return host.online and host.containment is not Containment.CONTAINED


# Scans


def start_scan(world: World, scan: Scan) -> Scan:
    """Start a scan anew; what its last run found is forgotten. One that runs goes on."""
    if scan.state is ScanState.RUNNING:
        return scan
    begun = replace(
        scan,
        state=ScanState.RUNNING,
        runs=scan.runs + 1,
        started=world.now,
        answered=(),
        found=(),
        looks_left=scan.lag,
    )
    world.put("scans", scan.id, begun, (Product.NESSUS, f"started scan {scan.name}"))
    return begun


def stop_scan(world: World, scan: Scan) -> None:
    """End a scan that runs; it has found nothing then."""
    if scan.state is ScanState.RUNNING:
        ended = replace(scan, state=ScanState.CANCELED, looks_left=0)
        world.put("scans", scan.id, ended, (Product.NESSUS, f"stopped scan {scan.name}"))


def look_at_scan(world: World, scan: Scan) -> Scan:
    """Return a scan as it is now."""
    if scan.state is not ScanState.RUNNING:
        return scan
    if scan.looks_left:
        waiting = replace(scan, looks_left=scan.looks_left - 1)
        world.tables.scans[scan.id] = waiting  # a look is no change of the world
        return waiting
    hosts = [host for key in scan.targets if (host := world.tables.hosts.get(key)) and is_reachable(host)]
    answered = tuple(host.id for host in hosts)
    found = tuple(row.id for row in world.tables.weaknesses.values() if row.host in answered and not row.mended)
    over = replace(scan, state=ScanState.COMPLETED, answered=answered, found=found)
    what = f"scan {scan.name} found {len(found)} on {len(answered)} of {len(scan.targets)} hosts"
    with world.caused_by(world.last_cause("scans", scan.id)):
        world.put("scans", scan.id, over, (Product.NESSUS, what))
    return over


def found_on(world: World, scan: Scan, host_id: str) -> list[Weakness]:
    """Return what a scan's newest run found on one host, the worst first."""
    rows = [row for key in scan.found if (row := world.tables.weaknesses.get(key)) and row.host == host_id]
    return sorted(rows, key=lambda row: (-row.severity, row.plugin))


# Jobs


def launch_job(world: World, template: JobTemplate, limit: str) -> Job:
    """Start a job on the named hosts; on every host when nothing is named or the template takes no names."""
    taken = limit if template.asks_limit else ""
    names = {name.strip() for name in taken.split(",") if name.strip()}
    hosts = tuple(host.id for host in world.tables.hosts.values() if not names or host.name in names)
    number = max((int(key) for key in world.tables.jobs), default=40) + 1
    job = Job(str(number), template.id, taken, created=world.now, hosts=hosts, looks_left=template.lag)
    world.put("jobs", job.id, job, (Product.AWX, f"started job {job.id} “{template.name}” on {len(hosts)} hosts"))
    return job


def cancel_job(world: World, job: Job) -> bool:
    """End a job that is not over; False when it is. What it did so far stays."""
    if job.state is not JobState.PENDING:
        return False
    world.put("jobs", job.id, replace(job, state=JobState.CANCELED), (Product.AWX, f"cancelled job {job.id}"))
    return True


def look_at_job(world: World, job: Job) -> Job:
    """Return a job as it is now. When it is over, what its template mends is mended on the hosts it reached."""
    if job.state is not JobState.PENDING:
        return job
    if job.looks_left:
        waiting = replace(job, looks_left=job.looks_left - 1)
        world.tables.jobs[job.id] = waiting  # a look is no change of the world
        return waiting
    reached = tuple(key for key in job.hosts if (host := world.tables.hosts.get(key)) and is_reachable(host))
    state = JobState.SUCCESSFUL if reached else JobState.FAILED
    with world.caused_by(world.last_cause("jobs", job.id)):
        _mend(world, job, reached)
        over = replace(job, state=state, reached=reached)
        what = f"job {job.id} reached {len(reached)} of {len(job.hosts)} hosts"
        world.put("jobs", job.id, over, (Product.AWX, what))
    return over


def _mend(world: World, job: Job, reached: Sequence[str]) -> None:
    for row in list(world.tables.weaknesses.values()):
        if row.host in reached and row.job == job.template and not row.mended:
            name = world.tables.hosts[row.host].name
            world.put("weaknesses", row.id, replace(row, mended=True), (Product.AWX, f"patched {row.cve} on {name}"))


# Indicators


def add_indicator(world: World, indicator: Indicator) -> Indicator:
    """Add an indicator; it gets the next number."""
    number = max((int(key) for key in world.tables.indicators), default=2999) + 1
    added = replace(indicator, id=str(number), changed=world.now)
    world.put("indicators", added.id, added, (Product.MISP, f"added {added.value} to event {added.event}"))
    return added


def delete_indicator(world: World, indicator: Indicator) -> None:
    """Mark an indicator as deleted."""
    gone = replace(indicator, deleted=True, changed=world.now)
    world.put("indicators", indicator.id, gone, (Product.MISP, f"deleted {indicator.value}"))


def scan_uuid(world: World, scan: Scan) -> str:
    """Return what Nessus calls the newest run of a scan."""
    return uuid_id(world.scenario.seed, "scan", scan.id, str(scan.runs))
