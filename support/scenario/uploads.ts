import type { Upload } from 's3-reference-store/rules'
import { difference, type KeyState } from '../fixtures/objects'
import { isAccepted } from '../wire/record'
import type { Place, Request } from './request'
import type { Sent } from './send'

/** A multipart upload of the scenario; it has one part, whose number is 1. */
export interface UploadSeen {
  readonly id: string
  readonly address: Place
  readonly initiated: Date
  /** What the key held when it was created. */
  readonly before: KeyState
  partETag?: string
  state: 'in progress' | 'completed' | 'aborted'
  /** What the last attempt to complete it was answered. */
  refusedWith?: Upload['refusedWith']
  /** Whether the key was written or deleted since, even if it holds the same again. */
  touched: boolean
}

/** Remembers of multipart uploads what a completion depends on. */
export class Uploads {
  private readonly seen: UploadSeen[] = []

  all(): readonly UploadSeen[] {
    return this.seen
  }

  find(id: string | undefined): UploadSeen | undefined {
    return this.seen.find((upload) => upload.id === id)
  }

  /** An upload as the rules take it, while its key holds this. */
  seenBy({ state, initiated, before, touched, refusedWith }: UploadSeen, key: KeyState): Upload {
    return {
      state,
      initiated,
      keyHeldObject: typeof before.current === 'object',
      keyChangedSince: touched || difference(before, key) !== undefined,
      ...(refusedWith && { refusedWith }),
    }
  }

  /**
   * Takes note of what a request did to uploads, its own and others to the same key.
   * @param before what the key held before it
   */
  note(request: Request, { exchange, uploadId, partETag }: Sent, before: KeyState, now: Date): void {
    const { operation, address } = request
    const status = exchange.response?.status
    const upload = this.find(request.uploadId)
    if (uploadId)
      this.seen.push({ id: uploadId, address, initiated: now, before, state: 'in progress', touched: false })
    if (upload && partETag) upload.partETag = partETag
    if (upload && operation === 'CompleteMultipartUpload' && (status === 404 || status === 409 || status === 412)) {
      upload.refusedWith = status
    }
    if (!isAccepted(exchange)) return
    if (upload && operation === 'CompleteMultipartUpload') upload.state = 'completed'
    if (upload && operation === 'AbortMultipartUpload') upload.state = 'aborted'
    if (!/^(PutObject|CopyObject|DeleteObject|CompleteMultipartUpload)$/.test(operation)) return
    for (const other of this.seen) {
      if (other.address.Bucket === address.Bucket && other.address.Key === address.Key) other.touched = true
    }
  }
}
