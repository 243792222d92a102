import { randomInt } from 'node:crypto';
import type { Carrier, NotTaken, Outcome, Patience } from './carrier.ts';
import { partsOf } from './smpp-parts.ts';
import { openSession, type Reply, type SmppSession, type SmppSettings } from './smpp-session.ts';

export interface SmppSender {
  /** An alphanumeric sender, a number in E.164, or a short code. */
  readonly from: string;
}

/** Types and plans of addresses (SMPP 3.4, sections 5.2.5 and 5.2.6). */
const international = { ton: 1, npi: 1 } as const;
const alphanumeric = { ton: 5, npi: 0 } as const;
const shortCode = { ton: 3, npi: 0 } as const;

/** Throttled, or the operator's queue is full: tried again later. */
const later = [0x58, 0x14];
/** The operator holds this session for unbound: a new one may do. */
const NOT_BOUND = 0x04;
/** System error, unknown error: the operator may have the message. */
const doubtful = [0x08, 0xff];

/**
 * SMPP 3.4 over one connection, opened when the first message is sent and again when it was lost. The protocol knows no
 * idempotency key.
 */
export function smpp(settings: SmppSettings & SmppSender, { deadline }: Patience): Carrier {
  let current: Promise<SmppSession | NotTaken> | undefined;
  const forget = (one: typeof current) => {
    if (current === one) current = undefined;
  };

  function session(): Promise<SmppSession | NotTaken> {
    if (current !== undefined) return current;
    const opening = openSession(settings, { deadline, onClose: () => forget(opening) });
    current = opening;
    opening.then(
      (opened) => 'taken' in opened && forget(opening),
      () => forget(opening),
    );
    return opening;
  }

  return {
    name: 'smpp',
    idempotent: false,
    async attempt({ to, text }) {
      const opened = await session();
      if ('taken' in opened) return opened;
      const source = sourceOf(settings.from);
      for (const [index, part] of partsOf(text, randomInt(256)).entries()) {
        const reply = await opened.ask('submit_sm', {
          source_addr_ton: source.ton,
          source_addr_npi: source.npi,
          source_addr: source.address,
          dest_addr_ton: international.ton,
          dest_addr_npi: international.npi,
          destination_addr: to.slice(1),
          ...part,
        });
        if (reply === 'unanswered' || reply === 'unwritten' || reply === NOT_BOUND) opened.drop();
        if (reply !== 0) return outcomeOf(reply, index);
      }
      return { taken: true };
    },
    async close() {
      const opened = await current;
      if (opened !== undefined && 'close' in opened) await opened.close();
    },
  };
}

function sourceOf(from: string) {
  if (/^\+\d+$/.test(from)) return { ...international, address: from.slice(1) };
  return { ...(/^\d{3,8}$/.test(from) ? shortCode : alphanumeric), address: from };
}

/** @param sent parts that the operator has already: then the message must not be sent again, whatever became of this one */
function outcomeOf(reply: Reply, sent: number): Outcome {
  const detail = typeof reply === 'number' ? `SMPP 0x${reply.toString(16)}` : `SMPP ${reply}`;
  if (sent > 0 || reply === 'unanswered') return { taken: false, reason: 'unknown', detail };
  if (reply === 'unwritten' || reply === NOT_BOUND || later.includes(reply)) {
    return { taken: false, reason: 'unreachable', detail, again: 0 };
  }
  return { taken: false, reason: doubtful.includes(reply) ? 'unknown' : 'refused', detail };
}
