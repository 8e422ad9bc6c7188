"""A real IMAP server, Debian's Dovecot, with a mailbox of its own in a folder that a test made. Nobody has to be root;
who is lends the mailbox to the users that Dovecot brings, for it serves root's mails to nobody."""

import getpass
import grp
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme

from incubator.replies.mailbox import Mailbox
from tests.missing import missing

USER, PASSWORD, NAME = "answers@house.example", "pass/@word", "localhost"
CONFIG = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{home}/server.pem
ssl_key = <{home}/server.key
disable_plaintext_auth = yes
mail_location = maildir:{home}/mails
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {home}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mails
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass
class Served:
    """A server with its files in `home`; `mails` is the folder of the mailbox."""

    program: str
    home: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def mails(self) -> Path:
        return self.home / "mails"

    @property
    def roots(self) -> str:
        return str(self.home / "authority.pem")

    def start(self) -> None:
        # In the foreground: it ends with the process that was started here.
        command = [self.program, "-F", "-c", self.home / "dovecot.conf"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE)
        _wait(self.port, self.process, self.home)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)

    def mailbox(self, *, password: str = PASSWORD, roots: str | None = "", host: str = NAME) -> Mailbox:
        given = self.roots if roots == "" else roots
        return Mailbox(
            host=host, port=self.port, user=USER, password=password, folder="INBOX", roots=given, patience=20
        )

    def deliver(self, *octets: bytes) -> None:
        """As a mail server does: whole, by moving it in."""
        for each in octets:
            # Seconds and the rest apart: by them it sorts what it numbers anew.
            seconds, rest = divmod(time.time_ns(), 10**9)
            name = f"{seconds}.M{rest // 1000:06}P{len(list((self.mails / 'new').iterdir()))}.test"
            (self.mails / "tmp" / name).write_bytes(each.replace(b"\r\n", b"\n"))
            (self.mails / "tmp" / name).rename(self.mails / "new" / name)
            own(self.mails / "new" / name)

    def flags(self) -> Sequence[str]:
        """Of each mail in the order of delivery, as Maildir has them: S is seen."""
        found = [path.name for folder in ("new", "cur") for path in (self.mails / folder).iterdir()]
        return [name.rpartition(":2,")[2] if ":2," in name else "" for name in sorted(found)]

    def start_over(self) -> None:
        """The server numbers its mails anew, as after it was brought back from a copy."""
        self.stop()  # it has the old numbers in mind, for as long as a conversation takes to end
        time.sleep(1.1)  # the new ones are told by the second in which they began
        for path in self.mails.glob("dovecot*"):
            path.unlink()
        self.start()


def own(path: Path) -> None:
    if os.getuid() == 0:
        shutil.chown(path, "nobody", "nogroup")


@contextmanager
def dovecot(home: Path) -> Iterator[Served]:
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/sbin")
    if program is None:
        missing("dovecot-imapd")
    assert program is not None
    authority, port = trustme.CA(), _free_port()
    _prepare(home, authority, port)
    served = Served(program, home, port)
    try:
        served.start()
        yield served
    finally:
        served.stop()


def _prepare(home: Path, authority: trustme.CA, port: int) -> None:
    root = os.getuid() == 0
    me = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.getuid())
    group = grp.getgrgid(os.getgid()).gr_name
    names = ("dovecot", "dovecot", "dovenull") if root else (getpass.getuser(), group, getpass.getuser())
    for folder in ("run", "state", "mails/new", "mails/cur", "mails/tmp"):
        (home / folder).mkdir(parents=True)
        own(home / folder)
    own(home / "mails")
    certificate = authority.issue_cert(NAME)
    authority.cert_pem.write_to_path(str(home / "authority.pem"))
    certificate.cert_chain_pems[0].write_to_path(str(home / "server.pem"))
    certificate.private_key_pem.write_to_path(str(home / "server.key"))
    (home / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
    internal, group, login = names
    told = {"internal": internal, "group": group, "login": login, "uid": me.pw_uid, "gid": me.pw_gid, "port": port}
    (home / "dovecot.conf").write_text(CONFIG.format(home=home, **told))
    if root:  # who logs in passes through the folders above
        for folder in [home, *home.parents][:-2]:
            folder.chmod(folder.stat().st_mode | 0o111)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _wait(port: int, process: "subprocess.Popen[bytes]", home: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            said = process.stderr.read().decode() if process.stderr else ""
            raise RuntimeError(f"{said} {(home / 'log').read_text() if (home / 'log').exists() else ''}")
        try:
            trusting = ssl.create_default_context(cafile=home / "authority.pem")
            with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
                trusting.wrap_socket(line, server_hostname=NAME).close()
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError((home / "log").read_text())
