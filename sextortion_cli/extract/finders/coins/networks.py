"""Which network a hash or an EVM address belongs to, as the links and words beside it say."""

from __future__ import annotations

from sextortion_cli.extract.finders.base import compiled

#: A pattern for each network, in one alternation; explorers by their host names, tokens by the standard they follow there.
_NETWORK = {
    "tron": r"tronscan|trongrid|trc-?(?:20|10)|\btron\b|\btrx\b",
    "bsc": r"bscscan|bep-?20|\bbsc\b|binance smart chain|\bbnb\b",
    "polygon": r"polygonscan|\bpolygon\b|\bmatic\b",
    "arbitrum": r"arbiscan|\barbitrum\b",
    "base": r"basescan",
    "optimism": r"optimistic\.etherscan|\boptimism\b",
    "avalanche": r"snowtrace|snowscan|\bavalanche\b|\bavax\b",
    "ethereum": r"etherscan|ethplorer|ethereum|\beth\b|\bether\b|erc-?20",
    "solana": r"solscan|solana|solanabeach|\bspl\b",
    "ton": r"tonviewer|tonscan|toncoin|\bton\b",
    "litecoin": r"litecoin|\bltc\b",
    "dogecoin": r"dogecoin|dogechain|\bdoge\b",
    "monero": r"monero|xmrchain|\bxmr\b",
    "bitcoin": r"bitcoin|mempool\.space|blockstream\.info|blockchain\.com|blockchain\.info|\bbtc\b",
}
_WORDS = compiled("|".join(f"(?P<{name}>{pattern})" for name, pattern in _NETWORK.items()))
EVM = frozenset(("ethereum", "bsc", "polygon", "arbitrum", "base", "optimism", "avalanche"))


def network_of(text: str, start: int, end: int, among: frozenset[str] | None = None) -> str:
    """Return the network of `among` (or any) that stands nearest before ``text[start:end]``, else behind it; "" where nothing says."""
    said = ""
    for match in _WORDS.finditer(text[max(0, start - 80) : start]):
        if among is None or match.lastgroup in among:
            said = match.lastgroup
    if not said:
        for match in _WORDS.finditer(text[end : end + 40]):
            if among is None or match.lastgroup in among:
                return str(match.lastgroup)
    return said
