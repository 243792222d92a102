import { AuditSeals } from '../../crypto/audit-seals.ts';
import type { ChainPlace, SealedRecord } from '../../domain/audit-chain.ts';
import type { AuditChain } from '../../domain/ports.ts';
import type { ChainReport } from './chain-faults.ts';
import { ChainWalk } from './walk.ts';

type Chain = Pick<AuditChain, 'state' | 'records' | 'unsealed'>;

/** Records read at once. */
const BATCH = 500;
/** Records looked at where there should be none. */
const STRAY = 20;
/** Before every place there can be. */
const NOWHERE = Number.MIN_SAFE_INTEGER;

/**
 * Looks at every sealed record, while Sluis goes on sealing, erasing and forgetting.
 * @param known the head that an earlier line of the log named: where the end of the table was cut off together with what the database
 *   says of it, nothing else tells
 * @throws when no key of the keyring opens the chain's own
 */
export async function verifyChain(chain: Chain, known?: ChainPlace): Promise<ChainReport> {
  const state = await chain.state();
  const unsealed = await chain.unsealed();
  if (state === undefined) {
    const gone = known !== undefined || (await chain.records(NOWHERE, 1)).length > 0;
    const faults = gone ? [{ fault: 'head-gone' as const }] : [];
    return { ok: !gone, checked: 0, after: 0, faults, unlisted: 0, unsealed };
  }

  const seals = new AuditSeals(state.key);
  const { head, anchor } = state;
  const [headProved, anchorProved] = [seals.isProved('head', head), seals.isProved('anchor', anchor)];
  const walk = new ChainWalk(seals, anchor, !anchorProved);
  if (!headProved) walk.note({ fault: 'head-changed' });
  if (!anchorProved) walk.note({ fault: 'anchor-changed' });
  const end = headProved ? head.seq : Number.MAX_SAFE_INTEGER;

  let found = known?.seq === anchor.seq ? anchor.hmac : undefined;
  for await (const record of recordsAfter(chain, anchor.seq)) {
    const { seq, hmac } = record.seal;
    // What is no number comes last of all.
    if (!(seq <= end)) break;
    if (seq > walk.place.seq + 1) await skipForgotten(chain, { walk, seals });
    if (seq === known?.seq) found = hmac;
    walk.step(record);
  }
  const { place } = walk;
  if (headProved && place.seq < head.seq) walk.note({ fault: 'missing', from: place.seq + 1, to: head.seq });
  else if (headProved && place.hmac !== head.hmac) walk.note({ fault: 'head-changed' });
  for (const { id, seal } of await strays(chain)) walk.note({ fault: 'inserted', seq: seal.seq, id });
  if (known !== undefined && known.seq >= anchor.seq && found !== known.hmac) {
    walk.note({ fault: 'head-differs', seq: known.seq });
  }
  const { faults, unlisted } = walk.end();
  return {
    ok: faults.length === 0,
    checked: walk.checked,
    after: anchor.seq,
    head: { seq: head.seq, hmac: head.hmac },
    faults,
    unlisted,
    unsealed,
    ...(known !== undefined && known.seq < anchor.seq && { tooOld: true }),
  };
}

async function* recordsAfter(chain: Chain, start: number): AsyncGenerator<SealedRecord> {
  for (let after: number | undefined = start; after !== undefined; ) {
    const records: readonly SealedRecord[] = await chain.records(after, BATCH);
    yield* records;
    after = records.at(-1)?.seal.seq;
  }
}

/** Records that are gone were perhaps forgotten since this began. */
async function skipForgotten(chain: Chain, { walk, seals }: { walk: ChainWalk; seals: AuditSeals }): Promise<void> {
  const anchor = (await chain.state())?.anchor;
  if (anchor !== undefined && anchor.seq > walk.place.seq && seals.isProved('anchor', anchor)) walk.jump(anchor);
}

/** Records before the beginning of the chain and beyond its end, whatever happens to both meanwhile. */
async function strays(chain: Chain): Promise<readonly SealedRecord[]> {
  const state = await chain.state();
  if (state === undefined) return [];
  const first = await chain.records(NOWHERE, STRAY);
  const last = await chain.records(state.head.seq, STRAY);
  const end = (await chain.state())?.head.seq ?? 0;
  // Comparisons that hold for no record whose place is not even a number.
  return [
    ...first.filter(({ seal }) => seal.seq <= state.anchor.seq),
    ...last.filter(({ seal }) => !(seal.seq <= end)),
  ];
}
