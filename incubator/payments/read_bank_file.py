"""A bank's file, whatever it is. Pure; of a large file it takes a while: call it in a thread."""

from incubator.payments.bank_csv import read_csv
from incubator.payments.bank_mt940 import looks_like, read_mt940
from incubator.payments.bank_rows import LARGEST, MOST_ROWS, BankFile, BankFileTooLarge, UnreadableBankFile


def read_bank_file(content: bytes) -> BankFile:
    """Raises BankFileTooLarge, UnreadableBankFile."""
    if len(content) > LARGEST:
        raise BankFileTooLarge()
    text = _decoded(content)
    read = read_mt940(text) if looks_like(text) else read_csv(text)
    if len(read.rows) > MOST_ROWS:
        raise BankFileTooLarge()
    return read


def _decoded(content: bytes) -> str:
    """UTF-8, else as a Polish Windows saves it."""
    if b"\0" in content:
        raise UnreadableBankFile()
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise UnreadableBankFile()
