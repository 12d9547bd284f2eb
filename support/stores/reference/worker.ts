import { parentPort } from 'node:worker_threads'
import { startReferenceStore } from 's3-reference-store'

// The reference store as a thread of the process that runs the suite: the store has the thread for itself, and ends with
// the process.

void startReferenceStore({ verifySignatures: true }).then(({ endpoint }) => parentPort?.postMessage(endpoint))
