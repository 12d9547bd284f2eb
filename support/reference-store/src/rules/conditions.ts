import { guess, openStep, step } from './answers.ts'
import {
  COPIES_TOGETHER,
  type Combinations,
  factsTogether,
  PART_COPIES_TOGETHER,
  READS_TOGETHER,
} from './combinations.ts'
import type { FactId, Step, Version } from './types.ts'
import { matchTags, readDate, secondOf, type TagForm } from './values.ts'

/** The four conditions on an object, as they were sent: those of a read, or those on the source of a copy. */
export interface Four {
  readonly ifMatch?: string
  readonly ifNoneMatch?: string
  readonly ifModifiedSince?: string
  readonly ifUnmodifiedSince?: string
}

export type ConditionName = 'If-Match' | 'If-None-Match' | 'If-Modified-Since' | 'If-Unmodified-Since'

/** The facts about each condition alone, and about what stands beside it. */
export interface Family {
  readonly matchHolds: Partial<Record<TagForm, readonly FactId[]>>
  readonly matchFails: readonly FactId[]
  readonly noneMatchFails: Partial<Record<TagForm, readonly FactId[]>>
  readonly noneMatchHolds: readonly FactId[]
  readonly modifiedFails: readonly FactId[]
  readonly modifiedHolds: readonly FactId[]
  readonly modifiedAhead: readonly FactId[]
  readonly unmodifiedHolds: readonly FactId[]
  readonly unmodifiedFails: readonly FactId[]
  /** If-Unmodified-Since refuses nothing beside an If-Match that holds. */
  readonly unmodifiedAside: readonly FactId[]
  /** If-Modified-Since refuses nothing beside an If-None-Match that holds. */
  readonly modifiedAside: readonly FactId[]
  /** If-None-Match, or If-Modified-Since, refuses although If-Match holds. */
  readonly noneMatchAfterMatch: readonly FactId[]
  readonly modifiedAfterMatch: readonly FactId[]
  /** If-Unmodified-Since refuses before If-None-Match, or If-Modified-Since, is looked at. */
  readonly unmodifiedFirst: readonly FactId[]
  readonly together: Combinations
  readonly malformedModified: readonly FactId[]
  readonly malformedUnmodified: readonly FactId[]
}

export interface Evaluation {
  /** The first condition that does not hold; undefined when nothing refuses. */
  readonly refusedBy?: ConditionName
  readonly steps: readonly Step[]
}

/**
 * Evaluates the four conditions on an object that is there, in the order of RFC 9110, section 13.2.2, which is that of
 * all recordings: If-Match, or else If-Unmodified-Since; then If-None-Match, or else If-Modified-Since.
 */
export function evaluate(four: Four, object: Version, now: Date, family: Family): Evaluation {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = four
  const match = verdictOf(ifMatch, (value) => onMatch(value, object, family))
  const noneMatch = verdictOf(ifNoneMatch, (value) => onNoneMatch(value, object, family))
  const modified = verdictOf(ifModifiedSince, (value) => onModifiedSince(value, object, now, family))
  const unmodified = verdictOf(ifUnmodifiedSince, (value) => onUnmodifiedSince(value, object, family))

  const steps: Step[] = []
  const together = factsTogether(marks({ M: match, N: noneMatch, S: modified, U: unmodified }), family.together)
  const seen = together.length > 0 ? [step('so it is for these conditions together', ...together)] : []
  const refusedBy = (name: ConditionName, { holds, ...said }: Verdict): Evaluation | undefined => {
    steps.push(said)
    return holds ? undefined : { refusedBy: name, steps: [...steps, ...seen] }
  }

  if (match) {
    const refused = refusedBy('If-Match', match)
    if (refused) return refused
    if (unmodified && !unmodified.holds) {
      steps.push(step('If-Unmodified-Since does not count beside it', ...family.unmodifiedAside))
    }
  } else if (unmodified) {
    if (!unmodified.holds && (noneMatch ?? modified)) {
      steps.push(step('If-Unmodified-Since comes before what else there is', ...family.unmodifiedFirst))
    }
    const refused = refusedBy('If-Unmodified-Since', unmodified)
    if (refused) return refused
  }

  if (noneMatch) {
    if (match && !noneMatch.holds) steps.push(step('If-None-Match counts beside it', ...family.noneMatchAfterMatch))
    const refused = refusedBy('If-None-Match', noneMatch)
    if (refused) return refused
    if (modified && !modified.holds) {
      steps.push(step('If-Modified-Since does not count beside it', ...family.modifiedAside))
    }
  } else if (modified) {
    if (match && !modified.holds) steps.push(step('If-Modified-Since counts beside it', ...family.modifiedAfterMatch))
    const refused = refusedBy('If-Modified-Since', modified)
    if (refused) return refused
  }
  return { steps: [...steps, ...seen] }
}

