"""Folds one event into the state of its run. Never evaluates, never emits; the same events give the same state.

What follows from an event without any choice (an edge taken, a node become ready, a frame drained) is done here, so
that replay, resume and the running engine cannot differ. What needs a choice is left in the state's lists for
`conductor`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from tocsin.engine.draining import drain_frame, drain_inside, fail_run
from tocsin.engine.errors import UnknownEventError
from tocsin.engine.events import LIVE, Event, EventType, NodeState, RunStatus
from tocsin.engine.items import is_over_tolerance, key_text
from tocsin.engine.joins import Verdict, judge_edges
from tocsin.engine.outcomes import merge_changed
from tocsin.engine.state import MARKS, STARTED, Approval, Frame, Loop, Mark, RunState, Work
from tocsin.engine.taken_data import edit_output, keep_carried, start_of
from tocsin.model.playbook import CallNode, EndNode, ForEachNode, JoinNode, Rest
from tocsin.model.ports import UNMET

RUN_FAILED: Final = "run_failed"
RUN_STOPPED: Final = "run_stopped"
JOIN: Final = "join"
_WAIT, _DEAD, _CANCELLED = Verdict.WAIT, Verdict.DEAD, Mark.CANCELLED  # looked up once: see `state.PENDING`
_GUESSED: Final = ("predicted", "pinned")


def apply(state: RunState, event: Event) -> None:
    """Take one event in.

    Raises:
        UnknownEventError: Its type is not known here.
    """
    handler = _HANDLERS.get(event.type)
    if handler is None:
        if str(event.type).startswith("x."):
            return
        raise UnknownEventError(str(event.type), event.run)
    state.seq = event.seq
    state.at = event.at
    handler(state, event)


def _on_created(state: RunState, event: Event) -> None:
    state.started_at = event.at
    state.mode = event.data["mode"]
    state.trigger = event.data["trigger"]["node"]
    state.start = start_of(event.data)


def _on_run_queued(state: RunState, _event: Event) -> None:
    state.queued = True


def _on_run_started(state: RunState, _event: Event) -> None:
    state.status = RunStatus.RUNNING
    state.queued = False


def _on_run_paused(state: RunState, event: Event) -> None:
    state.paused = True
    state.paused_at = event.at


def _on_run_resumed(state: RunState, event: Event) -> None:
    """A pause is over, or another process goes on with the run; a pause outlives the process."""
    if event.data["epoch"] == state.epoch:
        state.paused = False
        state.due += event.at - state.paused_at if state.due else 0
    state.epoch = event.data["epoch"]


def _on_cancel(state: RunState, _event: Event) -> None:
    state.cancelled = True
    state.paused = False
    drain_frame(state, state.root, RUN_STOPPED)


def _on_run_finished(state: RunState, event: Event) -> None:
    state.status = RunStatus(event.data["status"])


def _on_node_started(state: RunState, event: Event) -> None:
    frame, node = state.locate(event.path)
    work = _open(state, frame, node)
    work.signal = event.data.get("signal", "")
    spec = frame.plan.nodes[node]
    if isinstance(spec, CallNode):
        _keep_guess(frame, node, event.data)
        _enter_callee(state, frame, node, spec, event)
    if work.signal or isinstance(spec, CallNode):
        _keep_still(state, work, is_still=True)


def _enter_callee(state: RunState, frame: Frame, node: int, spec: CallNode, event: Event) -> None:
    """Open the frame of a called playbook."""
    child = Frame(state.callees[spec.playbook], prefix=event.path, parent=frame, opener=node)
    child.inputs = event.data["inputs"]
    frame.calls[node] = child
    _open_frame(state, child)


def _open_frame(state: RunState, child: Frame) -> None:
    """Let a body or a called playbook begin. Where triggers begin it, `conductor` says which of them lead on."""
    state.created_frames += 1
    child.serial = state.created_frames
    state.frames[child.prefix] = child
    if not child.plan.triggers:
        for entry in child.plan.entries:
            child.queued[entry] = 1
            child.cause[entry] = state.seq
            state.ready.append((child, entry))
    _note_if_ended(state, child)


def _open(state: RunState, frame: Frame, node: int) -> Work:
    """Return a node's open work; a node that has none starts now."""
    frame.cause[node] = state.seq
    work = frame.work.get(node)
    if work is None:
        frame.mark[node] = STARTED
        work = frame.work[node] = Work()
        state.moving += 1
    return work


