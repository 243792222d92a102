// @ts-check
// Tells at once what is wrong with a redirect URI, while it is typed. The server says the same when the form is sent.

const field = document.querySelector('textarea[data-check]');
const status = document.getElementById('redirect_uris-check');

if (field instanceof HTMLTextAreaElement && status !== null) {
  const isNative = field.dataset.check === 'native';

  /** @param {string} line */
  const faultOf = (line) => {
    if (line.includes('#')) return 'fragment';
    if (line.includes('*')) return 'wildcard';
    if (!URL.canParse(line)) return 'malformed';
    const { protocol, hostname } = new URL(line);
    if (protocol === 'https:') return undefined;
    if (protocol === 'http:') return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) ? undefined : 'http';
    return isNative && /^[a-z][\w+-]*(\.[\w+-]+)+:$/i.test(protocol) ? undefined : 'scheme';
  };

  field.addEventListener('input', () => {
    const lines = field.value.split('\n').map((line) => line.trim());
    const found = lines.filter((line) => line !== '').map((line) => ({ line, fault: faultOf(line) }));
    const first = found.find(({ fault }) => fault !== undefined);
    status.hidden = first === undefined;
    status.textContent = first?.fault === undefined ? '' : `${first.line}: ${status.dataset[first.fault] ?? ''}`;
  });
}
