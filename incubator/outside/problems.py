"""Why a calendar could not be read. The code is kept with the calendar, and the sentence is shown."""

from datetime import timedelta

from incubator.kernel.errors import N_, Invalid


class NotRead(Invalid):
    """A calendar elsewhere that could not be read. `after` is how long its server asked to be left alone."""

    code = "calendar_not_read"
    sentence = N_("The calendar could not be read.")

    def __init__(self, after: timedelta | None = None) -> None:
        super().__init__()
        self.after = after


class AddressUnfit(NotRead):
    """Not http or https, with a name and password in it, or an unusual port."""

    code = "calendar_address_unfit"
    sentence = N_(
        "This is not an address that a calendar is read from. It begins with https:// or webcal://, and has no "
        "password in it and no port other than 8080 or 8443."
    )


class AddressNotPublic(NotRead):
    """An address of a private network, of this machine, or of no machine at all; also after a redirect."""

    code = "calendar_address_not_public"
    sentence = N_("The address does not lead to a public server, so it is not read from here.")


class NoAnswer(NotRead):
    """No such name, nobody there, or no secure connection."""

    code = "calendar_no_answer"
    sentence = N_("The server of the calendar does not answer.")


class TooSlow(NotRead):
    """The server took longer than it may."""

    code = "calendar_too_slow"
    sentence = N_("The server of the calendar was too slow.")


class ServerTrouble(NotRead):
    """The server answered with a failure of its own, or asked to be left alone for a while."""

    code = "calendar_server_trouble"
    sentence = N_("The server of the calendar has trouble at the moment.")


class NotShown(NotRead):
    """The server has no calendar there, or does not show it to who has the address alone."""

    code = "calendar_not_shown"
    sentence = N_("There is no calendar at this address, or it is not shown to who has the address.")


class CalendarEnded(NotRead):
    """The server says that the calendar is gone for good: it is not asked again."""

    code = "calendar_ended"
    sentence = N_("The calendar is gone for good. Remove it here, or add its new address.")


class TooManyRedirects(NotRead):
    """Sent on too often, or from a secure address to an open one."""

    code = "calendar_too_many_redirects"
    sentence = N_("The address only leads on and on. Please take the calendar's own address.")


class FileTooLarge(NotRead):
    """More bytes than are taken."""

    code = "calendar_file_too_large"
    sentence = N_("The calendar is larger than 5 MB. Please share one with fewer entries.")


class NotACalendar(NotRead):
    """Something else than a calendar, or one that was cut off."""

    code = "not_a_calendar"
    sentence = N_("What is at this address is not a whole calendar file.")


class TooManyTimes(NotRead):
    """More entries than are kept."""

    code = "calendar_too_many_times"
    sentence = N_("The calendar has more busy times than are read here. Please share one with fewer entries.")


class TooMuchWork(NotRead):
    """Reading it took too long or too much memory."""

    code = "calendar_too_much_work"
    sentence = N_("Reading the calendar took too long. Its rules of recurrence may be broken.")


PROBLEMS: dict[str, type[NotRead]] = {
    one.code: one
    for one in (
        NotRead,
        AddressUnfit,
        AddressNotPublic,
        NoAnswer,
        TooSlow,
        ServerTrouble,
        NotShown,
        CalendarEnded,
        TooManyRedirects,
        FileTooLarge,
        NotACalendar,
        TooManyTimes,
        TooMuchWork,
    )
}
"""By the code that is kept."""
