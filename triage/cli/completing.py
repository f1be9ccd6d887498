"""Shell completion: commands and options by click, the filter language by the same completion as on the screen.

bash ends words at colons, and passes quotes on as they are typed: its script hands over the whole line, which is
split here as the shell would. click's script for fish cuts descriptions at their first comma, that for zsh puts a
space behind a name that wants a value: both are mended.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ZshComplete,
    add_completion_class,
    get_completion_class,
)

from triage.cli.options import SHELLS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BASH = """\
%(complete_func)s() {
    local IFS=$'\\n'
    local type value
    COMPREPLY=()
    while IFS=',' read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            begun) compopt -o nospace; COMPREPLY+=("$value") ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(COMP_LINE="$COMP_LINE" COMP_POINT=$COMP_POINT %(complete_var)s=bash_complete "$1")
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""


@add_completion_class
class _Bash(BashComplete):
    source_template = _BASH
    _cut = 0

    @staticmethod
    def _check_version() -> None:
        """The script says so itself where a bash is too old."""

    def get_completion_args(self) -> tuple[list[str], str]:
        line = os.environ["COMP_LINE"][: int(os.environ["COMP_POINT"])]
        words, last, quoted = split_line(line)
        self._cut = 0 if quoted else last.rfind(":") + 1
        return words[1:], last

    def format_completion(self, item: CompletionItem[str]) -> str:
        """What stands before bash's own word is left out: it ends words at colons."""
        kind = "begun" if item.value.endswith(":") else item.type
        return f"{kind},{item.value[self._cut :]}"


@add_completion_class
class _Zsh(ZshComplete):
    source_template = ZshComplete.source_template.replace(
        "        compadd -U -V unsorted -a completions\n",
        """\
        local -a begun=("${(@M)completions:#*:}") whole=("${(@)completions:#*:}")
        (( $#begun )) && compadd -U -V unsorted -S '' -a begun
        (( $#whole )) && compadd -U -V unsorted -a whole
""",
    )


@add_completion_class
class _Fish(FishComplete):
    source_template = FishComplete.source_template.replace('string split ","', 'string split --max 1 ","')


def split_line(line: str) -> tuple[list[str], str, bool]:
    """The whole words of a command line, the one being typed, and whether that stands in an open quote."""
    words: list[str] = []
    word, quote, begun = "", "", False
    for character in line:
        if quote:
            quote, word = ("", word) if character == quote else (quote, word + character)
        elif character in "'\"":
            quote, begun = character, True
        elif character.isspace():
            if begun:
                words.append(word)
            word, begun = "", False
        else:
            word, begun = word + character, True
    return words, word, bool(quote)


def script(shell: str) -> str:
    """What makes `shell` complete the command."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"there is no completion for {shell}; there is for {', '.join(SHELLS)}")
    from triage.cli import main

    return kind(main, {}, "triage", "_TRIAGE_COMPLETE").source()


def complete_query(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem[str]]:
    """The last word of a filter as it could go on; what stands before it stays."""
    del parameter
    from triage.query.completing import completions, last_word_at

    start = last_word_at(begun)
    found = completions(begun, len(begun), _in_use(context.params))
    whole = (begun[:start] + word for word in found)
    return [CompletionItem(text) for text in whole if text.startswith(begun)]  # a shell knows no other completion


def _in_use(params: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    """Tags, sites and languages of the folder, as far as earlier work on it left them; nothing is scanned."""
    from triage.errors import TriageError
    from triage.reading import OWN_FILE
    from triage.store.journal import Journal
    from triage.store.library import Library

    folder = Path(params.get("folder") or ".")
    decisions = params.get("db") or folder / OWN_FILE
    found: dict[str, Sequence[str]] = {}
    try:
        if decisions.is_file():
            journal = Journal.open(decisions, "")
            found["tag"] = journal.recent_tags()
            journal.close()
        if folder.is_dir():
            library = Library.open(folder.resolve())
            found |= library.values()
            library.close()
    except (TriageError, OSError):
        pass  # the command itself tells what is wrong
    return found
