/** A class of characters that some stores mishandle in object keys. */
export interface KeyClass {
  readonly id: KeyClassId
  /** The name that titles and messages use, such as `an umlaut`. */
  readonly name: string
  /**
   * A character of the class or, for `%` and `&`, an escape sequence that begins with the character. A store that
   * decodes keys twice turns this sequence into a single character.
   */
  readonly sample: string
  /**
   * Two strings for use in keys. The first contains the sample. The second contains a different character in its place.
   * A store that confuses keys made from these strings loses an object.
   */
  readonly texts: readonly [key: string, other: string]
  readonly toString: () => string
}

type KeyClassId = 'space' | 'plus' | 'percent' | 'ampersand' | 'apostrophe' | 'slash' | 'ü' | '日' | '😀'

function keyClass(id: KeyClassId, name: string, sample: string, other: string): KeyClass {
  return { id, name, sample, texts: [`a${sample}b`, `a${other}b`], toString: () => name }
}

/** Every class, in the order in which `samplesExcept` joins the samples. */
export const keyClasses: readonly KeyClass[] = [
  keyClass('space', 'a space', ' ', '+'),
  keyClass('plus', 'a plus sign', '+', ' '),
  keyClass('percent', 'a percent sign', '%41', 'A'),
  keyClass('ampersand', 'an ampersand', '&amp;', '&'),
  keyClass('apostrophe', 'an apostrophe', "'", '_'),
  keyClass('slash', 'a slash', '/', '_'),
  keyClass('ü', 'an umlaut', 'ü', 'ö'),
  keyClass('日', 'a CJK character', '日', '本'),
  keyClass('😀', 'an emoji', '😀', '😁'),
]

/** Maps each class that a store mishandles to a description of the problem. */
export type BrokenKeys = Readonly<Partial<Record<KeyClassId, string>>>

/** Returns the samples that fixture keys contain: those of every class that the store handles correctly. */
export function samplesExcept(broken: BrokenKeys = {}): string {
  return keyClasses.flatMap(({ id, sample }) => (broken[id] === undefined ? sample : [])).join('')
}
