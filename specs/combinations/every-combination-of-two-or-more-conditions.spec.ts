import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, oneSecondBefore, reads, test } from '../../support/test'

const [_, holds, fails, nothing] = ['absent', 'holds', 'fails', 'nothing'] as const

// For each condition: how S3 responds to a read and to a copy if that condition decides the result. A condition that
// makes a read return 304 makes a copy fail with 412.
const responses = {
  'If-Match': { read: { 412: 'If-Match' }, copy: { 412: 'x-amz-copy-source-If-Match' } },
  'If-Unmodified-Since': {
    read: { 412: 'If-Unmodified-Since' },
    copy: { 412: 'x-amz-copy-source-If-Unmodified-Since' },
  },
  'If-None-Match': { read: 304, copy: { 412: 'x-amz-copy-source-If-None-Match' } },
  'If-Modified-Since': { read: 304, copy: { 412: 'x-amz-copy-source-If-Modified-Since' } },
  nothing: { read: 200, copy: 200 },
} as const

// First, S3 evaluates If-Match or, in its absence, If-Unmodified-Since. If If-Match holds, S3 ignores
// If-Unmodified-Since. Then S3 evaluates If-None-Match or, in its absence, If-Modified-Since. If If-None-Match holds, S3
// ignores If-Modified-Since. The specs in read and copy-source test each condition alone.
// biome-ignore format: a table
const table = [
  // The columns: If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since, the condition that fails the request,
  // and the facts behind the responses to a read, to CopyObject and to UploadPartCopy.
  [_,     _,     holds, holds, nothing,               'R43',                  'C07 C09',     'C24 C26'],
  [_,     _,     holds, fails, 'If-Unmodified-Since', 'R22',                  'C10',         'C25'],
  [_,     _,     fails, holds, 'If-Modified-Since',   'R15',                  'C06',         'C28'],
  [_,     _,     fails, fails, 'If-Unmodified-Since', 'R42',                  'C13 R42',     'C25 C13 R42'],
  [_,     holds, _,     holds, nothing,               'R36',                  'C04 C09',     'C22 C24'],
  [_,     holds, _,     fails, 'If-Unmodified-Since', 'R37',                  'C10 C30',     'C25 C30'],
  [_,     holds, holds, _,     nothing,               'R40',                  'C04 C07',     'C22 C26'],
  [_,     holds, holds, holds, nothing,               'R36 R40 R43',          'C04 C07 C09', 'C22 C24 C26'],
  [_,     holds, holds, fails, 'If-Unmodified-Since', 'R37',                  'C10 C30',     'C25 C30'],
  [_,     holds, fails, _,     nothing,               'R41',                  'C34',         'C22 C34'],
  [_,     holds, fails, holds, nothing,               'R41 R36',              'C34',         'C22 C24 C34'],
  [_,     holds, fails, fails, 'If-Unmodified-Since', 'R37',                  'C10 C13 C30', 'C25 C30'],
  [_,     fails, _,     holds, 'If-None-Match',       'R38',                  'C03',         'C23'],
  [_,     fails, _,     fails, 'If-Unmodified-Since', 'R39',                  'C13',         'C25 C13'],
  [_,     fails, holds, _,     'If-None-Match',       'R29',                  'C16',         'C23 C16'],
  [_,     fails, holds, holds, 'If-None-Match',       'R29 R38',              'C16',         'C23 C16'],
  [_,     fails, holds, fails, 'If-Unmodified-Since', 'R39',                  'C13',         'C25 C13'],
  [_,     fails, fails, _,     'If-None-Match',       'R26',                  'C14',         'C23 C14'],
  [_,     fails, fails, holds, 'If-None-Match',       'R26 R38',              'C14',         'C23 C14'],
  [_,     fails, fails, fails, 'If-Unmodified-Since', 'R25',                  'C13',         'C25 C13'],
  [holds, _,     _,     holds, nothing,               'R30',                  'C01 C09',     'C20 C24'],
  [holds, _,     _,     fails, nothing,               'R28',                  'C15',         'C20 C29'],
  [holds, _,     holds, _,     nothing,               'R32',                  'C01 C07',     'C20 C26'],
  [holds, _,     holds, holds, nothing,               'R32 R30 R43',          'C01 C07 C09', 'C20 C24 C26'],
  [holds, _,     holds, fails, nothing,               'R28 R32',              'C15',         'C20 C26 C29'],
  [holds, _,     fails, _,     'If-Modified-Since',   'R34',                  'C34',         'C20 C28 C34'],
  [holds, _,     fails, holds, 'If-Modified-Since',   'R34',                  'C34',         'C20 C28 C34'],
  [holds, _,     fails, fails, 'If-Modified-Since',   'R34 R28',              'C34 C15',     'C20 C28 C29 C34'],
  [holds, holds, _,     _,     nothing,               'R01 R08',              'C01 C04',     'C20 C22'],
  [holds, holds, _,     holds, nothing,               'R30 R36',              'C01 C04 C09', 'C20 C22 C24'],
  [holds, holds, _,     fails, nothing,               'R28',                  'C15',         'C20 C22 C29'],
  [holds, holds, holds, _,     nothing,               'R32 R40',              'C01 C04 C07', 'C20 C22 C26'],
  [holds, holds, holds, holds, nothing,               'R27',                  'C17',         'C20 C22 C24 C26'],
  [holds, holds, holds, fails, nothing,               'R28 R32 R40',          'C15',         'C20 C22 C26 C29'],
  [holds, holds, fails, _,     nothing,               'R41',                  'C34',         'C20 C22 C34'],
  [holds, holds, fails, holds, nothing,               'R41 R30 R36',          'C34',         'C20 C22 C24 C34'],
  [holds, holds, fails, fails, nothing,               'R28 R41',              'C15 C34',     'C20 C22 C29 C34'],
  [holds, fails, _,     _,     'If-None-Match',       'R35',                  'C03 R35',     'C20 C23 R35'],
  [holds, fails, _,     holds, 'If-None-Match',       'R35 R38',              'C03 R35',     'C20 C23 R35'],
  [holds, fails, _,     fails, 'If-None-Match',       'R35 R28',              'C03 C15 R35', 'C20 C23 C29 R35'],
  [holds, fails, holds, _,     'If-None-Match',       'R35 R29',              'C16 R35',     'C20 C23 C16 R35'],
  [holds, fails, holds, holds, 'If-None-Match',       'R35 R29 R38',          'C16 R35',     'C20 C23 C16 R35'],
  [holds, fails, holds, fails, 'If-None-Match',       'R35 R29 R28',          'C16 C15 R35', 'C20 C23 C29 C16 R35'],
  [holds, fails, fails, _,     'If-None-Match',       'R35 R26',              'C14 R35',     'C20 C23 C14 R35'],
  [holds, fails, fails, holds, 'If-None-Match',       'R35 R26 R38',          'C14 R35',     'C20 C23 C14 R35'],
  [holds, fails, fails, fails, 'If-None-Match',       'R35 R26 R28',          'C14 C15 R35', 'C20 C23 C29 C14 R35'],
  [fails, _,     _,     holds, 'If-Match',            'R03 R04 R31',          'C02',         'C21'],
  [fails, _,     _,     fails, 'If-Match',            'R03 R04 R31 R24',      'C02 C12',     'C21 C12'],
  [fails, _,     holds, _,     'If-Match',            'R03 R04 R33',          'C02',         'C21'],
  [fails, _,     holds, holds, 'If-Match',            'R03 R04 R31 R33',      'C02',         'C21'],
  [fails, _,     holds, fails, 'If-Match',            'R03 R04 R31 R33 R24',  'C02 C12',     'C21 C12'],
  [fails, _,     fails, _,     'If-Match',            'R03 R04 R24',          'C02 C12',     'C21 C12'],
  [fails, _,     fails, holds, 'If-Match',            'R03 R04 R31 R24',      'C02 C12',     'C21 C12'],
  [fails, _,     fails, fails, 'If-Match',            'R03 R04 R31 R24',      'C02 C12',     'C21 C12'],
  [fails, holds, _,     _,     'If-Match',            'R03 R04',              'C02',         'C21'],
  [fails, holds, _,     holds, 'If-Match',            'R03 R04 R31',          'C02',         'C21'],
  [fails, holds, _,     fails, 'If-Match',            'R03 R04 R31 R24',      'C02 C12',     'C21 C12'],
  [fails, holds, holds, _,     'If-Match',            'R03 R04 R33',          'C02',         'C21'],
  [fails, holds, holds, holds, 'If-Match',            'R03 R04 R31 R33',      'C02',         'C21'],
  [fails, holds, holds, fails, 'If-Match',            'R03 R04 R31 R33 R24',  'C02 C12',     'C21 C12'],
  [fails, holds, fails, _,     'If-Match',            'R03 R04 R24',          'C02 C12',     'C21 C12'],
  [fails, holds, fails, holds, 'If-Match',            'R03 R04 R31 R24',      'C02 C12',     'C21 C12'],
  [fails, holds, fails, fails, 'If-Match',            'R03 R04 R31 R24',      'C02 C12',     'C21 C12'],
  [fails, fails, _,     _,     'If-Match',            'R03 R04 R24',          'C02 C12',     'C21 C12'],
  [fails, fails, _,     holds, 'If-Match',            'R03 R04 R31 R24',      'C02 C12',     'C21 C12'],
  [fails, fails, _,     fails, 'If-Match',            'R03 R04 R31 R24',      'C02 C12',     'C21 C12'],
  [fails, fails, holds, _,     'If-Match',            'R03 R04 R33 R24',      'C02 C12',     'C21 C12'],
  [fails, fails, holds, holds, 'If-Match',            'R03 R04 R31 R33 R24',  'C02 C12',     'C21 C12'],
  [fails, fails, holds, fails, 'If-Match',            'R03 R04 R31 R33 R24',  'C02 C12',     'C21 C12'],
  [fails, fails, fails, _,     'If-Match',            'R03 R04 R24',          'C02 C12',     'C21 C12'],
  [fails, fails, fails, holds, 'If-Match',            'R03 R04 R31 R24',      'C02 C12',     'C21 C12'],
  [fails, fails, fails, fails, 'If-Match',            'R24',                  'C12',         'C21 C12'],
] as const

