"""The command line as a whole: what it finds, and how it fails."""

import subprocess
import sys
from pathlib import Path

import pytest

from samoe import cli


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {"PATH": "/usr/bin:/bin", **environment}
    return subprocess.run(
        [sys.executable, "-m", "samoe", *words], env=given, cwd="/", capture_output=True, text=True, check=False
    )


def test_every_file_of_the_folder_is_a_command() -> None:
    files = {path.stem for path in Path(cli.__file__).parent.glob("[!_]*.py")}
    context = cli.samoe.make_context("samoe", ["--help"], resilient_parsing=True)
    for name in files:
        command = cli.samoe.get_command(context, name.replace("_", "-"))
        assert command is not None
        assert command.help, name


def test_a_failure_is_one_sentence_and_no_traceback(tmp_path: Path) -> None:
    done = run("db", "url", SAMOE_HOME=str(tmp_path))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("samoe: The embedded database of")
    assert done.stderr.count("\n") == 1


def test_debugging_shows_where(tmp_path: Path) -> None:
    done = run("db", "url", SAMOE_HOME=str(tmp_path), SAMOE_DEBUG="1")
    assert done.returncode == 1
    assert "Traceback" in done.stderr


@pytest.mark.parametrize("words", [["no-such-command"], ["db", "url", "--role", "king"]])
def test_a_wrong_word_is_named(words: list[str]) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert words[-1] in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_that_cannot_be_used_are_named() -> None:
    done = run("up", SAMOE_PORT="eighty")
    assert done.returncode == 1
    assert done.stderr == "samoe: SAMOE_PORT is 'eighty'; write a number from 1 to 65535.\n"


def test_an_unexpected_failure_says_its_kind(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero\nwith details")

    monkeypatch.setattr(cli.samoe, "main", fail)
    with pytest.raises(SystemExit) as ended:
        cli.main([])
    assert ended.value.code == 1
    assert capsys.readouterr().err == "samoe: division by zero (ZeroDivisionError; SAMOE_DEBUG=1 shows where)\n"


def test_a_command_that_is_told_to_end_still_cleans_up() -> None:
    program = (
        "import time\n"
        "from samoe import cli\n"
        "def work(*_, **__):\n"
        "    try:\n"
        "        print('working', flush=True)\n"
        "        time.sleep(60)\n"
        "    finally:\n"
        "        print('cleaned up', flush=True)\n"
        "cli.samoe.main = work\n"
        "cli.main([])\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as working:
        assert working.stdout is not None
        assert working.stdout.readline() == "working\n"
        working.terminate()
        assert working.stdout.read() == "cleaned up\n"
    assert working.returncode == 143
