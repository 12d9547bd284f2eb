import type { Answered } from '../../proxy/changes'
import type { Lie } from '../../proxy/liar'
import { type Meant, sent } from './lies'

// Lies that change what a request says, or what the store answers, and the requests of reads, copies and deletes.

export const isGet: Meant = ({ method, path }) => method === 'GET' && path.includes('x-id=GetObject')
export const isHead: Meant = ({ method }) => method === 'HEAD'
export const isRead: Meant = (passing) => isGet(passing) || isHead(passing)
export const isPartCopy: Meant = ({ headers, path }) => 'x-amz-copy-source' in headers && path.includes('partNumber=')
export const isCopy: Meant = (passing) => 'x-amz-copy-source' in passing.headers && !isPartCopy(passing)
export const isDelete: Meant = ({ method, path }) => method === 'DELETE' && path.includes('x-id=DeleteObject')
export const isDeleteMany: Meant = ({ method, path }) => method === 'POST' && /[?&]delete\b/.test(path)

/** Reads another value in a header than the one that was sent; without one, it does not look at the header. */
export function mistaking(meant: Meant, header: string, to: (value: string) => string | undefined): Lie {
  return {
    request(passing) {
      if (meant(passing) && header in passing.headers) passing.headers[header] = to(sent(passing, header))
      if (passing.headers[header] === undefined) delete passing.headers[header]
      return undefined
    },
  }
}

/** A date that is some seconds later, written as an HTTP date. */
export const later = (seconds: number) => (date: string) =>
  new Date(new Date(date).getTime() + 1000 * seconds).toUTCString()

/** Answers with other headers where the status is such; a header that is undefined is left out. */
export function answering(meant: Meant, status: number, headers: Answered['headers']): Lie {
  return {
    change(passing, answer) {
      if (answer.status !== status || !meant(passing)) return answer
      const all = Object.entries({ ...answer.headers, ...headers }).filter(([, value]) => value !== undefined)
      return { ...answer, headers: Object.fromEntries(all) }
    },
  }
}

/** Writes an answer of such a status in another way. */
export function writing(meant: Meant, status: number, from: RegExp, to: string): Lie {
  return {
    change: (passing, answer) =>
      answer.status === status && meant(passing) ? { ...answer, body: answer.body.replace(from, to) } : answer,
  }
}

/** Reads the body of a request in another way. */
export function reading(meant: Meant, from: RegExp, to: string): Lie {
  return { body: (passing, body) => (meant(passing) ? body.replace(from, to) : body) }
}
