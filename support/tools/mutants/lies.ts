import type { Lie, Passing, Said } from '../../proxy/liar'

// What mutants are made of: which request is meant, and what a store makes of it that breaks a rule.

export type Meant = (passing: Passing) => boolean

export const isPut: Meant = ({ method, path, headers }) =>
  method === 'PUT' && path.includes('x-id=PutObject') && !('x-amz-copy-source' in headers)
export const isComplete: Meant = ({ method, path }) => method === 'POST' && path.includes('uploadId=')
export const isPart: Meant = ({ method, path }) => method === 'PUT' && path.includes('uploadId=')
export const isAbort: Meant = ({ method, path }) => method === 'DELETE' && path.includes('uploadId=')

/** Those that have a header with such a value. */
export const having =
  (meant: Meant, header: string, value: RegExp): Meant =>
  (passing) =>
    meant(passing) && value.test(sent(passing, header))

export const CONDITIONS = ['if-match', 'if-none-match'] as const
/** What the specs send as an entity tag that no object has. */
export const anotherETag = '"00000000000000000000000000000000"'

/** Bucket and key in a path, as they are encoded in it. */
export const keyIn = ({ path }: Passing) => path.split('?')[0] ?? ''
/** The id of the upload in a query, or an empty string. */
export const uploadIn = ({ path }: Passing) => /uploadId=([^&]*)/.exec(path)?.[1] ?? ''
/** The value of a header, or an empty string. */
export const sent = ({ headers }: Passing, name: string) => String(headers[name] ?? '')

/** The bytes of a body, as they are stored. */
export const sizeOf = (passing: Passing) =>
  Number(sent(passing, 'x-amz-decoded-content-length') || sent(passing, 'content-length'))

/** An error as S3 writes it, with further elements in their order. */
export function error(status: number, code: string, elements: Readonly<Record<string, string>> = {}): Said {
  const all = Object.entries({ Code: code, Message: 'no', ...elements })
  return { status, body: `<Error>${all.map(([name, text]) => `<${name}>${text}</${name}>`).join('')}</Error>` }
}

/** The refusal by a precondition. */
export const refused = (Condition: string) => error(412, 'PreconditionFailed', { Condition })
export const missing = (passing: Passing) =>
  error(404, 'NoSuchKey', { Message: 'The specified key does not exist.', Key: nameOf(passing) })
const noSuchUpload = error(404, 'NoSuchUpload')

const nameOf = (passing: Passing) => decodeURIComponent(keyIn(passing).replace(/^\/[^/]*\//, ''))

/** Does not look at these headers of a request. */
export function ignoring(meant: Meant, ...headers: string[]): Lie {
  return {
    request(passing) {
      if (meant(passing)) for (const header of headers) delete passing.headers[header]
      return undefined
    },
  }
}

/** Says this at once, and does nothing. */
export function refusing(meant: Meant, said: Said | ((passing: Passing) => Said)): Lie {
  return { request: (passing) => (meant(passing) ? saidTo(said, passing) : undefined) }
}

/** Says this where the right answer has such a status. */
export function insteadOf(status: number, meant: Meant, said: Said | ((passing: Passing) => Said)): Lie {
  return {
    answer: (passing, answered) => (answered === status && meant(passing) ? saidTo(said, passing) : undefined),
  }
}

/** Does what is asked for, without looking at the condition, and says that it has refused. */
export function behind(meant: Meant, said: Said | ((passing: Passing) => Said)): Lie {
  return {
    request(passing) {
      if (!meant(passing)) return undefined
      for (const header of CONDITIONS) delete passing.headers[header]
      passing.headers['x-liar'] = 'refuse'
      return undefined
    },
    answer: (passing) => (passing.headers['x-liar'] ? saidTo(said, passing) : undefined),
  }
}

const saidTo = (said: Said | ((passing: Passing) => Said), passing: Passing) =>
  typeof said === 'function' ? said(passing) : said

/** Several lies at once; the first that says something is heard. */
export function both(...lies: Lie[]): Lie {
  return {
    request: (passing) => lies.map((lie) => lie.request?.(passing)).find(Boolean),
    answer: (passing, status) => lies.map((lie) => lie.answer?.(passing, status)).find(Boolean),
  }
}

/**
 * A lie that depends on what was accepted before.
 * @param before requests to remember
 * @param lie is told which requests have to do with one of those
 * @param of what the two have in common: the key, if it is not said
 */
export function after(before: Meant, lie: (was: Meant) => Lie, of: (passing: Passing) => string = keyIn): Lie {
  const all = new Set<string>()
  const watch: Lie = {
    answer(passing, status) {
      if (status < 300 && before(passing)) all.add(of(passing))
      return undefined
    },
  }
  // The lie comes first: what a request is answered does not depend on itself.
  return both(
    lie((passing) => all.has(of(passing))),
    watch,
  )
}

/** Forgets an upload once such a request about it was answered so. */
export function forgetting(meant: Meant, when: (status: number) => boolean): Lie {
  const gone = new Set<string>()
  return {
    request: (passing) => (gone.has(uploadIn(passing)) ? noSuchUpload : undefined),
    answer(passing, status) {
      if (meant(passing) && when(status)) gone.add(uploadIn(passing))
      return undefined
    },
  }
}
