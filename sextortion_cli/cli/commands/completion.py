"""`completion`: what a shell needs to complete commands, for both names of the program."""

from __future__ import annotations

import typer

from sextortion_cli.cli.choices import one_of
from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)
_START = {
    "bash": "casefile completion bash >> ~/.bashrc",
    "zsh": "casefile completion zsh >> ~/.zshrc",
    "fish": "casefile completion fish > ~/.config/fish/completions/casefile.fish",
    "powershell": "casefile completion powershell >> $PROFILE",
}


@app.command()
def completion(context: typer.Context, shell: str = typer.Argument(metavar="bash|zsh|fish|powershell", help=_("Your shell."))) -> None:
    """Print what a shell needs to complete commands; nothing is installed."""
    from sextortion_cli.cli.completing import SHELLS, script

    where = here(context)
    found = one_of(shell, "SHELL", SHELLS) or "bash"
    if where.options.json:
        where.ui.result({"shell": found, "script": script(found)}, ())
    else:
        where.ui.write(script(found))
    where.ui.say(_("Put this into your shell's start file, for example:") + f" {_START[found]}")
