"""The second wall between a page's text and the terminal: no segment reaches the driver with a character that acts.

The first wall is `text.clean`, at the edge of the model. Textual passes on what a widget gives it, so one
forgotten call would let a page move the cursor, set the clipboard or turn the line about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

# C0 and C1 controls, line separators, bidi controls, zero-width characters but for the joiners that scripts and
# emoji need, interlinear marks, tags and lone surrogates.
_ACTS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)


def guarded(text: str) -> str:
    """`text` with each character that acts or hides replaced by U+FFFD for every cell it would take, none for none.

    The width stays, so that the rest of the line stays in place. A safe text comes back as the same object.
    """
    if text.isascii() and text.isprintable():
        return text
    return _ACTS.sub(lambda match: "\ufffd" * cell_len(match.group()), text) if _ACTS.search(text) else text


_PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„«»″", '"'), **dict.fromkeys("‘’‚′", "'"), **dict.fromkeys("–—−‐‑‒―·", "-"),
        **dict.fromkeys("─━═╌╍┄┅┈┉╴╶╸╺", "-"), **dict.fromkeys("│┃║╎╏┆┇┊┋╵╷╹╻", "|"),
        **dict.fromkeys("█▉▊▋▌▍▎▏▇▆▅▄▃▂▁▐", "#"),
        "…": ".", "↑": "^", "↓": "v", "←": "<", "→": ">", "⌫": "<", "░": ".", "▒": ":", "▓": "#", "•": "*", "\xa0": " ",
    }
)  # fmt: skip
_OTHER_LINES = re.compile("[\u2500-\u257f]")


def plain(text: str, encoding: str) -> str:
    """`text` with plain letters for quotes, dashes, arrows, lines and blocks, each as wide as what it stands for.

    What `encoding` cannot say becomes a question mark for each of its cells, so that the line stays in place.
    """
    if text.isascii():
        return text
    text = _OTHER_LINES.sub("+", text.translate(_PLAIN))
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(letter if _can_say(encoding, letter) else "?" * cell_len(letter) for letter in text)
    return text


def _can_say(encoding: str, letter: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


class Guard(LineFilter):
    """Line filter for `App.get_line_filters`, the only one in its list: Textual makes a line anew for each.

    Make it once: what a filter made of a line is kept for that filter.
    """

    def __init__(self, plain_for: str = "", others: Sequence[LineFilter] = ()) -> None:
        """`plain_for`: the encoding of a terminal that wants plain letters; empty for any other.

        `others` are applied before it.
        """
        super().__init__()
        self._plain_for = plain_for
        self.others = tuple(others)

    def _safe(self, text: str) -> str:
        text = guarded(text)
        return plain(text, self._plain_for) if self._plain_for else text

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """`segments` with their texts made safe."""
        for other in self.others:
            segments = other.apply(segments, background)
        return [
            segment if (text := self._safe(segment.text)) is segment.text else Segment(text, segment.style)
            for segment in segments
        ]
