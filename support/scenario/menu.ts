import { CANCEL_SYMBOL, multiselect, select, text } from '@clack/prompts'
import type { KeyHolds } from '../evidence/catalogue'
import type { Address } from '../fixtures/objects'
import type { Condition, Conditions } from './documented'
import type { Request, Scene } from './explore'
import { HEADERS, listing, report, titleOf, VALUES } from './print'

/** How the menu ends before the user says so. */
export interface Ending {
  /** Aborted when the scenario has to end. */
  readonly signal: AbortSignal
  /** Ctrl-C at a prompt, where it is a key and no signal. */
  interrupt(): void
}

/** Escape: back to the menu. */
class Back extends Error {}

const ON_READS: readonly Condition[] = ['IfMatch', 'IfNoneMatch', 'IfModifiedSince', 'IfUnmodifiedSince']
const ON_SOURCES: readonly Condition[] = [
  'CopySourceIfMatch',
  'CopySourceIfNoneMatch',
  'CopySourceIfModifiedSince',
  'CopySourceIfUnmodifiedSince',
]
const ON_WRITES: readonly Condition[] = ['IfMatch', 'IfNoneMatch']
const ON_DELETES: readonly Condition[] = ['IfMatch']

const TAGS = ['current', 'other', '*', 'unquoted current', 'list with the current', 'list without the current']
const MOMENTS = ['before', 'at', 'after', 'a day ahead']

/** Lets the user send conditional requests, one after the other, until the user leaves. */
export async function explore(scene: Scene, say: (line: string) => void, ending: Ending): Promise<void> {
  const ask = prompts(ending)
  for (;;) {
    say('')
    try {
      const choice = await ask.select('What next?', [
        ['list', 'List both buckets'],
        ['read', 'Conditional read', 'GetObject, HeadObject'],
        ['copy', 'Conditional copy', 'CopyObject'],
        ['write', 'Conditional write', 'PutObject'],
        ['delete', 'Conditional delete', 'DeleteObject'],
        ['leave', 'Clean up and leave'],
      ])
      if (choice === 'leave') return
      say('')
      if (choice === 'list') {
        for (const line of listing(scene, await scene.list())) say(line)
      } else {
        const request = await putTogether(choice, scene, ask)
        say(`\n${titleOf(request)}\n`)
        for (const line of report(await scene.send(request), scene.target)) say(line)
      }
    } catch (error) {
      if (!(error instanceof Back)) throw error
    }
  }
}

async function putTogether(what: 'read' | 'copy' | 'write' | 'delete', scene: Scene, ask: Prompts): Promise<Request> {
  if (what === 'read') {
    const operation = await ask.select('Which operation?', [['GetObject'], ['HeadObject']])
    const address = await pickKey('Which object?', scene, ask)
    return { operation, address, conditions: await pickConditions(ON_READS, await scene.holds(address), ask) }
  }
  if (what === 'copy') {
    const source = await pickKey('Which object is copied?', scene, ask)
    const onSource = await pickConditions(ON_SOURCES, await scene.holds(source), ask, ' on the source')
    const address = await pickKey('Where to?', scene, ask)
    const onTarget = await pickConditions(ON_WRITES, await scene.holds(address), ask, ' on the destination')
    return { operation: 'CopyObject', source, address, conditions: { ...onSource, ...onTarget } }
  }
  if (what === 'write') {
    const address = await pickKey('Which key is written?', scene, ask)
    const body = await ask.text('What is its new content?', 'Written by hand.')
    const conditions = await pickConditions(ON_WRITES, await scene.holds(address), ask)
    return { operation: 'PutObject', address, body, conditions }
  }
  const address = await pickKey('Which object is deleted?', scene, ask)
  return {
    operation: 'DeleteObject',
    address,
    conditions: await pickConditions(ON_DELETES, await scene.holds(address), ask),
  }
}

/** Picks one of the objects that are there, or a key by its name. */
async function pickKey(question: string, scene: Scene, ask: Prompts): Promise<Address> {
  const objects = await scene.list()
  const nth = (bucket: string) => (bucket === scene.buckets[0] ? 'first bucket' : 'second bucket')
  const choice = await ask.select(question, [
    ...objects.map(({ Bucket, Key, ETag }, n) => [`${n}`, Key, `${nth(Bucket)}, ${ETag}`] as const),
    ...scene.buckets.map((bucket) => [bucket, `another key of the ${nth(bucket)} …`] as const),
  ])
  const picked = objects[Number(choice)]
  if (picked) return { Bucket: picked.Bucket, Key: picked.Key }
  return { Bucket: choice, Key: await ask.text('Which key?', 'another.txt') }
}

/** Picks preconditions, and a value for each. */
async function pickConditions(
  names: readonly Condition[],
  holds: KeyHolds,
  ask: Prompts,
  where = '',
): Promise<Conditions> {
  const picked = await ask.several(
    `Which preconditions${where}? None is fine, too.`,
    names.map((name) => [name, HEADERS[name]] as const),
  )
  const conditions: Partial<Record<Condition, string>> = {}
  for (const name of picked) {
    const values = name.endsWith('Since') ? MOMENTS : TAGS
    // Of a key that holds nothing, nothing is current, and nothing was modified.
    const possible = holds === 'object' ? values : values.filter((value) => !/current|^(before|at|after)$/.test(value))
    conditions[name] = await ask.select(
      HEADERS[name],
      possible.map((value) => [value, VALUES[value]] as const),
    )
  }
  return conditions as Conditions
}

type Option<T extends string> = readonly [value: T, label?: string, hint?: string]

interface Prompts {
  select<T extends string>(message: string, options: readonly Option<T>[]): Promise<T>
  several<T extends string>(message: string, options: readonly Option<T>[]): Promise<T[]>
  text(message: string, initialValue: string): Promise<string>
}

/** Prompts that end with the scenario; Escape goes back to the menu. */
function prompts({ signal, interrupt }: Ending): Prompts {
  let escaped = false
  process.stdin.on('keypress', (_, key?: { name?: string }) => {
    escaped = key?.name === 'escape'
  })
  const answered = <T>(answer: T | typeof CANCEL_SYMBOL): T => {
    signal.throwIfAborted()
    if (answer !== CANCEL_SYMBOL) return answer as T
    if (escaped) throw new Back()
    interrupt()
    throw signal.reason
  }
  const common = { signal, withGuide: false }
  const asOptions = <T extends string>(options: readonly Option<T>[]) =>
    options.map(([value, label = value, hint]) => ({ value, label, hint })) as { value: string; label: string }[]
  return {
    select: async <T extends string>(message: string, options: readonly Option<T>[]) =>
      answered(await select({ ...common, message, options: asOptions(options) })) as T,
    several: async <T extends string>(message: string, options: readonly Option<T>[]) =>
      answered(await multiselect({ ...common, message, options: asOptions(options), required: false })) as T[],
    text: async (message, initialValue) =>
      answered(
        await text({
          ...common,
          message,
          initialValue,
          validate: (value) => (value ? undefined : 'It needs a value.'),
        }),
      ),
  }
}
