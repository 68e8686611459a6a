"""Sessions without a browser: they open the page, wait until it is whole, and stay."""

import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from bench.contenders import Contender


@contextmanager
def sessions(contender: Contender, count: int, cookies: Any = None) -> Iterator[None]:
    """So many people on the page at once."""
    with ExitStack() as people:
        for _ in range(count):
            if contender.is_streamlit:
                people.enter_context(_session(contender.server.url, cookies))
            else:
                urllib.request.urlopen(f"{contender.server.url}/charts").read()
        yield


@contextmanager
def _session(url: str, cookies: Any) -> Iterator[ClientConnection]:
    """One Streamlit session whose first run has ended."""
    stream = url.replace("http", "ws", 1) + "/_stcore/stream"
    cookie = "; ".join(f"{each['name']}={each['value']}" for each in (cookies or {}).get("cookies", []))
    headers = {"Cookie": cookie} if cookie else {}
    protocols = [Subprotocol("streamlit")]
    with connect(stream, subprotocols=protocols, additional_headers=headers, max_size=None) as line:
        ask = BackMsg()
        ask.rerun_script.query_string = ""
        line.send(ask.SerializeToString())
        while not _ends(line.recv()):
            pass
        yield line


def _ends(frame: str | bytes) -> bool:
    """Whether this message says that the run has ended."""
    message = ForwardMsg()
    message.ParseFromString(frame if isinstance(frame, bytes) else frame.encode())
    return message.WhichOneof("type") == "script_finished"
