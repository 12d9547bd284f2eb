const PROBE_MS = 2_000

let gone = false

/** Whether this worker has found the store gone; then nothing that follows can say anything about it. */
export function storeIsGone(): boolean {
  return gone
}

/**
 * Asks the store for any HTTP answer at all, within two seconds; when none comes it counts as gone from then on. It is asked
 * for its buckets and for one that does not exist, since a store may be silent about one of the two.
 */
export async function isAlive({ endpoint, region }: { endpoint?: string; region: string }): Promise<boolean> {
  const base = endpoint ?? `https://s3.${region}.amazonaws.com`
  try {
    await Promise.any(
      [base, `${base}/s3cr-does-not-exist`].map((url) => fetch(url, { signal: AbortSignal.timeout(PROBE_MS) })),
    )
  } catch {
    gone = true
  }
  return !gone
}
