"""What a shell needs to complete commands, for both names of the program."""

from __future__ import annotations

SHELLS = ("bash", "zsh", "fish", "powershell")


def script(shell: str) -> str:
    """Return what goes into the start file of a shell."""
    return "".join(_scripts(shell))


def scripts() -> tuple[str, ...]:
    """Return every piece of every shell, as it is printed."""
    return tuple(piece for shell in SHELLS for piece in _scripts(shell))


def _scripts(shell: str) -> list[str]:
    from typer._completion_shared import get_completion_script

    from sextortion_cli.cli.app import COMPLETE_VARIABLE

    return [
        get_completion_script(prog_name=name, complete_var=COMPLETE_VARIABLE, shell=shell).strip() + "\n"
        for name in ("casefile", "sextortion-cli")
    ]
