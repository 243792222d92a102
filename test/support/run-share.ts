import { once } from 'node:events';
import { runFiles } from './run-files.ts';

// What `runSideBySide` starts: it runs the files that it is given, one by one, until there is none left.
await runFiles(given());

async function* given(): AsyncGenerator<string> {
  for (;;) {
    const answer = once(process, 'message');
    process.send?.('next');
    const [file] = await answer;
    if (typeof file !== 'string' || file === '') return;
    yield file;
  }
}
