/** Waits until somebody asks the process to stop. Asked twice, it stops at once. */
export function untilAsked(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    function asked(signal: NodeJS.Signals): void {
      process.off('SIGTERM', asked).off('SIGINT', asked);
      resolve(signal);
    }
    process.on('SIGTERM', asked).on('SIGINT', asked);
  });
}
