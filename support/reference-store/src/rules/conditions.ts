import {
  COPIES_TOGETHER,
  type Combinations,
  factsTogether,
  PART_COPIES_TOGETHER,
  READS_TOGETHER,
} from './combinations.ts'
import { guess, openStep, step } from './outcomes.ts'
import type { FactId, Headers, Step, Version } from './types.ts'
import { matchTags, readDate, secondOf, type TagForm } from './values.ts'

/** The unparsed values of the four conditions on a read or on the source of a copy. */
export type Four = Pick<Headers, 'ifMatch' | 'ifNoneMatch' | 'ifModifiedSince' | 'ifUnmodifiedSince'>

export function hasCondition({ ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince }: Four): boolean {
  return (ifMatch ?? ifNoneMatch ?? ifModifiedSince ?? ifUnmodifiedSince) !== undefined
}

type ConditionName = 'If-Match' | 'If-None-Match' | 'If-Modified-Since' | 'If-Unmodified-Since'

/** The facts about reads, about CopyObject or about UploadPartCopy. */
interface Family {
  readonly matchHolds: Partial<Record<TagForm, readonly FactId[]>>
  readonly matchFails: readonly FactId[]
  readonly noneMatchFails: Partial<Record<TagForm, readonly FactId[]>>
  readonly noneMatchHolds: readonly FactId[]
  readonly modifiedFails: readonly FactId[]
  readonly modifiedHolds: readonly FactId[]
  /** For an If-Modified-Since that is ignored because its date is at least an hour in the future. */
  readonly modifiedAhead: readonly FactId[]
  readonly unmodifiedHolds: readonly FactId[]
  readonly unmodifiedFails: readonly FactId[]
  /** Applies when If-Match holds and overrides an If-Unmodified-Since that fails. */
  readonly unmodifiedIgnored: readonly FactId[]
  /** Applies when If-None-Match holds and overrides an If-Modified-Since that fails. */
  readonly modifiedIgnored: readonly FactId[]
  /** Applies when If-Match holds but If-None-Match fails. */
  readonly noneMatchAfterMatch: readonly FactId[]
  /** Applies when If-Match holds but If-Modified-Since fails. */
  readonly modifiedAfterMatch: readonly FactId[]
  /** Applies when If-Unmodified-Since fails before If-None-Match or If-Modified-Since is evaluated. */
  readonly unmodifiedFirst: readonly FactId[]
  readonly together: Combinations
  readonly malformedModified: readonly FactId[]
  readonly malformedUnmodified: readonly FactId[]
}

interface Evaluation {
  /** The first condition that fails. Absent if all conditions hold. */
  readonly failedBy?: ConditionName
  readonly steps: readonly Step[]
}

/**
 * Evaluates the four conditions for an existing object: first If-Match or, without it, If-Unmodified-Since; then
 * If-None-Match or, without it, If-Modified-Since. RFC 9110, section 13.2.2, defines this order, and all recordings
 * confirm it.
 */
