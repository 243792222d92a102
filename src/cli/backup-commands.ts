import type { Command } from 'commander';
import type { Config } from '../config.ts';
import type { Terminal } from './terminal.ts';

/** `sluis backup` and `sluis restore` */
export function addBackupCommands(program: Command, configure: () => Config, terminal: Terminal): void {
  program
    .command('backup')
    .description('copy the SQLite file, while Sluis runs')
    .argument('<file>', 'where to: a new file')
    .action(async (path: string) => {
      const config = configure();
      const { backUpTo } = await import('./backup.ts');
      await backUpTo(config, path, terminal);
    });

  program
    .command('restore')
    .description('put a copy in the place of the SQLite file; Sluis must not run meanwhile')
    .argument('<file>', 'that `sluis backup` wrote')
    .option('--force', 'replace the file that is there', false)
    .action(async (path: string, { force }: { force: boolean }) => {
      const config = configure();
      const { restoreFrom } = await import('./backup.ts');
      await restoreFrom(config, { path, force }, terminal);
    });
}
