"""Signing in: the library's form over our accounts, a ticket for the browser, and a cookie that scripts cannot read."""

import streamlit as st
from streamlit_authenticator import Authenticate

from components.words import t
from db import accounts, store
from db.rules import RuleBroken, SignedOut
from db.scope import Scope

COOKIE = "happiness_session"
CLAIM = """export default ({ data }) => fetch('session', { method: 'POST', headers: { 'X-Happiness': '1' }, body: data.ticket })
  .then(() => location.reload())"""


def token() -> str | None:
    """The session token in the cookie of this very connection."""
    value = st.context.cookies.get(COOKIE)
    return value if isinstance(value, str) else None


def page() -> None:
    """The sign-in form, and on the demo the accounts to try."""
    st.title(t("title"), anchor=False)
    _Form().login(
        fields={"Form name": t("sign_in"), "Username": t("username"), "Password": t("password"), "Login": t("sign_in")}
    )
    if _demo():
        st.info(t("demo_banner"), icon=":material/info:")
        st.html(f"<table class='hh-table'>{''.join(_demo_row(role) for role in ROLES)}</table>")


ROLES = ("official", "caretaker", "funder", "auditor", "admin")


def _demo_row(role: str) -> str:
    return f"<tr><td>{t(role)}</td><td><code>{role}</code></td><td><code>{role}-demo</code></td></tr>"


def _demo() -> bool:
    with store.reading(store.folder()) as db:
        return bool(db.execute("SELECT value = '1' FROM settings WHERE name = 'demo'").fetchone()[0])


def password_page() -> None:
    """The form that has to be filled before a one-time password opens anything else."""
    st.title(t("change_password"), anchor=False)
    st.caption(t("change_password_why"))
    change_form()


def change_form() -> None:
    """A form to change one's own password; afterwards every other device is signed out."""
    with st.form("change_password"):
        old = st.text_input(t("password_old"), type="password")
        new = st.text_input(t("password_new"), type="password", help=t("password_rule"))
        again = st.text_input(t("password_again"), type="password")
        if not st.form_submit_button(t("save"), type="primary"):
            return
    if new != again:
        st.error(t("rule.password_again"))
        return
    try:
        claim(accounts.change_password(store.folder(), token(), old, new))
    except RuleBroken as rule:
        st.error(t(f"rule.{rule.name}", **rule.values))


def claim(ticket: str) -> None:
    """Let the browser turn a ticket into its session cookie and load the page again."""
    st.components.v2.component("happiness_claim", js=CLAIM)(data={"ticket": ticket}, key="claim")


def sign_out(scope: Scope) -> None:
    """End this session; the next run asks who is there."""
    accounts.sign_out(scope.data, scope.token)
    st.rerun()


def waiting(scope: Scope) -> bool:
    """Whether this session must first change its password."""
    try:
        return accounts.must_change(scope.data, scope.token)
    except SignedOut:
        return False


class _Accounts:
    """What the library's form asks when it is sent: our accounts instead of a dict."""

    def login(self, username: str | None = None, password: str | None = None, *_: object, **__: object) -> bool:
        try:
            claim(accounts.sign_in(store.folder(), username or "", password or ""))
        except RuleBroken as rule:
            st.error(t(f"rule.{rule.name}", **rule.values))
            return False
        return True


class _NoCookie:
    """The library's own cookie is never read or written."""

    def get_cookie(self) -> None:
        return None

    def set_cookie(self) -> None:
        return None


class _Form(Authenticate):
    def __init__(self) -> None:
        self.authentication_controller, self.cookie_controller = _Accounts(), _NoCookie()
        self.attrs, self.path = {"login_sleep_time": 0}, None
