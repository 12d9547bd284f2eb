/** A class of characters that some stores do not store correctly in keys. */
export interface KeyClass {
  readonly id: KeyClassId
  /** `an umlaut`, for titles and sentences. */
  readonly name: string
  /** The character in a key. `%` and `&` are followed by what a store that decodes keys twice would decode. */
  readonly sample: string
  /** Two keys that differ only in the character. A store that confuses them loses an object. */
  readonly texts: readonly [key: string, other: string]
  readonly toString: () => string
}

export type KeyClassId = 'blank' | 'plus' | 'percent' | 'ampersand' | 'apostrophe' | 'slash' | 'ü' | '日' | '😀'

function keyClass(id: KeyClassId, name: string, sample: string, other: string): KeyClass {
  return { id, name, sample, texts: [`a${sample}b`, `a${other}b`], toString: () => name }
}

/** Every class, in the order of the characters in keys. */
export const keyClasses: readonly KeyClass[] = [
  keyClass('blank', 'a blank', ' ', '+'),
  keyClass('plus', 'a plus', '+', ' '),
  keyClass('percent', 'a percent sign', '%41', 'A'),
  keyClass('ampersand', 'an ampersand', '&amp;', '&'),
  keyClass('apostrophe', 'an apostrophe', "'", '_'),
  keyClass('slash', 'a slash', '/', '_'),
  keyClass('ü', 'an umlaut', 'ü', 'ö'),
  keyClass('日', 'a CJK character', '日', '本'),
  keyClass('😀', 'an emoji', '😀', '😁'),
]

/** The classes that a store does not store correctly, each with the reason. */
export type BrokenKeys = Readonly<Partial<Record<KeyClassId, string>>>

/** Returns the characters for keys of fixtures: those of every class that is not broken. */
export function samplesExcept(broken: BrokenKeys = {}): string {
  return keyClasses.flatMap(({ id, sample }) => (broken[id] === undefined ? sample : [])).join('')
}
