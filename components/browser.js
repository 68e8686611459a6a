// Sets the document's language and says Streamlit's own English words in the user's language; data.words maps one to the other.
const attributes = ['aria-label', 'title', 'placeholder'];

// Back and forward follow the address: what Streamlit drops from it before anybody touched the page is no step of its own,
// and a step back on the same page loads it anew, since Streamlit would keep what it shows and put its own address there.
// A link to another page is a step that Streamlit takes as it takes a step of the browser; the menu's take the filters along,
// and where others change them the page is loaded anew, since Streamlit would keep the old ones.
function followAddress(lasting) {
  if (window.happinessSteps) return;
  window.happinessSteps = true;
  let touched = false, going = false, here = location.pathname;
  for (const act of ['pointerdown', 'keydown']) addEventListener(act, () => { touched = true; }, true);
  const push = history.pushState.bind(history);
  history.pushState = (state, title, url) => {
    const stays = !touched && new URL(url, location.href).pathname === location.pathname;
    (stays ? history.replaceState.bind(history) : push)(state, title, url);
    here = location.pathname;
  };
  const filters = (address) => JSON.stringify(lasting.map((name) => name !== 'month' && new URLSearchParams(address).getAll(name)));
  addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]'), listed = link?.closest('.hh-menu');
    const pages = [...document.querySelectorAll('.hh-menu a')].map((each) => each.pathname);
    if (listed) link.search = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => lasting.includes(name)));
    else if (!pages.includes(link?.pathname) || link.pathname === location.pathname || link.target === '_blank'
      || filters(link.search) !== filters(location.search)) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!document.querySelector('[data-testid=stApp][data-test-connection-state=CONNECTED]')) return;  // what stands here stays till the server is back
    push({}, '', link.href);
    touched = false;
    going = true;
    dispatchEvent(new PopStateEvent('popstate'));
    if (listed && innerWidth < 1100) document.querySelector('[data-testid=stSidebarCollapseButton] button')?.click();
  }, true);
  addEventListener('popstate', (event) => {
    const same = location.pathname === here && !going;
    here = location.pathname;
    going = false;
    if (!same) return;
    event.stopImmediatePropagation();
    location.reload();
  }, true);
}

export default function ({ data }) {
  followAddress(data.lasting);
  if (window.happinessLanguage === data.lang) return;  // the observer below goes on
  document.documentElement.lang = window.happinessLanguage = data.lang;
  const patterns = Object.entries(data.words).filter(([english]) => english.includes('#')).map(([english, own]) =>
    [new RegExp('^' + english.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('#', '(.+?)') + '$'), own]);
  const said = (text) => {
    const trimmed = text.trim();
    if (data.words[trimmed]) return text.replace(trimmed, data.words[trimmed]);
    for (const [pattern, own] of patterns) {
      const found = trimmed.match(pattern);
      if (found) return found.slice(1).reduce((sentence, part) => sentence.replace('#', part), own);
    }
    return text;
  };
  const translate = (root) => {
    if (root.nodeType === Node.TEXT_NODE) {
      const own = said(root.data);
      if (own !== root.data) root.data = own;
      return;
    }
    if (root.nodeType !== Node.ELEMENT_NODE || root.closest('[data-testid="stHtml"], .hh-page, style, script')) return;
    for (const name of attributes) {
      const old = root.getAttribute(name);
      if (old && said(old) !== old) root.setAttribute(name, said(old));
    }
    root.childNodes.forEach(translate);
  };
  window.happinessObserver?.disconnect();
  if (!Object.keys(data.words).length) return;
  translate(document.body);
  window.happinessObserver = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === 'childList') change.addedNodes.forEach(translate);
      else translate(change.target);
    }
  });
  window.happinessObserver.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: attributes });
}
