"""Whatever is done on the canvas, in whatever order: the file stays one, and undone to the start it is the first."""

from types import SimpleNamespace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from tests.ui.hands import drop

from tocsin.formats import read_playbook, write_playbook
from tocsin.model.document import to_document

STEPS = 50
LEFT, NONE, ALT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
KEY = Qt.Key
ACTIONS = (
    "edit.undo", "edit.redo", "edit.cut", "edit.copy", "edit.paste", "edit.duplicate", "edit.delete", "edit.select_all",
    "playbook.switch", "playbook.wrap", "playbook.unwrap", "playbook.group", "playbook.align_left",
    "playbook.align_middle", "playbook.distribute_down", "playbook.tidy", "playbook.bend_line", "playbook.swap_action",
    "view.fit",
)  # fmt: skip
PLACES = st.tuples(st.integers(5, 500), st.integers(5, 400)).map(lambda at: QPoint(*at))
STEP = st.one_of(
    st.sampled_from(ACTIONS).map(lambda name: ("do", name)),
    st.lists(st.integers(0, 30), min_size=1, max_size=4).map(lambda places: ("select", places)),
    st.tuples(st.integers(0, 30), PLACES).map(lambda way: ("drag", way)),
    st.tuples(st.integers(0, 30), st.integers(0, 3), st.integers(0, 30)).map(lambda way: ("line", way)),
    st.tuples(st.integers(0, 30), PLACES).map(lambda way: ("bend", way)),
    st.tuples(st.sampled_from(["condition", "wait", "end", "for_each", "action:edr.isolate_endpoint"]), PLACES).map(
        lambda what: ("drop", what)
    ),
    st.sampled_from([KEY.Key_Up, KEY.Key_Right]).map(lambda key: ("nudge", key)),
    st.tuples(st.integers(0, 30), PLACES).map(lambda way: ("interrupt", way)),
    st.integers(1, 90).map(lambda minutes: ("bulk", minutes)),
    st.just(("other_tab", None)),
)


class Person:
    """Does steps in a window."""

    def __init__(self, desk) -> None:
        self.desk = desk
        self.document = desk.window.documents.current
        self.view, self.scene = self.document.canvas.view, self.document.canvas.scene

    def take(self, step):
        kind, what = step
        getattr(self, kind)(what)

    def do(self, name):
        self.desk.window.commands.get(name).trigger()

    def select(self, places):
        names = list(self.scene.store.nodes)
        self.document.session.select(names[place % len(names)] for place in places if names)

    def drag(self, way):
        place, end = way
        names = list(self.scene.store.nodes)
        if names:
            middle = self.view.mapFromScene(self.scene.place_of(names[place % len(names)]).center())
            self._pull(middle, end)

    def line(self, way):
        source, port, target = way
        nodes = list(self.scene.store.nodes.values())
        if nodes and nodes[source % len(nodes)].ports:
            start = nodes[source % len(nodes)]
            at = start.port_point(start.ports[port % len(start.ports)])
            end = self.view.mapFromScene(self.scene.place_of(nodes[target % len(nodes)].id).center())
            self._pull(self.view.mapFromScene(*at), end)

    def bend(self, way):
        place, end = way
        lines = [line for line in self.scene.store.edges.values() if line.points]
        if lines:
            middle = lines[place % len(lines)].path.pointAtPercent(0.5)
            self._pull(self.view.mapFromScene(middle), end)

    def drop(self, what):
        drop(self.view, *what)

    def interrupt(self, way):
        """Undo by key while a node is dragged."""
        place, end = way
        names = list(self.scene.store.nodes)
        if names:
            middle = self.view.mapFromScene(self.scene.place_of(names[place % len(names)]).center())
            self._pull(middle, end, meanwhile="edit.undo")

    def bulk(self, minutes):
        """Say one thing of all nodes at once, as one step."""
        self.do("edit.select_all")
        view = self.desk.panels.inspector.find_field("minutes")
        if view is not None:
            view.editor.selectAll()
            QTest.keyClicks(view.editor, str(minutes))
            QTest.keyClick(view.editor, KEY.Key_Return)

    def other_tab(self, _what):
        """Paste what is selected into another tab, which is closed again."""
        documents = self.desk.window.documents
        self.do("edit.copy")
        self.do("file.new")
        other = documents.current
        self.do("edit.paste")
        assert not read_playbook(write_playbook(other.playbook), "other.yaml").problems
        documents.remove(other)
        documents.show(self.document)

    def nudge(self, key):
        QTest.keyClick(self.view, key, ALT)

    def _pull(self, start, end, meanwhile=None):
        viewport = self.view.viewport()
        QTest.mousePress(viewport, LEFT, NONE, start)
        QTest.mouseMove(viewport, end)
        if meanwhile is not None:
            self.do(meanwhile)
            QTest.mouseMove(viewport, start)
        QTest.mouseRelease(viewport, LEFT, NONE, end)
        for picker in self.desk.window.findChildren(object, "node-picker"):
            picker.close()


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(STEP, min_size=STEPS, max_size=STEPS))
def test_gestures_in_any_order_leave_a_file_and_undone_to_the_start_it_is_the_first_one(opened, small, steps):
    person = Person(opened)
    session = person.document.session
    session.open(small)
    first = write_playbook(session.playbook)
    for step in steps:
        person.take(step)
        file = read_playbook(write_playbook(session.playbook), "drawn.yaml")
        assert [problem.text for problem in file.problems] == []
        assert file.playbook is not None
        assert to_document(file.playbook) == to_document(session.playbook)
        assert set(person.scene.store.nodes) == set(_ids(session.playbook.graph))
    while session.history.undo_label is not None:
        session.undo()
    assert write_playbook(session.playbook) == first


def _ids(graph):
    for name, node in graph.nodes.items():
        yield name
        yield from _ids(getattr(node, "body", SimpleNamespace(nodes={})))
