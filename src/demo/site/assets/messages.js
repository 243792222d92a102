// Shows messages as they come, in place of reloading.
async function refresh() {
  const answer = await fetch('/messages');
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [shown, current] = [document, page].map((one) => one.querySelector('.messages'));
  if (current !== null && current.textContent !== shown.textContent) shown.replaceChildren(...current.childNodes);
}

setInterval(() => refresh().catch(() => {}), 2000);
