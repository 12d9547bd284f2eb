import type { Address } from '../fixtures/objects'
import { failureSentence } from './failure'
import { listing, report, titleOf } from './print'
import { Back, type Option, type Prompts } from './prompts'
import {
  type Condition,
  type Conditions,
  HEADERS,
  isOnDate,
  MOMENTS,
  type Moment,
  type Request,
  TAGS,
  type Tag,
  WITHOUT_OBJECT,
} from './request'
import type { Session } from './session'

const ON_READS: readonly Condition[] = ['IfMatch', 'IfNoneMatch', 'IfModifiedSince', 'IfUnmodifiedSince']
const ON_SOURCES: readonly Condition[] = [
  'CopySourceIfMatch',
  'CopySourceIfNoneMatch',
  'CopySourceIfModifiedSince',
  'CopySourceIfUnmodifiedSince',
]
const ON_WRITES: readonly Condition[] = ['IfMatch', 'IfNoneMatch']

/**
 * Lets the user send conditional requests until they choose to quit. Prints errors and returns to the menu.
 * @param signal ends the menu when aborted; the returned promise is then rejected with the signal's reason
 */
export async function explore(
  session: Session,
  print: (line: string) => void,
  prompts: Prompts,
  signal: AbortSignal,
): Promise<void> {
  const build = { read, copy, write }
  for (let isLeaving = false; !isLeaving; ) {
    try {
      print('')
      const choice = await prompts.select('What next?', [
        ['list', 'List the buckets'],
        ['read', 'Conditional read', 'GetObject, HeadObject'],
        ['copy', 'Conditional copy', 'CopyObject'],
        ['write', 'Conditional write', 'PutObject'],
        ['leave', 'Clean up and quit'],
      ])
      if (choice === 'leave') isLeaving = true
      else if (choice === 'list') for (const line of listing(session, await session.list())) print(line)
      else {
        const request = await build[choice](session, prompts)
        print(`\n${titleOf(request)}\n`)
        for (const line of report(await session.send(request), session.target)) print(line)
      }
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof Back)) print(failureSentence(error))
    }
  }
}

async function read(session: Session, prompts: Prompts): Promise<Request> {
  const operation = await prompts.select('Which operation?', [['GetObject'], ['HeadObject']])
  const address = await pickKey('Which object?', session, prompts)
  return { operation, address, conditions: await pickConditions('the object', ON_READS, address, session, prompts) }
}

async function copy(session: Session, prompts: Prompts): Promise<Request> {
  const source = await pickKey('Which object is the source?', session, prompts)
  const onSource = await pickConditions('the source', ON_SOURCES, source, session, prompts)
  const address = await pickKey('Which key is the destination?', session, prompts)
  const onDestination = await pickConditions('the destination', ON_WRITES, address, session, prompts)
  return { operation: 'CopyObject', source, address, conditions: { ...onSource, ...onDestination } }
}

async function write(session: Session, prompts: Prompts): Promise<Request> {
  const address = await pickKey('Which key?', session, prompts)
  const body = await prompts.text('Which content?', 'The content can be empty.')
  return {
    operation: 'PutObject',
    address,
    body,
    conditions: await pickConditions('the key', ON_WRITES, address, session, prompts),
  }
}

/** Lets the user pick an existing object, or pick a bucket and type a key. */
async function pickKey(question: string, session: Session, prompts: Prompts): Promise<Address> {
  const objects = await session.list()
  const nth = (bucket: string) => (bucket === session.buckets[0] ? 'first bucket' : 'second bucket')
  const choice = await prompts.select(question, [
    ...objects.map(({ Bucket, Key, ETag }, n) => [`${n}`, Key, `${nth(Bucket)}, ${ETag}`] as const),
    ...session.buckets.map((bucket) => [bucket, `another key in the ${nth(bucket)} …`] as const),
  ])
  const picked = objects[Number(choice)]
  if (picked) return { Bucket: picked.Bucket, Key: picked.Key }
  return { Bucket: choice, Key: await prompts.text('Which key?', 'another.txt', 'another.txt') }
}

/** Lets the user pick any number of preconditions and a value for each. */
async function pickConditions(
  on: string,
  names: readonly Condition[],
  address: Address,
  session: Session,
  prompts: Prompts,
): Promise<Conditions> {
  const picked = await prompts.several(
    `Which preconditions on ${on}? To send none, select nothing.`,
    names.map((name) => [name, HEADERS[name]] as const),
  )
  const { current } = picked.length > 0 ? await session.look(address) : {}
  const conditions: Partial<Record<Condition, Tag | Moment>> = {}
  for (const name of picked) {
    const values = Object.entries(isOnDate(name) ? MOMENTS : TAGS) as [Tag | Moment, readonly [string, unknown]][]
    const options = values
      .filter(([value]) => typeof current === 'object' || WITHOUT_OBJECT.includes(value))
      .map(([value, [label]]): Option<Tag | Moment> => [value, label])
    conditions[name] = await prompts.select(HEADERS[name], options)
  }
  return conditions
}
