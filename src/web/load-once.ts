/**
 * Loads something when it is first asked for, and once, also for two who ask at once. After a failure, whoever asks next tries again;
 * where that is an `import`, Node 24 reads its files again, while 20 and 22 remember for as long as they run that one could not be read.
 */
export function loadOnce<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded> {
  let loading: Promise<Loaded> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
