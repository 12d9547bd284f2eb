import { parentPort } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

// The reference store as a thread of the process that runs the suite: the store has the thread for itself, and ends with
// the process. JavaScript, since a thread has no loader of its own.

register()
const { startReferenceStore } = await import('s3-reference-store')
const { endpoint } = await startReferenceStore()
parentPort?.postMessage(endpoint)
