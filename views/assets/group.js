// @ts-check
// Spaces between the groups of a recovery code while it is typed. The server takes it with or without them.

for (const input of document.querySelectorAll('input[data-group]')) {
  if (!(input instanceof HTMLInputElement)) continue;
  const size = Number(input.dataset.group);
  input.addEventListener('input', () => {
    // Somebody who mends a character in the middle must not have the caret jump to the end.
    if (input.selectionStart !== input.value.length) return;
    const characters = input.value.replace(/[\s-]/g, '');
    const groups = characters.match(new RegExp(`.{1,${size}}`, 'gu')) ?? [];
    input.value = groups.join(' ');
  });
}
