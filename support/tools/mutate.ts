import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createVitest, type Vitest } from 'vitest/node'
import { SetupError } from '../errors'
import type {} from '../judge/meta'
import { root } from '../paths'
import { type Lie, startLiar } from '../proxy/liar'
import { checkId } from '../results/ids'
import { sentenceOf } from '../sentence'
import { storeNamed } from '../stores/stores'
import { readSettings } from '../targets/settings'
import { startTarget } from '../targets/start'
import { muteReporters } from '../vitest-internals'
import type { Mutant } from './mutants/mutant'

// Would the specs notice a store that breaks a rule? `npm run mutate` puts a liar in front of the reference store, on
// which every check holds, lets it break one rule at a time, runs the specs that have to notice, and says which did.

const USAGE = `Breaks one rule at a time and says which check notices.

  npm run mutate                     every mutant
  npm run mutate -- write delete     those of some rooms
  npm run mutate -- --changed main   those whose rule or spec has changed since main`

/** Every mutant, by the file that it stands in: `write`. */
async function mutants(): Promise<[room: string, Mutant][]> {
  const folder = join(root, 'support', 'tools', 'mutants')
  const rooms = readdirSync(folder).flatMap(
    (file) => /^(?!mutant\.ts|(?:changing-)?lies\.ts)([\w-]+)\.ts$/.exec(file)?.[1] ?? [],
  )
  const found = await Promise.all(
    rooms.map(async (room) => {
      const exported: Record<string, readonly Mutant[]> = await import(`./mutants/${room}.ts`)
      return Object.values(exported).flatMap((some) => some.map((mutant): [string, Mutant] => [room, mutant]))
    }),
  )
  return found.flat()
}

/** Those that a change since `base` touches: a spec of theirs, their own file, or anything that they all rest on. */
function touched(all: readonly [string, Mutant][], base: string): [string, Mutant][] {
  const changed = execFileSync('git', ['diff', '--name-only', base], { cwd: root, encoding: 'utf8' }).split('\n')
  const isForAll = changed.some((file) =>
    /^support\/(reference-store\/src|proxy|judge|matchers|fixtures|test\.ts)/.test(file),
  )
  return all.filter(
    ([room, { specs }]) =>
      isForAll ||
      changed.some((file) => file.endsWith(`/mutants/${room}.ts`) || specs.some((spec) => file.startsWith(spec))),
  )
}

/** Runs specs in this process, and returns the ids of the checks that did not hold. */
async function noticedBy(vitest: Vitest, specs: readonly string[]): Promise<string[]> {
  const specifications = await vitest.globTestSpecifications([...specs])
  if (specifications.length === 0) throw new SetupError(`There is no spec at ${specs.join(', ')}.`)
  await vitest.runTestSpecifications(specifications)
  // The modules of this run: what Vitest returns has those of earlier ones, too.
  const modules = specifications.flatMap(({ testModule }) => testModule ?? [])
  return modules.flatMap((module) =>
    [...module.children.allTests('failed')].map((test) => {
      const { verdict = 'failed', deviation } = test.meta()
      const seen = deviation && sentenceOf(deviation.observed)
      return `${checkId(module.moduleId, test.name)}: ${[verdict, seen].filter(Boolean).join(': ')}`
    }),
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
  const all = (await mutants()).filter(([room]) => positionals.length === 0 || positionals.includes(room))
  const chosen = values.changed ? touched(all, values.changed) : all
  if (chosen.length === 0) {
    console.log(values.changed ? `No rule that has a mutant has changed since ${values.changed}.` : USAGE)
    return values.changed ? 0 : 1
  }

  const target = await startTarget(readSettings({ S3_TARGET: 'reference', ...process.env }), console.log)
  const { endpoint, store } = target
  const credentials = target.credentials ?? storeNamed(store.name).credentials
  let lie: Lie = {}
  try {
    if (!endpoint || !credentials) throw new SetupError('npm run mutate needs a store of this machine.')
    console.log(target.headline)
    const liar = await startLiar(
      endpoint,
      {
        request: (passing) => lie.request?.(passing),
        answer: (passing, status) => lie.answer?.(passing, status),
        body: (passing, body) => lie.body?.(passing, body) ?? body,
        change: (passing, answer) => lie.change?.(passing, answer) ?? answer,
      },
      credentials,
    )
    Object.assign(process.env, {
      S3_TARGET: 'endpoint',
      S3_ENDPOINT: liar.endpoint,
      S3_STORE: `${store.name}@${store.version}`,
      S3_RESULTS: join(tmpdir(), `s3cr-mutate-${process.pid}.json`),
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    })
    const vitest = await createVitest('test', { root, project: ['specs'], watch: false })
    // Whoever asks for a report runs the specs; here only the count of what fails matters.
    muteReporters(vitest)
    try {
      return await judge(vitest, chosen, (next) => (lie = next))
    } finally {
      lie = {}
      await vitest.close()
      await liar.close()
    }
  } finally {
    await target.stop()
  }
}

/** @returns the exit code: 1 where a mutant survives, or where the specs fail without any */
async function judge(vitest: Vitest, chosen: readonly [string, Mutant][], tell: (lie: Lie) => void): Promise<number> {
  const start = performance.now()
  const baseline = await noticedBy(vitest, [...new Set(chosen.flatMap(([, { specs }]) => specs))])
  if (baseline.length > 0) {
    console.log(['Without a mutation these fail already:', ...baseline].join('\n  '))
    return 1
  }
  let survivors = 0
  for (const [room, { name, breaks, specs, lie }] of chosen) {
    tell(lie)
    const [first, ...others] = await noticedBy(vitest, specs)
    tell({})
    if (!first) survivors += 1
    const more = others.length > 0 ? ` and ${others.length} more` : ''
    console.log(
      `${first ? 'noticed ' : 'SURVIVES'} ${room}: ${name}; ${breaks}${first ? `\n         by ${first}${more}` : ''}`,
    )
  }
  const seconds = (performance.now() - start) / 1_000
  console.log(
    `${chosen.length - survivors} of ${chosen.length} noticed, ${(seconds / chosen.length).toFixed(1)} s each.`,
  )
  return survivors > 0 ? 1 : 0
}

try {
  process.exit(await main())
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  console.error(error.message)
  process.exit(1)
}
