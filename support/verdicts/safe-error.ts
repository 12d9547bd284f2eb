import type { SerializedError } from 'vitest'
import { hide } from '../wire/secrets'

/** The members that a reporter may see. An exception of the SDK also has its request, with token and signature. */
const SHOWN = ['name', 'message', 'stack', 'diff', 'expected', 'actual'] as const

/** Reduces an error that Vitest has serialised to its safe members, and removes secrets from them. */
export function safeError(error: SerializedError): SerializedError {
  const shown: Record<string, unknown> = Object.fromEntries(
    SHOWN.flatMap((name) => (typeof error[name] === 'string' ? [[name, hide(error[name])]] : [])),
  )
  const { cause } = error as { cause?: SerializedError }
  if (cause) shown.cause = typeof cause === 'object' ? safeError(cause) : hide(String(cause))
  return { message: '', ...shown }
}
