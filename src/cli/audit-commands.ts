import { type Command, InvalidArgumentError } from 'commander';
import type { Config } from '../config.ts';
import type { ChainPlace } from '../domain/audit-chain.ts';
import type { AuditOptions, ListOptions } from './audit.ts';
import type { Terminal } from './terminal.ts';

const examples = `
Examples:
  sluis audit list --office UTRECHT --type factor.
  sluis audit export --from 2026-01-01 --until 2026-02-01 > january.jsonl
  sluis audit verify --head 81234:mP5cXw…          the head from a line of the log`;

/** `sluis audit …` */
export function addAuditCommands(program: Command, configure: () => Config, terminal: Terminal): void {
  const audit = program
    .command('audit')
    .description('what happened, and proof that nobody changed it')
    .addHelpText('after', examples);

  filtered(audit.command('list').description('events, the latest first'))
    .option('--limit <number>', 'how many', readLimit, 50)
    .option('--after <place>', 'the page after another')
    .option('--json', 'a line of JSON for each')
    .action(async (options: AuditOptions & ListOptions) => {
      const config = configure();
      const { listEvents } = await import('./audit.ts');
      await listEvents(config, options, terminal);
    });

  filtered(audit.command('export').description('every sealed event as a line of JSON, the oldest first')).action(
    async (options: AuditOptions) => {
      const config = configure();
      const { exportAll } = await import('./audit.ts');
      await exportAll(config, options, terminal);
    },
  );

  audit
    .command('verify')
    .description('find events that were changed, moved, inserted or removed; ends with 1 when there are any')
    .option(
      '--head <seq:hmac>',
      'the end of the log at an earlier moment, as the server wrote it to its own log',
      readHead,
    )
    .option('--json', 'the report as JSON')
    .action(async (options: { head?: ChainPlace; json?: boolean }) => {
      const config = configure();
      const { verify } = await import('./audit.ts');
      await verify(config, options, terminal);
    });
}

function filtered(command: Command): Command {
  return command
    .option('--office <code>', 'of one organization')
    .option('--account <id>', 'about one account')
    .option('--actor <id>', 'done by one account to others')
    .option('--client <id>', 'of one application')
    .option('--address <address>', 'from one address')
    .option('--type <beginning>', 'of these kinds: "factor." or "sign-in.finished"')
    .option('--from <time>', 'from this time on: 2026-01-31, or with 09:30:00Z after a T', readTime)
    .option('--until <time>', 'before this time', readTime);
}

function readTime(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError('Expected a date, or a date and time with their zone.');
  return time;
}

function readLimit(text: string): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1) throw new InvalidArgumentError('Expected a number from 1 to 9999.');
  return limit;
}

function readHead(text: string): ChainPlace {
  const [, seq, hmac] = /^(\d{1,15}):([\w-]{43})$/.exec(text) ?? [];
  if (seq === undefined || hmac === undefined)
    throw new InvalidArgumentError('Expected <seq>:<hmac> from a line of the log.');
  return { seq: Number(seq), hmac };
}
