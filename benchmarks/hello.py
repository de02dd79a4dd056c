"""The peer of the start-up rows: the smallest Typer program."""

import typer


def main(name: str = "World") -> None:
    print(f"Hello {name}")


typer.run(main)
