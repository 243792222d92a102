// @ts-check
// Times as the clock on the visitor's wall shows them, and moments with their day.

// As elsewhere on the page, the day comes before the month.
const lang = document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang;
for (const time of document.querySelectorAll('time[data-local], time[data-moment]')) {
  if (!(time instanceof HTMLTimeElement)) continue;
  const day = time.hasAttribute('data-moment') ? /** @type {const} */ ({ dateStyle: 'long' }) : {};
  const clock = new Intl.DateTimeFormat(lang, { ...day, timeStyle: 'short', hourCycle: 'h23' });
  time.textContent = clock.format(new Date(time.dateTime));
}
