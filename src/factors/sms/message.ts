import type { Locale } from '../../domain/locale.ts';
import type { OutgoingText } from '../../domain/ports.ts';
import { Undelivered } from '../../domain/undelivered.ts';
import type { FactorNeeds } from '../needs.ts';

/** What it takes to send a code. */
export type MessageNeeds = Pick<FactorNeeds, 'textMessages' | 'words' | 'settings'>;

/** A code to send, in the language of who reads it. */
export interface CodeMessage extends Omit<OutgoingText, 'text'> {
  readonly locale: Locale;
  readonly code: string;
}

/**
 * Sends a code: the message says whose it is and warns, and its last line binds the code to this site ("origin-bound one-time
 * codes"), so that browsers offer to fill it in here and nowhere else.
 * @throws {Undelivered}
 */
export async function sendCode(needs: MessageNeeds, { locale, code, ...outgoing }: CodeMessage): Promise<void> {
  const { textMessages, words, settings } = needs;
  if (textMessages === undefined || words === undefined) throw new Undelivered('unreachable', 'no gateway');
  const { issuerName: site, issuerHost } = settings;
  const text = `${words(locale, 'factor.sms.message', { site, code })}\n\n@${issuerHost} #${code}`;
  await textMessages.send({ ...outgoing, text });
}
