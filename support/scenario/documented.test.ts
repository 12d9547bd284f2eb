import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { collectSpecs } from '../catalogue/collect'
import type { Exchange } from '../exchange/record'
import type { KnownDeviation } from '../judge/verdict'
import {
  type Asked,
  answerByOrder,
  documentationOf,
  factsAbout,
  isAnswer,
  judge,
  readSpecs,
  type Sources,
  type SpecTest,
  testsIn,
} from './documented'
import { STEPS } from './tour'

const read = (conditions: Asked['conditions'], operation: Asked['operation'] = 'GetObject'): Asked => ({
  operation,
  key: 'object',
  conditions,
})

const sources = (specs: readonly SpecTest[], deviations: Record<string, KnownDeviation> = {}): Sources => ({
  specs,
  known: { deviations, results: {}, requests: {}, buckets: 0 },
  titles: [],
})

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
  const plain = testsIn(
    'specs/read/if-match.spec.ts',
    `test.for(reads)('%s answers 412', evidence('R03', 'R04'), async ({ Read }, { s3 }) => {})
     test(
       "it's a second one",
       evidence('R01'),
       async ({ s3 }) => {},
     )`,
  )

  test('are read with titles and evidence', () => {
    expect(plain).toEqual([
      { file: 'specs/read/if-match.spec.ts', title: '%s answers 412', evidence: ['R03', 'R04'] },
      { file: 'specs/read/if-match.spec.ts', title: "it's a second one", evidence: ['R01'] },
    ])
  })

  test('are found by the facts that they name, with the operation in the title', () => {
    const { spec } = documentationOf(read({ IfMatch: 'other' }, 'HeadObject'), sources(plain))

    expect(spec).toEqual({ file: 'specs/read/if-match.spec.ts', title: 'HeadObject answers 412' })
  })

  test('whose path speaks of the condition go first, and those about another operation are left out', () => {
    const others = [
      ...testsIn('specs/read/a-412.spec.ts', "test('GetObject names it', evidence('R03'), async () => {})"),
      ...plain,
    ]
    const specOf = (operation: Asked['operation'], specs = others) =>
      documentationOf(read({ IfMatch: 'other' }, operation), sources(specs)).spec?.file

    expect(specOf('GetObject')).toBe('specs/read/if-match.spec.ts')
    expect(specOf('GetObject', others.slice(0, 1))).toBe('specs/read/a-412.spec.ts')
    expect(specOf('HeadObject', others.slice(0, 1))).toBeUndefined()
  })

  test('document every step of the tour', () => {
    const specs = readSpecs()
    const undocumented = STEPS.filter(({ operation, conditions, to }) => {
      const key = to === 'a free key' ? 'nothing' : 'object'
      const asked: Asked = { operation, key, ...(operation === 'CopyObject' && { source: 'object' }), conditions }
      const { spec, answer } = documentationOf(asked, sources(specs))
      return !answer || !spec?.title || !existsSync(fileURLToPath(new URL(`../../${spec.file}`, import.meta.url)))
    })

    expect(undocumented).toEqual([])
  })
})

describe('a combination of the four conditions', () => {
  const file = 'precedence/every-combination-of-the-four-conditions'
  const title = 'GetObject: If-Match fails, If-None-Match fails, If-Modified-Since absent, If-Unmodified-Since absent'
  const asked = read({ IfMatch: 'other', IfNoneMatch: 'current' })

  test('is documented by the test of that name, with the answer', () => {
    const test = `${file} > ${title}`
    const deviation = { observed: 'GetObject answered 304', why: 'for this test' }

    expect(documentationOf(asked, { ...sources([], { [test]: deviation }), titles: [test] })).toMatchObject({
      says: 'GetObject where If-Match fails and If-None-Match fails answers 412 with Condition If-Match.',
      answer: { status: 412, condition: 'If-Match' },
      facts: [],
      spec: { file: `specs/${file}.spec.ts`, title },
      deviations: [{ test, ...deviation }],
      alone: [
        { condition: 'IfMatch', answer: { status: 412 } },
        { condition: 'IfNoneMatch', answer: { status: 304 } },
      ],
    })
  })

  test('has names and answers as the spec has them', async () => {
    const module = (await collectSpecs()).find(({ moduleId }) => moduleId.includes(file))
    const tests = [...(module?.children.allTests() ?? [])]

    expect(tests).toHaveLength(324)
    for (const test of tests) {
      const [operation = '', asked = ''] = test.name.split(': ')
      const { status, condition } = answerByOrder(
        operation,
        Object.fromEntries(asked.split(', ').map((state) => state.split(' '))),
      )
      expect([status, condition].filter(Boolean).join(' '), test.name).toBe(test.meta().answer)
    }
  })

  test('is not stated where no test has its name', () => {
    const documentation = documentationOf(asked, sources([]))

    expect(documentation).not.toHaveProperty('answer')
    expect(judge(answered(304), documentation).judgement).toBe('not stated')
  })
})

describe('an outcome', () => {
  const specs = testsIn('specs/read/if-match.spec.ts', "test.for(reads)('%s is 412', evidence('R03'), async () => {})")
  const documented = (observed?: string | string[]) =>
    documentationOf(
      read({ IfMatch: 'other' }),
      sources(specs, observed ? { 'read/if-match > GetObject is 412': { observed, why: 'for this test' } } : {}),
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
