"""The simulated products, one module each. Start reading at `opnsense`; what all share is in `tocsin.lab.twin`."""

from __future__ import annotations

from tocsin.base.clock import Clock
from tocsin.lab.twin import Twin
from tocsin.lab.twins.abuseipdb import AbuseIpDb
from tocsin.lab.twins.awx import Awx
from tocsin.lab.twins.elasticsearch import Elasticsearch
from tocsin.lab.twins.falcon import Falcon
from tocsin.lab.twins.graph_mail import GraphLogin, GraphMail
from tocsin.lab.twins.jira import Jira
from tocsin.lab.twins.keycloak import Keycloak
from tocsin.lab.twins.kibana import Kibana
from tocsin.lab.twins.mattermost import Mattermost
from tocsin.lab.twins.misp import Misp
from tocsin.lab.twins.nessus import Nessus
from tocsin.lab.twins.openscap import OpenScap
from tocsin.lab.twins.opnsense import Opnsense
from tocsin.lab.twins.report_folder import ReportFolder
from tocsin.lab.twins.smtp import Smtp
from tocsin.lab.twins.suricata import Suricata
from tocsin.lab.world import World

__all__ = [
    "AbuseIpDb",
    "Awx",
    "Elasticsearch",
    "Falcon",
    "GraphLogin",
    "GraphMail",
    "Jira",
    "Keycloak",
    "Kibana",
    "Mattermost",
    "Misp",
    "Nessus",
    "OpenScap",
    "Opnsense",
    "ReportFolder",
    "Smtp",
    "Suricata",
    "make_twins",
]


def make_twins(world: World, *, clock: Clock) -> tuple[Twin, ...]:
    """Return every simulated server, with new secrets, in the order in which they take their ports."""
    elasticsearch, mail = Elasticsearch(world), GraphMail(world, clock=clock)
    return (
        elasticsearch,
        Kibana(world, elasticsearch.sign_in),
        Falcon(world, clock=clock),
        Opnsense(world),
        AbuseIpDb(world, clock=clock),
        Keycloak(world, clock=clock),
        Jira(world),
        Nessus(world),
        Awx(world),
        Misp(world),
        mail,
        GraphLogin(world, mail),
        Mattermost(world),
        Smtp(world),
        Suricata(world),
        OpenScap(world),
        ReportFolder(world),
    )
