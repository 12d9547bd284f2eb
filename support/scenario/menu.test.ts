import { describe, expect, test } from 'vitest'
import { SetupError } from '../errors'
import type { Target } from '../targets/target'
import { type Exchange, link, type RecordedResponse, summarise } from '../wire/record'
import { rememberSecretsOf } from '../wire/secrets'
import { explain, judge } from './explain'
import { failureSentence } from './failure'
import { explore } from './menu'
import { Back, type Prompts } from './prompts'
import { headersOf, type Request, textsOf } from './request'
import type { Scene } from './session'
import { stateOf } from './state'
import { wrap } from './wrap'

const modified = Date.UTC(2026, 10, 25, 10, 11, 12)
const stored = { current: { body: 'text', ETag: '"tag"', modified, metadata: {} }, versions: [] }
const target = { store: { name: 'mine', version: '1', how: 'endpoint' } } as unknown as Target

/** A scene whose store accepts everything, and what was sent to it; `send` can be made to fail. */
function sceneOf(fails: unknown[] = []) {
  const sent: Request[] = []
  const buckets = ['first', 'second']
  const scene: Scene = {
    target,
    buckets,
    object: { Bucket: 'first', Key: 'hello.txt' },
    keepVersions: async () => 'third',
    keepsVersions: () => false,
    list: async () => [{ Bucket: 'first', Key: 'hello.txt', ETag: '"tag"', size: 4, modified: new Date(modified) }],
    look: async ({ Key }) => (Key === 'hello.txt' ? stored : { current: 'nothing', versions: [] }),
    uploads: () => [],
    async send(request) {
      const [fault] = fails.splice(0, 1)
      if (fault) throw fault
      sent.push(request)
      const texts = textsOf(request.conditions, modified, stored, stored)
      const state = stateOf({ now: modified, keepsVersions: false, key: stored, source: stored })
      const asked = { operation: request.operation, key: 'hello.txt', headers: headersOf(texts) }
      const explanation = explain(asked, state, { checks: [], known: {} })
      const exchange = {
        by: 'spec',
        operation: request.operation,
        request: { method: 'GET', path: '/', headers: {} },
        response: { status: 200, headers: {} },
      } as const
      const typed = Object.entries(texts).map(([name, text]) => [name, { typed: text }])
      const again = { ...request, conditions: Object.fromEntries(typed) }
      return { request, again, exchange, explanation, ...judge(exchange, explanation, { checks: [], known: {} }) }
    },
  }
  return { scene, sent }
}

