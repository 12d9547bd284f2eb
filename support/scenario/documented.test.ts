import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Check, readChecks } from '../catalogue/checks'
import type { FactId } from '../evidence/catalogue'
import type { Exchange } from '../exchange/record'
import type { KnownDeviation } from '../judge/verdict'
import { root } from '../paths'
import { checkId } from '../results/ids'
import { type Asked, documentationOf, factsAbout, isAnswer, judge, type Sources } from './documented'
import { STEPS } from './tour'

const read = (conditions: Asked['conditions'], operation: Asked['operation'] = 'GetObject'): Asked => ({
  operation,
  key: 'object',
  conditions,
})

const check = (behaviour: string, title: string, facts: FactId[], answer?: string): Check => ({
  id: checkId(join(root, 'specs', `${behaviour}.spec.ts`), title),
  behaviour,
  title,
  describe: 'A behaviour',
  facts,
  needs: [],
  docs: 'conditional-reads',
  ...(answer && { answer }),
})

const sources = (checks: readonly Check[], known: Record<string, KnownDeviation> = {}): Sources => ({ checks, known })

function answered(status: number, body = '', method = 'GET', operation = 'GetObject'): Exchange {
  return { by: 'spec', operation, request: { method, path: '/', headers: {} }, response: { status, headers: {}, body } }
}

const refusal = (condition: string) =>
  `<Error><Code>PreconditionFailed</Code><Condition>${condition}</Condition></Error>`

describe('facts about a request', () => {
  test('are found by operation, key and conditions', () => {
    expect(factsAbout(read({ IfMatch: 'other' }))).toContain('R03')
    expect(factsAbout({ operation: 'PutObject', key: 'nothing', conditions: { IfNoneMatch: '*' } })).toEqual(['P01'])
    expect(factsAbout({ operation: 'PutObject', key: 'object', conditions: { IfNoneMatch: '*' } })).toEqual(['P02'])
    expect(factsAbout({ operation: 'PutObject', key: 'deleted', conditions: { IfNoneMatch: '*' } })).toEqual(['P03'])
  })

  test('are none for a condition that no fact has, or with one condition more', () => {
    expect(factsAbout(read({}))).toEqual([])
    expect(factsAbout({ operation: 'DeleteObject', key: 'object', conditions: { IfNoneMatch: 'current' } })).toEqual([])
    expect(factsAbout(read({ IfMatch: 'other', IfNoneMatch: 'current' }))).toEqual([])
  })

  test('that say which of several conditions hold are found by values that are answered alike when alone', () => {
    const said = factsAbout(read({ IfNoneMatch: 'current', IfModifiedSince: 'after' }))

    expect(said).toEqual(['R26'])
    expect(factsAbout(read({ IfNoneMatch: 'current', IfModifiedSince: 'at' }))).toEqual(said)
  })
})

describe('a copy', () => {
  const copy = { operation: 'CopyObject', key: 'nothing', source: 'object' } as const

  test('is looked up by what its source holds, or its destination, as its conditions are about', () => {
    expect(factsAbout({ ...copy, conditions: { CopySourceIfMatch: 'other' } })).toEqual(['C02'])
    expect(factsAbout({ ...copy, conditions: { IfNoneMatch: '*' } })).toEqual(['D01'])
    expect(factsAbout({ ...copy, key: 'object', conditions: { IfNoneMatch: '*' } })).toEqual(['D02'])
  })

  test('with conditions on both is described by what is said about each alone', () => {
    const conditions = { CopySourceIfMatch: 'other', IfNoneMatch: '*' } as const
    const { answer, alone } = documentationOf({ ...copy, conditions }, sources([]))

    expect(answer).toBeUndefined()
    expect(alone.map(({ condition, facts }) => [condition, ...facts])).toEqual([
      ['CopySourceIfMatch', 'C02'],
      ['IfNoneMatch', 'D01'],
    ])
  })
})

describe('specs', () => {
  const plain = [
    check('read/if-match', 'GetObject answers 412', ['R03', 'R04']),
    check('read/if-match', 'HeadObject answers 412', ['R03', 'R04']),
    check('read/if-match', "it's a second one", ['R01']),
  ]

  test('are found by the facts that they name, with the operation in the title', () => {
    const { spec } = documentationOf(read({ IfMatch: 'other' }, 'HeadObject'), sources(plain))

    expect(spec).toEqual({ file: 'specs/read/if-match.spec.ts', title: 'HeadObject answers 412' })
  })

  test('whose path speaks of the condition go first, and those about another operation are left out', () => {
    const others = [check('read/a-412', 'GetObject names it', ['R03']), ...plain]
    const specOf = (operation: Asked['operation'], checks = others) =>
      documentationOf(read({ IfMatch: 'other' }, operation), sources(checks)).spec?.file

    expect(specOf('GetObject')).toBe('specs/read/if-match.spec.ts')
    expect(specOf('GetObject', others.slice(0, 1))).toBe('specs/read/a-412.spec.ts')
    expect(specOf('HeadObject', others.slice(0, 1))).toBeUndefined()
  })

  test('document every step of the tour', () => {
    const checks = readChecks()
    const undocumented = STEPS.filter(({ operation, conditions, to }) => {
      const key = to === 'a free key' ? 'nothing' : 'object'
      const asked: Asked = { operation, key, ...(operation === 'CopyObject' && { source: 'object' }), conditions }
      const { spec, answer } = documentationOf(asked, sources(checks))
      return !answer || !spec || !existsSync(join(root, spec.file))
    })

    expect(undocumented).toEqual([])
  })
})

