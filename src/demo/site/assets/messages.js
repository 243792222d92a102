// Shows messages as they come, in place of reloading.
async function refresh() {
  const answer = await fetch('/messages');
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [shown, current] = [document, page].map((one) => one.querySelector('.messages'));
  if (current !== null && current.textContent !== shown.textContent) {
    const opened = [...shown.querySelectorAll('details')].map(({ open }) => open).reverse();
    shown.replaceChildren(...current.childNodes);
    // The latest is first: what was open is found from the end.
    for (const [index, details] of [...shown.querySelectorAll('details')].reverse().entries())
      details.open = opened[index];
  }
}

setInterval(() => refresh().catch(() => {}), 2000);
