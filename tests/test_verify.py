"""Verification is open to everybody and says genuine or not: of a published sheet only, in one size, without script."""

import re
import socket
import urllib.error
import urllib.request
from contextlib import closing

import pytest

from components import verify
from db import papers, store
from db.scope import Scope
from db.words import LANGUAGES, say
from tests.browser.served import Served, streamlit

PUBLISHED, CHECKED = "DEM2ABCDEF", "DEM4ABCDEF"  # of the demo


def answer(data, code, language="zh"):
    return verify.page(data, code, language).decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_published_sheet_is_genuine_and_nothing_else_is(demo_made, language):
    genuine, unknown = say("verify.genuine", language), say("verify.unknown", language)
    for code in (PUBLISHED, PUBLISHED.lower(), " DEM2 ABC-DEF "):
        assert genuine in answer(demo_made, code, language)
    for code in (CHECKED, "DEM2ABCDEG", "", "x" * 500, "' OR 1=1 --", "DEM2ABCDEF1", "%", "\x00", "验证码"):
        page = answer(demo_made, code, language)
        assert unknown in page
        assert genuine not in page
    assert genuine not in answer(demo_made, None, language)
    assert unknown not in answer(demo_made, None, language)


def test_every_answer_has_one_size_and_tells_nothing_of_the_sheet(demo_made):
    scope = Scope(demo_made, operator=True)
    sheet = scope.read("disclosure_list", code=PUBLISHED).iloc[0]
    pages = [
        verify.page(demo_made, code, told) for code in (None, PUBLISHED, CHECKED, "no") for told in (*LANGUAGES, "x")
    ]
    assert {len(page) for page in pages} == {verify.SIZE}
    for page in map(bytes.decode, pages):
        assert sheet["home"] not in page
        assert sheet["from_month"] not in page
        assert PUBLISHED not in page
        assert "<script" not in page


def test_what_is_typed_is_never_said_again(demo_made):
    assert "alert" not in answer(demo_made, "<script>alert(1)</script>")
    assert "alert" not in answer(demo_made, "x", "'><script>alert(1)</script>")


def test_a_corrected_sheet_is_still_genuine(demo_data):
    scope = Scope(demo_data, operator=True)
    sheet = int(scope.read("disclosure_list", code=PUBLISHED)["id"].iloc[0])
    with scope.work() as desk:
        papers.annotate(desk, sheet, "第3行应为燃煤费。")
    assert say("verify.genuine") in answer(demo_data, PUBLISHED)


def test_asking_writes_nothing(demo_data):
    with store.reading(demo_data) as db:
        before = db.execute("SELECT count(*) FROM audit").fetchone()
    answer(demo_data, PUBLISHED)
    answer(demo_data, "nothing")
    with store.reading(demo_data) as db:
        assert db.execute("SELECT count(*) FROM audit").fetchone() == before


def test_known_and_unknown_codes_are_looked_up_alike(demo_made):
    """One step in the index for either: no scan whose length tells."""
    with store.reading(demo_made) as db:
        plan = db.execute(f"EXPLAIN QUERY PLAN {papers.GENUINE}", ["x"]).fetchall()
    assert not [step for step in plan if step[3].startswith("SCAN") and "CONSTANT" not in step[3]], plan


@pytest.fixture(scope="module")
def cold(demo_made, tmp_path_factory):
    """A server that has answered nobody yet."""
    log = tmp_path_factory.mktemp("cold") / "log"
    with Served(streamlit("app.py"), log, env={"HAPPINESS_DATA": str(demo_made)}, health="/health") as server:
        yield server


def ask(server, address):
    with urllib.request.urlopen(f"{server.url}/{address}", timeout=20) as found:
        return found.status, found.headers, found.read()


def test_a_cold_server_answers_without_login(cold):
    status, headers, page = ask(cold, f"verify?code={PUBLISHED}")
    assert status == 200
    assert say("verify.genuine") in page.decode()
    policies = " ".join(headers.get_all("content-security-policy"))
    assert "default-src 'none'" in policies
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "set-cookie" not in headers
    sizes = {
        len(ask(cold, f"verify?{asked}")[2]) for asked in ("", "code=a", f"code={PUBLISHED}&lang=en", f"code={CHECKED}")
    }
    assert sizes == {verify.SIZE}
    assert say("verify.unknown", "en") in ask(cold, f"verify?lang=en&code={CHECKED}")[2].decode()


def test_only_asking_is_answered(cold):
    for method in ("POST", "PUT", "DELETE"):
        request = urllib.request.Request(f"{cold.url}/verify", method=method, data=b"code=x")
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=20)
        refused.value.close()
        assert refused.value.code == 405


def test_a_bent_address_does_no_harm(cold):
    with closing(socket.create_connection(("127.0.0.1", cold.port), timeout=20)) as wire:
        wire.sendall(
            b"GET /verify?code=%ff%fe%00&code=2&lang=%3Cb%3E HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        )
        said = b"".join(iter(lambda: wire.recv(65536), b"")).decode()
    assert re.match(r"HTTP/1.1 200", said)
    assert say("verify.unknown") in said