/** `N-S+`: If-None-Match fails, If-Modified-Since holds. */
function marks(verdicts: Readonly<Record<string, Verdict | undefined>>): string {
  return Object.entries(verdicts)
    .map(([name, one]) => (one ? `${name}${one.holds ? '+' : '-'}` : ''))
    .join('')
}

function verdictOf(value: string | undefined, judge: (value: string) => Verdict): Verdict | undefined {
  return value === undefined ? undefined : judge(value)
}

interface Verdict extends Step {
  readonly holds: boolean
}

function verdict(holds: boolean, said: Step): Verdict {
  return { holds, ...said }
}

/** Holds when the current entity tag is named. */
function onMatch(value: string, { etag }: Version, family: Family): Verdict {
  const { form, matches, impossible } = matchTags(value, etag)
  if (form === 'empty') return verdict(true, guess('an empty If-Match', 'O18', 'S15'))
  if (form === 'weak') return verdict(false, guess('a weak entity tag in If-Match', 'O17', 'R14'))
  if (!matches)
    return verdict(false, oddOr(impossible, family, step('If-Match names another entity tag', ...family.matchFails)))
  const facts = family.matchHolds[form]
  const says = form === 'star' ? 'If-Match takes any object' : 'If-Match names the current entity tag'
  return verdict(true, facts ? step(says, ...facts) : guess(says, true))
}

/** Fails when the current entity tag is named. */
function onNoneMatch(value: string, { etag }: Version, family: Family): Verdict {
  const { form, matches, impossible } = matchTags(value, etag)
  if (form === 'empty') return verdict(true, guess('an empty If-None-Match', 'O18', 'S15'))
  if (form === 'weak') {
    return verdict(!matches, guess('a weak entity tag in If-None-Match', 'O17', 'R14'))
  }
  if (!matches) {
    return verdict(
      true,
      oddOr(impossible, family, step('If-None-Match names another entity tag', ...family.noneMatchHolds)),
    )
  }
  const facts = family.noneMatchFails[form]
  const says = form === 'star' ? 'If-None-Match takes no object' : 'If-None-Match names the current entity tag'
  if (form === 'star' && !facts) return verdict(false, openStep(says, 'O25', 'C37'))
  return verdict(false, facts ? step(says, ...facts) : guess(says, true))
}

/** What a copy makes of impossible characters is not known (C36); a read takes them as another entity tag. */
function oddOr(impossible: boolean, family: Family, said: Step): Step {
  return impossible && family !== READ ? guess('a value that cannot be an entity tag', true, 'C36') : said
}

/** Holds unless the object was modified after that second. */
function onUnmodifiedSince(value: string, { lastModified }: Version, family: Family): Verdict {
  const date = readDate(value)
  if (date.form !== 'date') return ignored('If-Unmodified-Since', date.form, family.malformedUnmodified)
  if (secondOf(lastModified) > date.seconds) {
    return verdict(false, step('it was modified after If-Unmodified-Since', ...family.unmodifiedFails))
  }
  return verdict(true, step('it was not modified after If-Unmodified-Since', ...family.unmodifiedHolds))
}

const HOUR = 3600

