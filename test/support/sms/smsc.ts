import { once } from 'node:events';
import type { Server } from 'node:net';
import smpp, { type Pdu, type Session } from 'smpp';
import { type Provider, type Trouble, Troubles } from './provider.ts';

/** Values of `command_status` (SMPP 3.4, section 5.1.3). */
const statuses = { throttled: 0x58, unavailable: 0x14, broken: 0x08 } as const;
const WRONG_PASSWORD = 0x0e;
const NOT_BOUND = 0x04;
const WRONG_DESTINATION = 0x0b;

export interface Smsc extends Provider {
  /** Requests to send, a part each. */
  readonly submitted: readonly Pdu[];
  readonly binds: readonly Pdu[];
  /** Resolves when the next request of this kind comes. */
  coming(command: string): Promise<Pdu>;
  /** Those that are open. */
  sessions(): readonly Session[];
  /** A request of the operator's own. */
  request(command: string): Pdu;
  /** Stops answering to `enquire_link`. */
  deaf: boolean;
}

export interface SmscSettings {
  readonly systemId: string;
  readonly password: string;
  readonly port?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** An operator that takes messages over SMPP 3.4, and puts together those that come in parts. */
export async function startSmsc({ systemId, password, port = 0, tls }: SmscSettings): Promise<Smsc> {
  const troubles = new Troubles();
  const sessions = new Set<Session>();
  const submitted: Pdu[] = [];
  const binds: Pdu[] = [];
  const waiting = new Map<string, ((pdu: Pdu) => void)[]>();
  const taken: { to: string; text: string }[] = [];
  const parts = new Map<string, string[]>();

  function take(pdu: Pdu): void {
    const { message = '', udh } = pdu.short_message ?? {};
    const to = `+${pdu.destination_addr}`;
    const header = udh?.[0];
    if (header === undefined) return void taken.push({ to, text: message });
    const [, , reference, total = 0, number = 0] = header;
    const known = parts.get(`${to} ${reference}`) ?? [];
    known[number - 1] = message;
    parts.set(`${to} ${reference}`, known);
    if (known.filter((one) => one !== undefined).length === total) taken.push({ to, text: known.join('') });
  }

  function submit(session: Session, pdu: Pdu, isBound: boolean): void {
    submitted.push(pdu);
    const trouble: Trouble | undefined = troubles.take();
    if (!isBound) return void session.send(pdu.response({ command_status: NOT_BOUND }));
    if (trouble === 'throttled' || trouble === 'unavailable' || trouble === 'broken') {
      return void session.send(pdu.response({ command_status: statuses[trouble] }));
    }
    if (!/^\d{8,15}$/.test(pdu.destination_addr ?? '')) {
      return void session.send(pdu.response({ command_status: WRONG_DESTINATION }));
    }
    take(pdu);
    if (trouble === 'silent') return void troubles.fallSilent();
    if (trouble === 'cut') return void session.destroy();
    session.send(pdu.response({ message_id: String(submitted.length) }));
  }

  const smsc = { deaf: false };
  const server: Server = smpp.createServer(tls ?? {}, (session) => {
    let isBound = false;
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    session.on('error', () => session.destroy());
    session.on('pdu', (pdu: Pdu) => {
      for (const tell of waiting.get(pdu.command) ?? []) tell(pdu);
      waiting.delete(pdu.command);
    });
    session.on('bind_transmitter', (pdu: Pdu) => {
      binds.push(pdu);
      isBound = pdu.system_id === systemId && pdu.password === password;
      session.send(pdu.response(isBound ? { system_id: 'smsc' } : { command_status: WRONG_PASSWORD }));
    });
    session.on('submit_sm', (pdu: Pdu) => submit(session, pdu, isBound));
    session.on('enquire_link', (pdu: Pdu) => smsc.deaf || session.send(pdu.response()));
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response());
      session.close();
    });
  });
  server.on('tlsClientError', () => {});
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');

  return Object.assign(smsc, {
    host: '127.0.0.1',
    port: address.port,
    taken,
    submitted,
    binds,
    asked: () => troubles.asked,
    next: (...more: Trouble[]) => troubles.add(more),
    silence: () => troubles.silence(),
    coming: (command: string) =>
      new Promise<Pdu>((resolve) => waiting.set(command, [...(waiting.get(command) ?? []), resolve])),
    sessions: () => [...sessions],
    request: (command: string) => new smpp.PDU(command),
    async close() {
      for (const session of sessions) session.destroy();
      server.close();
      await once(server, 'close');
    },
  });
}
