// Saves a file; a link stays, where the browser asks first or somebody wants it again.
export default function ({ data, parentElement }) {
  if (parentElement.dataset.saved === data.token) return;
  parentElement.dataset.saved = data.token;
  const bytes = Uint8Array.from(atob(data.file), (each) => each.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: data.kind }));
  const link = Object.assign(document.createElement('a'), { href: address, download: data.name, textContent: data.name });
  link.className = 'hh-paper';
  parentElement.replaceChildren(link);
  link.click();
}
