// @ts-check
// Counts down where somebody has to wait. Counts from the moment the page came, so a wrong clock does no harm.

const arrived = performance.now();

for (const place of document.querySelectorAll('[data-wait]')) {
  if (!(place instanceof HTMLElement)) continue;
  const { wait, clock, over } = place.dataset;
  const total = Number(wait);
  const words = place.textContent ?? '';
  // A button that would be refused before then. Without this script the server says so.
  const held = document.getElementById(place.dataset.holds ?? '');

  const tick = () => {
    const left = Math.ceil(total - (performance.now() - arrived) / 1000);
    if (held instanceof HTMLButtonElement) held.disabled = left > 0;
    if (left <= 0) {
      // Seconds are not read out one by one; that they are over is.
      place.removeAttribute('aria-live');
      place.textContent = over ?? '';
      clearInterval(timer);
      return;
    }
    const minutes = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    place.textContent =
      clock === undefined ? words.replace(String(total), String(left)) : clock.replace('{time}', minutes);
    place.hidden = false;
  };
  const timer = setInterval(tick, 1000);
  tick();
}
