import type { SerializedError } from 'vitest'

// This module keeps secrets out of logs, reports and files. The recorder passes the headers of every signed request to
// `rememberSecretsOf`, so every secret in use can be redacted.

const secrets = new Set<string>()
/**
 * The signatures of all requests so far. Searching a string for each signature would be slow, so `redact` searches for
 * `SIGNATURE` and looks up each match in this set.
 */
const signatures = new Set<string>()
const SIGNATURE = /\b[0-9a-f]{64}\b/g

function remember(secret: string | undefined): void {
  if (secret && secret.length >= 8) secrets.add(secret)
}

/** Remembers the access key id, the signature and the token of a signed request, so that `redact` removes them. */
export function rememberSecretsOf(headers: Readonly<Record<string, string>>): void {
  const { authorization = '', 'x-amz-security-token': token, 'x-amz-s3session-token': session } = headers
  remember(/Credential=([^/,\s]+)/.exec(authorization)?.[1])
  const signature = /Signature=(\w+)/.exec(authorization)?.[1] ?? ''
  if (signature.length === 64) signatures.add(signature)
  else remember(signature)
  remember(token)
  remember(session)
}

/**
 * Removes secrets from a string that is about to be displayed or written: access key ids, tokens and signatures of
 * recorded requests, strings to sign, credentials in URLs, and account ids in ARNs.
 */
export function redact(text: string): string {
  let redacted = text
    .replace(/AWS4-HMAC-SHA256[^<"']*/g, '***')
    .replace(/\b(X-Amz-(?:Credential|Signature|Security-Token))=[^&\s"<]+/gi, '$1=***')
    .replace(/\/\/[^/@\s]*@/g, '//***@')
    .replace(/(arn:aws[\w-]*:[^:\s]*:[^:\s]*:)\d{12}\b/g, '$1***')
    .replace(SIGNATURE, (text) => (signatures.has(text) ? '***' : text))
  for (const secret of secrets) redacted = redacted.replaceAll(secret, '***')
  return redacted
}

/** The members of an SDK exception that are safe to print. Any other member may identify the caller. */
const OF_EXCEPTIONS = ['name', '$fault', 'Code', 'Condition', 'Header', 'Key', 'Method', 'ResourceType'] as const

/**
 * Redacts the message, stack and cause of an SDK exception in place, and adds a `toJSON` that omits the request and the
 * response. Vitest reports errors in the form that `toJSON` returns.
 * @returns the same exception; its other properties are unchanged
 */
export function redactException<E>(error: E): E {
  if (!(error instanceof Error)) return error
  error.message = redact(error.message)
  if (error.stack) error.stack = redact(error.stack)
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number; attempts?: number } }
  const toJSON = () => ({
    ...Object.fromEntries(OF_EXCEPTIONS.flatMap((name) => (name in error ? [[name, error[name as keyof Error]]] : []))),
    message: error.message,
    stack: error.stack,
    ...($metadata && { httpStatusCode: $metadata.httpStatusCode, attempts: $metadata.attempts }),
  })
  Object.defineProperty(error, 'toJSON', { value: toJSON, enumerable: false, configurable: true })
  if (error.cause) redactException(error.cause)
  return error
}

/** The members of a serialised error that are passed to reporters. */
const OF_REPORTS = ['name', 'message', 'stack', 'diff', 'expected', 'actual'] as const

/** Returns the string members and the cause of an error that Vitest has serialised, without secrets. */
export function redactReported(error: SerializedError): SerializedError {
  const shown: Record<string, unknown> = Object.fromEntries(
    OF_REPORTS.flatMap((name) => (typeof error[name] === 'string' ? [[name, redact(error[name])]] : [])),
  )
  const { cause } = error as { cause?: SerializedError }
  if (cause) shown.cause = typeof cause === 'object' ? redactReported(cause) : redact(String(cause))
  return { message: '', ...shown }
}

/**
 * Returns a copy of recorded data that omits request ids and masks account ids, bucket names and the ARNs of callers.
 */
export function anonymised<T>(recorded: T): T {
  return JSON.parse(
    JSON.stringify(recorded, (name, value) => {
      if (name === 'RequestId') return undefined
      return typeof value === 'string' ? withoutAccount(value) : value
    }),
  )
}

function withoutAccount(text: string): string {
  return text
    .replace(/arn:(aws[\w-]*):(iam|sts)::\d{12}:[^\s<"',]+/g, 'arn:$1:$2::***')
    .replace(/\b\d{12}\b/g, '***')
    .replace(/s3cr-[a-z0-9]{10}-[a-z0-9]+(--[a-z0-9-]+--x-s3)?/g, 's3cr-***')
}
