import type { CardContent } from "../../app/card-content.ts";

const TITLES = { vi: "Thẻ ghi nhớ", en: "Cards to keep" } as const;

/** Cards as sheets of A4, one a page, with boxes to tick; plain HTML that needs no script. Styles: `PRINT_CSS`. */
export function printPage(cards: readonly CardContent[], locale: "vi" | "en"): string {
  // A neutral name: the tab may be seen by whoever looks over a shoulder.
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>${TITLES[locale]}</title><link rel="stylesheet" href="/cards/print.css"></head><body><main>${cards.map(sheet).join("")}</main></body></html>`;
}

function sheet(card: CardContent): string {
  const points = card.points.map((point) => `<li>${escapeHtml(point)}</li>`).join("");
  const lines = card.helplines
    .map(({ number, name }) => `<li><strong>${escapeHtml(number)}</strong> ${escapeHtml(name)}</li>`)
    .join("");
  return [
    `<section><p class="kicker">${escapeHtml(card.kicker)}</p><h1>${escapeHtml(card.title)}</h1>`,
    `<p>${escapeHtml(card.intro)}</p><ol>${points}</ol>`,
    lines === "" ? "" : `<ul>${lines}</ul>`,
    `<footer>${escapeHtml(card.footer)}</footer></section>`,
  ].join("");
}

function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

export const PRINT_CSS = `
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #000; font: 1.125rem/1.5 "Be Vietnam Pro", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem; }
section { break-after: page; padding: 1.5rem 0; border-bottom: 1px solid #777; }
section:last-child { break-after: auto; border-bottom: 0; }
.kicker { margin: 0; font-weight: 700; color: #1c6963; }
h1 { margin: 0 0 1rem; font-size: 2.25rem; line-height: 1.2; }
ol { list-style: none; padding: 0; }
ol li { position: relative; margin: 0 0 1rem; padding-left: 2.5rem; }
ol li::before { content: ""; position: absolute; left: 0; top: .2rem; width: 1.25rem; height: 1.25rem; border: 2px solid #000; border-radius: .25rem; }
ul { list-style: none; margin: 1.5rem 0 0; padding: 1rem 1.25rem; border: 2px solid #000; border-radius: .75rem; }
ul strong { font-size: 1.75rem; margin-right: .5rem; }
footer { margin-top: 1.5rem; color: #444; font-size: .9rem; }
@page { size: A4; margin: 16mm; }
@media print { main { padding: 0; max-width: none; } section { border: 0; padding: 0; } }
`;
