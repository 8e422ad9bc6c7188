"""Settings that do not fit are named before anything starts, and never repeated where they are secret."""

from pathlib import Path

import pytest

from incubator.commands.failing import Unusable
from incubator.commands.house import at_home
from incubator.settings import read_settings

BOX = "imaps://a:hidden@mail.example"


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"IMAP_URL": BOX}, "belong together"),
        ({"REPLY_ADDRESS": "answers@house.example"}, "belong together"),
        ({"IMAP_URL": BOX.replace("imaps", "imap"), "REPLY_ADDRESS": "answers@house.example"}, "IMAP_URL"),
        ({"IMAP_URL": BOX, "REPLY_ADDRESS": "answers"}, "REPLY_ADDRESS"),
    ],
)
def test_a_mailbox_of_answers_is_given_whole(told: dict[str, str], named: str, tmp_path: Path) -> None:
    settings = read_settings({**told, "DATA_DIR": str(tmp_path)})
    with pytest.raises(Unusable, match=named) as refused, at_home(settings):
        pass
    assert "hidden" not in str(refused.value) + repr(settings)
    assert list(tmp_path.iterdir()) == []
