"""A PDF of one page, made without any library: the files of the demonstration."""


def small_pdf(*lines: str) -> bytes:
    """The lines, one below the other. Letters beyond ASCII are left out, for the built-in fonts lack them."""
    drawn = " ".join(f"({_plain(line)}) Tj T*" for line in lines)
    content = f"BT /F1 14 Tf 18 TL 60 760 Td {drawn} ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    )
    written, places = bytearray(b"%PDF-1.4\n"), []
    for number, told in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, told)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(written)


POLISH = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")


def _plain(line: str) -> str:
    plain = line.translate(POLISH).encode("ascii", "ignore").decode()
    return plain.replace("\\", "").replace("(", "[").replace(")", "]")
