"""AbuseIPDB, version 2 (vendor-api.md §6). Source: docs.abuseipdb.com."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Mapping, Sequence

from typing_extensions import override

from tocsin.base.clock import Clock
from tocsin.base.json_types import Json
from tocsin.lab.exchange import Answer, Request
from tocsin.lab.twin import Route, Twin, same_secret
from tocsin.lab.values import Product, Quota, Reputation
from tocsin.lab.world import World

SECONDS_A_DAY = 86_400
NOT_PUBLIC = [
    ipaddress.ip_network(text)
    for text in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "fc00::/7",
        "fe80::/10",
        "::1/128",
    )
]
"""What `isPublic` is false for. Written out: Python's `is_private` also takes the documentation addresses."""


class AbuseIpDb(Twin):
    """The reputation service. What it knows is the world's `reputation`; its quota is the world's too."""

    product = Product.ABUSEIPDB
    category = "threat_intel"

    def __init__(self, world: World, *, clock: Clock) -> None:
        self._clock = clock
        super().__init__(world, {"api_key": secrets.token_hex(40)})

    @override
    def make_routes(self) -> Sequence[Route]:
        return (Route("GET", "/api/v2/check", self._check),)

    @override
    def is_signed_in(self, request: Request) -> bool:
        return same_secret(request.headers.get("key", ""), self.sign_in["api_key"])

    @override
    def failure(self, status: int, message: str) -> Answer:
        if status == 401:
            message = "Authentication failed. Your API key is either missing, incorrect, or revoked."
        return Answer(status, {"errors": [{"detail": message, "status": status}]})

    @override
    def finished(self, request: Request, answer: Answer) -> Answer:
        quota = self._quota()
        limits = {
            "X-RateLimit-Limit": str(quota.limit),
            "X-RateLimit-Remaining": str(max(quota.limit - quota.used, 0)),
        }
        return Answer(answer.status, answer.body, {**limits, **answer.headers})

    def _quota(self) -> Quota:
        return self.world.tables.quotas.get(self.product, Quota())

    def _check(self, request: Request) -> Answer:
        quota = self._quota()
        if quota.used >= quota.limit:
            return self._quota_is_used_up(quota)
        try:
            address = ipaddress.ip_address(request.parameter("ipAddress"))
        except ValueError:
            return self.failure(422, "The ip address must be a valid IPv4 or IPv6 address (e.g. 192.0.2.1 or ::1).")
        days = request.parameter("maxAgeInDays", "30")
        if not days.isdecimal() or len(days) > 3 or not 1 <= int(days) <= 365:
            return self.failure(422, "The max age in days must be between 1 and 365.")
        self.world.use_quota(self.product)
        known = self.world.tables.reputation.get(str(address), Reputation(score=0))
        return Answer(200, {"data": _facts(address, known, verbose="verbose" in request.query)})

    def _quota_is_used_up(self, quota: Quota) -> Answer:
        now = self._clock.utc_micros() // 1_000_000
        left = SECONDS_A_DAY - now % SECONDS_A_DAY
        headers = {"Retry-After": str(left), "X-RateLimit-Reset": str(now + left)}
        answer = self.failure(429, f"Daily rate limit of {quota.limit} requests exceeded for this endpoint.")
        return Answer(answer.status, answer.body, headers)


def _facts(address: ipaddress.IPv4Address | ipaddress.IPv6Address, known: Reputation, *, verbose: bool) -> Json:
    facts: Mapping[str, Json] = {
        "ipAddress": str(address),
        "isPublic": not any(address in network for network in NOT_PUBLIC),
        "ipVersion": address.version,
        "isWhitelisted": known.allow_listed,
        "abuseConfidenceScore": known.score,
        "countryCode": None,
        "usageType": "Data Center/Web Hosting/Transit",
        "isp": "Example Hosting",
        "domain": "example.net",
        "hostnames": [],
        "isTor": known.tor,
        "totalReports": known.reports,
        "numDistinctUsers": min(known.reports, 20),
        "lastReportedAt": known.last_reported,
    }
    return {**facts, "countryName": None, "reports": []} if verbose else facts
