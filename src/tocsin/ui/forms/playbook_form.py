"""The playbook's head → its form."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.model.playbook import Playbook
from tocsin.ui.forms.fields import Form, Section
from tocsin.ui.forms.model_fields import fields_of
from tocsin.ui.forms.summaries import summary_of
from tocsin.ui.forms.words import Group

RESERVED: Final = ("author", "created", "id")
"""Keys of the head that nobody sets by hand."""

_SECTIONS: Final = {"roles": Group.ROLES, "inputs": Group.INPUTS, "outputs": Group.OUTPUTS}


def head_form(playbook: Playbook) -> Form:
    """Return the form of the playbook itself."""
    fields = {field.name: field for field in fields_of(playbook, also_hidden=RESERVED)}
    sections = [Section("", tuple(fields[name] for name in fields if name not in _SECTIONS))]
    for name, group in _SECTIONS.items():
        sections.append(Section(str(group), (fields[name],), summary_of(group, (fields[name],))))
    return Form(("",), playbook.name or playbook.id, _("Playbook"), tuple(sections))
