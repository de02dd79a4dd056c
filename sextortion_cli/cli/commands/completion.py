"""`completion`: what a shell needs to complete commands, for both names of the program."""

from __future__ import annotations

import typer

from sextortion_cli.cli.choices import one_of
from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)
_SHELLS = ("bash", "zsh", "fish", "powershell")
_START = {
    "bash": "casefile completion bash >> ~/.bashrc",
    "zsh": "casefile completion zsh >> ~/.zshrc",
    "fish": "casefile completion fish > ~/.config/fish/completions/casefile.fish",
    "powershell": "casefile completion powershell >> $PROFILE",
}


@app.command()
def completion(context: typer.Context, shell: str = typer.Argument(metavar="bash|zsh|fish|powershell", help=_("Your shell."))) -> None:
    """Print what a shell needs to complete commands; nothing is installed."""
    from typer._completion_shared import get_completion_script

    from sextortion_cli.cli.app import COMPLETE_VARIABLE

    where = here(context)
    found = one_of(shell, "SHELL", _SHELLS) or "bash"
    scripts = [
        get_completion_script(prog_name=name, complete_var=COMPLETE_VARIABLE, shell=found).strip() + "\n"
        for name in ("casefile", "sextortion-cli")
    ]
    if where.options.json:
        where.ui.result({"shell": found, "script": "".join(scripts)}, ())
    else:
        where.ui.write("".join(scripts))
    where.ui.say(_("Put this into your shell's start file, for example:") + f" {_START[found]}")
