"""The picture of a chain or a tree: where each clip stands and which lines join them.

A tidy tree in rows: the first clip on top, each clip below its parent, leaves side by side. Units
are cells; the page's style sheet makes pixels of them.
"""

from dataclasses import dataclass

from storage.lineage import Branch


@dataclass(frozen=True)
class Spot:
    """A clip's place in the picture."""

    branch: Branch
    #: Column (may be half a column) and row, from 0.
    column: float
    row: int


@dataclass(frozen=True)
class Line:
    """A parent joined to its child: columns and the parent's row."""

    parent_column: float
    child_column: float
    row: int


@dataclass(frozen=True)
class Picture:
    """Spots and lines, and the size in cells."""

    spots: list[Spot]
    lines: list[Line]
    columns: float
    rows: int


def draw(branches: list[Branch]) -> Picture:
    """Place the branches, parents before their children in the list."""
    shown = {branch.id for branch in branches}
    children: dict[int | None, list[Branch]] = {}
    for branch in branches:
        parent = branch.parent_id if branch.parent_id in shown else None
        children.setdefault(parent, []).append(branch)
    top = min((branch.depth for branch in branches), default=0)
    columns = _columns(branches, children)
    spots = [Spot(each, columns[each.id], each.depth - top) for each in branches]
    lines = [
        Line(columns[each.parent_id], columns[each.id], each.depth - top - 1)
        for each in branches
        if each.parent_id in shown
    ]
    widest = max((spot.column for spot in spots), default=0.0) + 1
    return Picture(spots, lines, widest, max((spot.row for spot in spots), default=0) + 1)


def _columns(branches: list[Branch], children: dict[int | None, list[Branch]]) -> dict[int, float]:
    """Leaves get the columns from left to right, a parent stands amid its children."""
    columns: dict[int, float] = {}
    free = 0
    # Depth first with a stack of our own: a chain may be deeper than Python recurses.
    stack = [(branch, False) for branch in reversed(children.get(None, []))]
    while stack:
        branch, children_placed = stack.pop()
        below = children.get(branch.id, [])
        if not below:
            columns[branch.id] = free
            free += 1
        elif children_placed:
            columns[branch.id] = (columns[below[0].id] + columns[below[-1].id]) / 2
        else:
            stack.append((branch, True))
            stack += [(child, False) for child in reversed(below)]
    return columns
