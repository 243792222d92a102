import type { Enrolment } from '../../domain/enrolment.ts';

/** What each sealed column is bound to: copied into another row, it does not open. */
export const enrolmentContext = ({ id, account, factor }: Pick<Enrolment, 'id' | 'account' | 'factor'>) =>
  JSON.stringify(['enrolment', id, account, factor]);
export const clientContext = (id: string) => JSON.stringify(['client', id]);
export const signingKeyContext = (id: string) => JSON.stringify(['signing-key', id]);
export const phoneContext = (account: string) => JSON.stringify(['phone', account]);

/** The purpose of the digest that an account is found by, given a number in E.164. */
export const PHONE = 'phone';
