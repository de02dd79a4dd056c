"""How files travelled to this computer, in words: asked on a terminal and said in the case file (`cli.md`, `--via`)."""

from __future__ import annotations

from sextortion_cli.words import N_

ROUTE = {
    "cable": N_("with a cable"),
    "sd-card": N_("on a memory card"),
    "airdrop": N_("AirDrop or another way between devices side by side"),
    "local-network": N_("over the network at home"),
    "cloud": N_("through a cloud service"),
    "mail": N_("by e-mail"),
    "chat-app": N_("sent in a chat app"),
    "browser-upload": N_("uploaded in a browser"),
    "download": N_("downloaded from the service"),
    "photo-of-screen": N_("a photo of the screen"),
    "unknown": N_("not known"),
}
