import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, oneSecondBefore, reads, test } from '../../support/test'

const [_, holds, fails, nothing] = ['absent', 'holds', 'fails', 'nothing'] as const

// What S3 answers when a condition refuses: a read has 304 where a copy has 412.
const answers = {
  'If-Match': { read: { 412: 'If-Match' }, copy: { 412: 'x-amz-copy-source-If-Match' } },
  'If-Unmodified-Since': {
    read: { 412: 'If-Unmodified-Since' },
    copy: { 412: 'x-amz-copy-source-If-Unmodified-Since' },
  },
  'If-None-Match': { read: 304, copy: { 412: 'x-amz-copy-source-If-None-Match' } },
  'If-Modified-Since': { read: 304, copy: { 412: 'x-amz-copy-source-If-Modified-Since' } },
  nothing: { read: 200, copy: 200 },
} as const

// Read it from top to bottom: If-Match refuses whatever stands beside it. Without If-Match, If-Unmodified-Since does;
// with an If-Match that holds it is not looked at. Then comes If-None-Match; without it If-Modified-Since, which is not
// looked at beside an If-None-Match that holds. The first row is there to compare with: nothing is asked, nothing refused.
// biome-ignore format: a table
const table = [
  // If-   If-    If-    If-                          the facts that it rests on:
  // Match None-  Modi-  Unmo-  what refuses          for reads                              for CopyObject         for UploadPartCopy
  //       Match  fied-  dified                                                                                     (its own first)
  //              Since  -Since
  [_,     _,     _,     _,     nothing,               ['R27'],                               ['C17'],               ['C17']],
  [_,     _,     _,     holds, nothing,               ['R21'],                               ['C09'],               ['C24', 'C09']],
  [_,     _,     _,     fails, 'If-Unmodified-Since', ['R22'],                               ['C10'],               ['C25']],
  [_,     _,     holds, _,     nothing,               ['R17'],                               ['C07'],               ['C26']],
  [_,     _,     holds, holds, nothing,               ['R43'],                               ['C07', 'C09'],        ['C24', 'C26']],
  [_,     _,     holds, fails, 'If-Unmodified-Since', ['R22'],                               ['C10'],               ['C25']],
  [_,     _,     fails, _,     'If-Modified-Since',   ['R15'],                               ['C06'],               ['C28']],
  [_,     _,     fails, holds, 'If-Modified-Since',   ['R15'],                               ['C06'],               ['C28']],
  [_,     _,     fails, fails, 'If-Unmodified-Since', ['R42'],                               ['C13', 'R42'],        ['C25', 'C13', 'R42']],
  [_,     holds, _,     _,     nothing,               ['R08'],                               ['C04'],               ['C22']],
  [_,     holds, _,     holds, nothing,               ['R36'],                               ['C04', 'C09'],        ['C22', 'C24']],
  [_,     holds, _,     fails, 'If-Unmodified-Since', ['R37'],                               ['C10', 'C30'],        ['C25', 'C30']],
  [_,     holds, holds, _,     nothing,               ['R40'],                               ['C04', 'C07'],        ['C22', 'C26']],
  [_,     holds, holds, holds, nothing,               ['R36', 'R40', 'R43'],                 ['C04', 'C07', 'C09'], ['C22', 'C24', 'C26']],
  [_,     holds, holds, fails, 'If-Unmodified-Since', ['R37'],                               ['C10', 'C30'],        ['C25', 'C30']],
  [_,     holds, fails, _,     nothing,               ['R41'],                               ['C34'],               ['C22', 'C34']],
  [_,     holds, fails, holds, nothing,               ['R41', 'R36'],                        ['C34'],               ['C22', 'C24', 'C34']],
  [_,     holds, fails, fails, 'If-Unmodified-Since', ['R37'],                               ['C10', 'C13', 'C30'], ['C25', 'C30']],
  [_,     fails, _,     _,     'If-None-Match',       ['R06'],                               ['C03'],               ['C23']],
  [_,     fails, _,     holds, 'If-None-Match',       ['R38'],                               ['C03'],               ['C23']],
  [_,     fails, _,     fails, 'If-Unmodified-Since', ['R39'],                               ['C13'],               ['C25', 'C13']],
  [_,     fails, holds, _,     'If-None-Match',       ['R29'],                               ['C16'],               ['C23', 'C16']],
  [_,     fails, holds, holds, 'If-None-Match',       ['R29', 'R38'],                        ['C16'],               ['C23', 'C16']],
  [_,     fails, holds, fails, 'If-Unmodified-Since', ['R39'],                               ['C13'],               ['C25', 'C13']],
  [_,     fails, fails, _,     'If-None-Match',       ['R26'],                               ['C14'],               ['C23', 'C14']],
  [_,     fails, fails, holds, 'If-None-Match',       ['R26', 'R38'],                        ['C14'],               ['C23', 'C14']],
  [_,     fails, fails, fails, 'If-Unmodified-Since', ['R25'],                               ['C13'],               ['C25', 'C13']],
  [holds, _,     _,     _,     nothing,               ['R01'],                               ['C01'],               ['C20']],
  [holds, _,     _,     holds, nothing,               ['R30'],                               ['C01', 'C09'],        ['C20', 'C24']],
  [holds, _,     _,     fails, nothing,               ['R28'],                               ['C15'],               ['C20', 'C29']],
  [holds, _,     holds, _,     nothing,               ['R32'],                               ['C01', 'C07'],        ['C20', 'C26']],
  [holds, _,     holds, holds, nothing,               ['R32', 'R30', 'R43'],                 ['C01', 'C07', 'C09'], ['C20', 'C24', 'C26']],
  [holds, _,     holds, fails, nothing,               ['R28', 'R32'],                        ['C15'],               ['C20', 'C26', 'C29']],
  [holds, _,     fails, _,     'If-Modified-Since',   ['R34'],                               ['C34'],               ['C20', 'C28', 'C34']],
  [holds, _,     fails, holds, 'If-Modified-Since',   ['R34'],                               ['C34'],               ['C20', 'C28', 'C34']],
  [holds, _,     fails, fails, 'If-Modified-Since',   ['R34', 'R28'],                        ['C34', 'C15'],        ['C20', 'C28', 'C29', 'C34']],
  [holds, holds, _,     _,     nothing,               ['R01', 'R08'],                        ['C01', 'C04'],        ['C20', 'C22']],
  [holds, holds, _,     holds, nothing,               ['R30', 'R36'],                        ['C01', 'C04', 'C09'], ['C20', 'C22', 'C24']],
  [holds, holds, _,     fails, nothing,               ['R28'],                               ['C15'],               ['C20', 'C22', 'C29']],
  [holds, holds, holds, _,     nothing,               ['R32', 'R40'],                        ['C01', 'C04', 'C07'], ['C20', 'C22', 'C26']],
  [holds, holds, holds, holds, nothing,               ['R27'],                               ['C17'],               ['C20', 'C22', 'C24', 'C26']],
  [holds, holds, holds, fails, nothing,               ['R28', 'R32', 'R40'],                 ['C15'],               ['C20', 'C22', 'C26', 'C29']],
  [holds, holds, fails, _,     nothing,               ['R41'],                               ['C34'],               ['C20', 'C22', 'C34']],
  [holds, holds, fails, holds, nothing,               ['R41', 'R30', 'R36'],                 ['C34'],               ['C20', 'C22', 'C24', 'C34']],
  [holds, holds, fails, fails, nothing,               ['R28', 'R41'],                        ['C15', 'C34'],        ['C20', 'C22', 'C29', 'C34']],
  [holds, fails, _,     _,     'If-None-Match',       ['R35'],                               ['C03', 'R35'],        ['C20', 'C23', 'R35']],
  [holds, fails, _,     holds, 'If-None-Match',       ['R35', 'R38'],                        ['C03', 'R35'],        ['C20', 'C23', 'R35']],
  [holds, fails, _,     fails, 'If-None-Match',       ['R35', 'R28'],                        ['C03', 'C15', 'R35'], ['C20', 'C23', 'C29', 'R35']],
  [holds, fails, holds, _,     'If-None-Match',       ['R35', 'R29'],                        ['C16', 'R35'],        ['C20', 'C23', 'C16', 'R35']],
  [holds, fails, holds, holds, 'If-None-Match',       ['R35', 'R29', 'R38'],                 ['C16', 'R35'],        ['C20', 'C23', 'C16', 'R35']],
  [holds, fails, holds, fails, 'If-None-Match',       ['R35', 'R29', 'R28'],                 ['C16', 'C15', 'R35'], ['C20', 'C23', 'C29', 'C16', 'R35']],
  [holds, fails, fails, _,     'If-None-Match',       ['R35', 'R26'],                        ['C14', 'R35'],        ['C20', 'C23', 'C14', 'R35']],
  [holds, fails, fails, holds, 'If-None-Match',       ['R35', 'R26', 'R38'],                 ['C14', 'R35'],        ['C20', 'C23', 'C14', 'R35']],
  [holds, fails, fails, fails, 'If-None-Match',       ['R35', 'R26', 'R28'],                 ['C14', 'C15', 'R35'], ['C20', 'C23', 'C29', 'C14', 'R35']],
  [fails, _,     _,     _,     'If-Match',            ['R03', 'R04'],                        ['C02'],               ['C21']],
  [fails, _,     _,     holds, 'If-Match',            ['R03', 'R04', 'R31'],                 ['C02'],               ['C21']],
  [fails, _,     _,     fails, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, _,     holds, _,     'If-Match',            ['R03', 'R04', 'R33'],                 ['C02'],               ['C21']],
  [fails, _,     holds, holds, 'If-Match',            ['R03', 'R04', 'R31', 'R33'],          ['C02'],               ['C21']],
  [fails, _,     holds, fails, 'If-Match',            ['R03', 'R04', 'R31', 'R33', 'R24'],   ['C02', 'C12'],        ['C21', 'C12']],
  [fails, _,     fails, _,     'If-Match',            ['R03', 'R04', 'R24'],                 ['C02', 'C12'],        ['C21', 'C12']],
  [fails, _,     fails, holds, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, _,     fails, fails, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, holds, _,     _,     'If-Match',            ['R03', 'R04'],                        ['C02'],               ['C21']],
  [fails, holds, _,     holds, 'If-Match',            ['R03', 'R04', 'R31'],                 ['C02'],               ['C21']],
  [fails, holds, _,     fails, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, holds, holds, _,     'If-Match',            ['R03', 'R04', 'R33'],                 ['C02'],               ['C21']],
  [fails, holds, holds, holds, 'If-Match',            ['R03', 'R04', 'R31', 'R33'],          ['C02'],               ['C21']],
  [fails, holds, holds, fails, 'If-Match',            ['R03', 'R04', 'R31', 'R33', 'R24'],   ['C02', 'C12'],        ['C21', 'C12']],
  [fails, holds, fails, _,     'If-Match',            ['R03', 'R04', 'R24'],                 ['C02', 'C12'],        ['C21', 'C12']],
  [fails, holds, fails, holds, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, holds, fails, fails, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, _,     _,     'If-Match',            ['R03', 'R04', 'R24'],                 ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, _,     holds, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, _,     fails, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, holds, _,     'If-Match',            ['R03', 'R04', 'R33', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, holds, holds, 'If-Match',            ['R03', 'R04', 'R31', 'R33', 'R24'],   ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, holds, fails, 'If-Match',            ['R03', 'R04', 'R31', 'R33', 'R24'],   ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, fails, _,     'If-Match',            ['R03', 'R04', 'R24'],                 ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, fails, holds, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, fails, fails, 'If-Match',            ['R24'],                               ['C12'],               ['C21', 'C12']],
] as const

// What makes a condition hold for an object, or fail.
type Validators = { ETag: string; LastModified: Date }
const current = ({ ETag }: Validators) => ETag
const other = () => anotherETag
const at = ({ LastModified }: Validators) => LastModified
const before = ({ LastModified }: Validators) => oneSecondBefore(LastModified)
const absent = () => undefined

const match = { absent, holds: current, fails: other }
const noneMatch = { absent, holds: other, fails: current }
const modifiedSince = { absent, holds: before, fails: at }
const unmodifiedSince = { absent, holds: at, fails: before }

const rows = table.map(([IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince, refuses, ...ids]) => {
  const row = { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince }
  const { read, copy } = answers[refuses]
  const restingOn = (some: readonly (keyof typeof facts)[], returns: typeof read | typeof copy) => ({
    meta: { ...evidence(...some.map((id) => facts[id])).meta, answer: returns, row },
  })
  return {
    row,
    title: `If-Match ${IfMatch}, If-None-Match ${IfNoneMatch}, If-Modified-Since ${IfModifiedSince}, If-Unmodified-Since ${IfUnmodifiedSince}`,
    refuses,
    read,
    copy,
    ofRead: restingOn(ids[0], read),
    ofCopy: restingOn(ids[1], copy),
    ofPartCopy: restingOn(ids[2], copy),
  }
})

describe('Every combination of the four conditions', docs('conditional-reads'), () => {
  for (const { row, title, read: answer, ofRead } of rows) {
    test.for(reads)(`%s: ${title}`, ofRead, async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(
        new Read({
          ...sharedObject.address,
          IfMatch: match[row.IfMatch](sharedObject),
          IfNoneMatch: noneMatch[row.IfNoneMatch](sharedObject),
          IfModifiedSince: modifiedSince[row.IfModifiedSince](sharedObject),
          IfUnmodifiedSince: unmodifiedSince[row.IfUnmodifiedSince](sharedObject),
        }),
      )

      await expect(read).toReturnStatus(answer)
    })
  }

  for (const { row, title, copy: answer, ofCopy, ofPartCopy } of rows.filter(({ refuses }) => refuses === nothing)) {
    test(`CopyObject: ${title}`, ofCopy, async ({ s3, sharedObject, key }) => {
      const copy = s3.send(
        new CopyObjectCommand({
          ...key,
          ...sharedObject.source,
          CopySourceIfMatch: match[row.IfMatch](sharedObject),
          CopySourceIfNoneMatch: noneMatch[row.IfNoneMatch](sharedObject),
          CopySourceIfModifiedSince: modifiedSince[row.IfModifiedSince](sharedObject),
          CopySourceIfUnmodifiedSince: unmodifiedSince[row.IfUnmodifiedSince](sharedObject),
        }),
      )

      await expect(copy).toReturnStatus(answer)
      await expect(key).toHaveBody(sharedObject.body)
    })

    test(`UploadPartCopy: ${title}`, ofPartCopy, async ({ s3, sharedObject, upload }) => {
      const copy = s3.send(
        new UploadPartCopyCommand({
          ...upload,
          PartNumber: 1,
          ...sharedObject.source,
          CopySourceIfMatch: match[row.IfMatch](sharedObject),
          CopySourceIfNoneMatch: noneMatch[row.IfNoneMatch](sharedObject),
          CopySourceIfModifiedSince: modifiedSince[row.IfModifiedSince](sharedObject),
          CopySourceIfUnmodifiedSince: unmodifiedSince[row.IfUnmodifiedSince](sharedObject),
        }),
      )

      await expect(copy).toReturnStatus(answer)
      await expect(upload).toHaveParts([1])
    })
  }

  for (const { row, title, copy: answer, ofCopy, ofPartCopy } of rows.filter(({ refuses }) => refuses !== nothing)) {
    test(`CopyObject: ${title}`, ofCopy, async ({ s3, sharedObject, key }) => {
      const copy = s3.send(
        new CopyObjectCommand({
          ...key,
          ...sharedObject.source,
          CopySourceIfMatch: match[row.IfMatch](sharedObject),
          CopySourceIfNoneMatch: noneMatch[row.IfNoneMatch](sharedObject),
          CopySourceIfModifiedSince: modifiedSince[row.IfModifiedSince](sharedObject),
          CopySourceIfUnmodifiedSince: unmodifiedSince[row.IfUnmodifiedSince](sharedObject),
        }),
      )

      await expect(copy).toReturnStatus(answer)
      await expect(key).toHaveNoObject()
    })

    test(`UploadPartCopy: ${title}`, ofPartCopy, async ({ s3, sharedObject, upload }) => {
      const copy = s3.send(
        new UploadPartCopyCommand({
          ...upload,
          PartNumber: 1,
          ...sharedObject.source,
          CopySourceIfMatch: match[row.IfMatch](sharedObject),
          CopySourceIfNoneMatch: noneMatch[row.IfNoneMatch](sharedObject),
          CopySourceIfModifiedSince: modifiedSince[row.IfModifiedSince](sharedObject),
          CopySourceIfUnmodifiedSince: unmodifiedSince[row.IfUnmodifiedSince](sharedObject),
        }),
      )

      await expect(copy).toReturnStatus(answer)
      await expect(upload).toHaveParts([])
    })
  }
})
