"""Which connection plays which role: resolved once, before a run is made (definitions.md D4).

Of several products of a category, one that lacks an action which the role needs cannot be meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tocsin.model.catalogue import Action, Catalogue, Connector, Effect
from tocsin.model.environment import Connection, Environment
from tocsin.model.errors import NoConnectionError, NotOfferedError, SeveralConnectionsError
from tocsin.model.playbook import ActionNode, Playbook, walk_nodes


@dataclass(frozen=True, slots=True)
class Binding:
    """One action node's product.

    Attributes:
        connection_id: Its name in the environment.
        connection: The connection, without secrets.
        connector: The product's description.
        action_id: The action's key in the description.
        is_reviewed: The description came with Tocsin, or somebody here has reviewed it.
    """

    connection_id: str
    connection: Connection
    connector: Connector
    action_id: str
    is_reviewed: bool = True

    @property
    def action(self) -> Action:
        """The action's description."""
        return self.connector.actions[self.action_id]

    @property
    def effect(self) -> Effect:
        """What the action counts as: its own effect, or the worst while nobody has reviewed the description."""
        return self.action.effect if self.is_reviewed else Effect.DESTRUCTIVE


@dataclass(frozen=True, slots=True)
class Bindings:
    """The products of a playbook in an environment.

    Attributes:
        roles: Role → connection id.
        nodes: Action node's id → binding.
    """

    roles: Mapping[str, str]
    nodes: Mapping[str, Binding]


def role_of(node: ActionNode, playbook: Playbook) -> str | None:
    """Return the role that plays an action: its own, or the only role of that category in the file; else None."""
    if node.role is not None:
        return node.role
    category = node.use.partition(".")[0]
    fitting = [name for name, role in playbook.roles.items() if role.category == category]
    return fitting[0] if len(fitting) == 1 else None


def bind(playbook: Playbook, environment: Environment, catalogue: Catalogue) -> Bindings:
    """Find a connection for every action of the playbook.

    Raises:
        NoConnectionError: Nothing plays a role.
        SeveralConnectionsError: The environment must say which one.
        NotOfferedError: The product has no such action.
    """
    actions = {
        name: node for name, node in walk_nodes(playbook.graph) if isinstance(node, ActionNode) and not node.disabled
    }
    asked = {name: role_of(node, playbook) for name, node in actions.items()}
    uses = {role: [node.use for name, node in actions.items() if asked[name] == role] for role in playbook.roles}
    roles = {
        role: _connection_for(role, facts.category, uses[role], environment, catalogue)
        for role, facts in playbook.roles.items()
    }
    nodes: dict[str, Binding] = {}
    for name, node in actions.items():
        role = asked[name]
        played = roles[role] if role in roles else _direct(node, environment, catalogue)
        nodes[name] = _binding(name, node.use, played, environment=environment, catalogue=catalogue)
    return Bindings(roles, nodes)


def _direct(node: ActionNode, environment: Environment, catalogue: Catalogue) -> str:
    """Without a role: by the connector that `use` names, or its category."""
    prefix = node.use.partition(".")[0]
    category = catalogue.connectors[prefix].category if prefix in catalogue.connectors else prefix
    return _connection_for(node.role or prefix, category, [node.use], environment, catalogue)


def _connection_for(
    role: str, category: str, uses: Sequence[str], environment: Environment, catalogue: Catalogue
) -> str:
    named = environment.roles.get(role)
    if named is not None:
        if named not in environment.connections:
            raise NoConnectionError(role, category, environment.id)
        return named
    fitting = {
        name: connector
        for name, connection in environment.connections.items()
        if (connector := catalogue.connectors.get(connection.connector)) and connector.category == category
    }
    if not fitting:
        raise NoConnectionError(role, category, environment.id)
    able = [name for name, connector in fitting.items() if all(_find_action(connector, use) for use in uses)]
    candidates = able if len(fitting) > 1 and able else list(fitting)
    if len(candidates) > 1:
        raise SeveralConnectionsError(role, environment.id, candidates)
    return candidates[0]


def _find_action(connector: Connector, use: str) -> str | None:
    """Return the key of what a node uses, by the product's own name or its category's; None where it has none."""
    prefix, _, name = use.partition(".")
    return connector.find_action(name if connector.id == prefix else use)


def _binding(node: str, use: str, played: str, *, environment: Environment, catalogue: Catalogue) -> Binding:
    connection = environment.connections[played]
    connector = catalogue.connectors.get(connection.connector)
    action = _find_action(connector, use) if connector else None
    if connector is None or action is None:
        raise NotOfferedError(node, use, played)
    return Binding(played, connection, connector, action, is_reviewed=connector.id not in catalogue.unreviewed)
