import { isDeepStrictEqual } from 'node:util'
import { result, settle } from './result'

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is merged only with the same type parameters.
  interface Matchers<T = any> {
    /**
     * The request is accepted, and its answer has these members, as the SDK names them; `Body` is the text of an
     * object. The status is up to `toBeAnswered`.
     */
    toAnswerWith(members: Record<string, unknown>): Promise<T>
  }
}

/** A refusal is what is observed then, as when the spec awaits the request plainly. */
export async function toAnswerWith(this: { isNot?: boolean }, sent: unknown, members: Record<string, unknown>) {
  const { refusal, summary } = await settle(sent)
  const names = Object.keys(members)
  const wanted = names.map((name) => `${name}: ${JSON.stringify(members[name])}`).join(', ')
  const expected = `the answer ${this.isNot ? 'has not' : 'has'} ${wanted}.`
  // Refused, it fails whether the members are wanted or not.
  if (refusal) return result(this.isNot ?? false, expected, summary, 'answer')
  const answer = { ...((await sent) as Record<string, unknown>) }
  if ('Body' in members) {
    answer.Body = await (answer.Body as { transformToString(): Promise<string> } | undefined)?.transformToString()
  }
  const wrong = names.filter((name) => !isDeepStrictEqual(answer[name], members[name]))
  const differing = wrong.map((name) => (answer[name] === undefined ? `no ${name}` : `another ${name}`))
  // Without the values, so that a pin is the same in every run. What is as wanted is pinned where `not` is asked.
  const observed = wrong.length > 0 ? differing.join(' and ') : `the same ${names.join(' and ')}`
  return result(wrong.length === 0, expected, observed, 'detail')
}
