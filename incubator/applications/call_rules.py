"""What makes sense in a call and in a question of its form. Pure."""

from datetime import UTC, datetime

from incubator.applications.details import CallDetails, QuestionDetails
from incubator.kernel.errors import N_, Invalid

LARGEST = 10 * 1024 * 1024
"""No file of an application has more bytes."""
LONGEST = {"text": 400, "paragraph": 10_000}
REACH = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


class CallTimesCross(Invalid):
    """It closes before it opens, or in another century."""

    code = "call_times_cross"
    sentence = N_("A call closes after it opens, and both are days of this century.")


class AgesCross(Invalid):
    """The youngest company would have to be older than the oldest."""

    code = "ages_cross"
    sentence = N_("The youngest company cannot be older than the oldest.")


class OptionsWrong(Invalid):
    """A question to choose from has at least two options; the others have none."""

    code = "options_wrong"
    sentence = N_("A question to choose from has at least two different options, other questions have none.")


class BoundsWrong(Invalid):
    """Least above most, or bounds that this kind of question cannot have."""

    code = "bounds_wrong"
    sentence = N_("These bounds do not fit: the least is at most the greatest, texts have up to {longest} characters, files up to 10 MB.")  # fmt: skip

    def __init__(self, longest: int) -> None:
        super().__init__()
        self.longest = longest


class MediaWrong(Invalid):
    """A question for a file names the types that it takes; the others name none."""

    code = "media_wrong"
    sentence = N_("Choose at least one type of file for a question that asks for a file, and none for the others.")


def check_call(details: CallDetails) -> None:
    """Raises CallTimesCross, AgesCross."""
    if not REACH[0] <= details.opens_at < details.closes_at < REACH[1]:
        raise CallTimesCross()
    youngest, oldest = details.youngest_months, details.oldest_months
    if youngest is not None and oldest is not None and youngest > oldest:
        raise AgesCross()


def check_question(details: QuestionDetails) -> None:
    """Raises OptionsWrong, BoundsWrong, MediaWrong."""
    options = [option.pl for option in details.options]
    if details.kind in {"choice", "choices"}:
        if len(options) < 2 or len(set(options)) < len(options):
            raise OptionsWrong()
    elif options:
        raise OptionsWrong()
    if (details.kind == "file") != bool(details.media):
        raise MediaWrong()
    check_bounds(details)


def check_bounds(details: QuestionDetails) -> None:
    """Raises BoundsWrong."""
    lowest, highest = _reach(details)
    least = lowest if details.least is None else details.least
    most = highest if details.most is None else details.most
    if not lowest <= least <= most <= highest:
        raise BoundsWrong(LONGEST.get(details.kind, LONGEST["paragraph"]))


def _reach(details: QuestionDetails) -> tuple[int, int]:
    """The least and the greatest bound that a question of this kind can have."""
    match details.kind:
        case "text" | "paragraph":
            return 0, LONGEST[details.kind]
        case "number":
            return -1_000_000_000, 1_000_000_000
        case "choices":
            return 0, len(details.options)
        case "file":
            return 1, LARGEST
        case _:
            return 0, 0
