import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { TestModule } from 'vitest/node'
import { collectSpecs } from '../catalogue/collect'
import { CLASSES, type FactId, factIds, facts } from '../evidence/catalogue'
import { questions } from '../evidence/open-questions'
import { root } from '../paths'
import { behaviourId, type Known, readKnown, testId } from '../results/known'
import { storeNamed } from '../stores/stores'
import { SETTINGS } from '../targets/settings'

/**
 * The pages that `npm run docs` writes, by path: what they say comes from the settings, facts, specs and recordings.
 * @param modules all specs
 */
export function pages(modules: readonly TestModule[]): Record<string, string> {
  const checks = modules.flatMap((module) =>
    [...module.children.allTests()].map((test) => ({
      behaviour: behaviourId(module.moduleId),
      title: test.name,
      id: testId(module.moduleId, test.name),
      evidence: test.meta().evidence ?? [],
    })),
  )
  return {
    'README.md': readme(read('README.md')),
    'docs/checks.md': checksPage(checks.sort((a, b) => (a.id < b.id ? -1 : 1))),
    'docs/open-questions.md': openQuestions(checks),
  }
}

/** A test of a spec. */
interface Check {
  readonly behaviour: string
  readonly title: string
  readonly id: string
  readonly evidence: readonly FactId[]
}

export function read(page: string): string {
  return readFileSync(`${root}/${page}`, 'utf8')
}

function readme(text: string): string {
  return between(between(text, 'settings', settings()), 'stores', stores())
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. */
export function between(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [before, rest] = text.split(start)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`README.md lacks ${start} or ${end}.`)
  return `${before}${start}\n\n${content}\n\n${end}${after}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function settings(): string {
  return table(
    ['variable', 'values', 'meaning', 'without it'],
    SETTINGS.map(({ name, values, meaning, otherwise }) => [`\`${name}\``, values, meaning, otherwise]),
  )
}

interface Recording {
  readonly title: string
  readonly known: Known
}

/** The recordings of all stores and versions. */
function recordings(): Recording[] {
  return readdirSync(`${root}/support/stores`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const [store = '', version = ''] = file.replace(/\.json$/, '').split('/')
      return { title: `${storeNamed(store).title} ${version}`, known: readKnown(store, version) }
    })
}

function stores(): string {
  const count = ({ results }: Known, verdict: string) =>
    String(Object.values(results).filter((result) => result === verdict).length)
  return table(
    ['store', 'checks that hold', 'known deviations', 'not applicable', 'recorded'],
    recordings().map(({ title, known }) => [
      title,
      count(known, 'holds'),
      count(known, 'known deviation'),
      count(known, 'not applicable'),
      known.recorded ?? '',
    ]),
  )
}

const MARKS: Record<string, string> = { holds: '✓', 'known deviation': '✗', 'not applicable': '–' }

/** Every check, what it rests on, and on which stores it was seen to hold. */
function checksPage(checks: readonly Check[]): string {
  const all = recordings()
  const behaviours = [...new Set(checks.map(({ behaviour }) => behaviour))]
  const sections = behaviours.map((behaviour) => {
    const rows = checks
      .filter((check) => check.behaviour === behaviour)
      .map(({ id, title, evidence }) => [
        title,
        evidence.map(shown).join(', '),
        ...all.map(({ known }) => MARKS[known.results[id] ?? ''] ?? ''),
      ])
    const head = ['check', 'rests on', ...all.map(({ title }) => title)]
    return `### [${behaviour}](../specs/${behaviour}.spec.ts)\n\n${table(head, rows)}`
  })
  const nowhere = checks.filter(({ id }) => !all.some(({ known }) => known.results[id] === 'holds'))
  return [
    '# The checks, and which of them was seen to hold where',
    'Made by `npm run docs` from the specs, the facts and the recordings in `support/stores`.',
    '## By folder',
    folders(checks),
    '## Seen to hold nowhere',
    `Of ${checks.length} checks ${nowhere.length} were seen to hold on none of these stores; their evidence is all they have:`,
    nowhere.map(({ id, evidence }) => `- ${id} (${evidence.map(shown).join(', ')})`).join('\n'),
    '## Known deviations by cause',
    ...all.map(({ title, known }) => `### ${title}\n\n${causes(known)}`),
    '## Every check',
    '✓ holds, ✗ known deviation, – not applicable. A fact that only another implementer claims is shown as *claimed*.',
    ...sections,
  ]
    .join('\n\n')
    .concat('\n')
}

/** An id as a reader wants it: what is weak about it is said. */
function shown(id: FactId): string {
  return facts[id].class === 'claimed' ? `${id} *claimed*` : id
}

/** How many behaviours and checks each folder of `specs` has, and how many facts of each strength they rest on. */
function folders(checks: readonly Check[]): string {
  const strengths = (Object.keys(CLASSES) as (keyof typeof CLASSES)[]).filter((strength) => strength !== 'open')
  const row = (name: string, some: readonly Check[]) => {
    const asserted = [...new Set(some.flatMap(({ evidence }) => evidence))]
    const counts = strengths.map((strength) => asserted.filter((id) => facts[id].class === strength).length)
    return [name, new Set(some.map(({ behaviour }) => behaviour)).size, some.length, asserted.length, ...counts].map(
      String,
    )
  }
  const names = [...new Set(checks.map(({ behaviour }) => behaviour.split('/')[0] ?? ''))]
  return table(
    ['folder', 'behaviours', 'checks', 'facts', ...strengths],
    [
      ...names.map((name) =>
        row(
          name,
          checks.filter(({ behaviour }) => behaviour.startsWith(`${name}/`)),
        ),
      ),
      row('all', checks),
    ],
  )
}

/** How many checks deviate for each reason, most first. */
function causes({ deviations }: Known): string {
  const counts = new Map<string, number>()
  for (const { why } of Object.values(deviations)) counts.set(why, (counts.get(why) ?? 0) + 1)
  const rows = [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
  return table(
    ['checks', 'why they deviate'],
    rows.map(([why, count]) => [String(count), why]),
  )
}

/** What nobody has seen Amazon S3 do. */
function openQuestions(checks: readonly Check[]): string {
  const asserted = new Set(checks.flatMap(({ evidence }) => evidence))
  const asked = Object.entries(questions).map(([id, { asks, known, state, handling, facts: about }]) =>
    [`## ${id}: ${asks}`, `*${state}*; facts ${about.join(', ')}`, known, `**What the suite does:** ${handling}`].join(
      '\n\n',
    ),
  )
  const list = (strength: keyof typeof CLASSES, isAsserted: boolean) =>
    factIds
      .filter((id) => facts[id].class === strength && asserted.has(id) === isAsserted)
      .map((id) => `- ${id}: ${facts[id].says}${facts[id].note ? ` *${facts[id].note}*` : ''}`)
      .join('\n')
  return [
    '# Open questions',
    'What sources disagree on, and what nobody has seen Amazon S3 do. Made by `npm run docs` from `support/evidence`.',
    ...asked,
    '## Facts that are open, and asserted nowhere',
    list('open', false),
    `## Facts that ${CLASSES.claimed}; asserted as such`,
    list('claimed', true),
    `## Facts that ${CLASSES.claimed}; not asserted yet`,
    list('claimed', false),
  ]
    .join('\n\n')
    .concat('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const written = pages(await collectSpecs())
  for (const [page, text] of Object.entries(written)) writeFileSync(`${root}/${page}`, text)
  process.exit()
}
