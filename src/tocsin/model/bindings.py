"""Which connection plays which role: resolved once, before a run is made (definitions.md D4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.model.catalogue import Action, Catalogue, Connector
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
    """

    connection_id: str
    connection: Connection
    connector: Connector
    action_id: str

    @property
    def action(self) -> Action:
        """The action's description."""
        return self.connector.actions[self.action_id]


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
    roles = {
        name: _connection_for(name, role.category, environment, catalogue) for name, role in playbook.roles.items()
    }
    nodes: dict[str, Binding] = {}
    for name, node in walk_nodes(playbook.graph):
        if isinstance(node, ActionNode) and not node.disabled:
            role = role_of(node, playbook)
            played = roles[role] if role in roles else _direct(node, environment, catalogue)
            nodes[name] = _binding(name, node.use, played, environment=environment, catalogue=catalogue)
    return Bindings(roles, nodes)


def _direct(node: ActionNode, environment: Environment, catalogue: Catalogue) -> str:
    """Without a role: by the connector that `use` names, or its category."""
    prefix = node.use.partition(".")[0]
    category = catalogue.connectors[prefix].category if prefix in catalogue.connectors else prefix
    return _connection_for(node.role or prefix, category, environment, catalogue)


def _connection_for(role: str, category: str, environment: Environment, catalogue: Catalogue) -> str:
    named = environment.roles.get(role)
    if named is not None:
        if named not in environment.connections:
            raise NoConnectionError(role, category, environment.id)
        return named
    fitting = [
        name
        for name, connection in environment.connections.items()
        if (connector := catalogue.connectors.get(connection.connector)) and connector.category == category
    ]
    if not fitting:
        raise NoConnectionError(role, category, environment.id)
    if len(fitting) > 1:
        raise SeveralConnectionsError(role, environment.id, fitting)
    return fitting[0]


def _binding(node: str, use: str, played: str, *, environment: Environment, catalogue: Catalogue) -> Binding:
    connection = environment.connections[played]
    connector = catalogue.connectors.get(connection.connector)
    prefix, _, name = use.partition(".")
    wanted = name if connector and connector.id == prefix else use
    action = connector.find_action(wanted) if connector else None
    if connector is None or action is None:
        raise NotOfferedError(node, use, played)
    return Binding(played, connection, connector, action)
