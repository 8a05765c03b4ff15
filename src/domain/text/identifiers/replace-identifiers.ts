import { findAddressesOnline } from "./find-addresses-online.ts";
import { findDates } from "./find-dates.ts";
import { findNames } from "./find-names.ts";
import { findNumbers } from "./find-numbers.ts";
import { findPlaces } from "./find-places.ts";
import { type Finder, type Identifier, type IdentifierKind, MARKS } from "./identifier.ts";

// Links before numbers, since links hold numbers; places before names, since streets are named after people.
const FINDERS: readonly Finder[] = [
  ...findAddressesOnline,
  ...findPlaces,
  ...findDates,
  ...findNumbers,
  ...findNames,
];

/** Rounds after which what is left is at rest, in all writing seen. */
const ROUNDS = 5;

/** A stretch of the text: plain, found, or a mark that stood in it already. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly kind: IdentifierKind | "mark" | null;
}

const MARK = new RegExp(
  `(${Object.values(MARKS)
    .map((mark) => mark.replace(/[[\]]/g, "\\$&"))
    .join("|")})`,
);

/**
 * Takes out of a text what could tell who somebody is, each by the mark of its kind: `em tên [tên], số [số]`.
 *
 * A help, not a promise: a name nobody wrote down before and a story that only one child can have lived pass. What is
 * to leave the house is read by a person after it. Doing it twice changes nothing more; the text becomes at most twice
 * as long; any string is taken, in time linear to its length. Letters come out in composed form (NFC).
 */
export function replaceIdentifiers(text: string): string {
  const composed = compose(text);
  let out = "";
  for (const { start, end, kind } of piecesOf(composed))
    out += kind === null || kind === "mark" ? composed.slice(start, end) : MARKS[kind];
  return out;
}

/** Where the identifiers stand, in the text as `compose` gives it. */
export function findIdentifiers(text: string): Identifier[] {
  return piecesOf(compose(text)).flatMap(({ kind, start, end }) =>
    kind === null || kind === "mark" ? [] : [{ kind, start, end }],
  );
}

/** Marks put onto their letters, and signs that show nothing taken out: both hide a name from a word list. */
function compose(text: string): string {
  return text
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, "")
    .replace(/[A-Za-z\u00c0-\u024f\u1e00-\u1eff][\u0300-\u036f]+/g, (letter) => letter.normalize("NFC"));
}

function piecesOf(text: string): Piece[] {
  let at = 0;
  let pieces: Piece[] = text.split(MARK).flatMap((part, index): Piece[] => {
    const start = at;
    at += part.length;
    return part === "" ? [] : [{ start, end: at, kind: index % 2 === 1 ? "mark" : null }];
  });
  let before = 0;
  // What was found parts the text anew, and a part by itself may show more: until nothing more is found, so that a
  // second call finds nothing either.
  for (let round = 0; round < ROUNDS && pieces.length !== before; round++) {
    before = pieces.length;
    for (const find of FINDERS) pieces = pieces.flatMap((piece) => parted(text, piece, find));
  }
  return pieces.length === before ? pieces : pieces.map((piece) => hideUnsettled(text, piece));
}

function parted(text: string, piece: Piece, find: Finder): Piece[] {
  if (piece.kind !== null) return [piece];
  const found = find(text.slice(piece.start, piece.end));
  if (found.length === 0) return [piece];
  const parts: Piece[] = [];
  let { start } = piece;
  for (const { kind, ...span } of found) {
    const from = piece.start + span.start;
    if (from > start) parts.push({ start, end: from, kind: null });
    start = piece.start + span.end;
    parts.push({ start: from, end: start, kind });
  }
  if (start < piece.end) parts.push({ start, end: piece.end, kind: null });
  return parts;
}

/** Text made to keep the finders busy for ever loses the part that still moves. */
function hideUnsettled(text: string, piece: Piece): Piece {
  const isMoving =
    piece.kind === null && FINDERS.some((find) => find(text.slice(piece.start, piece.end)).length > 0);
  return isMoving ? { ...piece, kind: "rest" } : piece;
}
