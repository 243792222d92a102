import type { Clock } from '../../domain/clock.ts';
import type { SmsGateway, TextMessage } from '../../domain/ports.ts';

export interface OutboxMessage extends TextMessage {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}

/** Sends nothing and keeps everything, for demonstrations and tests. */
export interface Outbox extends SmsGateway {
  /** The latest first. */
  messages(): readonly OutboxMessage[];
}

/** Messages kept; the oldest make room. */
const MOST = 100;

export function createOutbox(clock: Clock): Outbox {
  let kept: readonly OutboxMessage[] = [];
  return {
    name: 'outbox',
    async send(message) {
      kept = [{ ...message, at: clock.now() }, ...kept].slice(0, MOST);
    },
    messages: () => kept,
  };
}
