"""What mail servers find out about a sender is believed of ours alone, and only where it says that all is well."""

import pytest

from incubator.mail.reply_to import ReplyTo
from incubator.replies.rules import vouched_for

BY, ANNA = "mx.house.example", "anna@firma.example.com"


@pytest.mark.parametrize(
    "found",
    [
        ["mx.house.example; dmarc=pass header.from=firma.example.com"],
        ["MX.House.Example 1; spf=fail; DMARC=PASS (p=reject) header.from=firma.example.com"],
        [
            "mx.house.example; dkim=fail header.d=a.example; dkim=pass (2048-bit key) header.d=firma.example.com header.s=x"
        ],
        ["mx.house.example; dkim=pass header.i=@example.com"],
        ["other.example; dmarc=fail", "mx.house.example; dmarc=pass"],
    ],
)
def test_who_is_vouched_for(found: list[str]) -> None:
    assert vouched_for(ANNA, by=BY, found=found)


@pytest.mark.parametrize(
    "found",
    [
        [],
        [""],
        ["mx.house.example"],
        ["mx.house.example; none"],
        ["mx.house.example; spf=pass smtp.mailfrom=firma.example.com"],
        ["mx.house.example; dmarc=fail", "mx.house.example; dmarc=pass"],
        ["mx.evil.example; dmarc=pass"],
        ["mx.house.example.evil.example; dmarc=pass"],
        ["mx.house.example; dkim=pass header.d=evil.example"],
        ["mx.house.example; dkim=pass header.d=com"],
        ["mx.house.example; dkim=pass header.d=a.firma.example.com"],
        ["mx.house.example; dkim=pass header.d=evilfirma.example.com"],
        ['mx.house.example; spf=fail smtp.mailfrom="x;dmarc=pass"'],
        ["mx.house.example; spf=fail (a;dmarc=pass (b) ; dmarc=pass )"],
        ["mx.house.example; xdmarc=pass"],
        ["mx.house.example; spf=fail reason=dmarc=pass"],
    ],
)
def test_who_is_not(found: list[str]) -> None:
    assert not vouched_for(ANNA, by=BY, found=found)


def test_each_invitation_has_an_address_of_its_own() -> None:
    here = ReplyTo("answers@house.example", "s" * 32)
    address = here.address_for(uid="a", to="Anna@example.com")
    local, _, domain = address.partition("@")
    assert (len(local) <= 64, address == address.lower(), domain) == (True, True, "house.example")
    assert address == here.address_for(uid="a", to="anna@example.com"), "who the organizer is does not change"
    others = [here.address_for(uid="b", to="anna@example.com"), here.address_for(uid="a", to="jan@example.com")]
    others.append(ReplyTo("answers@house.example", "t" * 32).address_for(uid="a", to="anna@example.com"))
    assert len({address, *others}) == 4
    assert here.serves(["x@y", address.upper()], uid="a", to="anna@example.com")
    assert not here.serves([*others, "answers@house.example", "", "ą"], uid="a", to="anna@example.com")
    assert "ssss" not in repr(here)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "answers",
        "@house.example",
        "answers@",
        "a b@house.example",
        "a+b@house.example",
        "ą@x.example",
        "a" * 40 + "@x.example",
        "A <a@x.example>",
        "a@b@c",
    ],
)
def test_an_address_has_to_take_more_before_the_at(wrong: str) -> None:
    with pytest.raises(ValueError):
        ReplyTo(wrong, "s" * 32)
