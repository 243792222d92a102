/** What a promise rejects with. @throws when it is fulfilled */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const { status, reason } = await promise.then(
    () => ({ status: 'fulfilled', reason: undefined }),
    (reason: unknown) => ({ status: 'rejected', reason }),
  );
  if (status === 'fulfilled') throw new Error('expected a rejection');
  return reason;
}
