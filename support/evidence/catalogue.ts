// STUB: the helper who owns this file replaces it whole.
export type FactId = string
export const facts: Record<string, { answer?: { status: number } }> = new Proxy(
  {},
  { get: () => ({}), has: () => true },
)