/** Holds when the object was modified after that second; a date far enough in the future is not looked at. */
function onModifiedSince(value: string, { lastModified }: Version, now: Date, family: Family): Verdict {
  const date = readDate(value)
  if (date.form !== 'date') return ignored('If-Modified-Since', date.form, family.malformedModified)
  if (secondOf(lastModified) > date.seconds) {
    return verdict(true, step('it was modified after If-Modified-Since', ...family.modifiedHolds))
  }
  const ahead = date.seconds - secondOf(now)
  if (ahead <= 0) return verdict(false, step('it was not modified after If-Modified-Since', ...family.modifiedFails))
  if (ahead >= HOUR) return verdict(true, step('If-Modified-Since is in the future', ...family.modifiedAhead))
  return verdict(true, guess('If-Modified-Since in the near future', 'O1', 'R20', 'R65'))
}

/** A date that is no HTTP date is not looked at (R58, C35); of other forms that is expected only. */
function ignored(name: ConditionName, form: 'ISO 8601' | 'obsolete' | 'malformed', facts: readonly FactId[]): Verdict {
  if (form === 'malformed') return verdict(true, step(`${name} is no HTTP date and not looked at`, ...facts))
  return verdict(true, guess(`a date of another form in ${name}`, 'O5', 'R59'))
}

export const READ: Family = {
  together: READS_TOGETHER,
  matchHolds: { quoted: ['R01'], unquoted: ['R02'], star: ['R05'], list: ['R11'] },
  matchFails: ['R03', 'R04'],
  noneMatchFails: { quoted: ['R06'], unquoted: ['R07'], star: ['R09', 'R10'], list: ['R12'] },
  noneMatchHolds: ['R08', 'R13'],
  modifiedFails: ['R15', 'R16'],
  modifiedHolds: ['R17'],
  modifiedAhead: ['R18', 'R19'],
  unmodifiedHolds: ['R21', 'R23'],
  unmodifiedFails: ['R22'],
  unmodifiedAside: ['R28'],
  modifiedAside: ['R41'],
  noneMatchAfterMatch: ['R35'],
  modifiedAfterMatch: ['R34'],
  unmodifiedFirst: ['R25', 'R37', 'R39', 'R42'],
  malformedModified: ['R58'],
  malformedUnmodified: ['R58', 'C35'],
}

export const COPY: Family = {
  together: COPIES_TOGETHER,
  matchHolds: { quoted: ['C01'], unquoted: ['C01'], star: ['C18'], list: ['C18'] },
  matchFails: ['C02'],
  noneMatchFails: { quoted: ['C03'], unquoted: ['C03'], list: ['C19'] },
  noneMatchHolds: ['C04'],
  modifiedFails: ['C05', 'C06'],
  modifiedHolds: ['C07'],
  modifiedAhead: ['C08', 'R19'],
  unmodifiedHolds: ['C09', 'C11'],
  unmodifiedFails: ['C10'],
  unmodifiedAside: ['C15'],
  modifiedAside: ['C34'],
  noneMatchAfterMatch: ['R35'],
  modifiedAfterMatch: ['C34'],
  unmodifiedFirst: ['C13'],
  malformedModified: ['C35', 'R58'],
  malformedUnmodified: ['C35'],
}

/** UploadPartCopy has facts of its own, and where it has none those of CopyObject stand in. */
export const PART_COPY: Family = {
  ...COPY,
  together: PART_COPIES_TOGETHER,
  matchHolds: { quoted: ['C20'], unquoted: ['C01', 'C20'], star: ['C18', 'C20'], list: ['C18', 'C20'] },
  matchFails: ['C21'],
  noneMatchFails: { quoted: ['C23'], unquoted: ['C03', 'C23'], list: ['C19', 'C23'] },
  noneMatchHolds: ['C22'],
  modifiedFails: ['C28'],
  modifiedHolds: ['C26'],
  modifiedAhead: ['C27'],
  unmodifiedHolds: ['C24'],
  unmodifiedFails: ['C25'],
  unmodifiedAside: ['C29'],
  unmodifiedFirst: ['C30', 'C13'],
}
