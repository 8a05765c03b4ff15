/** Idioms with "die" in them that speak of laughter, heat, hunger or shame, never of dying. Masks `die` in the model's concepts only; triage has its own. */

export const JOKING = "joking";

const FEELINGS =
  "cười, mắc cười, buồn cười, vui, sướng, quê, ngại, ngượng, xấu hổ, nhục, nóng, nực, lạnh, rét, nắng, đói, khát, thèm, no, buồn ngủ, mắc ị, mắc tè, ngứa, cay, mê, yêu, thích, đẹp, xinh, ngon, chán, lười, run, hồi hộp, sốc, dễ thương, đáng yêu, tiếc, tức, hên, may".split(
    ", ",
  );
const TAILS =
  "chết, muốn chết, chết mất, chết đi được, chết luôn, muốn xỉu, xỉu, chết thôi, gần chết, chết người, muốn chết luôn, đến chết, chết lên được".split(
    ", ",
  );

const SAYINGS =
  "chết cười, cười chết, cười muốn chết, chết mất, chết mẹ, chết cha, chết rồi, chết dở, chết đi được, mệt chết, đói chết, nóng chết, nóng muốn chết, vui muốn chết, sướng chết, sướng muốn chết, quê muốn chết, ngại muốn chết, mắc cười, buồn cười, buồn ngủ chết, thèm chết, sợ chết khiếp, đẹp chết, chết pin, chết nguồn, chết máy, chết tiệt, ngượng chết, nắng chết, lạnh chết, nói đùa, đùa thôi, đùa á, đùa tí, giỡn, giỡn thôi, nói chơi, dying of laughter, dying laughing, die laughing, laughing so hard, im dead, i am dead, dead tired, die of embarrassment, died laughing, just kidding, joking, jk, killed me lol, killing me lol, bored to death, starving, to death lol".split(
    ", ",
  );

export const JOKES: readonly string[] = [
  ...new Set([...FEELINGS.flatMap((feeling) => TAILS.map((tail) => `${feeling} ${tail}`)), ...SAYINGS]),
];
