"""Every colour of the look, named: one frozen `Tokens`, two instances (visual-design.md §2.1 to 2.3)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as #RRGGBB. `dark` tells painters which way shadows go, `strong` to draw none, and no border thinly.

    The use of each is in the design's tables; a name here is the table's name in snake case, `_soft` its tile or chip.
    """

    dark: bool
    # surfaces and dividers
    win: str
    panel: str
    surface: str
    raised: str
    canvas: str
    dot: str
    line: str
    ctl: str
    # nodes and edges
    node: str
    node_line: str
    edge: str
    err_path: str
    err_path_soft: str
    # text
    text: str
    text2: str
    text3: str
    # controls
    hover: str
    press: str
    sel: str
    sel_line: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    accent_soft: str
    problem: str
    problem_soft: str
    # Production, environments, the Lab's world
    prod: str
    prod_soft: str
    prod_fill: str
    env_lab: str
    env_other: str
    env_2: str
    env_3: str
    env_4: str
    env_5: str
    env_6: str
    world1: str
    world2: str
    world3: str
    # kinds, each on its soft tile
    trigger: str
    trigger_soft: str
    logic: str
    logic_soft: str
    action: str
    action_soft: str
    human: str
    human_soft: str
    call: str
    call_soft: str
    end: str
    end_soft: str
    # states
    queued: str
    queued_soft: str
    running: str
    running_soft: str
    waiting: str
    waiting_soft: str
    retrying: str
    retrying_soft: str
    paused: str
    paused_soft: str
    succeeded: str
    succeeded_soft: str
    already: str
    already_soft: str
    would: str
    would_soft: str
    failed: str
    failed_soft: str
    cancelled: str
    cancelled_soft: str
    waiting_text: str
    tape: str
    tape_ink: str
    tape_soft: str
    refused_soft: str
    strong: bool = False


LIGHT = Tokens(
    dark=False,
    win="#ECEEF2",
    panel="#F7F8FA",
    surface="#FFFFFF",
    raised="#FFFFFF",
    canvas="#F3F4F7",
    dot="#CDD2DC",
    line="#DDE1E8",
    ctl="#7C8598",
    node="#FFFFFF",
    node_line="#828B9D",
    edge="#758094",
    err_path="#6A5F85",
    err_path_soft="#ECE9F3",
    text="#1A2030",
    text2="#4C5567",
    text3="#626B7D",
    hover="#E7EAF0",
    press="#DADFE8",
    sel="#EBEDFC",
    sel_line="#4C56CF",
    accent="#4650C8",
    accent_hover="#3A43B4",
    on_accent="#FFFFFF",
    accent_text="#3F49C0",
    accent_soft="#E9EBFC",
    problem="#A94A0A",
    problem_soft="#FDEADB",
    prod="#BE2A26",
    prod_soft="#FCE5E3",
    prod_fill="#BE2A26",
    env_lab="#2F6F9F",
    env_other="#6B6A1E",
    env_2="#0F6B6B",
    env_3="#6A4FA3",
    env_4="#96417E",
    env_5="#7A5230",
    env_6="#3F5C8C",
    world1="#7C8598",
    world2="#E2E6ED",
    world3="#4C5567",
    trigger="#7438BF",
    trigger_soft="#F1E8FC",
    logic="#43536F",
    logic_soft="#E6EBF3",
    action="#0A706C",
    action_soft="#DDF3F1",
    human="#AE2C62",
    human_soft="#FCE6EF",
    call="#75521F",
    call_soft="#F6ECDB",
    end="#4A4F5A",
    end_soft="#E8EAEE",
    queued="#6B7485",
    queued_soft="#ECEEF2",
    running="#0A6AB2",
    running_soft="#DFF0FC",
    waiting="#B26A00",
    waiting_soft="#FDF0D3",
    retrying="#A94A0A",
    retrying_soft="#FDEADB",
    paused="#A01C8C",
    paused_soft="#FBE6F7",
    succeeded="#15764A",
    succeeded_soft="#DDF4E7",
    already="#3F6B5A",
    already_soft="#E4EEE9",
    would="#45597A",
    would_soft="#E6ECF6",
    failed="#BE2A26",
    failed_soft="#FCE5E3",
    cancelled="#6B7485",
    cancelled_soft="#ECEEF2",
    waiting_text="#8A5700",
    tape="#F4B400",
    tape_ink="#1A2030",
    tape_soft="#FFF3C9",
    refused_soft="#E0E4EC",
)
DARK = Tokens(
    dark=True,
    win="#16181D",
    panel="#1B1E24",
    surface="#22262D",
    raised="#2A2F38",
    canvas="#121418",
    dot="#2A2F38",
    line="#2E333D",
    ctl="#6C7587",
    node="#262B33",
    node_line="#6C778D",
    edge="#7B8598",
    err_path="#A99FC4",
    err_path_soft="#2D2A38",
    text="#E7EAF0",
    text2="#B0B8C6",
    text3="#929BAC",
    hover="#2A2F38",
    press="#343A45",
    sel="#2C315A",
    sel_line="#8F98FF",
    accent="#5963DD",
    accent_hover="#6A74EA",
    on_accent="#FFFFFF",
    accent_text="#A3ABFF",
    accent_soft="#272B4C",
    problem="#FF9F5E",
    problem_soft="#452C18",
    prod="#FF7B73",
    prod_soft="#4A2423",
    prod_fill="#C93A35",
    env_lab="#6FB3E3",
    env_other="#C9C65A",
    env_2="#5CC8C4",
    env_3="#B7A0EE",
    env_4="#E58FCB",
    env_5="#D9B08C",
    env_6="#93B4E8",
    world1="#6C7587",
    world2="#363D49",
    world3="#B0B8C6",
    trigger="#C79BFF",
    trigger_soft="#382A4D",
    logic="#AEBDD8",
    logic_soft="#303846",
    action="#56CFC5",
    action_soft="#1D3D3D",
    human="#FF92B8",
    human_soft="#472938",
    call="#DDB881",
    call_soft="#3E3323",
    end="#B4BAC6",
    end_soft="#353A43",
    queued="#8D96A7",
    queued_soft="#2A2E36",
    running="#58B7FF",
    running_soft="#16344D",
    waiting="#F3B84A",
    waiting_soft="#42330F",
    retrying="#FF9F5E",
    retrying_soft="#452C18",
    paused="#F084DF",
    paused_soft="#46203F",
    succeeded="#4FC78E",
    succeeded_soft="#173A2A",
    already="#8FBDA9",
    already_soft="#22332C",
    would="#A5B7D6",
    would_soft="#202A3B",
    failed="#FF7B73",
    failed_soft="#4A2423",
    cancelled="#8D96A7",
    cancelled_soft="#2A2E36",
    waiting_text="#F3B84A",
    tape="#FFC933",
    tape_ink="#14171F",
    tape_soft="#3A3216",
    refused_soft="#343B47",
)
