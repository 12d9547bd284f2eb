import { parentPort } from 'node:worker_threads'
import { startReferenceStore } from 's3-reference-store'

// Runs the reference store in a worker thread, which ends with the run's process.

void startReferenceStore({ verifySignatures: true }).then(({ endpoint }) => parentPort?.postMessage(endpoint))
