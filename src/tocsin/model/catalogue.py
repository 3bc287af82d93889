"""What products can do: connector descriptions and the common vocabulary, as values (definitions.md D3, D3b).

`formats.connector_file` reads them, `connectors` performs them, `checks` and the faces read their action part.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from tocsin.base.texts import neutral
from tocsin.model.canonical import digest
from tocsin.model.schemes import SafeScheme
from tocsin.model.values import (
    Duration,
    Expression,
    ExpressionTree,
    JsonSchema,
    JsonValue,
    TemplateText,
    TemplateTree,
    Value,
)

# fmt: off
CATEGORIES: Final = (
    "siem", "edr", "firewall", "ids", "threat_intel", "vulnerability", "identity", "ticketing", "messaging",
    "patching", "mailbox", "sandbox", "assets", "web", "general",
)
# fmt: on


class Effect(StrEnum):
    """What an action does to the world (definitions.md D11)."""

    READ = "read"
    CHANGE = "change"
    DESTRUCTIVE = "destructive"


class Discloses(StrEnum):
    """Who else learns what is asked (field.md W7)."""

    NONE = "none"
    VENDOR = "vendor"
    PUBLIC = "public"


class SignInField(Value):
    """One field of a sign-in."""

    title: str
    secret: bool = False
    help: str | None = None


class AddressField(Value):
    """One server of a product, and how it may be spoken to."""

    title: str
    required: bool = True
    help: str | None = None
    schemes: tuple[SafeScheme, ...] = (SafeScheme.HTTPS,)


class NoSignIn(Value):
    """Nothing to show."""

    kind: Literal["none"] = "none"
    fields: Mapping[str, SignInField] = Field(default_factory=dict)


class ApiKeySignIn(Value):
    """One header or query parameter."""

    kind: Literal["api_key"] = "api_key"
    fields: Mapping[str, SignInField]
    place: Annotated[Literal["header", "query"], Field(alias="in")] = "header"
    name: str
    value: TemplateText


class BasicSignIn(Value):
    """User and password at each request."""

    kind: Literal["basic"] = "basic"
    fields: Mapping[str, SignInField]
    user: TemplateText
    password: TemplateText


class BearerSignIn(Value):
    """A token that does not change."""

    kind: Literal["bearer"] = "bearer"
    fields: Mapping[str, SignInField]
    token: TemplateText


class _TokenSignIn(Value):
    """A token that is asked for by a form, kept until it ends, and fetched anew once after a 401 (RFC 6749 §5.1)."""

    fields: Mapping[str, SignInField]
    request: TemplateText
    form: Mapping[str, TemplateText]
    token: Expression = Field(default="body.access_token")
    expires_in: Expression = "body.expires_in"
    at: str = "main"


class OAuth2SignIn(_TokenSignIn):
    """Client credentials (RFC 6749 §4.4)."""

    kind: Literal["oauth2_client"] = "oauth2_client"


class OAuth2RefreshSignIn(_TokenSignIn):
    """A refresh token that a person's consent gave, which the product may replace at each use (RFC 6749 §6).

    Attributes:
        renews: The field that holds it; what the product gives in its place is kept there.
        refresh_token: What stands in its place from now on; an answer without it leaves the old one.
    """

    kind: Literal["oauth2_refresh"] = "oauth2_refresh"
    renews: str = "refresh_token"
    refresh_token: Expression = Field(default="body.refresh_token")


class SessionSignIn(Value):
    """A log-in that gives a value for a header."""

    kind: Literal["session"] = "session"
    fields: Mapping[str, SignInField]
    request: TemplateText
    json_body: Annotated[TemplateTree, Field(alias="json")] = None
    form: Mapping[str, TemplateText] | None = None
    token: Expression
    header: str
    value: TemplateText
    at: str = "main"


class LoginSignIn(Value):
    """A user with a password or a private key, for protocols that have a sign-in of their own."""

    kind: Literal["login"] = "login"
    fields: Mapping[str, SignInField]
    user: TemplateText
    password: TemplateText = ""
    key: TemplateText = ""


SignIn: TypeAlias = (
    NoSignIn
    | ApiKeySignIn
    | BasicSignIn
    | BearerSignIn
    | OAuth2SignIn
    | OAuth2RefreshSignIn
    | SessionSignIn
    | LoginSignIn
)


class Limits(Value):
    """What the product bears.

    Attributes:
        per_day: The option that says how many requests a day are paid for; days are those of UTC.
    """

    concurrency: Annotated[int, Field(ge=1, le=1000)] = 4
    rate: Annotated[str, Field(pattern=r"^[0-9]+/(s|m|h|d)$")] | None = None
    per_day: str | None = None


class Page(Value):
    """How further pages are asked for.

    Attributes:
        keeps_cursor: Whether one cursor stands for all further pages; else the same one again is taken for a fault.
    """

    kind: Literal["page", "cursor", "link", "offset"]
    parameter: str | None = None
    size: int | None = None
    size_parameter: str | None = None
    items: Expression
    next: Expression | None = None
    keeps_cursor: bool = False
    at_most: int = 1000


class Poll(Value):
    """How the end of a long job is awaited."""

    action: str
    inputs: Annotated[Mapping[str, ExpressionTree], Field(alias="with")] = Field(default_factory=dict)
    done_when: Expression
    failed_when: Expression | None = None
    every: Duration = "2s"
    at_most: Duration = "5m"


class Step(Value):
    """One request. `request` is METHOD /path, and slots are encoded for their place; or PROTOCOL verb, with `json`.

    Attributes:
        reads: Whether it only reads; without it GET and HEAD do, others do not. A search by POST says so here.
        query: Parameters by name, or one slot that gives a map of them.
        languages: Which query language a query or JSON key is written in; every slot there must be quoted for it.
        ok: When the answer means success; sees status, body, headers. Without it the connector's `ok`, else 200 to 299.
        when: Whether the step is taken at all.
    """

    name: str
    request: TemplateText
    at: str = "main"
    reads: bool | None = None
    query: Mapping[str, TemplateText] | TemplateText = Field(default_factory=dict)
    headers: Mapping[str, TemplateText] = Field(default_factory=dict)
    json_body: Annotated[TemplateTree, Field(alias="json")] = None
    form: Mapping[str, TemplateText] | None = None
    text: TemplateText | None = None
    languages: Mapping[str, str] = Field(default_factory=dict)
    when: Expression | None = None
    ok: Expression | None = None
    page: Page | None = None


class Undo(Value):
    """What takes an action back. `with` sees input and output."""

    action: str
    inputs: Annotated[Mapping[str, ExpressionTree], Field(alias="with")] = Field(default_factory=dict)


class Verify(Value):
    """How to find out whether an action took place. `with` sees input; the others see input and the look's output.

    Attributes:
        done: Whether it took place.
        output: What the action would have given; without it the action's own `output`, which then sees no steps.
        absence_proves: Whether not seeing it means that it did not happen. Not where the product's search lags.
    """

    action: str
    inputs: Annotated[Mapping[str, ExpressionTree], Field(alias="with")] = Field(default_factory=dict)
    done: Expression
    output: Mapping[str, ExpressionTree] | None = None
    absence_proves: bool = True


class Already(Value):
    """How to find out whether it was so before. What the look gave is `before` in every later expression.

    Attributes:
        when: Whether it was so; sees input and the look's output.
        output: What the action would have given; without it the action's own `output`, which then sees no steps.
    """

    action: str
    inputs: Annotated[Mapping[str, ExpressionTree], Field(alias="with")] = Field(default_factory=dict)
    when: Expression
    output: Mapping[str, ExpressionTree] | None = None


class ErrorRule(Value):
    """What an answer means: the first that holds. `acted` true = it was done all the same, false = surely not."""

    when: Expression
    code: str
    acted: bool | None = None
    message: TemplateText | None = None


class Action(Value):
    """One thing a product can do. With `does`, inputs and output come from the vocabulary.

    Attributes:
        keep: How long the answer of a look-up holds, so that the same question is not asked again meanwhile.
    """

    does: str | None = None
    title: str
    help: str | None = None
    effect: Effect
    inputs: JsonSchema | None = None
    output_schema: JsonSchema | None = None
    undo: Undo | None = None
    verify: Verify | None = None
    already: Already | None = None
    safe_to_repeat: bool = False
    targets: Mapping[str, Expression] = Field(default_factory=dict)
    discloses: Discloses = Discloses.NONE
    rehearse: Literal["never"] | None = None
    keep: Duration | None = None
    steps: tuple[Step, ...]
    poll: Poll | None = None
    output: Mapping[str, ExpressionTree] | Expression | None = None
    changed: Expression | None = None
    summary: TemplateText | None = None
    errors: tuple[ErrorRule, ...] = ()
    sample: JsonValue = None
    permission: str | None = None
    docs: str | None = None


class Connector(Value):
    """The description of one product."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    title: str
    category: str
    version: Annotated[int, Field(ge=1)] = 1
    docs: str
    addresses: Mapping[str, AddressField]
    options: Mapping[str, JsonSchema] = Field(default_factory=dict)
    sign_in: Annotated[SignIn, Field(discriminator="kind")]
    headers: Mapping[str, TemplateText] = Field(default_factory=dict)
    limits: Limits = Field(default_factory=Limits)
    health: str
    ok: Expression | None = None
    actions: Mapping[str, Action]
    errors: tuple[ErrorRule, ...] = ()

    @property
    def hash(self) -> str:
        """What the description says, as a hash; pinned in every run."""
        return digest(neutral(self.model_dump(by_alias=True, exclude_defaults=True)))

    def own_actions(self) -> dict[str, Action]:
        """Return what steps can do with this product alone; the look at its health is for whoever sets it up."""
        return {key: action for key, action in self.actions.items() if action.does is None and key != self.health}

    def find_action(self, name: str) -> str | None:
        """Return the key of the action called so here, or that does CATEGORY.ACTION; None when there is none."""
        if name in self.actions:
            return name
        return next((key for key, action in self.actions.items() if action.does == name), None)


