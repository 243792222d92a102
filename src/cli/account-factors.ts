import type { z } from 'zod';
import { endSessionsOf } from '../flows/administration/accounts/end-sessions.ts';
import { givePermitTo } from '../flows/administration/accounts/give-permit.ts';
import { liftBlock as liftBlockOf } from '../flows/administration/accounts/lift-block.ts';
import { removePhone as removePhoneOf } from '../flows/administration/accounts/remove-phone.ts';
import { resetFactors as resetFactorsOf } from '../flows/administration/accounts/reset-factors.ts';
import { setPhone as setPhoneOf } from '../flows/administration/accounts/set-phone.ts';
import { startPasswordReset as startReset } from '../flows/administration/accounts/start-password-reset.ts';
import type { Act } from '../flows/administration/act.ts';
import { confirm } from './confirm.ts';
import { answer, perform, withPerson } from './person.ts';
import type { Run } from './resource-commands.ts';

/** An act on one person that says no more than that it was done. */
function doing<Output extends z.ZodType>(
  act: Act<z.ZodType, Output>,
  said: (output: z.output<Output>, username: string) => string,
  warning?: (username: string) => string,
): Run {
  return (config, terminal, asked) =>
    withPerson(config, terminal, {
      asked,
      async work(on) {
        const { id, username } = on.account;
        if (warning !== undefined) {
          await confirm(terminal, { warning: warning(username), name: username, yes: asked.yes === true });
        }
        const output = await perform(on, act, { id });
        answer(terminal, asked, { value: Object(output), text: said(output, username) });
      },
    });
}

const handedOver = ({ code, until }: { code: string; until: number }, username: string) =>
  `${code}  until ${new Date(until).toISOString()}, once, for ${username} alone`;

export const permit = doing(givePermitTo, handedOver);
export const resetFactors = doing(
  resetFactorsOf,
  handedOver,
  (username) => `This takes away every second factor and recovery code of ${username}, for good.`,
);
export const liftBlock = doing(liftBlockOf, (_, username) => `${username} is not blocked`);
export const removePhone = doing(
  removePhoneOf,
  (_, username) => `${username} has no number`,
  (username) => `This deletes the mobile number of ${username}, for good.`,
);
export const startPasswordReset = doing(startReset, (_, username) => `A link to a new password goes to ${username}`);
export const endSessions = doing(endSessionsOf, (_, username) => `${username} is signed out everywhere`);

export const setPhone: Run = (config, terminal, asked) =>
  withPerson(config, terminal, {
    asked,
    async work(on) {
      const { number, country } = asked;
      const given = {
        id: on.account.id,
        number,
        ...(country !== undefined && { country: String(country).toUpperCase() }),
      };
      const output = await perform(on, setPhoneOf, given);
      answer(terminal, asked, { value: output, text: `${output.phone?.masked}, not confirmed yet` });
    },
  });
