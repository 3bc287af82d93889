"""The table of checks, and the one door to them all."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from types import MappingProxyType
from typing import Final

from tocsin.checks import (
    actions,
    approvals,
    calls,
    endings,
    evidence,
    flow,
    inputs,
    loops,
    names,
    optionals,
    references,
    results,
    safety,
    secrets,
    settings,
    sight,
    texts,
)
from tocsin.checks.explained import (
    actions_explained,
    care_explained,
    evidence_explained,
    flow_explained,
    reading_explained,
    safety_explained,
)
from tocsin.checks.inspection import Check, Inspection
from tocsin.checks.memo import IdentityMemo
from tocsin.checks.survey import survey_of
from tocsin.model.catalogue import Catalogue
from tocsin.model.closure import Find, callees_of
from tocsin.model.playbook import Playbook
from tocsin.model.problems import CheckCode, CheckInfo, Problem

ALL: Final[tuple[Check, ...]] = (
    flow.find_no_trigger,
    flow.find_unreachable,
    flow.find_unmeetable_joins,
    flow.find_unwired_branches,
    flow.find_cycles,
    names.find_duplicate_ids,
    names.find_reserved_names,
    names.find_shadowed_items,
    names.find_shadowed_roots,
    actions.find_unknown_actions,
    actions.find_unknown_roles,
    actions.find_unknown_events,
    calls.find_unknown_playbooks,
    calls.find_call_cycles,
    calls.find_untold_handlers,
    calls.find_untold_calls,
    inputs.find_missing_inputs,
    inputs.find_unknown_inputs,
    inputs.find_mistyped_inputs,
    inputs.find_bad_defaults,
    texts.find_bad_expressions,
    texts.find_type_mixes,
    texts.find_braces_in_cel,
    texts.find_cel_without_braces,
    results.find_wrong_results,
    results.find_values_in_text,
    references.find_unknown_references,
    references.find_unreadable_nodes,
    references.find_maybe_skipped,
    optionals.find_unguarded_optionals,
    optionals.find_macros_over_maps,
    loops.find_empty_loops,
    loops.find_unbounded_loops,
    loops.find_questions_in_loops,
    approvals.find_unknown_acts,
    safety.find_unapproved_acts,
    safety.find_approving_timeouts,
    safety.find_no_way_out,
    evidence.find_single_sources,
    evidence.find_unchecked_targets,
    evidence.find_private_only,
    evidence.find_first_of_many,
    secrets.find_typed_secrets,
    sight.find_hidden_characters,
    sight.find_hidden_nodes,
    settings.find_endless_waits,
    settings.find_idle_settings,
    endings.find_conflicting_ends,
    endings.find_errors_taken_twice,
    endings.find_reserved_features,
)

CHECKS: Final[Mapping[CheckCode, CheckInfo]] = MappingProxyType(
    {
        info.code: info
        for info in sorted(
            chain.from_iterable(
                family.INFOS
                for family in (
                    flow_explained,
                    reading_explained,
                    actions_explained,
                    safety_explained,
                    evidence_explained,
                    care_explained,
                )
            ),
            key=lambda info: info.code,
        )
    }
)
"""What each code means, with a bad and a good example: `tocsin check --explain CODE`."""


def check_playbook(playbook: Playbook, catalogue: Catalogue, shelf: Find | None = None) -> tuple[Problem, ...]:
    """Return all that is wrong or risky, by the node's place in the file, then field, then code.

    What concerns the playbook as a whole comes first. Never raises on a well-formed playbook. The same objects give the
    same answer at once; what an edit left alone is not worked out again.

    Args:
        playbook: What is judged.
        catalogue: What products can do.
        shelf: Gives the playbooks that it may call; None where they cannot be looked for, and nothing is said of them.
    """
    if shelf is not None and (playbook.handler is not None or next(callees_of(playbook), None) is not None):
        return _check(playbook, catalogue, shelf)
    return _found.get(catalogue, lambda _: IdentityMemo(8)).get(playbook, lambda playbook: _check(playbook, catalogue))


def _check(playbook: Playbook, catalogue: Catalogue, shelf: Find | None = None) -> tuple[Problem, ...]:
    case = Inspection(playbook, catalogue, survey_of(playbook), shelf)
    found = chain.from_iterable(check(case) for check in ALL)
    ranked = {_rank(case, problem): problem for problem in found}  # one place may read one wrong name twice
    return tuple(ranked[rank] for rank in sorted(ranked))


def _rank(case: Inspection, problem: Problem) -> tuple[int, str, str, str]:
    entry = case.survey.first.get(problem.node)
    return (entry.place if entry else -1, problem.field, problem.code, problem.message)


_found: Final[IdentityMemo[Catalogue, IdentityMemo[Playbook, tuple[Problem, ...]]]] = IdentityMemo(4)
