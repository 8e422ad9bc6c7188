"""What a browser does without being asked: carry the form token along."""

from typing import Any

import httpx


async def post_form(client: httpx.AsyncClient, path: str, data: dict[str, Any] | None = None) -> httpx.Response:
    """POST `data` as a form with the token that a page gave before; fetches one where none came yet.
    Redirects are not followed."""
    if "csrf" not in client.cookies:
        await client.get("/accessibility")
    form = {"_csrf_token": client.cookies["csrf"], **(data or {})}
    return await client.post(path, data=form)