/** Prompts that answer from a script; what was asked and offered is kept. */
function stubServer(script: readonly (string | readonly string[] | Error)[]) {
  const asked: { message: string; offered: readonly string[] }[] = []
  const left = [...script]
  const next = async (message: string, offered: readonly string[] = []) => {
    asked.push({ message, offered })
    const answer = left.shift()
    if (answer === undefined) throw new Error(`The script has no answer to: ${message}`)
    if (answer instanceof Error) throw answer
    if (typeof answer === 'string' && offered.length > 0 && !offered.includes(answer)) {
      throw new Error(`${message} does not offer ${answer}, but ${offered}`)
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
  const { scene, sent } = sceneOf(fails)
  const lines: string[] = []
  const { prompts, asked, left } = stubServer([...script, 'leave'])
  await explore(scene, (line) => void lines.push(line), prompts, new AbortController().signal)
  expect(left).toEqual([])
  return { sent, asked, text: lines.join('\n') }
}

describe('the menu', () => {
  test('puts a read together, with symbols and values of the user’s own', async () => {
    const { sent, text } = await play([
      'read',
      'HeadObject',
      '0',
      ['IfMatch', 'IfModifiedSince'],
      'current',
      'own',
      'yesterday',
    ])

    expect(sent).toEqual([
      {
        operation: 'HeadObject',
        address: { Bucket: 'first', Key: 'hello.txt' },
        conditions: { IfMatch: 'current', IfModifiedSince: { typed: 'yesterday' } },
      },
    ])
    expect(text).toContain('HeadObject with If-Match: the current entity tag, If-Modified-Since: yesterday\n')
  })

  test('sends the same request again, with the very same values', async () => {
    const { sent, asked } = await play(['write', '0', 'text', ['IfMatch'], 'current', 'again'])

    expect(sent[1]).toEqual({ ...sent[0], conditions: { IfMatch: { typed: '"tag"' } } })
    const menus = asked
      .filter(({ message }) => message === 'What next?')
      .map(({ offered }) => offered.includes('again'))
    expect(menus).toEqual([false, true, true])
  })

  test('takes an empty content and an empty value, and a placeholder for a key without a name', async () => {
    const { sent } = await play(['write', 'second', '', '', ['IfNoneMatch'], 'own', ''])

    expect(sent).toMatchObject([
      { address: { Bucket: 'second', Key: 'another.txt' }, body: '', conditions: { IfNoneMatch: { typed: '' } } },
    ])
  })

  test('offers of a key that holds nothing no value that is about an object', async () => {
    const { asked } = await play(['write', 'second', 'new.txt', '', ['IfMatch'], '*'])

    expect(asked.at(-2)?.offered).toEqual(['other', '*', 'own'])
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

  test('creates an upload before anything else about one', async () => {
    const { sent, asked } = await play(['upload', 'CreateMultipartUpload', '0'])

    expect(asked[1]?.offered).toEqual(['CreateMultipartUpload'])
    expect(sent).toMatchObject([{ operation: 'CreateMultipartUpload', conditions: {} }])
  })

  test('goes back on Escape, and goes on after an error, in one sentence', async () => {
    const error = Object.assign(new Error('connect ECONNREFUSED\n    at somewhere'), { code: 'ECONNREFUSED' })
    const { sent, text } = await play(['read', new Back(), 'read', 'GetObject', '0', [], 'list'], [error])

    expect(sent).toEqual([])
    expect(text).toContain('\nA request got no answer: ECONNREFUSED.\n')
    expect(text).not.toMatch(/ {4}at /)
    expect(text).toContain('hello.txt  "tag"')
  })

  test('ends with the scenario', async () => {
    const { scene } = sceneOf()
    const ending = new AbortController()
    const { prompts } = stubServer([])
    ending.abort('enough')

    await expect(explore(scene, () => {}, prompts, ending.signal)).rejects.toBe('enough')
  })
})

describe('what went wrong', () => {
  const exchange = (error: RecordedResponse['error']): Exchange => ({
    by: 'matcher',
    operation: 'ListObjectsV2',
    request: { method: 'GET', path: '/', headers: {} },
    response: { status: 503, headers: {}, error },
  })

  test('is said with operation, status and code', () => {
    const error = { Code: 'SlowDown', Message: 'Please reduce your request rate.' }
    const sent = exchange(error)

    expect(failureSentence(link(new Error('SlowDown'), sent))).toBe(`${summarise(sent)}: ${error.Message}`)
  })

  test('names no secret, and shows no stack', () => {
    rememberSecretsOf({ authorization: 'Credential=AKIAVERYSECRET/x', 'x-amz-security-token': 'a-secret-token' })
    const sent = exchange({ Code: 'Odd', Message: 'You are AKIAVERYSECRET with a-secret-token' })
    const said = [
      failureSentence(link(new Error('Odd'), sent)),
      failureSentence(new Error('AKIAVERYSECRET\n    at a-secret-token')),
      failureSentence(new SetupError('not with a-secret-token')),
      failureSentence('a-secret-token'),
    ]

    expect(said).toEqual([`${summarise(sent)}: You are *** with ***`, '***', 'not with ***', '***'])
  })
})

describe('a long line', () => {
  test('is broken between words and keeps its mark', () => {
    expect(wrap('one two three four', 10)).toEqual(['one two', '  three', '  four'])
    expect(wrap('< <Message>did not hold</Message>', 16)).toEqual(['< <Message>did', '<   not', '<   hold</Message>'])
    expect(wrap('averyveryverylongword', 10)).toEqual(['averyveryverylongword'])
    expect(wrap('  indented and long', 12)).toEqual(['  indented', '    and', '    long'])
  })

  test('stays one where there is no terminal, and a short one anyway', () => {
    expect(wrap('one two three four')).toEqual(['one two three four'])
    expect(wrap('short', 10)).toEqual(['short'])
    expect(wrap('', 10)).toEqual([''])
  })
})
