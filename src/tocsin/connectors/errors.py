"""What can be wrong with a description, a connection, or a request.

TocsinError
└── ConnectorError
    ├── UnknownConnectorError     no description has this id
    ├── DuplicateConnectorError   two descriptions have one id
    ├── UnreadableDescriptionError  a description's file has faults
    ├── DescriptionError          a description asks for what cannot be done
    ├── ConnectionFaultError      an address or option of a connection is not allowed
    ├── SlotError                 a value cannot stand where the description puts it
    ├── MissingSecretError        a sign-in field has no secret
    ├── NoPassError               a change has no leave from the judge
    ├── DayUsedUpError            no request is left for today
    ├── ExchangeError             a request brought no answer that can be read
    ├── LabGoneError              the Lab's control address does not answer
    ├── SignInError               a product gave no token; in `sign_in`
    └── PagingError               pages do not end; in `paging`
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import Place, TocsinError, did_you_mean
from tocsin.base.texts import _
from tocsin.engine.outcomes import RequestNote


class ConnectorError(TocsinError):
    """Root of the room's errors."""


class UnknownConnectorError(ConnectorError):
    """No description has this id."""

    code = ErrorCode.UNKNOWN_CONNECTOR

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(sorted(known))
        hint = did_you_mean(name, self.known) or _("There are: {known}.").format(known=", ".join(self.known))
        super().__init__(_("No connector is called “{name}”.").format(name=name), hint=hint)


class DuplicateConnectorError(ConnectorError):
    """Two descriptions have one id; which one is meant cannot be told."""

    code = ErrorCode.DUPLICATE_CONNECTOR

    def __init__(self, name: str, first: str, second: str) -> None:
        self.name, self.first, self.second = name, first, second
        super().__init__(
            _("The connector “{name}” is described twice, in “{first}” and “{second}”.").format(
                name=name, first=first, second=second
            ),
            hint=_("Give one of them another id."),
            place=Place(second),
        )


class UnreadableDescriptionError(ConnectorError):
    """A file of descriptions has faults; the message is the first one's."""

    code = ErrorCode.BAD_DESCRIPTION

    def __init__(self, fault: str, place: Place, *, hint: str = "") -> None:
        self.fault = fault
        super().__init__(_("This description cannot be used. {fault}").format(fault=fault), hint=hint, place=place)


class DescriptionError(ConnectorError):
    """A description asks for what cannot be done."""

    code = ErrorCode.BAD_DESCRIPTION

    def __init__(self, connector: str, where: str, reason: str) -> None:
        self.connector, self.where, self.reason = connector, where, reason
        super().__init__(
            _("In the description of “{connector}”, {where}: {reason}.").format(
                connector=connector, where=where, reason=reason
            )
        )


class ConnectionFaultError(ConnectorError):
    """An address or option of a connection is missing or not allowed. Nothing was sent, no name was looked up."""

    code = ErrorCode.BAD_CONNECTION

    def __init__(self, field: str, reason: str, *, hint: str = "") -> None:
        self.field, self.reason = field, reason
        super().__init__(_("The connection's “{field}” {reason}.").format(field=field, reason=reason), hint=hint)


class SlotError(ConnectorError):
    """A value cannot stand in its place of a request, however it is written."""

    code = ErrorCode.BAD_SLOT

    def __init__(self, place: str, reason: str) -> None:
        self.place, self.reason = place, reason
        super().__init__(_("The value for {place} {reason}.").format(place=place, reason=reason))


class MissingSecretError(ConnectorError):
    """A sign-in field has no secret."""

    code = ErrorCode.NO_SECRET

    def __init__(self, connection: str, field: str) -> None:
        self.connection, self.field = connection, field
        super().__init__(
            _("“{field}” of “{connection}” is not known.").format(field=field, connection=connection),
            hint=_("Open the connection and type it again."),
        )


class NoPassError(ConnectorError):
    """A change has no leave from the judge, or one for something else (definitions.md D10)."""

    code = ErrorCode.NO_PASS

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(_("The change was not sent: {reason}.").format(reason=reason))


class DayUsedUpError(ConnectorError):
    """The requests that a connection may make in a day are used up. Nothing was sent."""

    code = ErrorCode.DAY_USED_UP

    def __init__(self, product: str, most: int) -> None:
        self.product, self.most = product, most
        super().__init__(
            _("The {most} requests of today to {product} are used up.").format(most=most, product=product),
            hint=_("The next day begins at midnight UTC."),
        )


class Cut(StrEnum):
    """How an exchange ended without an answer that can be read."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    BROKEN = "broken"
    UNREADABLE = "unreadable"


class ExchangeError(ConnectorError):
    """A request brought no answer that can be read.

    Attributes:
        cut: How it ended.
        sent: Whether the first byte may have left; False is certain.
        note: The request, for the record.
    """

    code = ErrorCode.EXCHANGE_FAILED

    def __init__(self, reason: str, *, cut: Cut, sent: bool, note: RequestNote) -> None:
        self.reason, self.cut, self.sent, self.note = reason, cut, sent, note
        super().__init__(_("{method} on {host}: {reason}.").format(method=note.method, host=note.host, reason=reason))


class LabGoneError(ConnectorError):
    """The Lab does not answer at its control address any more, or refuses."""

    code = ErrorCode.LAB_GONE

    def __init__(self) -> None:
        super().__init__(_("The Lab does not answer."), hint=_("Start it again."))
