import type { Enrolment } from '../../domain/enrolment.ts';

/** What each sealed column is bound to: copied into another row, it does not open. */
export const enrolmentContext = ({ id, account, factor }: Pick<Enrolment, 'id' | 'account' | 'factor'>) =>
  JSON.stringify(['enrolment', id, account, factor]);
export const clientContext = (id: string) => JSON.stringify(['client', id]);
export const formerSecretContext = (id: string) => JSON.stringify(['former-secret', id]);
export const signingKeyContext = (id: string) => JSON.stringify(['signing-key', id]);
export const auditChainContext = (id: string) => JSON.stringify(['audit-chain', id]);
export const mailContext = (id: string) => JSON.stringify(['mail', id]);
export const answerContext = (id: string) => JSON.stringify(['answer', id]);
export const lookupContext = ({ id, account, factor }: Pick<Enrolment, 'id' | 'account' | 'factor'>) =>
  JSON.stringify(['lookup', id, account, factor]);

/** The purpose of the digest that an enrolment is found by. */
export const LOOKUP = 'lookup';

/** The id of the one chain. */
export const CHAIN = 'chain';
