import type { IncomingMessage } from 'node:http'
import { keyIn, look, stateOf } from './reference-state'
import { forward, judge, pass, refuse, type Turn } from './reference-turn'

/**
 * GetObject, HeadObject, and a GET of a website: the object is read without its conditions, and what was read is judged,
 * so that what is answered is what was compared; what is refused is thrown away.
 */
export async function read(turn: Turn): Promise<void> {
  const { call, request } = turn
  const { bucket, key = '' } = call
  const found = await forward(turn)
  const status = found.statusCode ?? 502
  // The store behind lacks headers of a delete marker.
  if ((turn.isPlain && status !== 405) || ![200, 206, 404, 405, 416].includes(status)) return pass(turn, found)

  const versionId = request.versionId
  const holds =
    status === 416
      ? await look(turn, bucket, key, versionId)
      : await keyIn(turn, bucket, key, { status, headers: found.headers }, versionId)
  const state = stateOf(turn, holds)
  // What a condition that no signature covers means is known of no write (O19); a read can only be answered shorter.
  const signature = request.signature?.presigned
  const expected = judge(turn, state) ?? (signature && judge(turn, state, { signature: undefined }))
  if (expected?.kind !== 'refused') {
    const isWhole = expected?.status === 200 && (status === 206 || status === 416) && call.headers.range !== undefined
    if (!isWhole) return pass(turn, found)
    discard(found)
    const { range: _, ...headers } = call.headers
    return pass(turn, await forward(turn, { headers }))
  }
  const { error } = expected
  if (error.status === 404 && status === 404) return pass(turn, found)
  discard(found)
  refuse(turn, expected)
}

/** What is small is read to its end, which keeps the connection. */
function discard(found: IncomingMessage): void {
  if (Number(found.headers['content-length'] ?? 0) > 64 * 1024 && found.statusCode !== 304) found.destroy()
  else found.resume()
}
