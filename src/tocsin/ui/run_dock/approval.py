"""What a person must know before answering, as lines of the approval card. Without Qt.

Words of the playbook's author and data of the run are kept apart: data is quoted, and nothing in it is markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _, in_context
from tocsin.engine.events import NodeState
from tocsin.engine.moments import Moment
from tocsin.engine.progress import OpenQuestion
from tocsin.model.catalogue import Effect
from tocsin.model.playbook import ActionNode, AskNode, Graph, walk_graphs
from tocsin.ui.run_dock.covered_acts import act_pieces
from tocsin.ui.run_dock.items import Find, item_at, item_title, name_of
from tocsin.ui.run_dock.kept_values import Found, plain_value
from tocsin.ui.run_dock.question_text import Piece, pieces_of
from tocsin.ui.run_dock.reasons import branch_reason
from tocsin.ui.run_dock.subject import RunSubject
from tocsin.ui.run_dock.unsure import UNCERTAIN
from tocsin.ui.run_dock.words import clock_words, counted

MOST_REASONS: Final = 4
MOST_ACTS: Final = 4
SECOND: Final = 1_000_000
NOTHING: Final = Found(None)
Acts = tuple[tuple[str, ActionNode], ...]


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line: its name, and its text in pieces of which some are data."""

    label: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The line as it is read."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Card:
    """A question as its card shows it.

    Attributes:
        question: It.
        title: The title of the step that asks.
        lines: What is known of it, in the design's order.
        typed: What must be typed before the dangerous answer can be given; "" for nothing.
        count: How many questions are open, this one included.
    """

    question: OpenQuestion
    title: str
    lines: tuple[CardLine, ...]
    typed: str = ""
    count: int = 1

    @property
    def prompt(self) -> tuple[Piece, ...]:
        """What asks for the name to be typed."""
        before, after = Piece(_("Type "), is_data=False), Piece(_(" to be able to approve"), is_data=False)
        return (before, Piece(self.typed, is_data=True), after)

    def left(self, now: int) -> str:
        """Return how long there is time: “13:36 left, then expired”; "" where there is no end."""
        expires = self.question.expires
        if expires is None:
            return ""
        seconds = max((expires - now) // SECOND, 0)
        minutes, rest = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        span = (
            _("{hours} h {minutes:02d} min").format(hours=hours, minutes=minutes)
            if hours
            else f"{minutes:02d}:{rest:02d}"
        )
        return _("{span} left, then expired").format(span=span) if seconds else _("The time is over: not answered")

    def is_over(self, now: int) -> bool:
        """Tell whether the time is over; an answer would come too late."""
        return self.question.expires is not None and now >= self.question.expires


def open_cards(subject: RunSubject, moment: Moment, find: Find = plain_value) -> tuple[Card, ...]:
    """Return a card for each open question, oldest first, but for those that stand on what may have happened.

    Args:
        subject: What runs.
        moment: How it stands.
        find: Gives values that are too large for events, as far as they are known.
    """
    asked = [question for question in moment.progress.questions.values() if question.kind != UNCERTAIN]
    cards: list[Card] = []
    for question in asked:
        item, intents = item_at(question.path, moment.details, find), find(question.intents)
        card = make_card(question, subject, moment, item=item, intents=intents)
        cards.append(replace(card, count=len(asked)))
    return tuple(cards)


def make_card(
    question: OpenQuestion, subject: RunSubject, moment: Moment, *, item: Found, intents: Found = NOTHING
) -> Card:
    """Return what a person is told before answering.

    Args:
        question: What is asked.
        subject: What runs.
        moment: How it stands.
        item: The item of the loop that the question is about, as far as it is known; None outside of loops.
        intents: The acts that the answer is bound to, as far as they are known; None where it is bound to none.
    """
    node = subject.find_node(question.node)
    template = node.text if isinstance(node, AskNode) else ""
    acts = tuple(_acts_after(question, subject))
    lines = (
        CardLine(_("What"), pieces_of(template, question.text)),
        *_act_lines(acts, intents, subject, moment),
        *_line(_("Why"), _reasons(question, subject, moment), is_data=True),
        *_affects(item.value if item.is_there else None),
        *_line(in_context("row", "Undo"), _undo_words(acts, subject)),
        *_line(_("Asked"), _asked_words(question)),
    )
    is_dangerous = any(option.style == "danger" for option in question.options)
    typed = _demanded(question.path, item, moment) if is_dangerous else ""
    return Card(question, subject.face(question.node).title, lines, typed)


def _demanded(path: str, item: Found, moment: Moment) -> str:
    """Return what must be typed: the name of a critical target. What is not known yet counts as critical."""
    if item.is_there and not (isinstance(item.value, Mapping) and item.value.get("critical") is True):
        return ""
    return item_title(path, moment.details, lambda _unused: item) if not item.is_there else name_of(item.value)


def _acts_after(question: OpenQuestion, subject: RunSubject) -> Iterator[tuple[str, ActionNode]]:
    """Yield the changes that an answer other than the safest leads to, before anything else is asked."""
    graph = next(
        (graph for _unused, graph in walk_graphs(subject.playbook.graph) if question.node in graph.nodes), None
    )
    if graph is None:
        return
    ports = {option.id for option in question.options if option.style == "danger"} or {"approved"}
    waiting = [edge.target for edge in graph.edges if edge.source == question.node and edge.port in ports]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop(0)
        if name not in seen:
            seen.add(name)
            yield from _act(name, graph, subject)
            is_asking = isinstance(graph.nodes[name], AskNode)
            waiting += [e.target for e in graph.edges if e.source == name and e.port != "error" and not is_asking]


def _act(name: str, graph: Graph, subject: RunSubject) -> Iterator[tuple[str, ActionNode]]:
    node = graph.nodes[name]
    if isinstance(node, ActionNode) and subject.face(name).effect is not Effect.READ:
        yield name, node


def _act_lines(acts: Acts, intents: Found, subject: RunSubject, moment: Moment) -> Iterator[CardLine]:
    """What would be done: the very acts where the question covers them, else the products that are next."""
    covered = act_pieces(intents, subject)
    if covered:
        yield CardLine(_("Acts"), covered)
        return
    connections = moment.details.origin.connections or {}
    said = [
        f"{subject.face(name).title}: {subject.face(name).subtitle.partition(' · ')[0]}"
        + (_(", connection “{connections}”").format(connections=connections[name]) if name in connections else "")
        for name, _unused in acts[:MOST_ACTS]
    ]
    if len(acts) > MOST_ACTS:
        said.append(_("and {count} more").format(count=len(acts) - MOST_ACTS))
    yield from _line(_("Product"), "\n".join(said))


def _undo_words(acts: Acts, subject: RunSubject) -> str:
    if not acts or subject.catalogue is None:
        return ""
    facts = [(subject.face(name).title, subject.catalogue.find_facts(node.use)) for name, node in acts[:MOST_ACTS]]
    lasting = [title for title, known in facts if known is None or not known.undoable]
    if not lasting:
        return _("Can be undone")
    return (
        _("Cannot be undone")
        if len(lasting) == len(facts)
        else _("Cannot be undone: {lasting}").format(lasting=", ".join(lasting))
    )


def _reasons(question: OpenQuestion, subject: RunSubject, moment: Moment) -> str:
    """What the steps before it found, the latest first, each with its time."""
    progress = moment.progress
    found: list[tuple[int, str]] = []
    for name in _before(question.node, subject):
        for path in progress.paths_of(name):
            status = progress.status_at(path)
            inside = path.rpartition("/")[0]
            is_near = not inside or question.path.startswith(f"{inside}/")
            why = branch_reason(moment.details.explained(path), port="".join(status.ports[:1]))
            title = subject.face(name).title
            told = f"{title}{'' if title.endswith('?') else ':'} {why}" if why else status.summary
            if is_near and status.state is NodeState.SUCCEEDED and told:
                found.append((status.ended_at, f"{one_line(told, most=120)}, {clock_words(status.ended_at)}"))
    return "\n".join(text for _unused, text in sorted(found, reverse=True)[:MOST_REASONS])


def _before(name: str, subject: RunSubject) -> list[str]:
    """Return the steps that lead to a step, then those that lead to the loop it is in, and so on."""
    names: list[str] = []
    inner: str | None = name
    while inner is not None:
        within = (found for found in walk_graphs(subject.playbook.graph) if inner in found[1].nodes)
        loop, graph = next(within, (None, None))
        names += _ancestors(inner, graph) if graph is not None else []
        inner = loop
    return names


def _ancestors(name: str, graph: Graph) -> list[str]:
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        target = waiting.pop()
        sources = [edge.source for edge in graph.edges if edge.target == target and edge.source not in found]
        found.update(dict.fromkeys(sources))
        waiting += sources
    return list(found)


def _affects(item: Json) -> Iterator[CardLine]:
    """The item of the loop, as data: its name first, then its other plain values."""
    if item is None:
        return
    if not isinstance(item, Mapping):
        yield CardLine(_("Affects"), (Piece(one_line(str(item)), is_data=True),))
        return
    name = name_of(item)
    others = [
        f"{key} {_plain(value)}"
        for key, value in item.items()
        if isinstance(value, str | int | float) and value != "" and str(value) != name and key != "id"
    ]
    text = "\n".join([part for part in (name, ", ".join(others)) if part])
    yield from [CardLine(_("Affects"), (Piece(text, is_data=True),))] if text else []


def _plain(value: str | float) -> str:
    return (_("yes") if value else _("no")) if isinstance(value, bool) else one_line(str(value), most=60)


def _asked_words(question: OpenQuestion) -> str:
    need = _("{counted} needed").format(counted=counted(question.need, "answer"))
    given = _(", {count} given").format(count=len(question.given)) if question.given else ""
    since = _(" at {clock_words}").format(clock_words=clock_words(question.asked_at)) if question.asked_at else ""
    return _("By the playbook{since}; {need}{given}").format(since=since, need=need, given=given)


def _line(label: str, text: str, *, is_data: bool = False) -> Iterator[CardLine]:
    if text:
        yield CardLine(label, (Piece(text, is_data=is_data),))
