"""Article of a text page: its lines are the paragraphs; wrapped ones are joined, other kinds of blocks told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from triage.extraction import wrapping
from triage.model import Article, Block, BlockKind, Page
from triage.text import clean, clean_line, is_unspaced, tokens, word_count

_MARKDOWN = re.compile(r"\.(?:md|markdown|mkd)(?:\.gz)?$", re.IGNORECASE)
# What else than a line feed parts lines on some system; here it must not, since editors count line feeds.
_LINE_PARTS = str.maketrans(dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029", " "))

_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_HASHES = re.compile(r"(#{1,6})\s+(\S.*?)(?:\s+#+)?$")
_UNDERLINE = re.compile(r"\s{0,3}(?:={3,}|-{3,})\s*$")
_RULE = re.compile(r"\s*([-=_*~#.·•—–─═])(?:\s*\1){2,}\s*$")
_QUOTE = re.compile(r"\s{0,3}((?:>\s?)+)(.*)$")
_BULLET = re.compile(r"(\s*(?:[-*+•‣▪◦·●○■□➢✓✔]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+)(\S.*)$")
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*$|[^\t]*\S\t+\S[^\t]*\t+\S|.*\S {3,}\S.* {3,}\S")
_TABLE_RULE = re.compile(r"[\s|:+=-]+$")
_CODE = re.compile(
    r"""\s*(?:
        (?:\$|>>>|\#!|\#include|@\w+\() \s* \S .*
      | (?:def|class|func|fn|public|private|static|const|let|var|import|package|using|return|if|for|while)\b
        .* [;{(:=] \s*
      | [^.!?]* [\w"')\]] \s* (?:\)\s*;|\{|;\s*//.*) \s*
      | (?:from\s[\w.]+\s)? import \s [\w.,{}*\s]+
      | // .* | [\]})]+ [;,)]*
      | </?[a-z][\w-]*(?:\s[^<>]*)?/?> .*
    )$""",
    re.VERBOSE,
)
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\(\s*<?[^()\s<>]*(?:\([^()\s]*\)[^()\s]*)*>?(?:\s+\"[^\"\n]*\")?\s*\)")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+\.\S+")
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n((?:[^\n]*\n){0,60}?)---[ \t]*\n")
_FIELD = re.compile(r"(title|author|date)\s*:\s*[\"']?(.*?)[\"']?\s*$", re.IGNORECASE | re.MULTILINE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PROSE = 120
"""Characters from which on a line is a paragraph and not a label or a headline."""
_LONGEST_HEADING = 160
_PAUSES = ",;:.!…"
_OPENING = 12
"""Blocks among which a text's title is looked for."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the page and what its marks say it is."""

    number: int
    text: str
    kind: BlockKind
    starts: bool = False
    """A new block begins here whatever stood before."""
    indent: int = 0


def article_of(page: Page) -> Article:
    """The article that a text page is, with the source lines of every block; its language is left open.

    The title is the front matter's, else that of a heading near the top which shares a word with the text below it:
    the message of an error page that stands above a good article does not.
    """
    text = page.text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_PARTS)
    fields, skipped = _front_matter(text)
    markdown = bool(_MARKDOWN.search(page.path))
    lines = [*[""] * skipped, *text.split("\n")[skipped:]]
    blocks = tuple(_with_links(block) for block in _headings_told(list(_blocks(lines, markdown=markdown))))
    date = _DATE.match(fields.get("date", ""))
    return Article(
        title=fields.get("title") or _title(blocks),
        author=fields.get("author") or None,
        date=date.group() if date else None,
        blocks=blocks,
        extractor="text-dump",
    )


def _front_matter(text: str) -> tuple[dict[str, str], int]:
    """Title, author and date of a YAML head, and how many lines it takes."""
    head = _FRONT_MATTER.match(text)
    if not head:
        return {}, 0
    fields = {name.lower(): clean_line(value) for name, value in _FIELD.findall(head.group(1))}
    return fields, head.group().count("\n")


def _blocks(lines: Sequence[str], *, markdown: bool) -> Iterator[Block]:
    runs = list(_runs(list(_told(lines, markdown=markdown))))
    width = wrapping.page_width([[line.text for line in run] for run in runs if run[0].kind in {"paragraph", "quote"}])
    for run in runs:
        if run[0].kind == "code":
            code = clean("\n".join(lines[n - 1] for n in range(run[0].number, run[-1].number + 1)))
            if code.strip():
                yield Block("code", code.strip("\n"), (run[0].number, run[-1].number))
            continue
        for first, last in _parts(run, width):
            text = clean_line(wrapping.join([line.text for line in run[first : last + 1]]))
            if text:
                yield Block(run[first].kind, text, (run[first].number, run[last].number))


def _parts(run: Sequence[_Line], width: int | None) -> Iterator[tuple[int, int]]:
    """First and last line of each block of a run of lines between blank ones."""
    begin = 0
    for at in range(1, len(run) + 1):
        if at < len(run) and not run[at].starts:
            continue
        part = run[begin:at]
        if _hangs(part):
            yield begin, at - 1
        elif part[0].kind in {"heading", "table-row"}:
            yield begin, begin
            yield from ((begin + 1 + a, begin + 1 + b) for a, b in _joined(part[1:], width))
        else:
            yield from ((begin + a, begin + b) for a, b in _joined(part, width))
        begin = at


def _hangs(part: Sequence[_Line]) -> bool:
    """Whether a list item and the lines under it are kept together by a hanging indent."""
    return part[0].kind == "list-item" and all(
        0 < line.indent - part[0].indent <= 8 and len(line.text) <= wrapping.WIDEST for line in part[1:]
    )


def _joined(part: Sequence[_Line], width: int | None) -> list[tuple[int, int]]:
    return wrapping.paragraphs([line.text for line in part], width) if part else []


def _runs(lines: Sequence[_Line | None]) -> Iterator[list[_Line]]:
    """Lines that stand together; None in `lines` parts them, and so does code or a quote that begins or ends."""
    run: list[_Line] = []
    for line in lines:
        if run and (line is None or (line.kind != run[-1].kind and {line.kind, run[-1].kind} & {"code", "quote"})):
            yield run
            run = []
        if line is not None:
            run.append(line)
    if run:
        yield run


def _told(lines: Sequence[str], *, markdown: bool) -> Iterator[_Line | None]:
    """Each line with its kind; None for blank lines and for rules that part sections."""
    fence: str | None = None
    code = _code_lines(lines)
    underlined = {
        n for n, line in enumerate(lines) if markdown and _UNDERLINE.match(line) and n and lines[n - 1].strip()
    }
    for number, line in enumerate(lines, 1):
        mark = _FENCE.match(line)
        if fence is not None:
            if mark and mark.group(1).startswith(fence):
                fence = None
                yield None
            else:
                yield _Line(number, line or " ", "code")
        elif mark and any(other.strip().startswith(mark.group(1)) for other in lines[number : number + 2000]):
            fence = mark.group(1)
            yield None
        elif not clean_line(line) or _RULE.match(line) or number - 1 in underlined:
            yield None
        elif number in underlined and not _BULLET.match(line) and not _HASHES.match(line):
            yield _Line(number, line.strip(), "heading", starts=True)
        elif number - 1 in code:
            yield _Line(number, line, "code")
        else:
            yield from _plain(number, line, markdown=markdown)


def _plain(number: int, line: str, *, markdown: bool) -> Iterator[_Line | None]:
    """A line outside of code, by the mark it begins with."""
    quoted = _QUOTE.match(line)
    if quoted:
        text = quoted.group(2).strip()
        yield _Line(number, text, "quote") if text else None
        return
    heading = _HASHES.match(line)
    if heading and (markdown or len(heading.group(1)) > 1 or not heading.group(2)[0].islower()):
        yield _Line(number, heading.group(2), "heading", starts=True)
        return
    indent = len(line) - len(line.lstrip())
    bullet = _BULLET.match(line)
    if bullet:
        yield _Line(number, bullet.group(2), "list-item", starts=True, indent=indent)
    elif _TABLE_ROW.match(line):
        if not _TABLE_RULE.match(line):
            yield _Line(number, line.strip(), "table-row", starts=True)
    else:
        yield _Line(number, line.strip(), "paragraph", indent=indent)


def _code_lines(lines: Sequence[str]) -> set[int]:
    """Lines, from 0, of runs of at least three that look like code, with the indented and blank ones between."""
    found: set[int] = set()
    run: list[int] = []
    looks = 0
    for n, line in enumerate([*lines, "End."]):
        if len(line) <= wrapping.WIDEST and _CODE.match(line):
            run.append(n)
            looks += 1
        elif run and (not line.strip() or line.startswith(("    ", "\t"))):
            run.append(n)
        else:
            while run and not lines[run[-1]].strip():
                run.pop()
            if looks >= 3 and looks >= len([k for k in run if lines[k].strip()]) / 2:
                found.update(run)
            run, looks = [], 0
    return found


def _headings_told(blocks: list[Block]) -> list[Block]:
    """Paragraphs that are a headline over prose, told as headings: short, no sentence, one line, prose below."""
    for at, block in enumerate(blocks[:-1]):
        after = blocks[at + 1]
        if (
            block.kind == "paragraph"
            and block.lines is not None
            and block.lines[0] == block.lines[1]
            and _is_headline(block.text)
            and after.kind in {"paragraph", "quote"}
            and len(after.text) >= (_PROSE // 3 if is_unspaced(after.text) else _PROSE)
        ):
            blocks[at] = replace(block, kind="heading")
    return blocks


def _is_headline(text: str) -> bool:
    if len(text) > _LONGEST_HEADING // (3 if is_unspaced(text) else 1) or not any(map(str.isalpha, text)):
        return False
    if text[-1] in ".,;。、，；…" or text[0].islower():
        return False
    return word_count(text) <= 20 and not _ADDRESS.search(text)


def _title(blocks: Sequence[Block]) -> str | None:
    """The first line or heading above all prose that tells of the text: its longer words stand again below.

    A heading needs a quarter of its words below, a first line that is a paragraph by its looks half of them.
    """
    for at, block in enumerate(blocks[:_OPENING]):
        if block.kind == "paragraph" and len(block.text) >= _PROSE:
            break
        if block.kind == "heading" and (word_count(block.text) >= 3 or at == 0):
            least = 0.25
        elif block.kind == "paragraph" and at == 0 and word_count(block.text) >= 2 and block.text[-1] not in _PAUSES:
            least = 0.5
        else:
            continue
        below = set(tokens(" ".join(other.text for other in blocks[at + 1 : at + 40])))
        words = [word for word in tokens(block.text) if not word.isdigit() and (len(word) > 3 or is_unspaced(word))]
        if words and sum(word in below for word in words) >= max(1, int(len(words) * least)):
            return block.text
    return None


def _with_links(block: Block) -> Block:
    """`block` with Markdown links shown by their words, and the share of its text that links take."""
    if block.kind == "code" or not ("](" in block.text or "://" in block.text or "www." in block.text):
        return block
    linked = sum(len(words) for words in _LINK.findall(block.text))
    text = _LINK.sub(
        lambda link: "" if link.group().startswith("!") and not link.group(1) else link.group(1), block.text
    )
    text = clean_line(text)
    if not text:
        return replace(block, text=block.text, links=1.0)
    linked += sum(len(address) for address in _ADDRESS.findall(text))
    return replace(block, text=text, links=min(1.0, round(linked / len(text), 2)))
