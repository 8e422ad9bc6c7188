"""Elements of the structured file, one under the other."""

import xml.etree.ElementTree as ET
from xml.etree.ElementTree import Element


def under(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    made = ET.SubElement(parent, tag, attributes)
    made.text = text
    return made


def yes(flag: bool) -> str:
    return "1" if flag else "2"
