// Shows the next code when the present one has passed.
const spaced = (code) => code.replace(/(?=...$)/, ' ');
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'medium' });

async function refresh() {
  const answer = await fetch('/codes');
  for (const [username, { code, until }] of Object.entries(await answer.json())) {
    const name = CSS.escape(username);
    for (const shown of document.querySelectorAll(`[data-code="${name}"]`)) shown.textContent = spaced(code);
    for (const time of document.querySelectorAll(`[data-until="${name}"]`)) {
      time.dateTime = new Date(until).toISOString();
      time.textContent = clock.format(until);
    }
  }
}

if (document.querySelector('[data-code]')) setInterval(() => refresh().catch(() => {}), 2000);
