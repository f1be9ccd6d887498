"""How many panes there are, and where: by the screen's width, or as the analyst wants it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shape = Literal["one", "below", "beside", "three"]
"""One pane at a time; the text below the list; beside it; and the evidence as a third column."""

_BESIDE_FROM, _THREE_FROM = 100, 170
"""Cells of width from which list and text stand side by side, and from which the evidence has a column of its own."""
_SHAPES: tuple[Shape, ...] = ("one", "below", "beside")
_STEP, _LEAST, _MOST = 6, 16, 84
_SHARES: dict[Shape, int] = {"below": 34, "beside": 46, "three": 42}
"""Per cent of the screen that the list takes."""


@dataclass(slots=True)
class Arrangement:
    """What the analyst chose; None: by the width."""

    chosen: Shape | None = None
    share: float | None = None
    """Per cent of the screen for the list."""

    def shape(self, width: int) -> Shape:
        """The shape on a screen of `width` cells."""
        by_width: Shape = "three" if width >= _THREE_FROM else "beside" if width >= _BESIDE_FROM else "below"
        return by_width if self.chosen is None or (self.chosen == "beside" and by_width == "three") else self.chosen

    def turn(self, width: int) -> str:
        """Takes the next shape, after the last that of the width; what it is, in words."""
        order = [shape for shape in _SHAPES if shape != Arrangement().shape(width)]
        at = order.index(self.chosen) + 1 if self.chosen in order else 0
        self.chosen, self.share = (order[at] if at < len(order) else None), None
        told = {"one": "One pane at a time", "below": "The text below the list", "beside": "The text beside the list"}
        return "Panes by the width of the screen" if self.chosen is None else told[self.chosen]

    def drag_to(self, place: int, cells: int) -> None:
        """Gives the list the cells before `place`, of `cells` that list and text have in the direction they share."""
        self.share = max(_LEAST, min(_MOST, 100 * place / max(1, cells)))

    def widen(self, width: int, steps: int) -> bool:
        """Gives the list more of the screen, or less; False where there is nothing to share."""
        shape = self.shape(width)
        if shape not in _SHARES:
            return False
        share = _SHARES[shape] if self.share is None else self.share
        self.share = max(_LEAST, min(_MOST, share + steps * _STEP))
        return True
