"""Shell completion: in a real bash where there is one, and what is offered whatever the shell."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from shell import Triage

from triage.cli.completing import script, split_line
from triage.cli.options import SHELLS

_PROGRAM = f"#!{sys.executable}\nfrom triage.cli import main\nmain(prog_name='triage')\n"


def completed(tmp_path: Path, line: str) -> list[str]:
    """What bash would offer for `line`, its end being where the cursor is."""
    program = tmp_path / "triage"
    program.write_text(_PROGRAM)
    program.chmod(0o755)
    source = tmp_path / "source.bash"
    source.write_text(script("bash"))
    asked = (
        f"source {source}; COMP_LINE=$LINE_TO_COMPLETE; COMP_POINT=${{#COMP_LINE}}; compopt() {{ :; }};"
        ' _triage_completion triage; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "LINE_TO_COMPLETE": line}
    bash = shutil.which("bash") or ""
    done = subprocess.run([bash, "--norc", "-c", asked], env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes_commands_options_and_filters(
    triage: Triage, scanned: tuple[Path, Path], tmp_path: Path
) -> None:
    triage("tag", "path:weir.html", "--add", "two words")
    pages = scanned[0]
    assert completed(tmp_path, "triage sh") == ["shared-errors", "show"]
    assert "--sort" in completed(tmp_path, f"triage list {pages} --so")
    assert completed(tmp_path, f"triage list {pages} --sort wo") == ["words", "word lists"]
    assert completed(tmp_path, "triage set ke") == ["keep"]
    assert completed(tmp_path, f"triage list {pages} is:und") == ["undecided"]  # bash ends the word at the colon
    assert completed(tmp_path, f"triage list {pages} 'is:und") == ["is:undecided"]
    assert completed(tmp_path, f"triage list {pages} 'is:undecided -site:a") == ["is:undecided -site:a.example"]
    db = f"--db {tmp_path / 'd.sqlite'}"
    assert completed(tmp_path, f"triage list {db} {pages} 'tag:") == ['tag:"two words"']


@pytest.mark.parametrize(
    ("line", "words", "last", "quoted"),
    [
        ("triage list ", ["triage", "list"], "", False),
        ("triage list 'is:kept -t", ["triage", "list"], "is:kept -t", True),
        ("triage list 'a b' c", ["triage", "list", "a b"], "c", False),
        ("triage list \"it's", ["triage", "list"], "it's", True),
    ],
)
def test_a_line_is_split_as_the_shell_would(line: str, words: list[str], last: str, quoted: bool) -> None:
    assert split_line(line) == (words, last, quoted)


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_has_a_script_that_calls_the_command(shell: str) -> None:
    assert "_TRIAGE_COMPLETE" in script(shell)


@pytest.mark.parametrize(("shell", "mended"), [("fish", "--max 1"), ("zsh", "-S ''")])
def test_what_is_mended_of_a_script_is_in_it(shell: str, mended: str) -> None:
    assert mended in script(shell)


@pytest.mark.skipif(shutil.which("zsh") is None, reason="needs zsh")
def test_zsh_can_read_its_script(tmp_path: Path) -> None:
    file = tmp_path / "_triage"
    file.write_text(script("zsh"), encoding="utf-8")
    told = subprocess.run([shutil.which("zsh") or "", "-n", str(file)], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("fish") is None, reason="needs fish")
def test_fish_completes_commands_with_what_they_do_and_filters(tmp_path: Path) -> None:
    file = tmp_path / "triage.fish"
    file.write_text(script("fish"), encoding="utf-8")
    ask = f"source {file}; complete -C 'triage exp'; complete -C 'triage list pages flag:err'"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    told = subprocess.run(
        [shutil.which("fish") or "", "-c", ask],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": path},
    )
    lines = told.stdout.splitlines()
    assert any(line.startswith("export\tWrite decisions, flags") for line in lines)
    assert {"flag:error-page", "flag:error-noise"} <= {line.strip() for line in lines}
