import { expect as plainExpect, type RunnerTestCase, test } from 'vitest'
import { Unsupported } from '../errors'
import { type Exchange, link } from '../wire/record'
import { expect } from './expect'
import { running } from './running'

const exchange: Exchange = {
  by: 'spec',
  operation: 'PutObject',
  request: { method: 'PUT', path: '/b/k', headers: {} },
  response: { status: 200, headers: {} },
}
const put = async () => link({ ETag: '"e"' }, exchange)

/** Runs a test function as the runner does. `found` contains a list of observations for each failed assertion. */
const findings = async (task: object, run: () => unknown) => {
  const { failures, thrown } = await running(task as RunnerTestCase, run)
  return { thrown, found: failures.map(({ finding }) => finding?.observed), failures }
}
const assertion = (matcher: string, nth: number) => [{ kind: 'assertion', matcher, nth }]

test('a failed assertion does not end a test, and all failures are kept in order', async ({ task }) => {
  const { found, thrown } = await findings(task, async () => {
    expect(1).toBe(2)
    await expect(put()).toFailWith(412)
    expect([1]).toHaveLength(1)
    expect('a').not.toMatch(/a/)
  })

  plainExpect(thrown).toBeUndefined()
  plainExpect(found).toEqual([
    assertion('toBe', 1),
    [{ kind: 'response', operation: 'PutObject', status: 200 }],
    assertion('toMatch', 4),
  ])
})

test('failed assertions on promises are kept as well', async ({ task }) => {
  const { found } = await findings(task, async () => {
    await expect(put()).rejects.toThrow()
    await expect(put()).resolves.toHaveProperty('ETag', '"f"')
    await expect(Promise.reject(new Error('no'))).rejects.not.toHaveProperty('message')
    await expect(Promise.reject(new Error('no'))).rejects.toThrow('no')
  })

  plainExpect(found).toEqual([assertion('toThrow', 1), assertion('toHaveProperty', 2), assertion('toHaveProperty', 3)])
})

test('an assertion that is not awaited counts', async ({ task }) => {
  const { found } = await findings(task, () => {
    void expect(put()).toFailWith(412)
    void expect(new Promise((resolve) => setTimeout(resolve, 20, 1))).resolves.toBe(2)
  })

  plainExpect(found).toEqual([[{ kind: 'response', operation: 'PutObject', status: 200 }], assertion('toBe', 2)])
})

test('a matcher with `not` fails if it finds the excluded value', async ({ task }) => {
  const { found } = await findings(task, async () => {
    await expect(put()).not.toHaveOutput({ ETag: '"e"' })
    await expect(put()).not.toHaveOutput({ ETag: '"f"' })
  })

  plainExpect(found).toEqual([[{ kind: 'member', operation: 'PutObject', name: 'ETag', is: 'same' }]])
})

test('a failed plain assertion has the severity of its describe', async ({ task }) => {
  task.meta.severity = 'data'
  const { failures } = await findings(task, () => void expect(1).toBe(2))

  plainExpect(failures[0]?.finding?.severity).toBe('data')
})

test('a mistake in the spec is kept without a finding', async ({ task }) => {
  const { failures } = await findings(task, async () => {
    await expect({ Bucket: 'b', Key: 'k' }).toHaveNoObject()
  })

  plainExpect(failures).toEqual([{ error: plainExpect.any(TypeError) }])
})

test('an unsupported capability is kept without a finding', async ({ task }) => {
  task.meta.exchange = [
    { ...exchange, response: { status: 200, headers: { etag: '"e"', 'x-amz-server-side-encryption': 'aws:kms' } } },
  ]
  const { failures } = await findings(task, () => void expect('"e"').toBeETagOf('text'))

  plainExpect(failures).toEqual([{ error: plainExpect.any(Unsupported) }])
})

test('outside a spec, a failed assertion throws', async () => {
  plainExpect(() => expect(1).toBe(2)).toThrow('expected 1 to be 2')
  await plainExpect(expect(put()).toFailWith(412)).rejects.toThrow('Amazon S3:')
})
