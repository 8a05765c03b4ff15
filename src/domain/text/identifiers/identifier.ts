/** What could tell who somebody is. Phones, card, account and identity numbers are one kind: digits do not say which they are. */
export const MARKS = {
  name: "[tên]",
  number: "[số]",
  email: "[email]",
  link: "[link]",
  nick: "[nick]",
  place: "[nơi]",
  school: "[trường]",
  class: "[lớp]",
  date: "[ngày]",
  /** Where the finders did not come to rest: everything goes. */
  rest: "[ẩn]",
} as const;

export type IdentifierKind = keyof typeof MARKS;

export interface Identifier {
  readonly kind: IdentifierKind;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
}

/**
 * Finds one family of identifiers in a piece of text: in rising order, without overlap. Must be linear in the length,
 * and what it marks must be at least half as long as its mark, signal words before it counted once.
 */
export type Finder = (text: string) => readonly Identifier[];
