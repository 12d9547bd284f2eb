import { parentPort } from 'node:worker_threads'
import { startReferenceStore } from 's3-reference-store'

// The reference store in a worker thread of a run, which ends with its process.

void startReferenceStore({ verifySignatures: true }).then(({ endpoint }) => parentPort?.postMessage(endpoint))
