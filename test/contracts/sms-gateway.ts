import { expect } from 'chai';
import type { Carrier } from '../../src/delivery/sms/carrier.ts';
import { reliable } from '../../src/delivery/sms/reliable.ts';
import { Undelivered, type UndeliveredReason } from '../../src/domain/undelivered.ts';
import { rejection } from '../support/rejection.ts';
import type { Provider } from '../support/sms/provider.ts';

export interface SmsGatewaySetting {
  readonly provider: Provider;
  /** Speaks to the provider; at another port or with another secret where those are given. */
  carrier(other?: { readonly port?: number; readonly secret?: string; readonly deadline?: () => AbortSignal }): Carrier;
  readonly secret: string;
  close(): Promise<void>;
}

const message = { to: '+31612345678', text: 'Your code is 123456.\n\n@id.example.com #123456', id: 'one-message' };
const wrongNumber = { ...message, to: '+31' };

/** What every gateway does with a provider that behaves as its published API says. */
export function smsGatewayContract(open: () => Promise<SmsGatewaySetting>): void {
  describe('as SmsGateway', () => {
    let setting: SmsGatewaySetting;
    let provider: Provider;
    let pauses: number[];

    beforeEach(async () => {
      setting = await open();
      ({ provider } = setting);
      pauses = [];
    });
    afterEach(() => setting.close());

    const pause = async (milliseconds: number) => pauses.push(milliseconds);
    const gateway = (other: Parameters<SmsGatewaySetting['carrier']>[0] = {}) => {
      const carrier = setting.carrier(other);
      return { ...reliable(carrier, { retries: 2, pause }), close: async () => carrier.close?.() };
    };

    /** The reason it is not sent for. Whatever that is, it must not give anything away. */
    async function refusal(sending: Promise<void>, secret = setting.secret): Promise<UndeliveredReason> {
      const error = await rejection(sending);
      if (!(error instanceof Undelivered)) throw error;
      const said = [error.message, error.stack, JSON.stringify(error), String(error.cause)].join('\n');
      for (const hidden of [secret, message.to.slice(1), message.text, '123456']) expect(said).to.not.contain(hidden);
      expect(error.detail).to.match(/^.{3,60}$/);
      return error.reason;
    }

    it('hands a message over, once', async () => {
      await gateway().send(message);
      expect(provider.taken).to.deep.equal([{ to: message.to, text: message.text }]);
      expect(provider.asked()).to.equal(1);
    });

    it('keeps every character, and a text that is longer than one message', async () => {
      const texts = [
        'Uw code is 123456 – é€ì{}[]~\\|^',
        'Ваш код 123456 😀',
        `${'a'.repeat(200)}€`,
        `${'ж'.repeat(100)}😀`,
      ];
      for (const text of texts) await gateway().send({ ...message, text, id: `message-${text.length}` });
      expect(provider.taken.map(({ text }) => text)).to.deep.equal(texts);
    });

    it('sends each of many messages at once', async () => {
      const all = Array.from({ length: 30 }, (_, index) => ({ ...message, text: `message ${index}`, id: `${index}` }));
      const one = gateway();
      await Promise.all(all.map((each) => one.send(each)));
      expect(provider.taken.map(({ text }) => text)).to.have.members(all.map(({ text }) => text));
    });

    it('tries again what was not taken for now, after ever longer pauses', async () => {
      provider.next('throttled', 'unavailable');
      await gateway().send(message);
      expect(provider.taken).to.have.length(1);
      expect(provider.asked()).to.equal(3);
      expect(pauses).to.have.length(2);
      expect(pauses[0]).to.be.within(125, 250);
      expect(pauses[1]).to.be.within(250, 500);
    });

    it('gives up after as many tries as are set', async () => {
      provider.next('throttled', 'throttled', 'throttled');
      expect(await refusal(gateway().send(message))).to.equal('unreachable');
      expect(provider.asked()).to.equal(3);
      expect(provider.taken).to.have.length(0);
    });

    it('does not try again what was refused', async () => {
      expect(await refusal(gateway().send(wrongNumber))).to.equal('refused');
      expect(provider.asked()).to.equal(1);
    });

    it('does not try again with a secret that is wrong', async () => {
      expect(await refusal(gateway({ secret: 'wr0ng' }).send(message), 'wr0ng')).to.equal('refused');
      expect(pauses).to.have.length(0);
      expect(provider.taken).to.have.length(0);
    });

    for (const trouble of ['silent', 'cut'] as const) {
      it(`never sends a second time what may have been taken: ${trouble}`, async () => {
        provider.next(trouble);
        const patience = new AbortController();
        provider.silence().then(() => patience.abort());
        expect(await refusal(gateway({ deadline: () => patience.signal }).send(message))).to.equal('unknown');
        expect(provider.asked()).to.equal(1);
        expect(provider.taken).to.have.length(1);
        await gateway().send({ ...message, id: 'another' });
        expect(provider.taken).to.have.length(2);
      });
    }

    it('never sends a second time after an error inside the provider', async () => {
      provider.next('broken');
      expect(await refusal(gateway().send(message))).to.equal('unknown');
      expect(provider.asked()).to.equal(1);
    });

    it('tries again while nobody listens: nothing was sent', async () => {
      const { port } = provider;
      await setting.close();
      expect(await refusal(gateway({ port }).send(message))).to.equal('unreachable');
      expect(pauses).to.have.length(2);
    });

    it('ends its connections', async () => {
      const one = gateway();
      await one.close();
      await one.send(message);
      await one.close();
      await one.close();
      expect(provider.taken).to.have.length(1);
    });
  });
}
