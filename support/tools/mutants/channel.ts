/** The name of the BroadcastChannel between `npm run mutate` and the worker that runs the specs. */
export const CHANNEL = 's3cr-mutants'
