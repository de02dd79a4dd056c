"""Rules the whole program keeps, read from its own source: where it may write, what it may catch, what no file of it may name."""

from __future__ import annotations

import ast
import io
import re
import subprocess
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import sextortion_cli

PACKAGE = Path(sextortion_cli.__file__).parent
ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
#: Calls that change files. Only the seam and the platform below it may use them.
_CHANGES = {
    "os": {
        "mkdir",
        "makedirs",
        "remove",
        "unlink",
        "rename",
        "renames",
        "replace",
        "rmdir",
        "truncate",
        "ftruncate",
        "link",
        "symlink",
        "chmod",
        "chown",
        "utime",
    },
    "shutil": {"copy", "copy2", "copyfile", "copytree", "move", "rmtree"},
}
_METHODS = {"write_text", "write_bytes", "touch", "unlink", "rmdir", "symlink_to", "hardlink_to", "rename"}
_MAY_CHANGE = {"store/fileops.py", "store/platform.py"}


def parsed() -> dict[str, ast.Module]:
    return {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


TREES = parsed()


def called(node: ast.Call) -> tuple[str, str]:
    """Return (owner, name) of a call."""
    function = node.func
    if isinstance(function, ast.Attribute):
        return (function.value.id if isinstance(function.value, ast.Name) else ""), function.attr
    return "", function.id if isinstance(function, ast.Name) else ""


def test_files_are_changed_only_through_the_seam() -> None:
    found = []
    for name, tree in TREES.items():
        if name in _MAY_CHANGE:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                owner, call = called(node)
                if call in _CHANGES.get(owner, ()) or (call in _METHODS and owner not in ("", "fileops")):
                    found.append(f"{name}:{node.lineno} {owner}.{call}")
                if (
                    call == "open"
                    and owner in ("", "io")
                    and any(isinstance(arg, ast.Constant) and set("wax+") & set(str(arg.value)) for arg in node.args[1:2])
                ):
                    found.append(f"{name}:{node.lineno} open for writing")
    assert found == []


def test_nothing_catches_everything_but_the_two_outermost_frames() -> None:
    found = []
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler):
                kinds = {kind.id for kind in ast.walk(node.type) if isinstance(kind, ast.Name)} if node.type else {"bare"}
                raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
                if "Exception" in kinds or "bare" in kinds or ("BaseException" in kinds and not raises):
                    found.append(name)
    assert sorted(found) == ["cli/app.py", "readers/child.py"]


def test_nothing_goes_online_runs_programs_or_runs_text() -> None:
    forbidden = {
        "socket",
        "ssl",
        "urllib",
        "http",
        "ftplib",
        "smtplib",
        "requests",
        "httpx",
        "subprocess",
        "pickle",
        "marshal",
        "shelve",
        "asyncio",
    }
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert not forbidden & {alias.name.partition(".")[0] for alias in node.names}, name
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").partition(".")[0] not in forbidden, name
            elif isinstance(node, ast.Call):
                assert called(node) not in {("", "eval"), ("", "exec"), ("os", "system"), ("os", "popen")}, name


def tracked() -> list[Path]:
    """Return the files of the project, as git knows them or as they lie."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0")
        return [ROOT / name.decode() for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        return [
            path
            for folder in ("sextortion_cli", "docs", "scripts", "requirements")
            for path in (ROOT / folder).rglob("*")
            if path.is_file()
        ]


@pytest.mark.parametrize(
    "pattern", [r"pypi\.org|pythonhosted|registry\.npmjs|index-url", r"/work/|/opt/dev|/root/", r"\b(?:anthropic|chatgpt|copilot|openai)\b"]
)
def test_no_file_names_a_registry_a_machine_or_a_helper(pattern: str) -> None:
    found = []
    for path in tracked():
        if path.is_file() and path.name not in ("lock", "test_house_rules.py") and path.suffix not in (".mo", ".png"):
            text = path.read_bytes().decode("utf-8", "replace")
            if re.search(pattern, text, re.IGNORECASE):
                found.append(path.name)
    assert found == []


def test_every_word_for_a_person_is_in_the_catalogue() -> None:
    """The catalogue's tool does not look into f-strings: a text that stands only there would stay English for everybody."""
    catalogue = (PACKAGE / "locale" / "nb" / "LC_MESSAGES" / "casefile.po").read_bytes()
    known = {str(message.id) for message in read_po(io.BytesIO(catalogue))}
    said = {
        (str(file.relative_to(PACKAGE)), node.args[0].value)
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_") and node.args
        if isinstance(node.args[0], ast.Constant)
    }  # fmt: skip
    assert len(said) > 1000
    assert sorted((file, text) for file, text in said if text not in known) == []
