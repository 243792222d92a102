import { once } from 'node:events';
import { isIP } from 'node:net';
import type { Fields, Session } from 'smpp';
import type { NotTaken, Patience } from './carrier.ts';

export interface SmppSettings {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Certificates to trust instead of the system's, in PEM. */
  readonly ca?: string;
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
  /** Milliseconds between two questions whether the operator is still there. */
  readonly enquire: number;
}

/** A `command_status`, or why there is none. */
export type Reply = number | 'unwritten' | 'unanswered';

/** A connection to an operator that may send (SMPP 3.4, section 2.2: BOUND_TX). */
export interface SmppSession {
  /** Sends a request and waits for its response. */
  ask(command: string, fields: Fields): Promise<Reply>;
  /** Ends it at once. What was asked and not answered stays open. */
  drop(): void;
  /** Takes leave (`unbind`), then ends. */
  close(): Promise<void>;
}

export interface SessionParts extends Patience {
  readonly onClose: () => void;
}

const VERSION = 0x34;

/** Connects and binds as a transmitter. Nothing was sent when that fails. */
export async function openSession(settings: SmppSettings, parts: SessionParts): Promise<SmppSession | NotTaken> {
  const { host, port, tls, ca, systemId, password, systemType, enquire } = settings;
  const { deadline, onClose } = parts;
  const { default: smpp } = await import('smpp');
  const session = smpp.connect({
    host,
    port,
    tls,
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== undefined && { ca }),
  });
  session.on('error', () => session.destroy());
  const asked = new Set<() => void>();
  session.on('close', () => {
    onClose();
    for (const giveUp of asked) giveUp();
  });

  function ask(command: string, fields: Fields = {}): Promise<Reply> {
    const patience = deadline();
    return new Promise((resolve) => {
      const end = (reply: Reply) => {
        asked.delete(giveUp);
        patience.removeEventListener('abort', giveUp);
        resolve(reply);
      };
      const giveUp = () => end('unanswered');
      asked.add(giveUp);
      patience.addEventListener('abort', giveUp);
      const isWritten = session.send(new smpp.PDU(command, fields), ({ command_status }) => end(command_status));
      if (!isWritten) end('unwritten');
    });
  }

  try {
    await once(session, tls ? 'secureConnect' : 'connect', { signal: deadline() });
  } catch (error) {
    session.destroy();
    return unreachable(error);
  }
  answerRequests(session);
  const bound = await ask('bind_transmitter', {
    system_id: systemId,
    password,
    system_type: systemType,
    interface_version: VERSION,
  });
  if (bound !== 0) {
    session.destroy();
    return notBound(bound);
  }
  const beat = setInterval(async () => {
    if ((await ask('enquire_link')) !== 0) session.destroy();
  }, enquire).unref();
  session.once('close', () => clearInterval(beat));

  return {
    ask,
    drop() {
      onClose();
      session.destroy();
    },
    async close() {
      await ask('unbind');
      session.destroy();
    },
  };
}

/** The operator may ask, too: whether somebody is there, and for an end. */
function answerRequests(session: Session): void {
  session.on('enquire_link', (pdu) => session.send(pdu.response()));
  session.on('unbind', (pdu) => {
    session.send(pdu.response());
    session.close();
  });
}

function unreachable(error: unknown): NotTaken {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const isTimeout = code === 'ABORT_ERR';
  return {
    taken: false,
    reason: 'unreachable',
    detail: isTimeout ? 'timeout' : code,
    ...(!isTimeout && { again: 0 }),
  };
}

/** Name or password wrong, or not allowed to bind (SMPP 3.4, section 5.1.3). */
const refusals = [0x0d, 0x0e, 0x0f, 0x53];

function notBound(reply: Reply): NotTaken {
  if (typeof reply !== 'number') return { taken: false, reason: 'unreachable', detail: `SMPP bind ${reply}` };
  return {
    taken: false,
    reason: refusals.includes(reply) ? 'refused' : 'unreachable',
    detail: `SMPP bind 0x${reply.toString(16)}`,
  };
}
