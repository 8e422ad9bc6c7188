"""A meeting as the history keeps it."""

import msgspec

from incubator.mentoring.views import MeetingView


def encoded(meeting: MeetingView) -> str:
    """What the history keeps of a meeting: no text that a person wrote."""
    return msgspec.json.encode(facts(meeting)).decode()


def facts(meeting: MeetingView) -> dict[str, object]:
    """State, time and mentor of a meeting, as plain values."""
    return {
        "state": meeting.state.value,
        "mentor_id": str(meeting.mentor_id),
        "start": meeting.period.start,
        "end": meeting.period.end,
        "mode": meeting.mode,
    }
