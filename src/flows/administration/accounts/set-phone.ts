import { z } from 'zod';
import { act } from '../act.ts';
import { governedAccount } from '../reach.ts';
import { invalid, Refusal } from '../refusal.ts';
import { phone } from '../shapes/account.ts';
import { id } from '../shapes/values.ts';
import { reachAt } from './phone.ts';
import { phoneOf } from './view.ts';

export const setPhone = act({
  name: 'account.set-phone',
  summary:
    'Enters the mobile number that codes go to, in place of any other. It is unconfirmed until its owner signs in with it.',
  role: 'accountant',
  scope: 'accounts:write',
  reads: false,
  input: z.strictObject({
    id,
    number: z.string().max(100).describe('As it is written: with its country code, or with `country`.'),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'malformed')
      .describe('ISO 3166-1 alpha-2.')
      .exactOptional(),
  }),
  output: z.strictObject({ phone: phone.nullable().describe('Where codes go from now on.') }),
  run: async (needs, actor, { id: wanted, number: typed, country }) => {
    const { value } = await governedAccount(needs, actor, wanted);
    const read = await needs.factors.find(({ readNumber }) => readNumber !== undefined)?.readNumber?.(typed, country);
    if (read === undefined) throw new Refusal('not-possible');
    if ('fault' in read) throw invalid('number', read.fault);
    await reachAt(needs, actor, { account: value, number: read.number });
    return { phone: await phoneOf(needs, await needs.enrolments.of(wanted)) };
  },
});
