// Opens a page to print in a new tab; where the browser keeps it shut, a link to touch stands there instead.
export default function ({ data, parentElement }) {
  if (parentElement.dataset.paper === data.token) return;
  parentElement.dataset.paper = data.token;
  const address = URL.createObjectURL(new Blob([data.page], { type: 'text/html;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: address, target: '_blank', textContent: data.words });
  link.className = 'hh-paper';
  parentElement.replaceChildren(link);
  const tab = window.open(address, '_blank');
  if (tab) tab.addEventListener('load', () => tab.print());
}
