import type { SerializedError } from 'vitest'
import { hide } from '../wire/secrets'

/** What of an error may reach a reporter; an exception of the SDK also holds its request, with token and signature. */
const SHOWN = ['name', 'message', 'stack', 'diff', 'expected', 'actual'] as const

/**
 * An error as a reporter may see it.
 * @param error as Vitest has serialised it
 * @returns its name, message, stack, difference and cause, without a secret in any of them
 */
export function serialised(error: SerializedError): SerializedError {
  const shown: Record<string, unknown> = Object.fromEntries(
    SHOWN.flatMap((name) => (typeof error[name] === 'string' ? [[name, hide(error[name])]] : [])),
  )
  const { cause } = error as { cause?: SerializedError }
  if (cause) shown.cause = typeof cause === 'object' ? serialised(cause) : hide(String(cause))
  return { message: '', ...shown }
}
