// What must never reach a log, a report or a file. The recorder sees every signed request, and so every secret in use.

const secrets = new Set<string>()
/** Every request has one of its own: to look for each of a run's in every text would take a good part of the run. */
const signatures = new Set<string>()
const SIGNATURE = /\b[0-9a-f]{64}\b/g

/** Names a secret; `hide` takes it out of every text from then on. */
function remember(secret: string | undefined): void {
  if (secret && secret.length >= 8) secrets.add(secret)
}

/** Remembers the key id, the signature and the session token of a signed request. */
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
 * A text without any secret that is in use, and without anything that looks like a signature's making.
 * @param text what is about to be shown or written
 */
export function hide(text: string): string {
  let hidden = text
    .replace(/AWS4-HMAC-SHA256[^<"']*/g, '***')
    .replace(/\b(X-Amz-(?:Credential|Signature|Security-Token))=[^&\s"<]+/gi, '$1=***')
    .replace(/\/\/[^/@\s]*@/g, '//***@')
    // An account's id is nobody else's business, either.
    .replace(/(arn:aws[\w-]*:[^:\s]*:[^:\s]*:)\d{12}\b/g, '$1***')
    .replace(SIGNATURE, (text) => (signatures.has(text) ? '***' : text))
  for (const secret of secrets) hidden = hidden.replaceAll(secret, '***')
  return hidden
}

/** What of an SDK's exception may be shown; everything else of it can hold what S3 says of the caller. */
const SHOWN = ['name', '$fault', 'Code', 'Condition', 'Header', 'Key', 'Method', 'ResourceType'] as const

/**
 * Has an exception show, wherever it is printed or serialised, what may be seen of it: its request and response stay
 * out, and its message names no secret. Vitest takes `toJSON` for an error that it reports.
 * @returns the same exception, so that what reads its properties finds them as the SDK has made them
 */
export function harmless<E>(error: E): E {
  if (!(error instanceof Error)) return error
  error.message = hide(error.message)
  if (error.stack) error.stack = hide(error.stack)
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number; attempts?: number } }
  const shown = () => ({
    ...Object.fromEntries(SHOWN.flatMap((name) => (name in error ? [[name, error[name as keyof Error]]] : []))),
    message: error.message,
    stack: error.stack,
    ...($metadata && { httpStatusCode: $metadata.httpStatusCode, attempts: $metadata.attempts }),
  })
  Object.defineProperty(error, 'toJSON', { value: shown, enumerable: false, configurable: true })
  if (error.cause) harmless(error.cause)
  return error
}
