// @ts-check
// Recovery codes as a file or on paper.

for (const button of document.querySelectorAll('button[data-download]')) {
  if (!(button instanceof HTMLButtonElement)) continue;
  button.addEventListener('click', () => {
    const address = URL.createObjectURL(new Blob([button.dataset.text ?? ''], { type: 'text/plain;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = button.dataset.download ?? '';
    link.click();
    URL.revokeObjectURL(address);
  });
  button.hidden = false;
}

for (const button of document.querySelectorAll('button[data-print]')) {
  if (!(button instanceof HTMLButtonElement)) continue;
  button.addEventListener('click', () => window.print());
  button.hidden = false;
}
