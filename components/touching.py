"""HTML that is one element of the page, and what was touched or chosen in it."""

import gzip
import json
from collections.abc import Callable
from typing import Any

import streamlit as st

SCRIPT = """const unpacked = (bytes) => new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).json();
const show = (element, { parts, looks, chosen }) => {
  parts.forEach((part, place) => {
    const shown = element.children[place] ?? element.appendChild(document.createElement('div'));
    if (shown.part !== part) shown.innerHTML = shown.part = part;
  });
  while (element.children.length > parts.length) element.lastChild.remove();
  element.className = looks;
  const choice = element.querySelector('select');
  if (choice) choice.value = chosen;
};
export default ({ data, parentElement, setTriggerValue }) => {
  parentElement.data = data;
  unpacked(data).then((found) => parentElement.data === data && show(parentElement, found));  // the last to come is shown
  parentElement.onclick = (event) => {
    const touched = event.target.closest('[data-to]');
    if (touched) setTriggerValue('touched', touched.dataset.to);
  };
  parentElement.onchange = (event) => setTriggerValue('touched', event.target.value);
}"""


def put(
    key: str, *parts: str, looks: str = "", chosen: str = "", then: Callable[[], None] = lambda: None
) -> str | None:
    """Show these parts, of which a browser draws anew only those that changed; the `data-to` touched or the option chosen just now."""
    component: Any = st.components.v2.component("happiness_touch", js=SCRIPT, isolate_styles=False)
    data = json.dumps({"parts": parts, "looks": looks, "chosen": chosen}, ensure_ascii=False).encode()
    touched: str | None = component(data=gzip.compress(data, 1, mtime=0), key=key, on_touched_change=then).touched
    return touched