class VocabularyAction(Value):
    """One action that products of a category have in common."""

    title: str
    help: str | None = None
    effect: Effect
    inputs: JsonSchema
    output: JsonSchema


class ActionFacts(Value):
    """What everyone above needs to know of an action, wherever it is described.

    Attributes:
        use: As playbooks name it, CATEGORY.ACTION or CONNECTOR.ACTION.
        inputs: JSON Schema of `with`.
        output: JSON Schema of the result.
    """

    use: str
    title: str
    category: str
    effect: Effect
    inputs: JsonSchema
    output: JsonSchema
    undoable: bool
    discloses: Discloses
    sample: JsonValue = None
    help: str | None = None


class Catalogue(Value):
    """Every product and the common vocabulary.

    Attributes:
        unreviewed: The products of a person's own descriptions that nobody has reviewed: whatever these say of their
            actions, all of them count as destructive (field.md S16).
    """

    connectors: Mapping[str, Connector] = Field(default_factory=dict)
    vocabulary: Mapping[str, VocabularyAction] = Field(default_factory=dict)
    unreviewed: frozenset[str] = frozenset()

    def find_facts(self, use: str) -> ActionFacts | None:
        """Return what is known of CATEGORY.ACTION or CONNECTOR.ACTION, or None when nothing is."""
        prefix, _, name = use.partition(".")
        if use in self.vocabulary:
            return self._common_facts(use)
        connector = self.connectors.get(prefix)
        if connector is None or name not in connector.actions:
            return None
        action = connector.actions[name]
        common = self.vocabulary.get(action.does or "")
        return ActionFacts(
            use=use,
            title=action.title,
            category=connector.category,
            effect=Effect.DESTRUCTIVE if connector.id in self.unreviewed else action.effect,
            inputs=common.inputs if common else action.inputs or {"type": "object"},
            output=common.output if common else action.output_schema or {},
            undoable=action.undo is not None,
            discloses=action.discloses,
            sample=action.sample,
            help=action.help,
        )

    def _common_facts(self, use: str) -> ActionFacts:
        common = self.vocabulary[use]
        players = [a for c in self.connectors.values() for a in c.actions.values() if a.does == use]
        levels = [action.discloses for action in players]
        worst = max(levels, key=list(Discloses).index, default=Discloses.NONE)
        return ActionFacts(
            use=use,
            title=common.title,
            category=use.partition(".")[0],
            effect=common.effect,
            inputs=common.inputs,
            output=common.output,
            undoable=any(action.undo is not None for action in players),
            discloses=worst,
            sample=next((action.sample for action in players if action.sample is not None), None),
            help=common.help,
        )
