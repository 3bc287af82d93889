"""AWX, as much as job templates and jobs (vendor-api.md §10). Every path ends in a slash; without it AWX redirects.

Sources: github.com/ansible/awx, `awx/api/serializers.py` and `templates/api/job_template_launch.md`; PyPI awxkit.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.lab.exchange import Answer, BadRequestError, Request
from tocsin.lab.twin import Route, Twin, same_secret
from tocsin.lab.upkeep import cancel_job, launch_job, look_at_job
from tocsin.lab.upkeep_values import Job, JobState, JobTemplate
from tocsin.lab.values import Product
from tocsin.lab.world import World

API = "/api/v2"
LARGEST_PAGE = 200
_PAGING: Final = frozenset({"page", "page_size", "order_by"})


class Awx(Twin):
    """Runs jobs on hosts. A field that its template does not ask for is ignored, and named in the answer alone."""

    product = Product.AWX
    category = "patching"

    def __init__(self, world: World) -> None:
        super().__init__(world, {"token": secrets.token_urlsafe(22)})

    @override
    def make_routes(self) -> Sequence[Route]:
        template, job = f"{API}/job_templates/{{id}}", f"{API}/jobs/{{id}}"
        return (
            Route("GET", "/api", self._root, signed_in=False),
            Route("GET", API, self._paths, signed_in=False),
            Route("GET", f"{API}/ping", self._ping, signed_in=False),
            Route("GET", f"{API}/me", self._me),
            Route("GET", f"{API}/job_templates", self._templates),
            Route("GET", f"{template}/launch", partial(self._on_template, self._ask)),
            Route("POST", f"{template}/launch", partial(self._on_template, self._launch), changes=True),
            Route("GET", f"{template}/jobs", partial(self._on_template, self._jobs)),
            Route("GET", job, partial(self._on_job, self._job)),
            Route("GET", f"{job}/job_host_summaries", partial(self._on_job, self._summaries)),
            Route("GET", f"{job}/cancel", partial(self._on_job, self._can_cancel)),
            Route("POST", f"{job}/cancel", partial(self._on_job, self._cancel), changes=True),
        )

    @override
    def is_signed_in(self, request: Request) -> bool:
        return same_secret(request.bearer(), self.sign_in["token"])

    @override
    def failure(self, status: int, message: str) -> Answer:
        words = {
            401: "Authentication credentials were not provided. To establish a login session, visit /api/login/.",
            403: "You do not have permission to perform this action.",
            404: "Not found.",
        }
        return Answer(status, {"detail": words.get(status, message)})

    @override
    def objection(self, request: Request, route: Route) -> Answer | None:
        del route
        return None if request.path.endswith("/") else Answer(301, headers={"Location": f"{request.path}/"})

    def _root(self, request: Request) -> Answer:
        del request
        versions: Json = {"v2": f"{API}/"}
        return Answer(
            200, {"description": "AWX REST API", "current_version": f"{API}/", "available_versions": versions}
        )

    def _paths(self, request: Request) -> Answer:
        del request
        return Answer(200, {name: f"{API}/{name}/" for name in ("ping", "me", "job_templates", "jobs")})

    def _ping(self, request: Request) -> Answer:
        del request
        return Answer(200, {"ha": False, "version": "24.6.1", "active_node": "awx-lab", "instances": []})

    def _me(self, request: Request) -> Answer:
        return _page(request, [{"id": 1, "type": "user", "username": "tocsin", "is_superuser": False}])

    def _templates(self, request: Request) -> Answer:
        name = request.parameter("name")
        found = [row for row in self.world.tables.job_templates.values() if not name or row.name == name]
        return _page(request, [_template(row) for row in found], filters={"name"})

    def _on_template(self, act: Callable[[JobTemplate, Request], Answer], request: Request) -> Answer:
        template = self.world.tables.job_templates.get(request.parts["id"])
        return act(template, request) if template is not None else self.failure(404, "")

    def _ask(self, template: JobTemplate, request: Request) -> Answer:
        del request
        body: Json = {
            "can_start_without_user_input": True,
            "ask_limit_on_launch": template.asks_limit,
            "ask_variables_on_launch": False,
            "ask_inventory_on_launch": False,
            "ask_job_type_on_launch": False,
            "variables_needed_to_start": [],
            "inventory_needed_to_start": False,
            "survey_enabled": False,
            "job_template_data": {"id": int(template.id), "name": template.name},
        }
        return Answer(200, body)

    def _launch(self, template: JobTemplate, request: Request) -> Answer:
        """Start a job. What the template does not ask for is ignored with 201: the hosts too."""
        given = request.object()
        limit = given.get("limit", "")
        if not isinstance(limit, str):
            return Answer(400, {"limit": ["Not a valid string."]})
        taken = {"limit"} if template.asks_limit else set[str]()
        ignored = {name: value for name, value in given.items() if name not in taken}
        job = launch_job(self.world, template, limit)
        return Answer(201, {"job": int(job.id), "ignored_fields": ignored, **self._record(job)})

    def _jobs(self, template: JobTemplate, request: Request) -> Answer:
        wanted = request.parameter("id")
        jobs = [job for job in self.world.tables.jobs.values() if job.template == template.id]
        jobs = [job for job in jobs if wanted in {"", job.id}]
        rows: list[Json] = [self._record(job) for job in jobs]
        return _page(request, rows[::-1] if request.parameter("order_by") == "-id" else rows, filters={"id"})

    def _on_job(self, act: Callable[[Job, Request], Answer], request: Request) -> Answer:
        job = self.world.tables.jobs.get(request.parts["id"])
        return act(job, request) if job is not None else self.failure(404, "")

    def _job(self, job: Job, request: Request) -> Answer:
        del request
        return Answer(200, self._record(look_at_job(self.world, job)))

    def _summaries(self, job: Job, request: Request) -> Answer:
        """Say what came of each host. One that was not reached is `dark`."""
        hosts = self.world.tables.hosts
        done = job.state in {JobState.SUCCESSFUL, JobState.FAILED}
        rows: list[Json] = [
            {
                "host_name": hosts[key].name,
                "changed": int(key in job.reached),
                "dark": int(key not in job.reached),
                "failures": 0,
                "ok": int(key in job.reached),
                "skipped": 0,
                "failed": key not in job.reached,
            }
            for key in job.hosts
            if done and key in hosts
        ]
        return _page(request, rows)

    def _can_cancel(self, job: Job, request: Request) -> Answer:
        del request
        return Answer(200, {"can_cancel": job.state is JobState.PENDING})

    def _cancel(self, job: Job, request: Request) -> Answer:
        del request
        if not cancel_job(self.world, job):
            return self.failure(405, 'Method "POST" not allowed.')
        return Answer(202, {})

    def _record(self, job: Job) -> dict[str, Json]:
        name = self.world.tables.job_templates[job.template].name
        return {
            "id": int(job.id),
            "type": "job",
            "url": f"{API}/jobs/{job.id}/",
            "created": job.created,
            "name": name,
            "status": job.state,
            "failed": job.state in {JobState.FAILED, JobState.CANCELED},
            "limit": job.limit,
            "job_explanation": "",
            "event_processing_finished": job.state is not JobState.PENDING,
            "related": {name: f"{API}/jobs/{job.id}/{name}/" for name in ("cancel", "job_host_summaries")},
        }


def _template(row: JobTemplate) -> dict[str, Json]:
    url = f"{API}/job_templates/{row.id}/"
    related: Json = {name: f"{url}{name}/" for name in ("launch", "jobs")}
    return {"id": int(row.id), "type": "job_template", "url": url, "name": row.name, "related": related}


def _page(request: Request, rows: Sequence[Json], *, filters: Sequence[str] | frozenset[str] | set[str] = ()) -> Answer:
    """Return one page; `next` is a path. A parameter that is no field of the rows is refused."""
    unknown = sorted(set(request.query) - _PAGING - set(filters))
    if unknown:
        raise BadRequestError(f"Cannot filter by {unknown[0]}, it is no field")
    page, size = request.number("page", 1, low=1), min(request.number("page_size", 25, low=1), LARGEST_PAGE)
    shown = rows[(page - 1) * size : page * size]
    if page > 1 and not shown:
        return Answer(404, {"detail": "Invalid page."})
    more = page * size < len(rows)
    following = f"{request.path}?page={page + 1}&page_size={size}" if more else None
    previous = f"{request.path}?page={page - 1}&page_size={size}" if page > 1 else None
    body: Mapping[str, Json] = {"count": len(rows), "next": following, "previous": previous, "results": shown}
    return Answer(200, body)
