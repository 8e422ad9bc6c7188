"""How octets can be packed for the way (RFC 9110, content codings), and which way who asks would like best."""

import zlib

import brotli

CODINGS = (b"br", b"gzip")
"""Those that we can, the tightest first."""


def pack(octets: bytes, coding: bytes) -> bytes:
    """The same octets give the same packed ones: no moment and no name of a file is in them."""
    if coding == b"br":
        packed: bytes = brotli.compress(octets, quality=5)
        return packed
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(octets) + packer.flush()


def packing_of(accepted: bytes | None) -> bytes:
    """What of CODINGS an Accept-Encoding likes best; empty for none."""
    if not accepted:
        return b""
    weights = dict(_weighed(part) for part in accepted.lower().split(b","))
    likes = {coding: weights.get(coding, weights.get(b"*", 0.0)) for coding in CODINGS}
    best = max(CODINGS, key=lambda coding: likes[coding])
    return best if likes[best] > 0 and likes[best] >= weights.get(b"identity", 0.0) else b""


def _weighed(part: bytes) -> tuple[bytes, float]:
    coding, _, parameter = part.partition(b";")
    name, _, weight = parameter.partition(b"=")
    if name.strip() != b"q":
        return coding.strip(), 1.0
    try:
        return coding.strip(), float(weight)
    except ValueError:
        return coding.strip(), 0.0
