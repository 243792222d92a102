import type { Reason } from '../flows/import/index.ts';

/** What each reason means, for whoever wrote the file. */
export const reasonTexts: Readonly<Record<Reason, string>> = {
  'too-long': 'longer than 64 KiB',
  'not-utf8': 'not UTF-8',
  'not-json': 'not JSON',
  'unknown-type': 'type is not organization, account or client',
  'unknown-field': 'there is no such field',
  missing: 'is missing',
  malformed: 'is not what it should be',
  'password-and-hash': 'either password or passwordHash, not both',
  'unknown-scheme': 'neither argon2, bcrypt, scrypt nor PBKDF2',
  'too-costly': 'would take too much time or memory to check',
  'redirect-uri': 'a redirect URI has no fragment and no wildcard',
  'not-native': 'must be native for a redirect URI with a scheme of its own',
  'not-used': 'serves no purpose with this token_endpoint_auth_method',
  'pkce-needed': 'only a client with a secret or a key can do without',
  'private-key': 'holds a private key: only the public one belongs here',
  'unknown-organization': 'no organization has this code, neither in the file nor in the database',
  'unknown-factor': 'there is no such method, or it cannot be imported',
  unusable: 'nobody could use this',
  repeated: 'an earlier line has it, too',
  taken: 'belongs to another already',
};
