/** What people say without words: emoji and emoticons, read as a few plain signs. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/[😀-😆😸😹🤣😛😜🤪😝]|[:=;x]-?d+(?![a-z])|[:=;]-?\)+|\^_*\^|=\)\)+/gu, "laugh"],
  [/[😢😭😥😓😿💔😞😔😟😣😖😩😫🥺☹🙁]|[:=;]'?-?\(+|:<|t[._]t|t\^t|;-;|:'\(/gu, "cry"],
  [/[❤💕💖💗💘💞😍🥰😘💓♥]|<3/gu, "love"],
  [/[😠😡🤬👿💢🖕]/gu, "angry"],
  [/[😨😰😱😧😦🥶]/gu, "fear"],
  [/[🔪🩸🗡💊🪒]/gu, "blade"],
  [/[🪦⚰🕊🥀🖤☠💀⚱]/gu, "death"],
  [/[🙏]/gu, "please"],
  [/[👍👌✅]/gu, "yes"],
  [/[👋]/gu, "wave"],
  [/\?/g, "ask"],
  [/!/g, "shout"],
];
const ANY = /[?!:;=^<☹♥❤⚰☠⚱✅]|t[._^]t|xd|\p{Extended_Pictographic}/u;
const MOST = 20;

export function readSigns(text: string): string[] {
  if (!ANY.test(text)) return [];
  const found: { readonly at: number; readonly sign: string }[] = [];
  for (const [pattern, sign] of SIGNS) {
    let count = 0;
    for (const match of text.matchAll(pattern)) {
      found.push({ at: match.index, sign });
      if (++count >= MOST) break;
    }
  }
  return found.sort((a, b) => a.at - b.at).map(({ sign }) => sign);
}
