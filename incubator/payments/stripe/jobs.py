"""The jobs of Stripe, by the names under which they are asked for."""

from functools import partial

from incubator.jobs.work import Job
from incubator.payments.stripe import till as named
from incubator.payments.stripe.ask_checkout import ask_checkout
from incubator.payments.stripe.connect_account import ask_account
from incubator.payments.stripe.end_checkout import end_checkout
from incubator.payments.stripe.open_checkout import open_checkout
from incubator.payments.stripe.reconcile import reconcile
from incubator.payments.stripe.send_refund import ask_refund, send_refund
from incubator.payments.stripe.till import Till
from incubator.payments.stripe.work_event import work_event


def stripe_jobs(till: Till) -> dict[str, Job]:
    """What comes round by itself (`ask_due`) is not tried again by the queue as well."""
    return {
        named.OPEN_CHECKOUT: Job(partial(open_checkout, till)),
        named.END_CHECKOUT: Job(partial(end_checkout, till)),
        named.ASK_CHECKOUT: Job(partial(ask_checkout, till), tries=2),
        named.WORK_EVENT: Job(partial(work_event, till), tries=12),
        named.SEND_REFUND: Job(partial(send_refund, till)),
        named.ASK_REFUND: Job(partial(ask_refund, till), tries=2),
        named.ASK_ACCOUNT: Job(partial(ask_account, till)),
        named.RECONCILE: Job(partial(reconcile, till)),
    }
