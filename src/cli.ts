import { CommanderError } from 'commander';
import { explain } from './cli/explain.ts';
import { createProgram } from './cli/program.ts';

const program = createProgram({
  environment: process.env,
  input: process.stdin,
  out: process.stdout,
  err: process.stderr,
});

try {
  await program.parseAsync();
} catch (error) {
  const { exitCode, message } = explain(error);
  // Commander has said its own already.
  if (!(error instanceof CommanderError)) process.stderr.write(`${message}\n`);
  process.exitCode = exitCode;
}
