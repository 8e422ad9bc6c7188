"""A file of an application on its way to somebody: saved, never shown, run or kept on the way."""

from urllib.parse import quote

from litestar import Response

from incubator.applications.files import Content


def served(file: Content) -> Response[bytes]:
    """The file as an attachment, of the type that its bytes say and no other (`nosniff` is on everything
    that the house answers). What a browser might still make of it happens in an empty sandbox."""
    plain = file.name.encode("ascii", "ignore").decode() or "plik"
    return Response(
        file.content,
        media_type=file.media_type,
        headers={
            "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "no-store",
        },
    )
