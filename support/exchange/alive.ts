const PROBE_MS = 2_000

let gone = false

/** Whether this worker has found the store gone; then nothing that follows can say anything about it. */
export function storeIsGone(): boolean {
  return gone
}

/** Asks the store for any HTTP answer at all, within two seconds; when none comes it counts as gone from then on. */
export async function isAlive({ endpoint, region }: { endpoint?: string; region: string }): Promise<boolean> {
  try {
    await fetch(endpoint ?? `https://s3.${region}.amazonaws.com`, { signal: AbortSignal.timeout(PROBE_MS) })
  } catch {
    gone = true
  }
  return !gone
}
