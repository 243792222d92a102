import { expect } from 'chai';
import { drive } from './driver.ts';
import { kinds } from './figure.ts';
import { openSubject } from './subject.ts';

describe('the benchmark', () => {
  for (const kind of kinds) {
    for (const hashing of [true, false]) {
      it(`signs in (${kind}) and sees what that took, argon2 ${hashing ? 'included' : 'taken out'}`, async () => {
        const subject = await openSubject(kind, { hashing, accounts: 6 });
        const { requests, commands, executed, cpu, resident } = await drive(subject, 3).measure(6);
        await subject.close();

        expect(requests).to.equal(8);
        expect(commands).to.be.within(15, 60);
        expect(executed).to.be.within(15, 120);
        expect(cpu).to.be.greaterThan(0);
        expect(resident).to.be.greaterThan(20e6);
      });
    }
  }
});
