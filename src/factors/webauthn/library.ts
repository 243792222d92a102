import type * as Server from '@simplewebauthn/server';
import type * as Parts from '@simplewebauthn/server/helpers';

/**
 * SimpleWebAuthn. Loaded when somebody is first asked for a key: it takes a good part of a second and 25 MB, which a process
 * without keys, or a command, should not spend.
 */
export async function library(): Promise<typeof Server & typeof Parts> {
  const [server, parts] = await Promise.all([
    import('@simplewebauthn/server'),
    import('@simplewebauthn/server/helpers'),
  ]);
  return { ...server, ...parts };
}