describe('a combination of the four conditions', () => {
  const behaviour = 'precedence/every-combination-of-the-four-conditions'
  const title =
    'GetObject: If-Match fails, If-None-Match fails, If-Modified-Since absent, If-Unmodified-Since absent: 412 If-Match'
  const asked = read({ IfMatch: 'other', IfNoneMatch: 'current' })

  test('is documented by the check of that name, which also says the answer', () => {
    const combination = check(behaviour, title, ['R03'], '412 If-Match')
    const deviation = { observed: 'GetObject answered 304', why: 'for this test' }

    expect(documentationOf(asked, sources([combination], { [combination.id]: deviation }))).toMatchObject({
      says: 'GetObject where If-Match fails and If-None-Match fails answers 412 with Condition If-Match.',
      answer: { status: 412, condition: 'If-Match' },
      facts: [],
      spec: { file: `specs/${behaviour}.spec.ts`, title },
      deviations: [{ test: combination.id, ...deviation }],
      alone: [
        { condition: 'IfMatch', answer: { status: 412 } },
        { condition: 'IfNoneMatch', answer: { status: 304 } },
      ],
    })
  })

  test('has an id that begins with what is combined', () => {
    const ids = readChecks().map(({ id }) => id)

    expect(ids.filter((id) => id.startsWith(check(behaviour, title.replace(/: 412.*/, ''), []).id))).toHaveLength(1)
  })

  test('is not stated where no test has its name', () => {
    const documentation = documentationOf(asked, sources([]))

    expect(documentation).not.toHaveProperty('answer')
    expect(judge(answered(304), documentation).judgement).toBe('not stated')
  })
})

describe('an outcome', () => {
  const checks = [check('read/if-match', 'GetObject is 412', ['R03'])]
  const documented = (observed?: string | string[]) =>
    documentationOf(
      read({ IfMatch: 'other' }),
      sources(checks, observed ? { 'read/if-match/getobject-is-412': { observed, why: 'for this test' } } : {}),
    )

  test('is as expected when status, code and Condition are those of the fact', () => {
    expect(judge(answered(412, refusal('If-Match')), documented()).judgement).toBe('as expected')
    expect(judge(answered(412, refusal('If-None-Match')), documented()).judgement).toBe('unexpected')
    expect(judge(answered(412), documented()).judgement).toBe('unexpected')
    expect(judge(answered(200), documented()).judgement).toBe('unexpected')
  })

  test('of HEAD, which has no body, is judged by its status', () => {
    const answer = { status: 412, code: 'PreconditionFailed', condition: 'If-Match' }

    expect(isAnswer(answered(412, '', 'HEAD', 'HeadObject'), answer)).toBe(true)
    expect(isAnswer(answered(404, '', 'HEAD', 'HeadObject'), answer)).toBe(false)
  })

  test('is a known deviation when it is what was pinned, whatever else the test saw', () => {
    const { judgement, because } = judge(answered(200), documented('GetObject accepted with 200'))

    expect(judgement).toBe('known deviation')
    expect(because).toMatchObject([{ why: 'for this test' }])
    expect(judge(answered(200), documented('GetObject accepted with 200; it holds other bytes')).judgement).toBe(
      judgement,
    )
    expect(judge(answered(200), documented(['holds', 'GetObject accepted with 200'])).judgement).toBe(judgement)
    expect(judge(answered(304), documented('GetObject accepted with 200')).judgement).toBe('unexpected')
  })

  test('without the Condition is no known deviation of a store that was pinned with another one', () => {
    const without = '<Error><Code>PreconditionFailed</Code></Error>'
    const pinned = 'GetObject answered 412 PreconditionFailed'

    expect(judge(answered(412, without), documented(`${pinned}, no Condition`)).judgement).toBe('known deviation')
    expect(judge(answered(412, without), documented(`${pinned} (Condition: If-Range)`)).judgement).toBe('unexpected')
  })

  test('is not as expected when the refused request changed something', () => {
    const { judgement } = judge(answered(412, refusal('If-Match')), documented(), 'its bytes changed')

    expect(judgement).toBe('unexpected')
  })

  test('is a known deviation when the store is known to change that', () => {
    const pinned = 'GetObject answered 412 PreconditionFailed (Condition: If-Match); its bytes changed'

    expect(judge(answered(412, refusal('If-Match')), documented(pinned), 'its bytes changed').judgement).toBe(
      'known deviation',
    )
  })
})
