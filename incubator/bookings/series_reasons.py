"""Why a date of a series could not be had or changed, in a few words. Pure."""

from incubator.kernel.errors import N_

REASONS = {
    "slot_taken": N_("somebody else has this time"),
    "outside_opening_hours": N_("closed at this time"),
    "quota_spent": N_("more than the quota allows"),
    "too_far_ahead": N_("too far ahead to book yet"),
    "too_soon": N_("too soon to book"),
    "in_the_past": N_("already over"),
    "too_late_to_cancel": N_("too late to change"),
    "too_late_to_move": N_("too late to change"),
    "no_time_for_approval": N_("too late to ask for approval"),
    "series_paid_first": N_("paid first here, so it is booked by itself"),
    "dearer_paid_first": N_("dearer there, and paid first"),
    "paid_first_here": N_("paid first there"),
    "pay_before_moving": N_("waits for its payment"),
    "off_grid": N_("bookings here start and end at other minutes"),
    "too_short": N_("shorter than bookings may be here"),
    "too_long": N_("longer than bookings may be here"),
    "too_many_people": N_("not enough room for so many people"),
    "not_welcome": N_("kept for other groups of people"),
    "local_only": N_("kept for people of its own gmina"),
    "rules_changed": N_("hours or rules were changed just then"),
    "no_such_space": N_("the space can no longer be booked"),
}
OTHER_REASON = N_("not possible")


def reason_for(code: str) -> str:
    """A few words for the code of a refusal; a msgid."""
    return REASONS.get(code, OTHER_REASON)
