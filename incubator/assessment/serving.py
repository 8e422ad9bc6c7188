"""Hand a file of an application to a scorer: to be saved, never shown within our pages."""

from urllib.parse import quote

from litestar import Response

from incubator.assessment.reading import ScoredFile


def saved(file: ScoredFile) -> Response[bytes]:
    """The name in full after RFC 6266, for it may have letters that a header has not."""
    plain = file.name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_").replace("\\", "_")
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(file.content, media_type=file.media_type, headers=headers)