export function evaluateConditions(four: Four, object: Version, now: Date, family: Family): Evaluation {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = four
  const match = ifMatch === undefined ? undefined : evaluateTag('If-Match', ifMatch, object, family)
  const noneMatch = ifNoneMatch === undefined ? undefined : evaluateTag('If-None-Match', ifNoneMatch, object, family)
  const modified = ifModifiedSince === undefined ? undefined : evaluateModified(ifModifiedSince, object, now, family)
  const unmodified = ifUnmodifiedSince === undefined ? undefined : evaluateUnmodified(ifUnmodifiedSince, object, family)

  const together = factsTogether(marks({ M: match, N: noneMatch, S: modified, U: unmodified }), family.together)
  const recorded = together.length > 0 ? [step('a combination of these headers was recorded on S3', ...together)] : []
  const steps: Step[] = []
  const failed = (name: ConditionName, { holds, because }: Verdict): Evaluation | undefined => {
    steps.push(because)
    return holds ? undefined : { failedBy: name, steps: [...steps, ...recorded] }
  }

  if (match) {
    const failure = failed('If-Match', match)
    if (failure) return failure
    if (unmodified && !unmodified.holds) {
      steps.push(step('If-Match overrides If-Unmodified-Since', ...family.unmodifiedIgnored))
    }
  } else if (unmodified) {
    if (!unmodified.holds && (noneMatch ?? modified)) {
      steps.push(
        step('If-Unmodified-Since is evaluated before If-None-Match and If-Modified-Since', ...family.unmodifiedFirst),
      )
    }
    const failure = failed('If-Unmodified-Since', unmodified)
    if (failure) return failure
  }

  if (noneMatch) {
    if (match && !noneMatch.holds) {
      steps.push(step('If-None-Match is evaluated after If-Match', ...family.noneMatchAfterMatch))
    }
    const failure = failed('If-None-Match', noneMatch)
    if (failure) return failure
    if (modified && !modified.holds) {
      steps.push(step('If-None-Match overrides If-Modified-Since', ...family.modifiedIgnored))
    }
  } else if (modified) {
    if (match && !modified.holds) {
      steps.push(step('If-Modified-Since is evaluated after If-Match', ...family.modifiedAfterMatch))
    }
    const failure = failed('If-Modified-Since', modified)
    if (failure) return failure
  }
  return { steps: [...steps, ...recorded] }
}

/** Returns a key of `Combinations`, such as `N-S+` if If-None-Match fails and If-Modified-Since holds. */
function marks(verdicts: Readonly<Record<string, Verdict | undefined>>): string {
  return Object.entries(verdicts)
    .map(([name, one]) => (one ? `${name}${one.holds ? '+' : '-'}` : ''))
    .join('')
}

interface Verdict {
  readonly holds: boolean
  readonly because: Step
}

function evaluateTag(name: 'If-Match' | 'If-None-Match', value: string, { etag }: Version, family: Family): Verdict {
  const { form, matches, impossible } = matchTags(value, etag)
  const isMatch = name === 'If-Match'
  const holds = matches === isMatch
  if (form === 'empty') return { holds: true, because: guess(`${name} is empty`, 'O18', 'S15') }
  if (form === 'weak') return { holds: holds && !isMatch, because: guess(`${name} contains a weak ETag`, 'O17', 'R14') }
  if (!matches) {
    // For a read, an ETag with invalid characters never matches. For a copy, it is unknown whether it does (C36).
    if (impossible && family !== READ)
      return { holds, because: guess('the conditional header contains an invalid ETag', true, 'C36') }
    return {
      holds,
      because: step(
        `${name} does not match the current ETag`,
        ...(isMatch ? family.matchFails : family.noneMatchHolds),
      ),
    }
  }
  const facts = (isMatch ? family.matchHolds : family.noneMatchFails)[form]
  const reason = form === 'any' ? `${name}: * matches any object` : `${name} matches the current ETag`
  if (facts) return { holds, because: step(reason, ...facts) }
  const isOpen = form === 'any' && !isMatch
  return { holds, because: isOpen ? openStep(reason, 'O25', 'C37') : guess(reason, true) }
}

function evaluateUnmodified(value: string, { lastModified }: Version, family: Family): Verdict {
  const date = readDate(value)
  if (date.form !== 'date') return ignored('If-Unmodified-Since', date.form, family.malformedUnmodified)
  if (secondOf(lastModified) > date.seconds) {
    const because = step('the object was modified after the date in If-Unmodified-Since', ...family.unmodifiedFails)
    return { holds: false, because }
  }
  const because = step('the object was not modified after the date in If-Unmodified-Since', ...family.unmodifiedHolds)
  return { holds: true, because }
}

const HOUR = 3600

