import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { FailureCode } from '../../src/domain/failure.ts';
import { locales } from '../../src/domain/locale.ts';
import { refusals } from '../../src/domain/step.ts';
import { toldEvents } from '../../src/flows/account/activity.ts';
import { roles } from '../../src/flows/administration/actor.ts';
import { refusalCodes } from '../../src/flows/administration/refusal.ts';
import { organizationWarnings } from '../../src/flows/administration/shapes/organization.ts';
import { notices } from '../../src/flows/notices/notice-of.ts';
import { said, sections } from '../../src/web/admin/part.ts';
import { createTexts, keysOf } from '../../src/web/texts.ts';
import { templates, viewsDirectory } from '../../src/web/views.ts';

const directory = viewsDirectory();
const texts = createTexts([directory]);
const trees = locales.map((locale) => JSON.parse(readFileSync(join(directory, 'texts', `${locale}.json`), 'utf8')));
const sources = templates(directory).map(({ name, file }) => ({ name, source: readFileSync(file, 'utf8') }));

const failures: Readonly<Record<FailureCode, true>> = {
  'not-found': true,
  forbidden: true,
  'interaction-expired': true,
  'foreign-origin': true,
  'foreign-host': true,
  'malformed-body': true,
  'body-too-large': true,
  'unsupported-media-type': true,
  'method-not-allowed': true,
  busy: true,
  unavailable: true,
  internal: true,
};

