import { createHash } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import type { Factor } from '../../domain/factor.ts';
import type { Clients, Hasher, Imports, ImportTally, Organizations } from '../../domain/ports.ts';
import { batchesOf } from './batches.ts';
import { checkLines } from './check.ts';
import type { BadLine } from './findings.ts';
import { type Line, readLines } from './lines.ts';
import { hashPasswords } from './passwords.ts';

export type { BadLine } from './findings.ts';
export { type LineFault, type Reason, reasons } from './format.ts';

/** What is imported: JSON lines in UTF-8. */
export interface ImportFile {
  /** From the start each time: it is read more than once. */
  read(): AsyncIterable<Uint8Array>;
}

/** Everything that an import rests on. */
export interface ImportNeeds {
  readonly organizations: Organizations;
  readonly clients: Clients;
  readonly imports: Imports;
  readonly hasher: Hasher;
  readonly factors: readonly Factor[];
  readonly clock: Clock;
  readonly settings: {
    /** With `never`, a username is unique in the whole deployment. */
    readonly officeCode: 'always' | 'never' | 'automatic';
  };
}

export interface ImportOptions {
  /** Check everything and write nothing. */
  readonly dryRun?: boolean;
  /** Told how many bytes of the file a stage has read. */
  readonly onProgress?: (stage: ImportStage, bytes: number) => void;
}

/** The file is read once for each; `hash` only where it has plain passwords. */
export type ImportStage = 'check' | 'hash' | 'write';

export type ImportOutcome =
  /** What was added (on a dry run: would be), and what was there already and stays as it is. */
  | { readonly ok: true; readonly added: ImportTally; readonly standing: ImportTally }
  /** Nothing was written. `unlisted` counts the faults beyond those listed. */
  | { readonly ok: false; readonly badLines: readonly BadLine[]; readonly unlisted: number };

/**
 * Imports organizations, accounts and clients: checks every line first, then adds all of them or none.
 * What is there already, by id or by name, stays as it is, so a file that is imported twice changes nothing.
 * @throws when the file cannot be read or changes meanwhile, or a store fails; nothing was written then
 */
export async function importFile(
  file: ImportFile,
  needs: ImportNeeds,
  options: ImportOptions = {},
): Promise<ImportOutcome> {
  const digests: string[] = [];
  const pass = (stage: ImportStage) => linesOf(file, { stage, options, digests });

  const checked = await checkLines(pass('check'), needs);
  const { badLines, unlisted, seen, standing } = checked.findings;
  if (badLines.length > 0) return { ok: false, badLines, unlisted };
  if (options.dryRun === true) return { ok: true, added: less(seen, standing), standing };

  // Before the transaction, which would otherwise keep the database locked while all of them are hashed.
  const hashes = await hashPasswords(checked, needs.hasher, () => pass('hash'));
  const { factors, clock } = needs;
  const added = await needs.imports.addAll(batchesOf(pass('write'), { checked, hashes, factors, clock }));
  return { ok: true, added, standing: less(seen, added) };
}

interface Pass {
  readonly stage: ImportStage;
  readonly options: ImportOptions;
  /** Of every pass so far. */
  readonly digests: string[];
}

/** Reads the file once more. It has to be the one that was checked. */
async function* linesOf(file: ImportFile, { stage, options, digests }: Pass): AsyncGenerator<Line> {
  const digest = createHash('sha256');
  async function* chunks() {
    let bytes = 0;
    for await (const chunk of file.read()) {
      digest.update(chunk);
      yield chunk;
      bytes += chunk.length;
      options.onProgress?.(stage, bytes);
    }
  }
  yield* readLines(chunks());
  digests.push(digest.digest('base64'));
  if (digests[0] !== digests.at(-1)) throw new Error('The file changed while it was imported');
}

function less(all: ImportTally, some: ImportTally): ImportTally {
  return {
    organizations: all.organizations - some.organizations,
    accounts: all.accounts - some.accounts,
    clients: all.clients - some.clients,
  };
}