function evaluateModified(value: string, { lastModified }: Version, now: Date, family: Family): Verdict {
  const date = readDate(value)
  if (date.form !== 'date') return ignored('If-Modified-Since', date.form, family.malformedModified)
  if (secondOf(lastModified) > date.seconds) {
    return {
      holds: true,
      because: step('the object was modified after the date in If-Modified-Since', ...family.modifiedHolds),
    }
  }
  const ahead = date.seconds - secondOf(now)
  if (ahead >= HOUR) {
    return {
      holds: true,
      because: step(
        'If-Modified-Since is ignored because its date is at least an hour in the future',
        ...family.modifiedAhead,
      ),
    }
  }
  if (ahead > 0)
    return {
      holds: true,
      because: guess('the date in If-Modified-Since is less than an hour in the future', 'O1', 'R20', 'R65'),
    }
  const because = step('the object was not modified after the date in If-Modified-Since', ...family.modifiedFails)
  return { holds: false, because }
}

function ignored(name: ConditionName, form: 'ISO 8601' | 'obsolete' | 'malformed', facts: readonly FactId[]): Verdict {
  const because =
    form === 'malformed'
      ? step(`${name} is ignored because its value is not an HTTP date`, ...facts)
      : guess(`the date in ${name} is in ISO 8601 format or in an obsolete HTTP format`, 'O5', 'R59')
  return { holds: true, because }
}

export const READ: Family = {
  together: READS_TOGETHER,
  matchHolds: { quoted: ['R01'], unquoted: ['R02'], any: ['R05'], list: ['R11'] },
  matchFails: ['R03', 'R04'],
  noneMatchFails: { quoted: ['R06'], unquoted: ['R07'], any: ['R09', 'R10'], list: ['R12'] },
  noneMatchHolds: ['R08', 'R13'],
  modifiedFails: ['R15', 'R16'],
  modifiedHolds: ['R17'],
  modifiedAhead: ['R18', 'R19'],
  unmodifiedHolds: ['R21', 'R23'],
  unmodifiedFails: ['R22'],
  unmodifiedIgnored: ['R28'],
  modifiedIgnored: ['R41'],
  noneMatchAfterMatch: ['R35'],
  modifiedAfterMatch: ['R34'],
  unmodifiedFirst: ['R25', 'R37', 'R39', 'R42'],
  malformedModified: ['R58'],
  malformedUnmodified: ['R58', 'C35'],
}

export const COPY: Family = {
  together: COPIES_TOGETHER,
  matchHolds: { quoted: ['C01'], unquoted: ['C01'], any: ['C18'], list: ['C18'] },
  matchFails: ['C02'],
  noneMatchFails: { quoted: ['C03'], unquoted: ['C03'], list: ['C19'] },
  noneMatchHolds: ['C04'],
  modifiedFails: ['C05', 'C06'],
  modifiedHolds: ['C07'],
  modifiedAhead: ['C08', 'R19'],
  unmodifiedHolds: ['C09', 'C11'],
  unmodifiedFails: ['C10'],
  unmodifiedIgnored: ['C15'],
  modifiedIgnored: ['C34'],
  noneMatchAfterMatch: ['R35'],
  modifiedAfterMatch: ['C34'],
  unmodifiedFirst: ['C13'],
  malformedModified: ['C35', 'R58'],
  malformedUnmodified: ['C35'],
}

/** The facts about UploadPartCopy. Cases recorded only for CopyObject use the facts about CopyObject. */
export const PART_COPY: Family = {
  ...COPY,
  together: PART_COPIES_TOGETHER,
  matchHolds: { quoted: ['C20'], unquoted: ['C01', 'C20'], any: ['C18', 'C20'], list: ['C18', 'C20'] },
  matchFails: ['C21'],
  noneMatchFails: { quoted: ['C23'], unquoted: ['C03', 'C23'], list: ['C19', 'C23'] },
  noneMatchHolds: ['C22'],
  modifiedFails: ['C28'],
  modifiedHolds: ['C26'],
  modifiedAhead: ['C27'],
  unmodifiedHolds: ['C24'],
  unmodifiedFails: ['C25'],
  unmodifiedIgnored: ['C29'],
  unmodifiedFirst: ['C30', 'C13'],
}
