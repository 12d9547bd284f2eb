import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Vitest } from 'vitest/node'
import { SetupError } from '../errors'
import { root } from '../paths'
import { allMutants } from './mutants/all'
import { credentials, type Mutable, startMutable } from './mutants/mutable'
import type { Mutant } from './mutants/mutant'
import { run, startVitest, type Turn } from './mutants/turns'

// Would the specs notice a store that breaks a rule? `npm run mutate` starts the reference store, on which every check
// holds, breaks one rule at a time, runs the specs that have to notice, and prints which check did.

const USAGE = `Breaks one rule at a time and says which check notices.

  npm run mutate                     every mutant
  npm run mutate -- write delete     those of some files
  npm run mutate -- --changed main   those whose rule or spec has changed since main`

/** Those that a change since `base` touches: a spec of theirs, their own file, or anything that they all rest on. */
function touched(all: readonly [string, Mutant][], base: string): [string, Mutant][] {
  const changed = execFileSync('git', ['diff', '--name-only', base], { cwd: root, encoding: 'utf8' }).split('\n')
  const isForAll = changed.some((file) =>
    /^support\/(reference-store\/src|wire|verdicts|matchers|fixtures|test\.ts)/.test(file),
  )
  return all.filter(
    ([file, { spec }]) =>
      isForAll || changed.some((path) => path.endsWith(`/mutants/${file}.ts`) || path.startsWith(spec)),
  )
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { changed: { type: 'string' }, help: { type: 'boolean' } },
    allowPositionals: true,
  })
  if (values.help) {
    console.log(USAGE)
    return 0
  }
  const all = (await allMutants()).filter(
    ([, { spec }]) => positionals.length === 0 || positionals.some((folder) => spec.startsWith(`specs/${folder}/`)),
  )
  const chosen = values.changed ? touched(all, values.changed) : all
  if (chosen.length === 0) {
    console.log(values.changed ? `No rule that has a mutant has changed since ${values.changed}.` : USAGE)
    return values.changed ? 0 : 1
  }

  const store = await startMutable()
  Object.assign(process.env, {
    S3_TARGET: 'endpoint',
    S3_ENDPOINT: chosen.some(([, mutant]) => 'override' in mutant) ? store.endpoint : store.tampering,
    S3_UNSUPPORTED: 'nothing',
    S3_RESULTS: join(tmpdir(), `s3cr-mutate-${process.pid}.json`),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  })
  try {
    const vitest = await startVitest()
    try {
      return await judge(
        vitest,
        store,
        chosen.map(([, mutant]) => mutant),
      )
    } finally {
      store.become()
      await vitest.close()
    }
  } finally {
    await store.close()
  }
}

/** @returns the exit code: 1 if a mutant survives, or if a check fails without any */
async function judge(vitest: Vitest, store: Mutable, chosen: readonly Mutant[]): Promise<number> {
  const start = performance.now()
  const noticed = new Map<Mutant, string[]>()
  const broken: string[] = []
  for (const kind of ['override', 'tamper']) {
    const some = chosen.filter((mutant) => kind in mutant)
    if (some.length === 0) continue
    // The requests of all others need no proxy.
    if (kind === 'tamper') throughProxy(vitest, store)
    await run(vitest, store, await turnsOf(vitest, some), ({ mutant, isLast }, failed) => {
      if (!mutant) broken.push(...failed)
      else noticed.set(mutant, [...(noticed.get(mutant) ?? []), ...failed])
      if (mutant && isLast) console.log(lineOf(mutant, noticed.get(mutant) ?? []))
      return broken.length === 0
    })
  }
  if (broken.length > 0) {
    console.log(['Without a mutation these fail:', ...broken].join('\n  '))
    return 1
  }
  const count = chosen.filter((mutant) => noticed.get(mutant)?.length).length
  const minutes = (performance.now() - start) / 60_000
  const onWire = chosen.filter((mutant) => 'tamper' in mutant).length
  console.log(`${count} of ${chosen.length} noticed, ${onWire} of them on the wire, in ${minutes.toFixed(1)} minutes.`)
  return count < chosen.length ? 1 : 0
}

function lineOf({ name, breaks }: Mutant, [first, ...others]: readonly string[]): string {
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  return `${first ? 'noticed ' : 'SURVIVES'} ${name}; ${breaks}${first ? `\n         by ${first}${more}` : ''}`
}

function throughProxy(vitest: Vitest, { tampering }: Mutable): void {
  // Absent before the first run, which finds the proxy itself.
  const { target } = vitest.getRootProject().getProvidedContext()
  if (target) vitest.provide('target', { ...target, endpoint: tampering })
}

/** The turns of mutants, and before them of all their specs without one. */
async function turnsOf(vitest: Vitest, some: readonly Mutant[]): Promise<Turn[]> {
  const turns = await Promise.all(
    some.map(async (mutant) => {
      const specifications = await vitest.globTestSpecifications([mutant.spec])
      if (specifications.length === 0) throw new SetupError(`There is no spec at ${mutant.spec}.`)
      return specifications.map(
        (specification, n): Turn => ({ mutant, specification, isLast: n === specifications.length - 1 }),
      )
    }),
  )
  const byPath = new Map(turns.flat().map(({ specification }) => [specification.moduleId, { specification }]))
  const without: Turn[] = [...byPath.values()]
  return [...without, ...turns.flat()]
}

try {
  process.exit(await main())
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  console.error(error.message)
  process.exit(1)
}