type Row = (typeof rows)[number]['row']
type Validators = { ETag: string; LastModified: Date }

const readConditions = (row: Row, { ETag, LastModified }: Validators) => {
  const earlier = oneSecondBefore(LastModified)
  return {
    IfMatch: { absent: undefined, holds: ETag, fails: anotherETag }[row.IfMatch],
    IfNoneMatch: { absent: undefined, holds: anotherETag, fails: ETag }[row.IfNoneMatch],
    IfModifiedSince: { absent: undefined, holds: earlier, fails: LastModified }[row.IfModifiedSince],
    IfUnmodifiedSince: { absent: undefined, holds: LastModified, fails: earlier }[row.IfUnmodifiedSince],
  }
}
const sourceConditions = (row: Row, source: Validators) => {
  const conditions = readConditions(row, source)
  return {
    CopySourceIfMatch: conditions.IfMatch,
    CopySourceIfNoneMatch: conditions.IfNoneMatch,
    CopySourceIfModifiedSince: conditions.IfModifiedSince,
    CopySourceIfUnmodifiedSince: conditions.IfUnmodifiedSince,
  }
}

const names = ['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since'] as const
const endings = names.map((name) => `-${name.toLowerCase()}`)
const list = new Intl.ListFormat('en-GB')

/**
 * Describes the conditions in a table row, for use in a title:
 * `If-Match and If-None-Match hold but If-Modified-Since fails`.
 */
