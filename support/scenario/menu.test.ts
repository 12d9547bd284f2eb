import { describe, expect, test } from 'vitest'
import { SetupError } from '../errors'
import type { Target } from '../targets/target'
import { type Exchange, link, type RecordedResponse, summarise } from '../wire/record'
import { rememberSecretsOf } from '../wire/redact'
import { explain } from './explain'
import { failureSentence } from './failure'
import { explore } from './menu'
import { Back, type Prompts } from './prompts'
import { headersOf, type Request, textsOf } from './request'
import { type Session, stateOf } from './session'

const modified = Date.UTC(2026, 10, 25, 10, 11, 12)
const stored = { current: { body: 'text', ETag: '"tag"', modified, metadata: {} }, versions: [] }
const target = { store: { name: 'mine', version: '1', how: 'endpoint' } } as unknown as Target

/**
 * Returns a session and a list of its successful requests. The first requests fail, one with each error in `fails`, and
 * all later ones succeed.
 */
function sessionOf(fails: unknown[] = []) {
  const sent: Request[] = []
  const session: Session = {
    target,
    buckets: ['first', 'second'],
    object: { Bucket: 'first', Key: 'hello.txt' },
    list: async () => [{ Bucket: 'first', Key: 'hello.txt', ETag: '"tag"', size: 4, modified: new Date(modified) }],
    look: async ({ Key }) => (Key === 'hello.txt' ? stored : { current: 'nothing', versions: [] }),
    async send(request) {
      const [fault] = fails.splice(0, 1)
      if (fault) throw fault
      sent.push(request)
      const { operation } = request
      const headers = headersOf(textsOf(request.conditions, modified, stored, stored))
      const explanation = explain({ operation, key: 'hello.txt', headers }, stateOf(modified, stored, stored), {
        checks: [],
        known: {},
      })
      const exchange: Exchange = {
        by: 'spec',
        operation,
        request: { method: 'GET', path: '/', headers: {} },
        response: { status: 200, headers: {} },
      }
      return { request, exchange, explanation, judgement: 'as expected', observed: [] }
    },
  }
  return { session, sent }
}

/** Returns prompts that take their inputs from a script, and record the choices that they offer. */
function scriptedPrompts(script: readonly (string | readonly string[] | Error)[]) {
  const asked: { message: string; offered: readonly string[] }[] = []
  const left = [...script]
  const next = async (message: string, offered: readonly string[] = []) => {
    asked.push({ message, offered })
    const answer = left.shift()
    if (answer === undefined) throw new Error(`The script has no input for: ${message}`)
    if (answer instanceof Error) throw answer
    if (typeof answer === 'string' && offered.length > 0 && !offered.includes(answer)) {
      throw new Error(`${message} does not offer ${answer}, only ${offered}`)
    }
    return answer
  }
  const prompts = {
    select: (message: string, options: readonly (readonly [string])[]) =>
      next(
        message,
        options.map(([value]) => value),
      ),
    several: (message: string) => next(message),
    text: async (message: string, _: string, otherwise = '') => (await next(message)) || otherwise,
  } as unknown as Prompts
  return { prompts, asked, left }
}

async function play(script: readonly (string | readonly string[] | Error)[], fails: unknown[] = []) {
  const { session, sent } = sessionOf(fails)
  const lines: string[] = []
  const { prompts, asked, left } = scriptedPrompts([...script, 'leave'])
  await explore(session, (line) => void lines.push(line), prompts, new AbortController().signal)
  expect(left).toEqual([])
  return { sent, asked, text: lines.join('\n') }
}

describe('the menu', () => {
  test('builds a read, with a value for each condition', async () => {
    const { sent, text } = await play(['read', 'HeadObject', '0', ['IfMatch', 'IfModifiedSince'], 'current', 'before'])

    expect(sent).toEqual([
      {
        operation: 'HeadObject',
        address: { Bucket: 'first', Key: 'hello.txt' },
        conditions: { IfMatch: 'current', IfModifiedSince: 'before' },
      },
    ])
    expect(text).toContain(
      'HeadObject with If-Match: the current ETag, If-Modified-Since: a second before Last-Modified\n',
    )
  })

  test('accepts empty content, and has a default for the name of a key', async () => {
    const { sent } = await play(['write', 'second', '', '', ['IfNoneMatch'], '*'])

    expect(sent).toMatchObject([
      { address: { Bucket: 'second', Key: 'another.txt' }, body: '', conditions: { IfNoneMatch: '*' } },
    ])
  })

  test('offers only values that need no object if the key has none', async () => {
    const { asked } = await play(['write', 'second', 'new.txt', '', ['IfMatch'], '*'])

    expect(asked.at(-2)?.offered).toEqual(['other', '*'])
  })

  test('asks for conditions on both sides of a copy', async () => {
    const { sent } = await play([
      'copy',
      '0',
      ['CopySourceIfNoneMatch'],
      'other',
      'second',
      'copy.txt',
      ['IfNoneMatch'],
      '*',
    ])

    expect(sent[0]).toMatchObject({ conditions: { CopySourceIfNoneMatch: 'other', IfNoneMatch: '*' } })
  })

  test('is shown again after Escape and after an error, which is printed in one sentence', async () => {
    const error = Object.assign(new Error('connect ECONNREFUSED\n    at somewhere'), { code: 'ECONNREFUSED' })
    const { sent, text } = await play(['read', new Back(), 'read', 'GetObject', '0', [], 'list'], [error])

    expect(sent).toEqual([])
    expect(text).toContain('\nA request got no response: ECONNREFUSED.\n')
    expect(text).not.toMatch(/ {4}at /)
    expect(text).toContain('hello.txt  "tag"')
  })

  test('ends when the scenario is interrupted', async () => {
    const { session } = sessionOf()
    const ending = new AbortController()
    const { prompts } = scriptedPrompts([])
    ending.abort('enough')

    await expect(explore(session, () => {}, prompts, ending.signal)).rejects.toBe('enough')
  })
})

describe('an error', () => {
  const exchange = (error: RecordedResponse['error']): Exchange => ({
    by: 'matcher',
    operation: 'ListObjectsV2',
    request: { method: 'GET', path: '/', headers: {} },
    response: { status: 503, headers: {}, error },
  })

  test('is printed with operation, status, code and message', () => {
    const error = { Code: 'SlowDown', Message: 'Please reduce your request rate.' }
    const sent = exchange(error)

    expect(failureSentence(link(new Error('SlowDown'), sent))).toBe(`${summarise(sent)}: ${error.Message}`)
  })

  test('contains no secret and no stack trace', () => {
    rememberSecretsOf({ authorization: 'Credential=AKIAVERYSECRET/x', 'x-amz-security-token': 'a-secret-token' })
    const sent = exchange({ Code: 'Odd', Message: 'You are AKIAVERYSECRET with a-secret-token' })
    const sentences = [
      failureSentence(link(new Error('Odd'), sent)),
      failureSentence(new Error('AKIAVERYSECRET\n    at a-secret-token')),
      failureSentence(new SetupError('not with a-secret-token')),
      failureSentence('a-secret-token'),
    ]

    expect(sentences).toEqual([`${summarise(sent)}: You are *** with ***`, '***', 'not with ***', '***'])
  })
})
