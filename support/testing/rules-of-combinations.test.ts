import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { evaluate, factsOf, type Request } from 's3-reference-store/rules'
import { describe, expect, test } from 'vitest'
import { root } from '../paths'
import { NOW, OBJECT, SOURCE } from './symbols'

// The spec's table is read as text, so that it stays independent of the rules.
const folder = join(root, 'specs', 'combinations')
const text = readdirSync(folder)
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n')
const state = "(_|holds|fails|'absent'|'holds'|'fails')"
const ROW = new RegExp(
  `^ *\\[${`${state}, +`.repeat(4)}('?[\\w-]+'?), +\\[([^\\]]*)\\], +\\[([^\\]]*)\\], +\\[([^\\]]*)\\]\\]`,
  'gm',
)
const rows = [...text.matchAll(ROW)].map(([, ...cells]) => cells.map((cell) => cell.replaceAll("'", '').trim()))

const isPresent = (state: string) => state === 'holds' || state === 'fails'

const anotherETag = '"00000000000000000000000000000000"'
const dateOf = (object: typeof OBJECT, seconds = 0) =>
  new Date(object.lastModified.getTime() + seconds * 1000).toUTCString()

function conditionsOf([match, noneMatch, modified, unmodified]: readonly string[], object: typeof OBJECT) {
  const value = (state: string | undefined, holds: string, fails: string) => ({ holds, fails })[state ?? '']
  return {
    match: value(match, object.etag, anotherETag),
    noneMatch: value(noneMatch, anotherETag, object.etag),
    modified: value(modified, dateOf(object, -1), dateOf(object)),
    unmodified: value(unmodified, dateOf(object), dateOf(object, -1)),
  }
}

function outcomeOf(operation: Request['operation'], states: readonly string[]) {
  const isRead = operation === 'GetObject' || operation === 'HeadObject'
  const { match, noneMatch, modified, unmodified } = conditionsOf(states, isRead ? OBJECT : SOURCE)
  const headers = isRead
    ? { ifMatch: match, ifNoneMatch: noneMatch, ifModifiedSince: modified, ifUnmodifiedSince: unmodified }
    : {
        copySourceIfMatch: match,
        copySourceIfNoneMatch: noneMatch,
        copySourceIfModifiedSince: modified,
        copySourceIfUnmodifiedSince: unmodified,
      }
  const bucket = { versioning: 'never', directory: false } as const
  const key = isRead ? { current: OBJECT } : {}
  return evaluate({ operation, key: 'key', headers }, { now: NOW, bucket, key, source: { current: SOURCE } })
}

describe('the rules agree with the spec on every combination of two or more of the four conditions', () => {
  test('the table has every combination of two or more conditions', () => {
    // 3 ** 4 combinations, without the one that has no condition and the 8 that have one condition.
    expect(rows).toHaveLength(72)
    expect(new Set(rows.map((row) => row.slice(0, 4).join())).size).toBe(72)
    expect(rows.filter((row) => row.slice(0, 4).filter(isPresent).length < 2)).toEqual([])
  })

  for (const operation of ['GetObject', 'HeadObject', 'CopyObject', 'UploadPartCopy'] as const) {
    test.for(rows)(`${operation}: %s, %s, %s, %s: %s fails`, (row) => {
      const [failing, readFacts, copyFacts, partFacts] = row.slice(4)
      const outcome = outcomeOf(operation, row)
      const isRead = operation === 'GetObject' || operation === 'HeadObject'
      const status = !isRead || failing === 'If-Match' || failing === 'If-Unmodified-Since' ? 412 : 304
      const condition = status === 412 && (isRead ? failing : `x-amz-copy-source-${failing}`)

      expect(outcome).toMatchObject(
        failing === 'nothing'
          ? { kind: 'success', status: 200 }
          : { kind: 'failure', error: { status, ...(condition && { condition }) } },
      )
      const named = (isRead ? readFacts : operation === 'CopyObject' ? copyFacts : partFacts)?.split(', ') ?? []
      expect(factsOf(outcome).filter((id) => named.includes(id))).not.toEqual([])
    })
  }
})
