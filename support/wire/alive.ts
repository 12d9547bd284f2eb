const PROBE_MS = 2_000

let gone = false

/** Whether a call to `isAlive` in this worker has found that the store no longer responds. */
export function storeIsGone(): boolean {
  return gone
}

/**
 * Checks whether the store sends any HTTP response within two seconds. If it does not, this worker considers the store
 * gone for the rest of the run. The check sends both ListBuckets and a request to a bucket that does not exist, because
 * some stores respond to only one of the two.
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
