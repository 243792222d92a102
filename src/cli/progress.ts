import { SingleBar } from 'cli-progress';
import type { ImportStage } from '../flows/import/index.ts';
import type { Terminal } from './terminal.ts';

/** How an import gets on. */
export interface Progress {
  readonly onProgress: (stage: ImportStage, bytes: number) => void;
  readonly stop: () => void;
}

const doing: Readonly<Record<ImportStage, string>> = {
  check: 'Checking',
  hash: 'Hashing passwords',
  write: 'Writing',
};

/** A bar on a terminal; elsewhere (a log) one line for each stage. */
export function showProgress(size: number, err: Terminal['err']): Progress {
  let current: ImportStage | undefined;
  if (err.isTTY !== true) {
    return {
      onProgress(stage) {
        if (stage !== current) err.write(`${doing[stage]} …\n`);
        current = stage;
      },
      stop() {},
    };
  }

  const bar = new SingleBar({ format: '{stage} {bar} {percentage} %  {eta_formatted}', stream: err, hideCursor: true });
  return {
    onProgress(stage, bytes) {
      if (stage !== current) {
        bar.stop();
        bar.start(size, 0, { stage: doing[stage].padEnd(doing.hash.length) });
      }
      current = stage;
      bar.update(bytes);
    },
    stop: () => bar.stop(),
  };
}
