const NO_ANSWER = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** Whether the error, or what caused it, is that no answer came; an exception of the SDK's is one, if a bad one. */
export function isNoAnswer(error: unknown): boolean {
  if (!(error instanceof Error) || '$fault' in error) return false
  const { code, errors } = error as { code?: string; errors?: unknown[] }
  return (
    (code !== undefined && NO_ANSWER.has(code)) ||
    error.name === 'TimeoutError' ||
    isNoAnswer(error.cause) ||
    (errors ?? []).some(isNoAnswer)
  )
}
