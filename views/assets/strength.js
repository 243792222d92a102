// Tells how hard the typed password is to guess, as the server will judge it. What it needs for that is large, and fetched when
// somebody begins to type. Nothing of the password leaves the page before it is posted.
const SCRIPTS = new Map();

/** @param {string} src */
function load(src) {
  const loading =
    SCRIPTS.get(src) ??
    new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement('script'), { src });
      script.addEventListener('load', resolve);
      script.addEventListener('error', reject);
      document.head.append(script);
    });
  SCRIPTS.set(src, loading);
  return loading;
}

/** @param {string[]} parts */
async function estimator(parts) {
  // The first one makes the place that the others put themselves in.
  for (const part of parts) await load(part);
  const all = Reflect.get(window, 'zxcvbnts');
  const [common, english, dutch] = ['language-common', 'language-en', 'language-nl-be'].map((name) => all[name]);
  return new all.core.ZxcvbnFactory({
    graphs: common.adjacencyGraphs,
    dictionary: { ...common.dictionary, ...english.dictionary, ...dutch.dictionary },
    l33tMaxSubstitutions: 4,
  });
}

const PART = 40;

for (const meter of document.querySelectorAll('[data-strength]')) {
  if (!(meter instanceof HTMLElement)) continue;
  const { strength: field = '', parts = '', about = '[]', shortest, longest, ...words } = meter.dataset;
  const input = document.getElementById(field);
  const word = meter.querySelector('.strength-word');
  if (!(input instanceof HTMLInputElement) || word === null) continue;
  const known = JSON.parse(about);
  /** @type {Promise<{ check(password: string, about: string[]): { score: number } }> | undefined} */
  let loading;

  /** @param {string} typed */
  const judge = async (typed) => {
    const { length } = [...typed];
    if (length < Number(shortest)) return { score: 0, text: words.tooShort };
    if (length > Number(longest)) return { score: 0, text: words.tooLong };
    loading ??= estimator(parts.split(' '));
    const zxcvbn = await loading;
    const pieces = typed.length <= PART ? [typed] : [typed.slice(0, PART), typed.slice(-PART)];
    const score = Math.max(...pieces.map((piece) => zxcvbn.check(piece, known).score));
    return { score: Math.max(score, 1), text: score >= 4 ? words.strong : score === 3 ? words.fair : words.weak };
  };

  const show = async () => {
    const typed = input.value;
    meter.hidden = typed === '';
    if (typed === '') return;
    const { score, text = '' } = await judge(typed);
    // Meanwhile more may have been typed.
    if (typed !== input.value) return;
    meter.dataset.score = String(score);
    if (word.textContent !== text) word.textContent = text;
  };

  let waiting = 0;
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => show().catch(() => {}), 150);
  });
}
