import { comparable } from '../../domain/comparable.ts';
import type { Factor, Form } from '../../domain/factor.ts';
import type { FactorNeeds } from '../needs.ts';

/** In characters, beyond which an answer is not looked at. A new password is held to less; an imported one may be longer. */
const LONGEST = { username: 320, password: 1024, office: 100 };

/** The id of no organization. */
const NOWHERE = '';

/**
 * Username and password, and the office code where it is asked for.
 * An unknown office, an unknown name, a disabled account and a wrong password are told apart by nothing: each of them
 * is `wrong` after one `verifyPassword` (with the field `office` when that was left empty, whatever else was right). Wrong ones are slowed down, never counted towards a block.
 */
export function password({
  accounts,
  organizations,
  settings,
}: Pick<FactorNeeds, 'accounts' | 'organizations' | 'settings'>): Factor {
  async function asksOffice(): Promise<boolean> {
    if (settings.officeCode === 'automatic') return (await organizations.howMany()) > 1;
    return settings.officeCode === 'always';
  }

  async function find(username: string, office: string | undefined) {
    if (office === undefined) return accounts.byName(username);
    if (office.trim() === '') return accounts.byName(username, null);
    const organization = await organizations.byCode(office);
    // Looked for also in an office that there is not: the same work for every answer.
    return accounts.byName(username, organization?.id ?? NOWHERE);
  }

  return {
    name: 'password',
    role: 'first',
    phishingResistant: false,
    guessable: true,
    identification: {
      stateless: true,

      // The same name in another office is somebody else, whose right password forgives nothing here.
      async claimed({ username = '', office = '' }) {
        const typed = [username.slice(0, LONGEST.username)];
        if (await asksOffice()) typed.push(office.slice(0, LONGEST.office));
        return JSON.stringify(typed.map(comparable));
      },

      async start() {
        return { remember: undefined, show: { askOffice: await asksOffice() } };
      },

      async finish(_subject, _state, answer) {
        const askOffice = await asksOffice();
        const field = malformed(answer, askOffice);
        if (field !== undefined) return { ok: false, reason: 'malformed', field };

        const { username = '', password = '', office = '' } = answer;
        const found = await find(username, askOffice ? office : undefined);
        // A right password costs less work than a wrong one: that of a disabled account must not be told by it.
        const account = found?.disabled ? undefined : found;
        const right = await accounts.verifyPassword(account, password);
        if (!right || account === undefined) {
          return { ok: false, reason: 'wrong', ...(askOffice && office.trim() === '' && { field: 'office' }) };
        }
        return { ok: true, secret: undefined, amr: ['pwd'], account };
      },
    },

    /** For somebody who is known by something else than their password. */
    authentication: {
      stateless: true,
      start: async () => ({ remember: undefined, show: {} }),
      async finish({ account }, _state, { password = '' }) {
        if (!isPassword(password)) return { ok: false, reason: 'malformed', field: 'password' };
        if (!(await accounts.verifyPassword(account, password))) return { ok: false, reason: 'wrong' };
        return { ok: true, secret: undefined, amr: ['pwd'] };
      },
    },
  };
}

/** The first field that cannot be right: empty, absurdly long, or a name with control characters, which stores refuse. */
function malformed({ username = '', password = '', office = '' }: Form, askOffice: boolean) {
  if (!isName(username, LONGEST.username)) return 'username';
  if (!isPassword(password)) return 'password';
  // People of the whole deployment have no office, and leave it empty.
  if (askOffice && office.trim() !== '' && !isName(office, LONGEST.office)) return 'office';
  return undefined;
}

function isPassword(typed: string): boolean {
  return typed !== '' && typed.length <= LONGEST.password;
}

function isName(typed: string, longest: number): boolean {
  return typed.trim() !== '' && typed.length <= longest && !/\p{Control}/u.test(typed.trim());
}
