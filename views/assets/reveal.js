// @ts-check
// Shows and hides a password. Without scripts the button stays hidden.

for (const button of document.querySelectorAll('button[data-reveal]')) {
  if (!(button instanceof HTMLButtonElement)) continue;
  const input = document.getElementById(button.dataset.reveal ?? '');
  if (!(input instanceof HTMLInputElement)) continue;

  /** @param {boolean} shown */
  const show = (shown) => {
    input.type = shown ? 'text' : 'password';
    const { show: offer, hide, showLabel, hideLabel } = button.dataset;
    button.textContent = (shown ? hide : offer) ?? '';
    button.setAttribute('aria-label', (shown ? hideLabel : showLabel) ?? '');
  };
  button.addEventListener('click', () => show(input.type === 'password'));
  // A browser must save it as a password, not remember it as text.
  input.form?.addEventListener('submit', () => show(false));
  button.hidden = false;
}
