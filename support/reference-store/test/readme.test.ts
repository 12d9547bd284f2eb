import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FAULTS } from '../src/core/fault.ts'
import { newFaults } from '../src/core/faults.ts'
import { OPERATIONS } from '../src/core/operations.ts'
import { settingsOf } from '../src/options.ts'
import { home } from './package.ts'

const readme = readFileSync(join(home, 'README.md'), 'utf8')

/** Returns the cells of each row in the table below a heading. */
function rowsBelow(heading: string): string[][] {
  const [, section = ''] = readme.split(new RegExp(`^## ${heading}$`, 'm'))
  const lines = (section.split(/^## /m)[0] ?? '').split('\n').filter((line) => line.startsWith('|'))
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
}

test('The table of operations lists every operation once', () => {
  const named = rowsBelow('Operations').flatMap(([, names = '']) => names.split(', '))
  expect(named.toSorted()).toEqual([...OPERATIONS].toSorted())
})

test('The table of faults lists every fault with the operations that it applies to', () => {
  const rows = rowsBelow('Faults')
  expect(rows.map(([name]) => name)).toEqual(FAULTS.map((name) => `\`${name}\``))
  for (const fault of FAULTS) {
    const [, , named] = rows.find(([name]) => name === `\`${fault}\``) ?? []
    const can = OPERATIONS.filter((operation) => {
      try {
        newFaults([{ fault, operation, ...(fault === 'latency' && { milliseconds: 1 }) }])
        return true
      } catch {
        return false
      }
    })
    const names = named === 'all' ? OPERATIONS : named?.split(', ')
    expect(names?.toSorted()).toEqual(can.toSorted())
  }
})

test('The table of options lists every option', () => {
  const rows = rowsBelow('Options and return value').map(([name = '']) => name.replaceAll('`', ''))
  const known = () => settingsOf({ unknown: 1 } as never)
  expect(known).toThrow(`Use one of ${rows.join(', ')}.`)
})

test('The README describes how the store handles unknown behaviour of Amazon S3', () => {
  expect(readme.replaceAll('\n', ' ')).toContain(
    "If Amazon S3's behaviour is unknown, a read is served as if it had no condition, and a write fails with a 501 " +
      'that states the reason. If an open question of the reference names an expected response, the store returns ' +
      'that response and logs `unknown`.',
  )
})
