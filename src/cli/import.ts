import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { factorSettings } from '../assembly/factors.ts';
import type { Config } from '../config.ts';
import type { ImportTally } from '../domain/ports.ts';
import { factors } from '../factors/index.ts';
import { type BadLine, type ImportNeeds, importFile } from '../flows/import/index.ts';
import { systemClock } from '../system-clock.ts';
import { reasonTexts } from './import-texts.ts';
import { showProgress } from './progress.ts';
import { type Stores, withStores } from './stores.ts';
import type { Terminal } from './terminal.ts';

/** `sluis import` */
export async function importInto(
  config: Config,
  { path, dryRun }: { readonly path: string; readonly dryRun: boolean },
  terminal: Terminal,
): Promise<void> {
  const { out, err } = terminal;
  const { size } = await stat(path);
  await withStores(config, terminal, async (stores) => {
    const progress = showProgress(size, err);
    const { onProgress } = progress;
    const outcome = await importFile({ read: () => createReadStream(path) }, needsOf(config, stores), {
      dryRun,
      onProgress,
    }).finally(progress.stop);
    if (outcome.ok) {
      out.write(`${dryRun ? 'Would add' : 'Added'}: ${described(outcome.added)}\n`);
      out.write(`There already, left as they are: ${described(outcome.standing)}\n`);
      return;
    }
    for (const badLine of outcome.badLines) err.write(`${path}:${describeFault(badLine)}\n`);
    if (outcome.unlisted > 0) err.write(`and ${outcome.unlisted} more\n`);
    throw new Error('Nothing was imported.');
  });
}

function needsOf(config: Config, stores: Stores): ImportNeeds {
  const { officeCode } = config;
  const clock = systemClock;
  // Every factor, not only those that are offered: what a file says of the others may be of use later.
  const every = factors({ ...stores, clock, settings: factorSettings(config) });
  return { ...stores, clock, factors: every, settings: { officeCode } };
}

function described({ organizations, accounts, clients }: ImportTally): string {
  return `${organizations} organizations, ${accounts} accounts, ${clients} clients`;
}

/** As compilers write it, with the stable reason at the end. */
function describeFault({ line, field, reason }: BadLine): string {
  return `${line}: ${field === undefined ? '' : `${field}: `}${reasonTexts[reason]} [${reason}]`;
}
