import { Resvg } from "@resvg/resvg-js";
import type { CardContent } from "../../app/card-content.ts";
import { drawCard } from "./draw-card.ts";
import { BOLD, FONT_FAMILY, REGULAR } from "./font.ts";

// All cards there are, in two languages and two voices, with room to grow: some 10 MB.
const MOST_KEPT = 200;

/** Draws cards as PNG and keeps the newest; edited words are drawn anew. */
export function createCardRenderer(): (card: CardContent) => Promise<Uint8Array> {
  const kept = new Map<string, Uint8Array>();
  return async function renderCard(card) {
    const key = JSON.stringify(card);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const png = await Promise.resolve(rasterise(drawCard(card)));
    kept.set(key, png);
    const oldest = kept.size > MOST_KEPT ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    return png;
  };
}

function rasterise(svg: string): Uint8Array {
  const resvg = new Resvg(svg, {
    font: {
      fontFiles: [REGULAR.file, BOLD.file],
      loadSystemFonts: false,
      defaultFontFamily: FONT_FAMILY,
    },
  });
  return new Uint8Array(resvg.render().asPng());
}
