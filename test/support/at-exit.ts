import { constants } from 'node:os';

const undos = new Set<() => void>();
let watching = false;

/**
 * Has `undo` called when this process ends, however it ends short of SIGKILL; the latest registered goes first.
 * It must be synchronous: nothing asynchronous runs any more by then.
 * @returns takes the registration back
 */
export function atExit(undo: () => void): () => void {
  if (!watching) watch();
  undos.add(undo);
  return () => undos.delete(undo);
}

function watch(): void {
  watching = true;
  process.on('exit', undoAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave);
}

function leave(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): void {
  process.exit(128 + constants.signals[signal]);
}

function undoAll(): void {
  for (const undo of [...undos].reverse()) {
    try {
      undo();
    } catch (error) {
      process.stderr.write(`cleaning up: ${error}\n`);
    }
  }
}
