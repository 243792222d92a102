import { readFileSync } from 'node:fs';

const read = (name: string) => readFileSync(new URL(`../../../../test/support/tls/${name}`, import.meta.url), 'utf8');

/** A certificate for `localhost`, which nobody trusts unasked, and its key. In PEM. */
export const localhost = { cert: read('localhost.cert.pem'), key: read('localhost.key.pem') };
