import type { SmsGateway, TextMessage } from '../../src/domain/ports.ts';

/** Everybody's phone: a gateway that delivers to whoever looks, or fails as it is told to. */
export class Phones implements SmsGateway {
  readonly name = 'phones';
  /** Oldest first. */
  readonly messages: TextMessage[] = [];
  /** Why nothing is sent, as long as it is set. */
  failure: Error | undefined;

  async send(message: TextMessage): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    this.messages.push(message);
  }

  /** The messages at one number, oldest first. */
  at(number: string): readonly TextMessage[] {
    return this.messages.filter(({ to }) => to === number);
  }

  /** The code of the last message at a number, as browsers read it off the last line; empty when there is none. */
  code(number: string): string {
    return /#(\d{6})$/.exec(this.at(number).at(-1)?.text ?? '')?.[1] ?? '';
  }

  /** Six digits that no message of this number has. */
  wrongCode(number: string): string {
    const sent = this.at(number).map(({ text }) => text.slice(-6));
    return ['000000', '111111', '222222', '333333', '444444'].find((code) => !sent.includes(code)) ?? '';
  }
}
