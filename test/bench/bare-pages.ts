import { hash, verify } from '@node-rs/argon2';
import type { Redis } from 'ioredis';
import type { Context, Middleware } from 'koa';
import type { Provider } from 'oidc-provider';
import { verify as verifyCode } from 'otplib';
import { benchAccount, benchAccountNamed } from './account.ts';
import { hashCosts } from './hash-costs.ts';

interface Needs {
  readonly provider: Provider;
  readonly redis: Redis;
  /** Whether a password's hash costs what it should, or hardly anything. */
  readonly hashing: boolean;
}

/** The sign-in pages of the bare server: a password, then a code. They have no protection of any kind; they are there to be measured. */
export async function barePages({ provider, redis, hashing }: Needs): Promise<Middleware> {
  const isRight = await passwordCheck(hashing);
  return async (context, next) => {
    if (!context.path.startsWith('/interaction/')) return next();
    const { uid, returnTo } = await provider.interactionDetails(context.req, context.res);
    const key = `sign-in:${uid}`;
    const username = await redis.get(key);
    if (context.method === 'GET') {
      const fields = username === null ? '<input name="username"><input name="password">' : '<input name="code">';
      return show(context, `<form action="${context.path}" method="post">${fields}<button>Sign in</button></form>`);
    }

    const form = await readForm(context);
    if (username === null) {
      const account = benchAccountNamed(form.get('username') ?? '');
      if (account === undefined || !(await isRight(form.get('password') ?? ''))) return context.throw(422);
      await redis.set(key, account.username, 'EX', 3600);
      context.status = 303;
      return context.redirect(context.path);
    }

    const secret = benchAccountNamed(username)?.totp ?? '';
    // As Sluis does: a code lasts one step longer, for clocks drift.
    const { valid } = await verifyCode({ token: form.get('code') ?? '', secret, epochTolerance: 30 });
    if (!valid) return context.throw(422);
    const result = { login: { accountId: username, acr: 'mfa', amr: ['pwd', 'otp', 'mfa'] } };
    await Promise.all([redis.del(key), provider.interactionResult(context.req, context.res, result)]);
    show(context, `<meta http-equiv="refresh" content="0;url=${returnTo}">`);
  };
}

async function passwordCheck(hashing: boolean): Promise<(typed: string) => Promise<boolean>> {
  const { password } = benchAccount(0);
  const { memory, iterations, parallelism } = hashCosts(hashing);
  const encoded = await hash(password, { memoryCost: memory, timeCost: iterations, parallelism });
  return (typed) => verify(encoded, typed);
}

async function readForm(context: Context): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of context.req) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

function show(context: Context, html: string): void {
  context.type = 'html';
  context.body = `<!doctype html><title>Sign in</title>${html}`;
}
