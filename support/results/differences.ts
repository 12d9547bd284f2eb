import type { Exchange } from '../exchange/record'
import { LEVELS, type Level, type Verdict } from '../judge/verdict'
import { groupBy } from './summary'

/** What a run says of a check that differs, as plain data. */
export interface Differing {
  readonly verdict?: Verdict
  readonly level?: Level
  readonly observed?: string
  /** What Amazon S3 does, as the assertion that failed says it. */
  readonly wanted?: string
  readonly exchange?: readonly Exchange[]
}

/** Checks that differ in the same way. */
export interface Difference<T> {
  /** `copies, If-Match: 412 wanted, accepted with 200`. */
  readonly said: string
  readonly level: Level
  readonly checks: readonly T[]
}

/** What is asked alike, is one family. */
const FAMILIES: Readonly<Record<string, string>> = {
  GetObject: 'reads',
  HeadObject: 'reads',
  GET: 'reads',
  CopyObject: 'copies',
  UploadPartCopy: 'copies',
}

/** Groups what differs by operation family, condition, what is wanted and what was seen; most frequent first. */
export function differences<T extends Differing>(checks: readonly T[]): Difference<T>[] {
  return [...groupBy(checks, saidOf)]
    .map(([said, some]) => ({ said, level: worstOf(some), checks: some }))
    .sort((a, b) => b.checks.length - a.checks.length || LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
}

function worstOf(checks: readonly Differing[]): Level {
  return LEVELS.find((level) => checks.some((check) => check.level === level)) ?? 'detail'
}

function saidOf({ observed = '', wanted = '', exchange = [] }: Differing): string {
  const own = exchange.filter(({ by }) => by === 'spec')
  const asked = own.findLast(({ operation }) => observed.startsWith(operation)) ?? own.at(-1)
  const operation = asked?.operation ?? 'the request'
  const condition = conditionOf(wanted, observed, asked)
  const about = [FAMILIES[operation] ?? operation, condition].filter(Boolean).join(', ')
  return `${about}: ${[wantedOf(wanted), seenOf(observed, operation, wantedOf(wanted))].filter(Boolean).join(' wanted, ')}`
}

/** What was seen without what follows from it: what an accepted request has changed, or a refused one has not. */
function seenOf(observed: string, operation: string, wanted: string): string {
  const seen = observed
    .replaceAll(`${operation} `, '')
    .replace(/ \((Condition|Header): [^)]*\)/, '')
    .replace('412 PreconditionFailed', '412')
  const [answer = '', ...looks] = seen.split('; ')
  const isRight = answer === `accepted with ${wanted}` || answer === `answered ${wanted}`
  const isBehind = !answer.startsWith('accepted') && looks.some((look) => /changed$/.test(look))
  return isRight || isBehind ? seen : answer
}

/** The condition that decides: the one that the refusal names, or that alone is sent. */
function conditionOf(wanted: string, observed: string, asked?: Exchange): string {
  const named = /Condition: ([\w-]+)/.exec(wanted)?.[1] ?? /Condition: ([\w-]+)/.exec(observed)?.[1]
  const sent = Object.keys(asked?.request.headers ?? {}).filter((name) => /(^|-)if-/.test(name))
  if (named) return short(named)
  return sent.length > 1 ? 'several conditions' : short(sent[0] ?? '')
}

/** A condition on the source of a copy by the name that it has on a read: `If-Match`. */
function short(header: string): string {
  const name = header.toLowerCase().replace(/^x-amz-(copy-source|rename-source)-/, '')
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
}

function wantedOf(sentence: string): string {
  const status = /refused with (\d+)|accepted with (\d+)|answer is (304)/.exec(sentence)
  if (status) return status.slice(1).find(Boolean) ?? ''
  return sentence
    .replace(/"[^"]*"/g, '…')
    .replace(/\.$/, '')
    .slice(0, 60)
}
