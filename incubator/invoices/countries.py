"""Countries, by the two letters that the structured file takes (TKodKraju), and those with numbers for VAT in the EU."""

from babel import Locale

ALL = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE
GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM
KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ
NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH
SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG
VI VN VU WF WS XC XI XK XL YE YT ZA ZM ZW
"""
EU = "AT BE BG CY CZ DE DK EE ES FI FR HR HU IE IT LT LU LV MT NL PT RO SE SI SK XI"
CODES = tuple(ALL.split())
UNION = {"GR": "EL", **{code: code for code in EU.split()}}
"""How a number for VAT in the EU begins in each of these countries; Poland's is a NIP."""
WITHIN = {"XI": "GB", "XC": "ES", "XL": "ES"}
"""Parts of a country that have letters of their own there: Northern Ireland, Ceuta, Melilla."""


def named(code: str, locale: str) -> str:
    names = Locale(locale).territories
    if code in WITHIN:
        return f"{names[WITHIN[code]]} ({code})"
    return str(names.get(code, code))


def choices(locale: str) -> list[tuple[str, str]]:
    """Every country with its name: Poland first, then by name."""
    found = sorted(((code, named(code, locale)) for code in CODES), key=lambda one: one[1])
    return [*(one for one in found if one[0] == "PL"), *(one for one in found if one[0] != "PL")]
