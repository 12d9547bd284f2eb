import { evaluate, factsOf } from 's3-reference-store/rules'
import { describe, expect, test } from 'vitest'
import { knownFacts } from '../evidence/catalogue'
import type { Operation } from '../evidence/fact'
import { readChecks } from '../verdicts/manifest'
import { concretizeRow } from './symbols'

// The expected responses do not come from the rules but from the spec's table, which the manifest contains.
const checks = readChecks().flatMap(({ row, answer, ...check }) =>
  row && answer !== undefined ? [{ ...check, row, answer }] : [],
)

describe('the rules agree with the spec on every combination of two or more of the four conditions', () => {
  test('the table has every combination of two or more conditions', () => {
    const rows = new Set(checks.map(({ row }) => Object.values(row).join()))

    // 3 ** 4 combinations, minus the one without conditions and the 8 with a single condition.
    expect(rows.size).toBe(72)
    expect([...rows].filter((row) => row.split(',').filter((is) => is !== 'absent').length < 2)).toEqual([])
    // Each row is tested with GetObject, HeadObject, CopyObject and UploadPartCopy.
    expect(checks).toHaveLength(4 * 72)
  })

  test.for(checks)('$title', ({ title, row, answer, facts }) => {
    const { request, state } = concretizeRow(row, title.split(' ')[0] as Operation)
    const outcome = evaluate(request, state)
    const error = typeof answer === 'object' ? { status: 412, condition: answer[412] } : { status: answer }

    expect(outcome).toMatchObject(answer === 200 ? { kind: 'success', status: 200 } : { kind: 'failure', error })
    expect(knownFacts(factsOf(outcome)).filter((id) => facts.includes(id))).not.toEqual([])
  })
})
