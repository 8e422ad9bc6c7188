"""Settings, from the environment alone. Read by `app.py` and `__main__.py` and nobody else.

Each field says its variable, its default and what it is for; `docs/settings.md` is that table, and
a test compares the two.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any


def setting(default: Any, about: str, *, secret: bool = False) -> Any:
    return field(default=default, repr=not secret, metadata={"about": about})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a server is told. Secrets are left out of its repr."""

    database_url: str = setting("", "Address of PostgreSQL 18; empty starts an embedded one in DATA_DIR", secret=True)
    data_dir: Path = setting(Path("data"), "Folder of the embedded database and of generated secrets")
    host: str = setting("127.0.0.1", "Address to listen on")
    port: int = setting(8000, "Port to listen on")
    public_url: str = setting("", "Address that people see, for links in mails and feeds; empty means http://HOST:PORT")
    secret_key: str = setting(
        "",
        "Signs form tokens and links in mails; at least 32 characters, the same for all processes; empty makes one in DATA_DIR, with the embedded database only",
        secret=True,
    )
    pool_size: int = setting(16, "Connections to PostgreSQL for each process")
    smtp_url: str = setting(
        "",
        "smtp://user:password@host:port of the mail server (smtps:// for TLS from the start); empty keeps mails in the database unsent",
        secret=True,
    )
    mail_from: str = setting("Inkubatory <inkubatory@localhost>", "Sender of mails")
    imap_url: str = setting(
        "",
        "imaps://user:password@host:993/INBOX, the mailbox where answers of calendars to invitations come; with REPLY_ADDRESS; empty leaves answers to the links in mails",
        secret=True,
    )
    reply_address: str = setting(
        "", "Address of that mailbox, answers@example.org; it also gets what is written to answers+anything@example.org"
    )
    reply_checked_by: str = setting(
        "",
        "Name by which the mail server of that mailbox signs Authentication-Results; with it, an answer counts where DMARC or DKIM vouch for its sender",
    )
    registration_days: int = setting(
        90, "Days after a session for which names and addresses of those without an account are kept"
    )
    newsletter_per_minute: int = setting(
        600, "Copies of the newsletter that all workers together hand to the mail server in a minute, at most"
    )
    rates_url: str = setting(
        "", "Where rates of the euro are fetched each working day, https://api.nbp.pl; empty leaves them to be typed"
    )
    ksef_qr_url: str = setting(
        "https://qr.ksef.mf.gov.pl",
        "Where the codes on papers of invoices lead: the system of KSeF that the gminas send to; https://qr-test.ksef.mf.gov.pl is the one for tests",
    )
    stripe_key: str = setting(
        "",
        "Secret key of the platform's account at Stripe, for payments by card and BLIK; empty turns them off",
        secret=True,
    )
    stripe_webhook_secret: str = setting(
        "",
        "Secret of the webhook endpoint at Stripe, for events of connected accounts; two, separated by a comma, while it is being changed",
        secret=True,
    )
    stripe_address: str = setting(
        "", "Address that answers in the place of Stripe, for tests; empty means Stripe itself"
    )
    outside_private: bool = setting(
        False,
        "Lets calendars kept elsewhere be read from private addresses and any port; for tests, never on a real server",
    )
    log_level: str = setting("info", "debug, info, warning or error")
    demo: bool = setting(False, "One-click sign-in as each role; never on a real server")
    trusted_proxies: str = setting("", "Addresses, separated by commas, whose X-Forwarded headers are believed")

    @property
    def address(self) -> str:
        """The public address, without a slash at its end."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def secure(self) -> bool:
        """Whether cookies may travel over https alone."""
        return self.address.startswith("https://")


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that `environment` gives; raises ValueError naming the variable that is wrong."""
    given: dict[str, Any] = {}
    for item in fields(Settings):
        text = environment.get(item.name.upper())
        if text:
            given[item.name] = _parse(item.name.upper(), text, item.default)
    return Settings(**given)


def _parse(name: str, text: str, default: Any) -> Any:
    try:
        match default:
            case bool():
                return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[text.lower()]
            case int():
                return int(text)
            case Path():
                return Path(text)
            case _:
                return text
    except (KeyError, ValueError):
        raise ValueError(f"{name}={text!r} is not a {type(default).__name__}") from None
