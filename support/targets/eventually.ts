const EFFECTIVE_MS = 15_000
const POLL_MS = 250

/**
 * Calls `work` repeatedly until it succeeds, because a change in a store can take a while to become visible to every
 * request.
 * @param isTemporary returns whether to call `work` again after an error
 * @throws the first error that is not temporary, or the last error if `work` does not succeed in time
 */
export async function eventually<T>(
  work: () => Promise<T>,
  isTemporary: (error: unknown) => boolean,
  withinMs = EFFECTIVE_MS,
): Promise<T> {
  const deadline = Date.now() + withinMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isTemporary(error) || Date.now() > deadline) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
