"""The program's door: ``python -m sextortion_cli``, ``sextortion-cli`` and ``casefile`` all enter here."""

from __future__ import annotations

import gc
import os
import sys

_FLAGS = {"--json", "-q", "--quiet", "-v", "--verbose", "--no-color", "--no-input"}
#: Loading modules makes thousands of objects that stay, and looking for garbage among them time and again a tenth of the start-up.
_GARBAGE = 20_000
_VALUED = {"--case", "--language", "--country", "--actor"}


def main() -> None:
    """Run the program and leave with its exit status. ``--version`` is answered before anything heavy is loaded."""
    if _asks_version(sys.argv[1:]):
        from sextortion_cli import __version__

        try:
            os.write(1, f"casefile {__version__}\n".encode())
        except OSError as error:
            sys.exit(141 if isinstance(error, BrokenPipeError) else 1)
        return
    gc.set_threshold(_GARBAGE)
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # nothing installed beside us takes part, or is looked for
    from sextortion_cli.cli.app import run

    sys.exit(run(sys.argv[1:]))


def _asks_version(arguments: list[str]) -> bool:
    """Tell whether the first thing that is not a global option is ``--version``."""
    rest = iter(arguments)
    for argument in rest:
        if argument in ("--version", "-V"):
            return True
        if argument in _VALUED:
            next(rest, None)
        elif argument not in _FLAGS and not argument.startswith(tuple(f"{name}=" for name in _VALUED)):
            return False
    return False


if __name__ == "__main__":
    main()
