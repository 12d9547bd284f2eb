import type { IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import { readFault } from '../core/faults.ts'
import type { StoreResponse } from '../core/message.ts'
import type { Store } from '../core/store.ts'

const PREFIX = '/_reference/'

/**
 * Whether a URL belongs to the control endpoint. Such a URL never refers to a bucket, because `_reference` is not a
 * valid bucket name.
 */
export const isControl = (url = '') => url.startsWith(PREFIX)

/** Handles a request to the control endpoint: `/_reference/health`, `/_reference/faults` or `/_reference/reset`. */
export function control(store: Store, head: Pick<IncomingMessage, 'method' | 'url'>, body: string): StoreResponse {
  const { method, url = '' } = head
  const [path = ''] = url.slice(PREFIX.length).split('?')
  switch (`${method === 'HEAD' ? 'GET' : method} ${path}`) {
    case 'GET health':
      return json({ name: 's3-reference-store', version: version() })
    case 'GET faults':
      return json(store.faults.list())
    case 'POST faults':
      return addFaults(store, body)
    case 'DELETE faults':
      store.faults.clear()
      return done
    case 'POST reset':
      store.reset()
      return done
    default:
      return text(404, `${method} ${PREFIX}${path} is not supported. See the README of s3-reference-store.`)
  }
}

const done: StoreResponse = { status: 204, headers: {}, body: [] }

/** Adds the faults listed in the body, one per line. If any of them is invalid, none is added. */
function addFaults(store: Store, body: string): StoreResponse {
  const lines = body.split('\n').flatMap((line) => line.trim() || [])
  try {
    for (const fault of lines.map((line) => readFault(line))) store.faults.add(fault)
    return done
  } catch (error) {
    return text(400, (error as Error).message)
  }
}

/**
 * Returns the version of this package. The relative path of `package.json` is the same for this source file and for the
 * built file, because both are two levels below the package root.
 */
export function version(): string {
  return createRequire(import.meta.url)('../../package.json').version
}

function json(content: unknown): StoreResponse {
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: [Buffer.from(JSON.stringify(content))] }
}

function text(status: number, content: string): StoreResponse {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: [Buffer.from(`${content}\n`)] }
}
