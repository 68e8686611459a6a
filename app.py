"""What `streamlit run app.py` starts: the ASGI app around the script, with compression, security headers and sessions."""

import gc
import logging
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components import verify
from db import accounts, store, words
from db.rules import SignedOut, Unusable

COOKIE = "happiness_session"
POLICY = (
    "default-src 'self'",
    "script-src 'self' blob: 'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='",  # the one inline script of Streamlit's page
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "frame-ancestors 'self'",
    "object-src 'none'",
    "base-uri 'self'",
)
HEADERS = {
    "content-security-policy": "; ".join(POLICY),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=()",
}


class SecurityHeaders:
    """Adds HEADERS to every answer."""

    def __init__(self, app: Any) -> None:
        """Wrap the app inside."""
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass everything on; answers get the headers."""

        async def with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    *((name.encode(), value.encode()) for name, value in HEADERS.items()),
                ]
            await send(message)

        await self.app(scope, receive, with_headers)


async def session(request: Request) -> Response:
    """Claim a session with the ticket of a sign-in: the token goes into a cookie that no script can read."""
    if request.headers.get("x-happiness") != "1":
        return Response(status_code=403)
    try:
        ticket = (await request.body())[:200].decode("ascii", "ignore")
        token, days = accounts.claim(store.folder(), ticket, request.headers.get("user-agent", ""))
    except SignedOut:
        return Response(status_code=403)
    answer = Response(status_code=204)
    https = request.headers.get("x-forwarded-proto", request.url.scheme) == "https"
    answer.set_cookie(COOKIE, token, max_age=days * 86400, httponly=True, samesite="strict", secure=https, path="/")
    return answer


async def health(_: Request) -> Response:
    """200 and `ok` while the database can be read."""
    with store.reading(store.folder()) as db:
        db.execute("SELECT today FROM clock")
    return PlainTextResponse("ok")


async def verification(request: Request) -> Response:
    """Whether the sheet with this code was published; for anybody."""
    asked = request.query_params
    body = verify.page(store.folder(), asked.get("code"), asked.get("lang", ""))
    return Response(body, media_type="text/html; charset=utf-8", headers=verify.HEADERS)


@asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[None]:
    """Ready the data folder, import what is heavy once, and keep it out of the garbage collector's way."""
    try:
        store.prepare(store.folder())
    except Unusable as fault:
        sys.exit(f"{words.say(f'rule.{fault}', 'zh')}\n{words.say(f'rule.{fault}', 'en')}")
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    import components.shell  # noqa: F401

    for each in gc.get_objects():
        if (
            isinstance(each, socket.socket)
            and each.type == socket.SOCK_STREAM
            and each.family in (socket.AF_INET, socket.AF_INET6)
        ):
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    gc.collect()
    gc.freeze()
    yield


def trouble(error: Exception) -> bool:
    """The shell's answer to a failure; it is imported late, when all is warm."""
    from components import shell

    return shell.trouble(error)


app = st.App(
    "components/shell.py",
    on_script_error=trouble,
    lifespan=warm,
    routes=[
        Route("/session", session, methods=["POST"]),
        Route("/health", health),
        Route("/verify", verification),
    ],
    middleware=[Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=1000)],
)
