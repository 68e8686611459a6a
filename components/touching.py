"""HTML that is one element of the page, and what was touched or chosen in it."""

from collections.abc import Callable
from typing import Any

import streamlit as st

SCRIPT = """export default ({ data, parentElement, setTriggerValue }) => {
  data.parts.forEach((part, place) => {
    const shown = parentElement.children[place] ?? parentElement.appendChild(document.createElement('div'));
    if (shown.part !== part) shown.innerHTML = shown.part = part;
  });
  while (parentElement.children.length > data.parts.length) parentElement.lastChild.remove();
  parentElement.className = data.looks;
  const choice = parentElement.querySelector('select');
  if (choice) choice.value = data.chosen;
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
    data = {"parts": parts, "looks": looks, "chosen": chosen}
    touched: str | None = component(data=data, key=key, on_touched_change=then).touched
    return touched
