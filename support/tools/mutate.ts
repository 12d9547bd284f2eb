import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Vitest } from 'vitest/node'
import { SetupError } from '../errors'
import { root } from '../paths'
import { parseCommandLine } from './command-line'
import { allMutants } from './mutants/all'
import { credentials, type MutableStore, startMutableStore } from './mutants/mutable-store'
import type { Mutant } from './mutants/mutant'
import { runSpecs, type SpecRun, startVitest } from './mutants/spec-runs'

// Tests the specs themselves. Every check holds on the reference store. `npm run mutate` starts this store and breaks
// one rule at a time. For each broken rule, it runs the specs that must detect the violation and prints the check that
// detected it.

const USAGE = `Breaks one rule of the reference store at a time and prints which check detects the violation.

  npm run mutate                          every mutant
  npm run mutate -- write read/if-match   the mutants for these folders and specs
  npm run mutate -- --changed main        the mutants that your changes since main may affect`

/** @param name a folder of specs, such as `write`, or the start of a spec path, such as `write/if-match` */
function isFor({ spec }: Mutant, name: string): boolean {
  const path = `specs/${name.replace(/^specs\//, '').replace(/(\/|\.spec\.ts)$/, '')}`
  return spec.startsWith(path) || path.startsWith(spec)
}

/**
 * Returns the mutants whose spec or definition has changed since the commit `base`. If shared code has changed, returns
 * all mutants.
 */
function changedSince(base: string, mutants: readonly [string, Mutant][]): [string, Mutant][] {
  const changed = execFileSync('git', ['diff', '--name-only', base], { cwd: root, encoding: 'utf8' }).split('\n')
  const affectsAll = changed.some((path) =>
    /^support\/(reference-store\/src|wire|verdicts|matchers|fixtures|test\b)/.test(path),
  )
  return mutants.filter(
    ([file, { spec }]) =>
      affectsAll || changed.some((path) => path.endsWith(`/mutants/${file}.ts`) || path.startsWith(spec)),
  )
}

async function main(): Promise<number> {
  const options = { changed: { type: 'string' }, help: { type: 'boolean' } } as const
  const { values, positionals } = parseCommandLine({ options, allowPositionals: true }, USAGE)
  if (values.help) {
    console.log(USAGE)
    return 0
  }
  const unknown = positionals.filter((name) => !allMutants.some(([, mutant]) => isFor(mutant, name)))
  if (unknown.length > 0) {
    throw new SetupError(
      `No mutants match ${unknown.join(' or ')}. Use a folder of specs, such as write/, or the start of a spec path, ` +
        'such as write/if-match.',
    )
  }
  const named = allMutants.filter(
    ([, mutant]) => positionals.length === 0 || positionals.some((name) => isFor(mutant, name)),
  )
  const chosen = values.changed ? changedSince(values.changed, named) : named
  if (chosen.length === 0) {
    console.log(`The changes since ${values.changed} do not affect any mutants.`)
    return 0
  }

  const store = await startMutableStore()
  Object.assign(process.env, {
    S3_TARGET: 'endpoint',
    S3_ENDPOINT: chosen.some(([, mutant]) => 'override' in mutant) ? store.endpoint : store.proxyEndpoint,
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

/** @returns the exit code: 1 if a mutant survives or a check fails on the unchanged store, otherwise 0 */
async function judge(vitest: Vitest, store: MutableStore, chosen: readonly Mutant[]): Promise<number> {
  const start = performance.now()
  const detected = new Map<Mutant, string[]>()
  const broken: string[] = []
  for (const kind of ['override', 'tamper']) {
    const mutants = chosen.filter((mutant) => kind in mutant)
    if (mutants.length === 0) continue
    if (kind === 'tamper') useProxy(vitest, store)
    await runSpecs(vitest, store, await runsOf(vitest, mutants), ({ mutant, isLast }, failed) => {
      if (!mutant) broken.push(...failed)
      else detected.set(mutant, [...(detected.get(mutant) ?? []), ...failed])
      if (mutant && isLast) console.log(lineOf(mutant, detected.get(mutant) ?? []))
      return broken.length === 0
    })
  }
  if (broken.length > 0) {
    console.log(['These checks fail even on the unchanged reference store:', ...broken].join('\n  '))
    return 1
  }
  const caught = chosen.filter((mutant) => detected.get(mutant)?.length)
  const minutes = (performance.now() - start) / 60_000
  const onWire = caught.filter((mutant) => 'tamper' in mutant).length
  console.log(
    `${caught.length} of ${chosen.length} mutants were detected; the run took ${minutes.toFixed(1)} minutes. Number of detected mutants that tamper with requests or responses: ${onWire}.`,
  )
  return caught.length < chosen.length ? 1 : 0
}

function lineOf({ name, breaks }: Mutant, [first, ...others]: readonly string[]): string {
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  return `${first ? 'detected:' : 'SURVIVED:'} ${name}; with this mutant, ${breaks}${first ? `\n          by ${first}${more}` : ''}`
}

function useProxy(vitest: Vitest, { proxyEndpoint }: MutableStore): void {
  // No target has been provided before the first run, which therefore reads the proxy endpoint from S3_ENDPOINT.
  const { target } = vitest.getRootProject().getProvidedContext()
  if (target) vitest.provide('target', { ...target, endpoint: proxyEndpoint })
}

/** Returns a list of runs: first each spec against the unchanged store, then each mutant's specs against the mutant. */
async function runsOf(vitest: Vitest, mutants: readonly Mutant[]): Promise<SpecRun[]> {
  const runs = await Promise.all(
    mutants.map(async (mutant) => {
      const specifications = await vitest.globTestSpecifications([mutant.spec])
      if (specifications.length === 0)
        throw new SetupError(`A mutant specifies ${mutant.spec}, but no spec file matches this path.`)
      return specifications.map(
        (specification, n): SpecRun => ({ mutant, specification, isLast: n === specifications.length - 1 }),
      )
    }),
  )
  const withoutMutant = new Map(runs.flat().map(({ specification }) => [specification.moduleId, { specification }]))
  return [...withoutMutant.values(), ...runs.flat()]
}

try {
  process.exit(await main())
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  console.error(error.message)
  process.exit(1)
}
