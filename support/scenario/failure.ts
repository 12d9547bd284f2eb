import { SetupError } from '../errors'
import { isNoResponse } from '../wire/no-response'
import { exchangeOf, summarise } from '../wire/record'
import { redact } from '../wire/redact'

/**
 * Describes an error in one sentence, without secrets or a stack trace. For an error response, the sentence contains
 * the operation, the status, the code and the message.
 */
export function failureSentence(error: unknown): string {
  const exchange = exchangeOf(error)
  if (exchange?.response) {
    return redact([summarise(exchange), exchange.response.error?.Message].filter(Boolean).join(': '))
  }
  if (error instanceof SetupError) return redact(error.message)
  const { message = String(error), code, name } = (error ?? {}) as Partial<Error> & { code?: unknown }
  const reason = typeof code === 'string' ? code : (name ?? 'no reason given')
  if (isNoResponse(error)) return `${exchange?.operation ?? 'A request'} got no response: ${reason}.`
  return redact((message || reason).split('\n')[0] ?? '')
}
