// @ts-check
// Buttons that copy what they carry, and say that they did. Browsers offer the clipboard to secure pages alone.

const SAID_FOR = 2000;

for (const button of document.querySelectorAll('button[data-copy]')) {
  if (!(button instanceof HTMLButtonElement) || navigator.clipboard === undefined) continue;
  const label = button.textContent ?? '';
  const status = document.createElement('span');
  status.className = 'hidden';
  status.setAttribute('role', 'status');
  button.after(status);

  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy ?? '');
    const done = button.dataset.done ?? label;
    button.textContent = done;
    status.textContent = done;
    setTimeout(() => {
      button.textContent = label;
      status.textContent = '';
    }, SAID_FOR);
  });
  button.hidden = false;
}
