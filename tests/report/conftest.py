"""A case in which every text that can be is an attempt on whoever opens the report."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sextortion_cli import casework
from sextortion_cli.model.session import Session
from sextortion_cli.reporting import write_report

#: What runs, loads, submits, opens or hides, if anything of it becomes markup. `RAN` is what a script would leave behind.
RAN = "data-ran"
_DO = f"document.documentElement.setAttribute('{RAN}','1')"
VECTORS = (
    f"<script>{_DO};alert(1)</script>",
    f"</samp></td></table></style></title></script><script>{_DO}</script>",
    f"\"><img src=x onerror=\"{_DO}\"><img src='https://evil.example/i.png'>",
    f"' onmouseover='{_DO}' autofocus onfocus='{_DO}' x='",
    f"<svg/onload={_DO}><svg><script href='https://evil.example/x.js'/></svg>",
    "<iframe src=https://evil.example/f></iframe><object data=https://evil.example/o></object><embed src=https://evil.example/e>",
    "<link rel=stylesheet href=https://evil.example/c.css><style>@import 'https://evil.example/s.css';*{background:url(https://evil.example/b)}</style>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'><base href=https://evil.example/>",
    f"<a href='javascript:{_DO}'>x</a><form action=https://evil.example/><input autofocus onfocus={_DO}><button>ok</button></form>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]--> --> <![CDATA[ <xml> ]]> <?php ?>",
    "{{7*7}} {% raw %} {{ self.__init__.__globals__ }} ${7*7} #{7*7} %(name)s",
    "&lt;script&gt; &#60;script&#62; &#x3c;script&#x3e; \\u003cscript\\u003e +ADw-script+AD4-",
    "\u202e\u2066gpj.exe\u2069 \u200b\u200d\u2060\ufeff \x1b]8;;https://evil.example\x07klikk\x1b]8;;\x07 \u2028\u2029\x00\x85\ue000",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘ ﷽﷽﷽ 漢字漢字 عربي עברית",
    "https://evil.example/a?b=<c>&d=\"e\" www.evil.example mailto:x@evil.example tel:+4799900003 data:text/html,<script>alert(1)</script>",
    "=HYPERLINK(\"https://evil.example\") +1 -1 @SUM(1) \tx \rx ＝1 |x %x",
    "```\n# h\n[a](https://evil.example) ![b](https://evil.example/c.png) <https://evil.example>\n| a |\n|---|\n",
    "A" * 4000,
)  # fmt: skip
ALL = "\n".join(VECTORS)
LINE = " ".join(" ".join(VECTORS).split())


@pytest.fixture
def made() -> Callable[..., str]:
    """Return what makes a report, in this process: a process for each would only cost time."""

    def make(case: Path, form: str = "html", language: str = "en", *, unmask: bool = False) -> str:
        parts: list[str] = []
        write_report(case, Session(), form, None, language=language, force=False, unmask=unmask, write=parts.append)
        return "".join(parts)

    return make


@pytest.fixture
def hostile_case(casefile, tmp_path: Path) -> Path:
    """Return a case whose every field holds all vectors."""
    case, folder = tmp_path / "hostile", tmp_path / "files"
    folder.mkdir()
    stated = Session(actor=LINE[:300])
    casework.new_case(case, stated, timezone="Europe/Oslo", minor="no", title=ALL)
    for side in ("extorter", "third-person"):
        casework.add_contact(
            case, stated, side=side, service=LINE[:200], stable_id=LINE[:300] + side, handle=LINE[:300], display_name=LINE, profile_url=LINE, note=ALL
        )  # fmt: skip
    casework.add_device(case, stated, make=LINE[:200], model=LINE[:200], where=LINE, apps=(LINE,), accounts=(LINE,), changed=ALL, note=ALL)
    for kind in ("threat", "demand", "payment", "reported", "deleted"):
        casework.add_event(
            case, stated, kind, "2026-03-01 12:00", LINE[:90], text=ALL, destination=LINE, reference=LINE, service=LINE, method=LINE,
            **({"amount": "10", "currency": "NOK"} if kind in ("demand", "payment") else {}),
        )  # fmt: skip
    casework.add_note(case, stated, ALL)
    casework.add_not_collected(case, stated, ALL, ALL)
    whatsapp = [f"04.08.2018, 21:{number:02} - {' '.join(vector.split())[:80]}: {vector}\n" for number, vector in enumerate(VECTORS)]
    names = [vector.replace("/", "∕").replace("\x00", "")[:70] for vector in VECTORS]
    for number, name in enumerate(names):
        (folder / f"{number} {name}.png").write_bytes(picture(number, ALL))
    with zipfile.ZipFile(folder / f"a {names[2]}.zip", "w") as archive:
        for number, vector in enumerate(VECTORS):
            archive.writestr(f"{number} {vector[:200]}.txt".replace("\x00", ""), f"{number} {ALL}")
        archive.writestr("chat.txt", "".join(whatsapp))
    (folder / "_chat.txt").write_text("".join(whatsapp), encoding="utf-8")
    (folder / "result.json").write_text(telegram(), encoding="utf-8")
    casefile(
        "import",
        "--case",
        case,
        folder,
        "--shows",
        "nothing-intimate",
        "--actor",
        LINE[:200],
        "--device",
        LINE[:200],
        "--app",
        LINE[:200],
        status=None,
    )
    return case


def picture(number: int, text: str) -> bytes:
    """Return a small picture whose own texts are hostile."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt("Software", text)
    info.add_itxt("Comment<script>", text)
    written = io.BytesIO()
    Image.new("RGB", (8, 8), (number, 0, 0)).save(written, "PNG", pnginfo=info)
    return written.getvalue()


def telegram() -> str:
    """Return an export whose names and texts are hostile."""
    import json

    messages = [
        {
            "id": number, "type": "message", "date": "2026-03-01T12:00:00", "date_unixtime": "1772362800", "from": vector, "from_id": f"user{vector[:60]}",
            "text": vector, "text_entities": [], "reactions": [{"type": "emoji", "count": 1, "emoji": vector[:20]}], "file_name": vector[:100],
            "forwarded_from": vector,
        }
        for number, vector in enumerate(VECTORS, 1)
    ]  # fmt: skip
    return json.dumps({"name": ALL[:500], "type": "personal_chat", "id": 9, "messages": messages})


@pytest.fixture
def chromium(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Return what runs a headless Chromium that may do nothing of its own accord; skip where there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no headless Chromium is installed here")
    quiet = (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-default-apps", "--no-first-run", "--disable-extensions", "--disable-dev-shm-usage", "--virtual-time-budget=3000",
        "--enable-logging=stderr", f"--user-data-dir={tmp_path / 'profile'}",
    )  # fmt: skip

    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([program, *quiet, *arguments], capture_output=True, timeout=180, check=False)

    return run
