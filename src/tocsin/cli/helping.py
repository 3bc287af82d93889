"""Lets commands speak the reader's language: click takes their helps from docstrings, and has words of its own."""

from __future__ import annotations

import gettext
import inspect
import os

import click

from tocsin.base.resources import data_folder
from tocsin.base.texts import DOMAIN, ENGLISH, _, language


def spoken(command: click.Command) -> click.Command:
    """Return a command whose helps are translated, and those of its options and of the commands in it."""
    if language() == ENGLISH:
        return command
    command.help = _(inspect.cleandoc(command.help or ""))
    command.epilog = (command.epilog or "").replace("Examples:", _("Examples:"))
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = _(parameter.help)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            spoken(inner)
    return command


def let_click_speak() -> None:
    """Give click our catalogue: it asks gettext's usual one, in the language that the environment says."""
    if language() != ENGLISH:
        os.environ["LANGUAGE"] = language()
        gettext.bindtextdomain(DOMAIN, data_folder("resources") / "locale")
        gettext.textdomain(DOMAIN)
