import type { Upload } from 's3-reference-store/rules'

interface Tracked {
  readonly bucket: string
  readonly key: string
  readonly initiated: Date
  readonly keyHeldObject: boolean
  state: Upload['state']
  keyChangedSince: boolean
  refusedWith?: Upload['refusedWith']
  /** What its completion was answered, to be said again (M19). */
  answer?: Completed
}

export interface Completed {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** What is remembered of multipart uploads: on it depends what a conditional completion is answered (M04 to M29). */
export interface Uploads {
  created(id: string, bucket: string, key: string, keyHeldObject: boolean): void
  /** Something was stored in the key, or deleted from it. */
  changed(bucket: string, key: string): void
  completed(id: string, answer: Completed): void
  refused(id: string, status: number): void
  aborted(id: string): void
  find(id: string): (Upload & { readonly answer?: Completed }) | undefined
}

/** How many that have ended are remembered; a completion is said again soon or never. */
const ENDED = 1000

export function newUploads(): Uploads {
  const all = new Map<string, Tracked>()
  // Those in progress by key, so that a write to any other key costs nothing.
  const byKey = new Map<string, Set<Tracked>>()
  const ended: string[] = []
  const nameOf = ({ bucket, key }: { bucket: string; key: string }) => `${bucket}/${key}`

  function end(id: string, state: 'completed' | 'aborted', answer?: Completed): void {
    const upload = all.get(id)
    if (upload?.state !== 'in progress') return
    Object.assign(upload, { state, answer })
    const others = byKey.get(nameOf(upload))
    others?.delete(upload)
    if (others?.size === 0) byKey.delete(nameOf(upload))
    ended.push(id)
    if (ended.length > ENDED) all.delete(ended.shift() ?? '')
  }

  return {
    created(id, bucket, key, keyHeldObject) {
      const initiated = new Date()
      const upload: Tracked = { bucket, key, initiated, keyHeldObject, state: 'in progress', keyChangedSince: false }
      all.set(id, upload)
      const others = byKey.get(nameOf(upload)) ?? new Set()
      byKey.set(nameOf(upload), others.add(upload))
    },
    changed(bucket, key) {
      for (const upload of byKey.get(nameOf({ bucket, key })) ?? []) upload.keyChangedSince = true
    },
    completed: (id, answer) => end(id, 'completed', answer),
    aborted: (id) => end(id, 'aborted'),
    refused(id, status) {
      const upload = all.get(id)
      if (upload && (status === 404 || status === 409 || status === 412)) upload.refusedWith = status
    },
    find: (id) => all.get(id),
  }
}
