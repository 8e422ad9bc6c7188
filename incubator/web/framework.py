"""What the framework itself refuses, before any verb is reached, and what fails: a code and a sentence for each
status."""

from incubator.kernel.errors import N_

FRAMEWORK = {
    400: ("bad_request", N_("The request could not be read.")),
    401: ("not_signed_in", N_("Please sign in first.")),
    403: ("forbidden", N_("You may not do this.")),
    404: ("not_found", N_("There is nothing here.")),
    405: ("method_not_allowed", N_("This address does not take this method.")),
    406: ("not_acceptable", N_("This cannot be given in the form that was asked for.")),
    413: ("too_large", N_("That is more than we accept.")),
    415: ("unsupported_media_type", N_("This form of data is not accepted here.")),
    422: ("invalid", N_("Please check what was sent.")),
    429: ("too_many", N_("That was too often. Please wait a little.")),
    500: (
        "internal",
        N_("Something went wrong on our side. Please look whether what you asked was done before you ask again."),
    ),
    503: (
        "unavailable",
        N_("Not available for the moment. What was asked may or may not have been done: please look, then try again."),
    ),
}
