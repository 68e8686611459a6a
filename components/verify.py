"""Whether a published sheet (公示) is genuine: a page without login and without script, which says yes or no and nothing more."""

from pathlib import Path

from db import papers
from db.words import LANGUAGES, say

SIZE = 3000  # bytes of every answer, so that none tells by its length
LONGEST = 40  # what is typed is cut there; a code has ten of 31 letters, too many to try
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "content-encoding": "identity",
    "x-robots-tag": "noindex",
}
LOOKS = """:root{color-scheme:light dark}body{font:1.15rem/1.6 'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif;
margin:0 auto;max-width:34rem;padding:1.5rem 1rem}nav{text-align:right}a{color:inherit;display:inline-block;padding:.7rem}
input,button{font:inherit;width:100%;box-sizing:border-box;min-height:3.2rem;padding:.4rem .8rem;margin:.4rem 0;border-radius:.5rem}
input{text-transform:uppercase;letter-spacing:.15em;border:1px solid GrayText}button{border:0;background:#2f6f9f;color:#fff}
p.said{border-left:.4rem solid #b4442e;padding:.6rem .9rem;font-weight:600}p.true{border-color:#2f9e77}"""


def page(data: Path, code: str | None, told: str) -> bytes:
    """The page in the language told, always of one size; with a code also the answer."""
    language = told if told in LANGUAGES else LANGUAGES[0]
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    title = say("verify.title", language)
    body = (
        f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'><title>{title}</title>"
        f"<meta name='viewport' content='width=device-width'><style>{LOOKS}</style></head><body>"
        f"<nav><a href='?lang={other}'>{say('language', other)}</a></nav><main><h1>{title}</h1>{_answer(data, code, language)}"
        f"<form><input type='hidden' name='lang' value='{language}'><label for='code'>{say('verify.how', language)}</label>"
        f"<input id='code' name='code' maxlength='{LONGEST}' autocomplete='off' autofocus required>"
        f"<button>{say('verify.do', language)}</button></form></main></body></html>"
    )
    return body.encode().ljust(SIZE)


def _answer(data: Path, code: str | None, language: str) -> str:
    if code is None:
        return ""
    genuine = papers.genuine(data, code[:LONGEST])
    css = "said true" if genuine else "said"
    return f"<p class='{css}' role='status'>{say('verify.genuine' if genuine else 'verify.unknown', language)}</p>"