describe('texts', () => {
  it('has the same keys in every language', () => {
    const [english, dutch] = trees.map((tree) => keysOf(tree).sort());
    expect(dutch).to.deep.equal(english);
  });

  it('names the same values in every language', () => {
    const placeholders = (tree: object, key: string) => {
      const text = key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], tree);
      return [...String(text).matchAll(/{{(\w+)}}/g)].map(([, name]) => name).sort();
    };
    for (const key of keysOf(trees[0])) {
      const [english, dutch] = trees.map((tree) => placeholders(tree, key));
      expect(dutch, key).to.deep.equal(english);
    }
  });

  it('has every text that a template names', () => {
    for (const { name, source } of sources) {
      for (const [, key = ''] of source.matchAll(/it\.(?:t|strong)\('([^']+)'/g)) {
        expect(texts.has(key), `${name}: ${key}`).to.equal(true);
      }
    }
  });

  it('has words for every event that people are told of', () => {
    for (const type of toldEvents) expect(texts.has(`account.event.${type.replace('.', '-')}`), type).to.equal(true);
  });

  it('has a mail for every notice, and one of everything that people change on their own page', () => {
    for (const notice of Object.values(notices)) {
      for (const part of ['subject', 'title', 'body', 'after']) {
        expect(texts.has(`mail.notice.${notice}.${part}`), `${notice} ${part}`).to.equal(true);
      }
    }
    const changes = toldEvents.filter((type) => /^(?:account\.|factor\.(?!wrong))|^password\.changed/.test(type));
    expect(notices).to.include.all.keys(...changes);
  });

  it('has no text that nothing names', () => {
    const code = readFileSync(new URL(import.meta.resolve('#root/src/web/render.ts')), 'utf8');
    const all = [code, ...sources.map(({ source }) => source)].join('\n');
    const byPattern =
      /^(?:language$|wizard\.\d$|site\.|scope\.|account\.(?:profile|said|event|methods\.demanded)\.[\w-]+$|failure\.|mail\.(?:notice\.)?[\w-]+\.(?:subject|title|body|button|after)$|mail\.(?:greeting|foot)$|mail\.fact\.|webauthn\.trouble\.|refused\.\w[\w-]*\.|problem\.|field\.\w+\.(?:malformed|wrong|too-short|too-long|weak|breached|same|limited|declined)$|password\.new\.title-|factor\.[\w-]+\.(?:label|needs|in-sentence|renew$|message$|code-\d|problem\.|offer\.|keys\.|trouble\.))/;
    const ofTheConsole =
      /^admin\.(?:section|about|role|may|overview|said|refusal|fault|field|hint|acr|first|invite|warning|act|act-hint|act-do|handed|kind|kind-hint|administers|client-state|client-act|claim|refused|audit|keys\.is)\.[\w-]+$/;
    const unused = keysOf(trees[0])
      .map((key) => key.replace(/_(?:zero|one|other)$/, ''))
      .filter((key) => !byPattern.test(key) && !ofTheConsole.test(key) && !all.includes(`'${key}'`));
    expect(unused).to.deep.equal([]);
  });

  it('has words for everything that the console says of a change', () => {
    const of = (group: string, names: readonly string[]) => names.map((name) => `admin.${group}.${name}`);
    const keys = [
      ...of('refusal', [...refusalCodes, 'stale']),
      ...of('said', said),
      ...of('section', sections),
      ...of('about', sections),
      ...of('role', roles),
      ...of('overview', roles),
      ...of('may', roles),
      ...of('warning', organizationWarnings),
    ];
    expect(keys.filter((key) => !texts.has(key))).to.deep.equal([]);
  });

  it('says in plain words what failed, for every code of ours and those of OpenID Connect that a person may meet', () => {
    const protocol = [
      'invalid_request',
      'invalid_client',
      'invalid_redirect_uri',
      'session_not_found',
      'access_denied',
    ];
    for (const code of [...Object.keys(failures), ...protocol, 'unknown']) {
      expect(texts.has(`failure.${code}.title`), code).to.equal(true);
      expect(texts.has(`failure.${code}.do`), code).to.equal(true);
    }
  });

  it('has a text for every way in which a step can fail', () => {
    const codes = [
      'wrong',
      'malformed',
      'expired',
      'refused',
      'undelivered',
      'pending',
      'stale',
      'changed',
      'throttled',
    ];
    for (const code of [...codes, 'not-offered', 'unknown']) expect(texts.has(`problem.${code}`), code).to.equal(true);
  });

  it('says why a sign-in cannot go on, and what to do', () => {
    const keys = refusals.flatMap((refusal) => ['title', 'lead', 'do'].map((part) => `refused.${refusal}.${part}`));
    expect(keys.filter((key) => !texts.has(key))).to.deep.equal([]);
  });

  it('fills in values, and chooses between one and more', () => {
    expect(texts.text('nl', 'common.to-client', { client: 'Facturen' })).to.equal('om door te gaan naar Facturen');
    expect(texts.text('en', 'codes-low.title', { count: 0 })).to.equal('That was your last recovery code');
    expect(texts.text('en', 'codes-low.title', { count: 1 })).to.equal('You have one recovery code left');
    expect(texts.text('en', 'codes-low.title', { count: 2 })).to.equal('You have 2 recovery codes left');
  });

  it('leaves escaping to the template, and reads no key from a value', () => {
    expect(texts.text('en', 'common.to-client', { client: '<b> {{x}} $t(common.back)' })).to.equal(
      'to continue to <b> {{x}} $t(common.back)',
    );
  });

  it('takes the first key that exists', () => {
    expect(texts.text('en', ['factor.totp.problem.wrong', 'problem.wrong'])).to.contain('app shows now');
    expect(texts.text('en', ['factor.none.problem.wrong', 'problem.wrong'])).to.contain('That is not right');
  });

  it("puts a deployment's own words in place, in one language alone", () => {
    const own = createTexts([directory], { nl: { 'common.sign-in': 'Aanmelden' } });
    expect(own.text('nl', 'common.sign-in')).to.equal('Aanmelden');
    expect(own.text('en', 'common.sign-in')).to.equal('Sign in');
    expect(texts.text('nl', 'common.sign-in')).to.equal('Inloggen');
  });

  it('refuses words for a text that does not exist', () => {
    const faulty = () => createTexts([directory], { en: { 'common.sing-in': 'x' }, nl: { nothing: 'y' } });
    expect(faulty).to.throw('common.sing-in, nothing');
  });
});
