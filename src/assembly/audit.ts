import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Clock } from '../domain/clock.ts';
import type { AuditChain } from '../domain/ports.ts';
import { forgetOld } from '../flows/audit/forget-old.ts';
import { createSealer } from '../flows/audit/seal.ts';
import { every } from './every.ts';

/** Milliseconds between two looks at what is to be sealed, and at what is to be forgotten. */
const SEAL_PAUSE = 2_000;
const FORGET_PAUSE = 3_600_000;

export interface AuditParts {
  readonly chain: AuditChain;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Seals the audit log from now on, and forgets what is older than it is kept. The head of the chain goes to the log, where whoever
 * changes the database cannot change it.
 * @returns ends both
 */
export function startAudit({ audit }: Config, { chain, clock, logger }: AuditParts): () => Promise<void> {
  const seal = createSealer({ chain, clock });
  const stopSealing = every(
    SEAL_PAUSE,
    async () => {
      const done = await seal();
      if (done === undefined) return;
      const { seq, hmac } = done.head;
      logger.info({ sealed: done.sealed, head: `${seq}:${hmac}` }, 'audit log sealed');
    },
    logger,
  );
  const { retention } = audit;
  const stopForgetting =
    retention === undefined
      ? undefined
      : every(
          FORGET_PAUSE,
          async () => {
            const forgotten = await forgetOld({ chain, clock }, retention);
            if (forgotten > 0) logger.info({ forgotten }, 'old audit events forgotten');
          },
          logger,
        );
  return async () => {
    await stopSealing();
    await stopForgetting?.();
  };
}
