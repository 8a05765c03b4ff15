import type { PublicNumbers } from "../../app/public-numbers.ts";
import type { Locale } from "../../domain/taxonomy/speaker.ts";

const WORDS = {
  vi: {
    title: "Những con số",
    lead: "Bốn tuần trọn vẹn gần nhất, từ {from} đến {until}.",
    talks: "Số cuộc trò chuyện (khoảng)",
    few: "ít hơn 10",
    level: "Mức",
    asked: "Cần gặp tư vấn viên",
    reached: "Đã gặp",
    wait: "Chờ câu đầu tiên",
    waits: "một nửa dưới {p50} phút, chín phần mười dưới {p90} phút",
    levels: { emergency: "Khẩn cấp", urgent: "Gấp", concern: "Cần để ý", none: "Người nhắn tự xin gặp" },
    how: "Con số được làm tròn đến hàng chục, chỉ đổi mỗi tuần một lần, và dưới 10 thì không nói: để không ai nhận ra một người. Không có lời nào của ai trong trang này.",
    call: "Cần giúp ngay: gọi 111, cả ngày lẫn đêm, không mất tiền.",
    other: "English",
  },
  en: {
    title: "The numbers",
    lead: "The last four whole weeks, from {from} to {until}.",
    talks: "Talks (about)",
    few: "fewer than 10",
    level: "Level",
    asked: "Needed a counsellor",
    reached: "Reached one",
    wait: "Wait for the first word",
    waits: "half under {p50} minutes, nine in ten under {p90}",
    levels: { emergency: "Emergency", urgent: "Urgent", concern: "Concern", none: "Asked for it themselves" },
    how: "Figures are rounded to tens, change once a week only, and are not told below 10: so that nobody can be recognised. No word of anybody is in this page.",
    call: "Help right now: call 111, day and night, free of charge.",
    other: "Tiếng Việt",
  },
} as const;

/** A page of figures for everybody; needs no script. Styles: `NUMBERS_CSS`. */
export function numbersPage(numbers: PublicNumbers, locale: Locale): string {
  const words = WORDS[locale];
  const other = locale === "vi" ? "en" : "vi";
  const count = (n: number | null) => (n === null ? words.few : n.toLocaleString(locale));
  const day = (at: number) =>
    new Date(at).toLocaleDateString(locale === "vi" ? "vi-VN" : "en-GB", { timeZone: "Asia/Ho_Chi_Minh" });
  const minutes = (ms: number) => Math.max(1, Math.ceil(ms / 60_000)).toLocaleString(locale);
  const rows = numbers.levels.map(({ level, asked, reached, firstReplyP50, firstReplyP90 }) => {
    const wait =
      firstReplyP50 === null || firstReplyP90 === null
        ? "–"
        : words.waits.replace("{p50}", minutes(firstReplyP50)).replace("{p90}", minutes(firstReplyP90));
    return `<tr><th scope="row">${words.levels[level]}</th><td>${count(asked)}</td><td>${count(reached)}</td><td>${wait}</td></tr>`;
  });
  const head = [words.level, words.asked, words.reached, words.wait]
    .map((title) => `<th scope="col">${title}</th>`)
    .join("");
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Kề Bên – ${words.title}</title><link rel="stylesheet" href="/about/numbers.css"></head><body><main>`,
    `<p><a href="/about/numbers?lang=${other}" lang="${other}">${words.other}</a></p><h1>${words.title}</h1>`,
    `<p>${words.lead.replace("{from}", day(numbers.from)).replace("{until}", day(numbers.until - 1))}</p>`,
    `<p class="talks">${words.talks}: <strong>${count(numbers.talks)}</strong></p>`,
    `<div class="scrolls" tabindex="0" role="group" aria-label="${words.title}"><table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`,
    `<p>${words.how}</p><p><a href="tel:111">${words.call}</a></p></main></body></html>`,
  ].join("");
}

export const NUMBERS_CSS = `
:root { color-scheme: light dark; }
body { margin: 0; background: #fbf6ef; color: #1c2422; font: 1.0625rem/1.6 "Be Vietnam Pro", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }
h1 { font-size: 1.75rem; line-height: 1.3; }
a { display: inline-block; min-height: 44px; line-height: 44px; color: #1c6963; }
.talks strong { font-size: 1.5rem; }
.scrolls { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .5rem .75rem; border-bottom: 1px solid #c9c2b6; text-align: left; vertical-align: top; }
@media (prefers-color-scheme: dark) {
  body { background: #141a19; color: #eef2f0; }
  a { color: #7fd0c8; }
  th, td { border-color: #3b4543; }
}
`;