def _keep_still(state: RunState, work: Work, *, is_still: bool) -> None:
    """Count who can go on by itself, so that nobody need look through all that is open."""
    if work.is_still is not is_still:
        work.is_still = is_still
        state.moving += -1 if is_still else 1


def _on_node_settled(state: RunState, event: Event) -> None:
    frame, node = state.locate(event.path)
    data = event.data
    _settle(state, frame, node, how=data, data=data)
    if "from" in data:
        keep_carried(frame, node, data)


def _on_node_skipped(state: RunState, event: Event) -> None:
    located = [state.locate(path) for path in event.data["paths"]]
    for frame, node in located:
        frame.mark[node] = Mark.SKIPPED
        frame.unsettled -= 1
        frame.is_cut = frame.is_cut or event.data["reason"] == frame.drain
    for frame, node in located:
        for _, target, _ in frame.plan.out[node]:
            frame.pending[target] -= 1
            _look(state, frame, target)
    for frame in {id(frame): frame for frame, _ in located}.values():
        _note_if_ended(state, frame)


def _settle(state: RunState, frame: Frame, node: int, *, how: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    """A node is over: keep what came of it and settle its edges. `how` says its state and ports, `data` the rest."""
    mark = frame.mark[node] = MARKS[how["state"]]
    frame.unsettled -= 1
    frame.is_cut = frame.is_cut or mark is _CANCELLED
    _close(state, frame, node)
    ports = frame.ports[node] = tuple(how["ports"])
    output, error = data.get("output"), data.get("error")
    if output is not None:
        frame.outputs[node] = output
    if error is not None:
        _keep_error(state, frame, node, error=error, handled=bool(ports))
    _keep_end(state, frame, node, data)
    if state.mode != LIVE:
        _keep_guess(frame, node, {**how, "rests_on": data.get("rests_on")})
    _settle_edges(state, frame, node, ports)
    frame.loops.pop(node, None)
    if node in frame.calls:
        del state.frames[frame.calls.pop(node).prefix]
    _note_if_ended(state, frame)


def _settle_edges(state: RunState, frame: Frame, node: int, ports: tuple[str, ...]) -> None:
    plan = frame.plan
    for port, target, text in plan.out[node]:
        frame.pending[target] -= 1
        if port in ports:
            frame.taken[target] += 1
            frame.taken_edges.setdefault(target, []).append(text)
        _look(state, frame, target)
    if node in plan.rest:
        _release_rest(state, frame, node, ports)


def _keep_guess(frame: Frame, node: int, data: Mapping[str, Any]) -> None:
    """Remember what a rehearsal did not do, or did on a guess."""
    if data.get("via") in _GUESSED or "assumed" in data.get("flags", ()):
        frame.assumed.add(node)
    grounds = data.get("rests_on")
    if grounds:
        frame.grounds[node] = tuple(grounds)


def _close(state: RunState, frame: Frame, node: int) -> None:
    """Forget a node's open work, but for what views and expressions ask about it."""
    work = frame.work.pop(node, None)
    if work is None:
        return
    if not work.is_still:
        state.moving -= 1
    if work.attempt:
        frame.tries[node] = work.attempt
        frame.changed[node] = work.changed
        if work.effect != "read" and work.changed != "false":
            state.changes += 1


def _keep_error(state: RunState, frame: Frame, node: int, *, error: dict[str, Any], handled: bool) -> None:
    frame.errors[node] = error
    if state.first_error is None:
        state.first_error = error
    if handled:
        state.handled_errors += 1
        return
    if frame.failure is None:
        frame.failure = error
    if frame is state.root:
        fail_run(state, error)
    drain_frame(state, frame, RUN_FAILED)


def _keep_end(state: RunState, frame: Frame, node: int, data: Mapping[str, Any]) -> None:
    spec = frame.plan.nodes[node]
    if type(spec) is not EndNode or data["state"] != NodeState.SUCCEEDED:  # `isinstance` would ask pydantic
        return
    if frame.ended != "failed":
        frame.ended = str(spec.status)
    if "outputs" in data:
        frame.end_outputs[node] = data["outputs"]
    if spec.stop:
        drain_frame(state, frame, RUN_STOPPED)


def _release_rest(state: RunState, frame: Frame, node: int, ports: tuple[str, ...]) -> None:
    """A join that fired early frees what only served it."""
    spec = frame.plan.nodes[node]
    if not isinstance(spec, JoinNode) or spec.rest is not Rest.CANCEL or not ports:
        return
    state.rests.append((frame, node))
    for served in frame.plan.rest[node]:
        if served in frame.work:
            frame.work[served].unwanted = True
        drain_inside(state, frame, served, JOIN)


def _look(state: RunState, frame: Frame, target: int) -> None:
    """See what a node's edges say now, and queue it if they decide."""
    if frame.mark[target] or frame.queued[target]:  # it is not pending, or waits already
        return
    plan = frame.plan
    verdict = judge_edges(
        plan.need[target],
        taken=frame.taken[target],
        pending=frame.pending[target],
        unmet_wired=UNMET in plan.wired[target],
    )
    if verdict is _WAIT:
        return
    frame.queued[target] = 1
    frame.cause[target] = state.seq
    (state.dead if verdict is _DEAD else state.ready).append((frame, target))


def _note_if_ended(state: RunState, frame: Frame) -> None:
    if frame.unsettled == 0:
        state.ended_frames.append(frame)


def _on_attempt_started(state: RunState, event: Event) -> None:
    frame, node = state.locate(event.path)
    data = event.data
    work = _open(state, frame, node)
    work.attempt = data["n"]
    work.in_flight = True
    work.interrupted = False
    work.effect = data["effect"]
    work.inputs_hash = data["inputs_hash"]
    if "inputs" in data:
        work.inputs = data["inputs"]


def _on_attempt_finished(state: RunState, event: Event) -> None:
    frame, node = state.locate(event.path)
    data = event.data
    work = frame.work[node]
    frame.cause[node] = state.seq
    work.in_flight = False
    if work.effect != "read":
        work.changed = merge_changed(work.changed, outcome=data["outcome"], changed=data["changed"])
    settle = data.get("settle")
    if settle is not None:
        _settle(state, frame, node, how=settle, data=data)
    else:
        work.last = dict(data)
        work.looking = data.get("looking", False)
        work.interrupted = data.get("interrupted", False)


def _on_attempt_verified(state: RunState, event: Event) -> None:
    frame, node = state.locate(event.path)
    work = frame.work[node]
    frame.cause[node] = state.seq
    work.looking = False
    work.changed = {"done": "true", "not_done": "false"}.get(event.data["result"], work.changed)


def _on_timer_set(state: RunState, event: Event) -> None:
    path, _, kind = event.path.partition("@")
    if not path:
        state.due = event.data["due"]
        return
    frame, node = state.locate(path)
    work = _open(state, frame, node)
    work.timers[kind] = event.data["due"]
    loop = frame.loops.get(node)
    if kind == "poll" and loop is not None:
        loop.resting = True
        _keep_still(state, work, is_still=False)


def _on_timer_ended(state: RunState, event: Event) -> None:
    path, _, kind = event.path.partition("@")
    if not path:
        _on_limit_ended(state, event)
        return
    frame, node = state.locate(path)
    work = frame.work.get(node)
    loop = frame.loops.get(node)
    frame.cause[node] = state.seq
    is_overdue = kind == "deadline" and event.type is EventType.TIMER_FIRED
    if work is not None:
        work.timers.pop(kind, None)
        work.overdue = work.overdue or is_overdue
    if is_overdue:
        drain_inside(state, frame, node, RUN_FAILED)
    if loop is None or work is None:
        return
    if kind == "poll":
        _keep_still(state, work, is_still=True)
        loop.resting = False
        loop.rested = loop.following
        state.loops_due.append((frame, node))
    elif is_overdue:
        state.loops_due.append((frame, node))


def _on_limit_ended(state: RunState, event: Event) -> None:
    state.due = 0
    if event.type is EventType.TIMER_FIRED:
        error = event.data["error"]
        state.first_error = state.first_error or error
        fail_run(state, error)
        drain_frame(state, state.root, RUN_FAILED)


def _on_asked(state: RunState, event: Event) -> None:
    frame, node = state.locate(event.path.partition("?")[0])
    work, data = _open(state, frame, node), event.data
    work.question = event.path
    work.asked += 1
    work.intents, work.intents_hash = data.get("intents"), data.get("intents_hash", "")
    if "inputs" in data:
        work.inputs, work.inputs_hash = data["inputs"], data["inputs_hash"]
    _keep_still(state, work, is_still=True)
    state.questions += 1
    state.status = RunStatus.WAITING


def _on_answered(state: RunState, event: Event) -> None:
    frame, node = state.locate(event.path.partition("?")[0])
    work = frame.work[node]
    work.answers[event.by] = event.data["option"]
    frame.answered_by[node] = event.by
    if event.data.get("approves") and work.intents is not None:
        frame.approvals[node] = Approval(event.seq, work.intents, work.intents_hash)
    if event.data["final"]:
        _on_ask_closed(state, event)


def _on_ask_closed(state: RunState, event: Event) -> None:
    work = state.find_work(event.path.partition("?")[0])
    if work is None or not work.question:
        return
    work.question = ""
    _keep_still(state, work, is_still=False)
    state.questions -= 1
    if not state.questions:
        state.status = RunStatus.RUNNING


def _on_loop_started(state: RunState, event: Event) -> None:
    frame, node = state.locate(event.path)
    _keep_still(state, _open(state, frame, node), is_still=True)
    data = event.data
    loop = frame.loops[node] = Loop(data.get("items"), data["count"], carried=data.get("state"))
    _keep_guess(frame, node, data)
    loop.guessed = node in frame.assumed
    state.loops_due.append((frame, node))


def _on_item_started(state: RunState, event: Event) -> None:
    frame, node = state.locate(event.path)
    index: int = event.data["index"]
    loop = frame.loops[node]
    loop.running.add(index)
    loop.following = index + 1
    key = event.data.get("key")
    if key is not None:
        loop.keys.add(key_text(key))
    prefix = f"{event.path}[{index}]"
    child = Frame(frame.plan.bodies[node], prefix=prefix, parent=frame, opener=node, item=index)
    child.key = key
    _open_frame(state, child)


def _on_item_finished(state: RunState, event: Event) -> None:
    frame, node = state.locate(event.path)
    data = event.data
    index: int = data["index"]
    loop = frame.loops[node]
    loop.running.discard(index)
    loop.following = max(loop.following, index + 1)
    loop.results[index] = dict(data)
    state.frames.pop(f"{event.path}[{index}]", None)
    if "state_next" in data:
        loop.carried = data["state_next"]
    loop.done = loop.done or bool(data.get("last"))
    _keep_guess(frame, node, {"flags": data.get("flags", ())})
    if data["state"] == NodeState.FAILED:
        _on_item_failed(state, frame, node, data)
    state.loops_due.append((frame, node))


def _on_item_failed(state: RunState, frame: Frame, node: int, data: Mapping[str, Any]) -> None:
    loop, spec = frame.loops[node], frame.plan.nodes[node]
    loop.failed += 1
    loop.cause = loop.cause or data.get("cause", "")
    if isinstance(spec, ForEachNode) and not is_over_tolerance(spec, loop):
        return
    drain_inside(state, frame, node, RUN_FAILED)


def _nothing(_state: RunState, _event: Event) -> None:
    """Facts that change nothing here; views read them."""


_HANDLERS: Final[Mapping[EventType, Callable[[RunState, Event], None]]] = {
    EventType.RUN_CREATED: _on_created,
    EventType.RUN_QUEUED: _on_run_queued,
    EventType.RUN_STARTED: _on_run_started,
    EventType.RUN_PAUSED: _on_run_paused,
    EventType.RUN_RESUMED: _on_run_resumed,
    EventType.RUN_CANCEL_REQUESTED: _on_cancel,
    EventType.RUN_NOTED: _nothing,
    EventType.RUN_FINISHED: _on_run_finished,
    EventType.NODE_STARTED: _on_node_started,
    EventType.NODE_SETTLED: _on_node_settled,
    EventType.NODE_SKIPPED: _on_node_skipped,
    EventType.NODE_HELD: _nothing,
    EventType.NODE_RELEASED: _nothing,
    EventType.NODE_EDITED: edit_output,
    EventType.ATTEMPT_STARTED: _on_attempt_started,
    EventType.ATTEMPT_CHECKPOINT: _nothing,
    EventType.ATTEMPT_FINISHED: _on_attempt_finished,
    EventType.ATTEMPT_VERIFIED: _on_attempt_verified,
    EventType.TIMER_SET: _on_timer_set,
    EventType.TIMER_FIRED: _on_timer_ended,
    EventType.TIMER_CLOSED: _on_timer_ended,
    EventType.ASK_OPENED: _on_asked,
    EventType.ASK_ANSWERED: _on_answered,
    EventType.ASK_REFUSED: _nothing,
    EventType.ASK_CLOSED: _on_ask_closed,
    EventType.LOOP_STARTED: _on_loop_started,
    EventType.ITEM_STARTED: _on_item_started,
    EventType.ITEM_FINISHED: _on_item_finished,
    EventType.SIGNAL_RECEIVED: _nothing,
}
