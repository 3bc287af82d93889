"""What commands over files are given, without a journal, an engine or Qt."""

from tests.unit.checks.build import products

from tocsin.formats import load_playbook


class FileKit:
    """Reads playbooks, knows every product, and draws a picture of nothing; or cannot draw."""

    def __init__(self, *, can_draw=True):
        self.can_draw = can_draw

    def load_playbook(self, path):
        return load_playbook(path)

    def catalogue(self):
        return products()

    def shelf(self, _file):
        return {}.get

    def picture(self, _playbook):
        if not self.can_draw:
            raise ImportError("libGL.so.1")
        return '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
