// @ts-check
// Asks the browser for a security key or a passkey, and posts what it answers as one more answer to one more step.

/** @typedef {typeof import('@simplewebauthn/browser')} Library */
/** @typedef {Parameters<Library['startRegistration']>[0]['optionsJSON']} CreationOptions */
/** @typedef {Parameters<Library['startAuthentication']>[0]['optionsJSON']} RequestOptions */

const { SimpleWebAuthnBrowser: library } = /** @type {Window & { SimpleWebAuthnBrowser?: Library }} */ (window);

for (const place of document.querySelectorAll('[data-webauthn]')) {
  if (place instanceof HTMLElement && library !== undefined) attend(place, library);
}

/**
 * @param {HTMLElement} place what to do (`create`, `get`, or `find` where nobody is known yet), options and words in its data
 * @param {Library} webauthn
 */
function attend(place, webauthn) {
  const { webauthn: task, options: json = '{}', words: wordsJson = '{}', by = '' } = place.dataset;
  /** @type {Record<string, string>} */
  const words = JSON.parse(wordsJson);
  const form = place.closest('form');
  const button = place.querySelector('button[data-start]');
  const status = place.querySelector('[data-status]');
  const trouble = place.querySelector('[data-trouble]');
  if (form === null || !(button instanceof HTMLButtonElement) || status === null || trouble === null) return;

  for (const without of place.querySelectorAll('[data-without]')) {
    if (without instanceof HTMLElement) without.hidden = true;
  }
  if (!webauthn.browserSupportsWebAuthn()) {
    for (const unable of place.querySelectorAll('[data-unable]')) {
      if (unable instanceof HTMLElement) unable.hidden = false;
    }
    return;
  }
  place.hidden = false;
  button.hidden = false;

  /** @param {string} name @param {string} value */
  const fill = (name, value) => {
    const input = place.querySelector(`input[name=${name}]`);
    if (input instanceof HTMLInputElement) input.value = value;
  };
  /** @param {boolean} quietly in the list that a field offers, not in a dialog */
  const ask = (quietly) => {
    const options = JSON.parse(json);
    return task === 'create'
      ? webauthn.startRegistration({ optionsJSON: /** @type {CreationOptions} */ (options) })
      : webauthn.startAuthentication({
          optionsJSON: /** @type {RequestOptions} */ (options),
          useBrowserAutofill: quietly,
        });
  };
  /** @param {object} answer */
  const send = (answer) => {
    fill('response', JSON.stringify(answer));
    fill('by', by);
    form.submit();
  };
  const listen = async () => {
    if (task !== 'find' || !(await webauthn.browserSupportsWebAuthnAutofill())) return;
    // Nobody asked for it yet, so there is nobody to tell what went wrong.
    ask(true).then(send, () => {});
  };

  button.addEventListener('click', async () => {
    trouble.textContent = '';
    status.textContent = words.touch ?? '';
    button.disabled = true;
    try {
      send(await ask(false));
    } catch (error) {
      status.textContent = '';
      trouble.textContent = words[error instanceof Error ? error.name : ''] ?? words.other ?? '';
      button.textContent = words.again ?? button.textContent;
      button.disabled = false;
      button.focus();
      await listen();
    }
  });

  if (task !== 'find') return;
  // What this device could set up, for a later page to offer.
  webauthn.platformAuthenticatorIsAvailable().then(
    (able) => fill('can', able ? by : ''),
    () => {},
  );
  listen();
}
