"""Runs to be shown, made by the real conductor: hosts of which one was isolated, one may be, and one is asked about."""

from tests.helpers.runs import Driver, answered, playbook_of, test_catalogue

from tocsin.engine.details import RunDetails
from tocsin.engine.moments import Moment
from tocsin.engine.outcomes import Answer, Changed, Outcome, Sent, Verdict, Verified
from tocsin.engine.progress import RunProgress
from tocsin.model.failures import Failure, FailureCode
from tocsin.ui.run_dock.subject import RunSubject

CATALOGUE = test_catalogue()
ALERT = {"id": "AL-1", "rule": "Brute force", "src_ip": "203.0.113.66", "user": "clerk1"}
HOSTS = [
    {"name": "ws-01", "ip": "10.0.0.1", "critical": False},
    {"name": "ws-02", "ip": "10.0.0.2", "critical": False},
    {"name": "db-01", "ip": "10.0.0.9", "critical": True},
]
NODES = {
    "alert": {"kind": "trigger", "event": "siem.alert", "title": "SIEM alert", "sample": ALERT},
    "find": {"kind": "action", "use": "toy.look", "title": "Find hosts", "retry": {"max": 2, "delay": "1s"}},
    "risky": {"kind": "condition", "when": "alert.id == 'AL-1'", "title": "Risky?"},
    "note": {"kind": "set", "values": {"x": 1}, "title": "Note"},
    "hosts": {
        "kind": "for_each",
        "in": "find.hosts",
        "title": "For each host",
        "as": "host",
        "key": "host.name",
        "concurrency": 3,
        "on_item_error": "continue",
        "body": {
            "nodes": {
                "critical": {"kind": "condition", "when": "host.critical", "title": "Critical?"},
                "confirm": {
                    "kind": "ask",
                    "ask": "approval",
                    "text": "Isolate {{ host.name }}?",
                    "title": "Ask first",
                    "expires": "15m",
                    "options": [
                        {"id": "approved", "title": "Isolate", "style": "danger"},
                        {"id": "rejected", "title": "Leave it"},
                    ],
                },
                "isolate": {
                    "kind": "action",
                    "use": "toy.checked",
                    "title": "Isolate",
                    "with": {"host": "{{ host.name }}"},
                    "on_uncertain": "ask",
                    "unattended": "In a test nobody is harmed.",
                },
                "spared": {"kind": "set", "values": {"x": 1}, "title": "Left alone"},
            },
            "edges": [
                "critical.true -> confirm",
                "critical.false -> isolate",
                "confirm.approved -> isolate",
                "confirm.rejected -> spared",
                "confirm.expired -> spared",
            ],
        },
    },
    "ticket": {"kind": "action", "use": "toy.change", "title": "Open ticket"},
}
EDGES = ["alert -> find", "find -> risky", "risky.true -> hosts", "risky.false -> note", "hosts -> ticket"]
PLAYBOOK = playbook_of(NODES, EDGES, name="Contain")
SUBJECT = RunSubject(PLAYBOOK, CATALOGUE, person="user:local")


def answer(intent):
    """The first look fails, the second finds the hosts; isolating ws-02 is never heard of again."""
    if intent.node == "find":
        found = Answer(Outcome.SUCCEEDED, output={"hosts": HOSTS}, summary="3 hosts")
        return found if intent.n > 1 else answered(Outcome.NOT_SENT)
    if intent.node == "isolate" and intent.inputs["host"] == "ws-02":
        failure = Failure(FailureCode.UNCERTAIN, "The EDR did not answer in 5 s.")
        return Answer(Outcome.UNCERTAIN, Sent.MAYBE, Changed.UNKNOWN, failure=failure)
    return Answer(Outcome.SUCCEEDED, output={}, changed=Changed.TRUE, summary="isolated")


def isolating(event=None):
    """A run that has come so far: ws-01 isolated, ws-02 may be, db-01 asked about."""
    driver = Driver(
        PLAYBOOK, catalogue=CATALOGUE, answers=answer, verdicts=lambda _: Verdict(Verified.UNKNOWN), event=event
    )
    driver.start().finish("find").pass_time(5).finish("find")
    driver.finish("hosts[0]/isolate").finish("hosts[1]/isolate").pass_time(5)
    return driver.finish("hosts[1]/isolate").pass_time(60)


def ended():
    """The same run to its end: ws-02 was isolated, db-01 was left alone."""
    driver = isolating().answer("hosts[1]/isolate?1", "done").answer("hosts[2]/confirm?1", "rejected")
    return driver.finish("ticket")


def moment_of(events):
    moment = Moment(RunProgress(events[0].run), RunDetails())
    for event in events:
        moment.apply(event)
    return moment
