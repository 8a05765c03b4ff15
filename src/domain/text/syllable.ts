import { splitTone, stripMarks } from "./letters.ts";

/** Which spellings can be a Vietnamese syllable at all. Used to tell a stray key or a code from a word. */

const ONSETS = new Set(
  "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split(" ").concat(""),
);

const RIMES = new Set(
  `a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
  e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
  o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot
  ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh
  uôc uôi uôm uôn uông uôt uơ uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu
  ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu ynh ych yt ay`.split(/\s+/),
);
const BARE_RIMES = new Set([...RIMES].map(stripMarks));

const MAX_LETTERS = 7;

/** Letters, marks and tone fit together: `tự` yes, `tuwj` and `khoong` no. */
export function isSyllable(word: string): boolean {
  if (word.length > MAX_LETTERS) return false;
  const { shape, tone } = splitTone(word);
  if (!fits(shape, RIMES)) return false;
  // A syllable closed by p, t, c, ch always carries sắc or nặng.
  return !/(?:[pt]|ch?)$/.test(shape) || tone === 1 || tone === 5;
}

/** The same without looking at marks: `tu`, `khong` yes. */
export function isBareSyllable(word: string): boolean {
  return word.length <= MAX_LETTERS && fits(stripMarks(word), BARE_RIMES);
}

function fits(shape: string, rimes: ReadonlySet<string>): boolean {
  for (let cut = 0; cut <= 3 && cut < shape.length; cut++) {
    if (ONSETS.has(shape.slice(0, cut)) && rimes.has(shape.slice(cut))) return true;
  }
  return false;
}
