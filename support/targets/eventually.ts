const EFFECTIVE_MS = 15_000
const POLL_MS = 250

/**
 * Does something again until it works: what was just made takes a while to be there for every request.
 * @param passes whether a failure is one that passes
 * @throws what it failed with otherwise, or after 15 seconds, or so many as are given
 */
export async function eventually<T>(
  work: () => Promise<T>,
  passes: (error: unknown) => boolean,
  withinMs = EFFECTIVE_MS,
): Promise<T> {
  const deadline = Date.now() + withinMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!passes(error) || Date.now() > deadline) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