function conditionsOf(states: readonly string[], names: readonly string[]) {
  const clauses = [holds, fails].flatMap((state) => {
    const those = names.filter((_name, n) => states[n] === state)
    return those.length === 0 ? [] : `${list.format(those)} ${those.length === 1 ? state : state.slice(0, -1)}`
  })
  return clauses.join(' but ')
}

const statusOf = (response: number | object) =>
  typeof response === 'number' ? `returns ${response}` : 'fails with 412'

const rows = table.map(([IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince, failing, ...ids]) => {
  const row = { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince }
  const { read, copy } = responses[failing]
  const optionsOf = (ids: string, answer: typeof read | typeof copy) => ({
    meta: { ...evidence(...ids.split(' ').map((id) => facts[id as keyof typeof facts])).meta, answer, row },
  })
  return {
    row,
    conditions: conditionsOf(Object.values(row), names),
    onSource: `x-amz-copy-source${conditionsOf(Object.values(row), endings)}`,
    failing,
    parts: failing === nothing ? [1] : [],
    read,
    copy,
    ofRead: optionsOf(ids[0], read),
    ofCopy: optionsOf(ids[1], copy),
    ofPartCopy: optionsOf(ids[2], copy),
  }
})
const copied = rows.filter(({ failing }) => failing === nothing)
const notCopied = rows.filter(({ failing }) => failing !== nothing)

describe('Every combination of two or more of the four conditions', docs('conditional-reads'), () => {
  for (const { row, conditions, read: response, ofRead } of rows) {
    test.for(reads)(`%s ${statusOf(response)} when ${conditions}`, ofRead, async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, ...readConditions(row, sharedObject) }))

      await expect(read).toReturnStatus(response)
    })
  }

  for (const { row, onSource, copy: response, ofCopy } of copied) {
    test(`CopyObject returns 200 when ${onSource}`, ofCopy, async ({ s3, sharedObject, key }) => {
      const from = { ...sharedObject.source, ...sourceConditions(row, sharedObject) }
      const copy = s3.send(new CopyObjectCommand({ ...key, ...from }))

      await expect(copy).toReturnStatus(response)
      await expect(key).toHaveBody(sharedObject.body)
    })
  }

  for (const { row, onSource, copy: response, ofCopy } of notCopied) {
    test(`CopyObject fails with 412 when ${onSource}`, ofCopy, async ({ s3, sharedObject, key }) => {
      const from = { ...sharedObject.source, ...sourceConditions(row, sharedObject) }
      const copy = s3.send(new CopyObjectCommand({ ...key, ...from }))

      await expect(copy).toReturnStatus(response)
      await expect(key).toHaveNoObject()
    })
  }

  for (const { row, onSource, parts, copy: response, ofPartCopy } of rows) {
    test(`UploadPartCopy ${statusOf(response)} when ${onSource}`, ofPartCopy, async ({ s3, sharedObject, upload }) => {
      const from = { ...sharedObject.source, ...sourceConditions(row, sharedObject) }
      const copy = s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...from }))

      await expect(copy).toReturnStatus(response)
      await expect(upload).toHaveParts(parts)
    })
  }
})
