// @ts-check
// Times as the clock on the visitor's wall shows them.

for (const time of document.querySelectorAll('time[data-local]')) {
  if (!(time instanceof HTMLTimeElement)) continue;
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'short', hourCycle: 'h23' });
  time.textContent = clock.format(new Date(time.dateTime));
}
