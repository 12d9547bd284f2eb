import { parentPort } from 'node:worker_threads'
import { startReferenceStore } from 's3-reference-store'

// Runs the reference store in a worker thread. The thread ends when the run's process exits.

void startReferenceStore({ verifySignatures: true }).then(({ endpoint }) => parentPort?.postMessage(endpoint))
