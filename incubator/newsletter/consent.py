"""The words that people agree to. Kept by their version with each subscription: a change of the words is a new
version here, and the old ones stay, as the proof of what was agreed to."""

from collections.abc import Mapping

from incubator.kernel.errors import N_

WORDS: Mapping[str, str] = {
    "2026-11": N_(
        "I agree that the Kraków Metropolis Association and its gminas use my e-mail address to send me the newsletter"
        " of their incubators. I can withdraw this at any time by the link in each issue, without signing in; what was"
        " done until then stays lawful."
    ),
}
NOW_ASKED = "2026-11"
"""The version that forms show today."""
