"""Whom to believe. Pure."""

import re
from collections.abc import Sequence

ASIDE = re.compile(r'"(?:[^"\\]|\\.)*"|\([^()]*\)')
SIGNER = re.compile(r"\bheader\.(?:d=|i=[^@\s]*@)([a-z0-9.-]+)")


def vouched_for(sender: str, *, by: str, found: Sequence[str]) -> bool:
    """Whether the mail server `by` found that the mail is from the domain of its sender. `found` are the
    Authentication-Results of the mail, the last written first: only the first by that name is ours (RFC 8601)."""
    domain = sender.rpartition("@")[2].lower()
    for header in found:
        name, *results = _plain(header).lower().split(";")
        if name.split()[:1] == [by.lower()]:
            return any(_speaks_for(domain, result.split()) for result in results)
    return False


def _plain(header: str) -> str:
    """Without what stands in quotes and brackets, also where those are in one another: a stranger may have said it."""
    while (shorter := ASIDE.sub(" ", header)) != header:
        header = shorter
    return header


def _speaks_for(domain: str, result: Sequence[str]) -> bool:
    if result[:1] == ["dkim=pass"]:
        return any(_same_house(domain, signer) for signer in SIGNER.findall(" ".join(result)))
    return result[:1] == ["dmarc=pass"]


def _same_house(domain: str, signer: str) -> bool:
    return "." in signer and (domain == signer or domain.endswith(f".{signer}"))
