import type { ForwardedRequest, Replacement, StoreResponse, Tamper } from '../../wire/tampering-proxy'

// What mutants of the wire are made of: which requests are meant, and what becomes of their responses.

export type Meant = (passing: ForwardedRequest) => boolean

export const isGet: Meant = ({ method, path }) => method === 'GET' && path.includes('x-id=GetObject')
export const isRead: Meant = (passing) => isGet(passing) || passing.method === 'HEAD'
export const isAnyCopy: Meant = ({ headers }) => 'x-amz-copy-source' in headers
export const isDelete: Meant = ({ method, path }) => method === 'DELETE' && path.includes('x-id=DeleteObject')
export const isDeleteMany: Meant = ({ method, path }) => method === 'POST' && /[?&]delete\b/.test(path)
export const isComplete: Meant = ({ method, path }) => method === 'POST' && path.includes('uploadId=')
export const isPolicy: Meant = ({ method, path }) => method === 'PUT' && /[?&]policy(=|&|$)/.test(path)

/** Bucket and key in a path, as they are encoded in it. */
export const newKey = ({ path }: ForwardedRequest) => path.split('?')[0] ?? ''
/** The value of a header, or an empty string. */
export const sent = ({ headers }: ForwardedRequest, name: string) => String(headers[name] ?? '')

/** An error in XML. */
export const error = (status: number, code: string): Replacement => ({
  status,
  body: `<Error><Code>${code}</Code><Message>no</Message></Error>`,
})

/** Returns this at once: the store gets nothing. */
export const returning = (meant: Meant, response: Replacement): Tamper => ({
  request: (passing) => (meant(passing) ? response : undefined),
})

/** Writes the body of a response that succeeds in another way. */
export const writing = (meant: Meant, from: RegExp, to: string): Tamper => ({
  response: (passing, answer) =>
    answer.status === 200 && meant(passing) ? { ...answer, body: answer.body.replace(from, to) } : answer,
})

/** Returns other headers if the status is such; one that is undefined is left out. */
export const answering = (meant: Meant, status: number, headers: StoreResponse['headers']): Tamper => ({
  response(passing, answer) {
    if (answer.status !== status || !meant(passing)) return answer
    const all = Object.entries({ ...answer.headers, ...headers }).filter(([, value]) => value !== undefined)
    return { ...answer, headers: Object.fromEntries(all) }
  },
})
