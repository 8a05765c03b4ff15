// Bundles what runs in a browser: the loader, the chat, the console, the demo page, each with its style. Everything a
// page needs when the server is down (the emergency numbers) is built in.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { root } from "./prepare.mjs";

const browser = join(root, "src", "browser");

/** Address without ending → source. */
const BUNDLES = {
  widget: "widget/loader.ts",
  chat: "widget/main.tsx",
  console: "console/main.tsx",
  demo: "demo/main.ts",
};
/** What a page fetches by itself when it stands: modules of their own, so that the page is there sooner. */
const LATER = { more: "widget/more/more.ts" };
/** What other sites import; also put where a bundler finds it. */
const MODULES = { "ke-ben": "widget/ke-ben.ts" };
const EMBEDDED = ["widget.js", "ke-ben.js"];
/** Not for the world: only `npm run simulate` serves it. */
const PHONES = "phones";
const STYLES = { chat: "widget/chat.css", console: "console/console.css", demo: "demo/demo.css" };

/** Shown in pages that have no script yet: the numbers that must never wait for one. */
const FIRST_NUMBERS = ["child", "police", "ambulance"];

export async function buildPages(out = join(root, "dist", "public")) {
  const { build } = await import("esbuild");
  const { parse } = await import("yaml");
  const { helplines } = parse(readFileSync(join(root, "flows", "_helplines.yaml"), "utf8"));
  // A page cannot know where a person is or what has been confirmed since: only sure numbers for the whole country.
  const shown = helplines
    .filter(({ confidence, provinces }) => confidence === "high" && provinces === undefined)
    .map(({ id, number, name, note }) => ({ id, number, name, note }));
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const shared = {
    outdir: out,
    bundle: true,
    minify: true,
    legalComments: "none",
    logLevel: "warning",
  };
  const isFirst = ({ id }) => FIRST_NUMBERS.includes(id);
  const script = (helplines) => ({
    ...shared,
    target: ["es2020", "chrome80", "safari13.1", "firefox78"],
    // Old Safari has one odd bug there, in a form that we do not use; the rest is fine.
    supported: { destructuring: true },
    // Plain assignment in constructors, without a helper.
    tsconfigRaw: {
      compilerOptions: { useDefineForClassFields: false, jsx: "react-jsx", jsxImportSource: "preact" },
    },
    define: {
      __HELPLINES__: JSON.stringify(helplines),
      __FIRST_NUMBER__: JSON.stringify(firstNumber(shown)),
    },
  });
  await build({ ...script(shown.filter(isFirst)), entryPoints: entriesOf(BUNDLES), format: "iife" });
  const rest = shown.filter((helpline) => !isFirst(helpline));
  await build({
    ...script(rest),
    entryPoints: entriesOf(LATER),
    format: "esm",
    // Only describes elements; the first file draws them.
    plugins: [onlyDescribing],
  });
  await build({ ...script(shown), entryPoints: entriesOf(MODULES), format: "esm" });
  const integrity = writeIntegrity(out);
  await build({ ...shared, entryPoints: entriesOf(STYLES), target: ["chrome87", "safari14", "firefox78"] });
  for (const { folder, file } of pageFiles()) {
    const from = join(browser, folder, file);
    if (file.endsWith(".html"))
      writeFileSync(join(out, file), filled(readFileSync(from, "utf8"), { shown, integrity }));
    else copyFileSync(from, join(out, file));
  }
  pack(out);
  await buildPhones(script(shown), { build, shared });
}

/** The page of `npm run simulate`: beside what the server shows to the world, not in it. */
async function buildPhones(script, { build, shared }) {
  const from = join(browser, PHONES);
  const outdir = join(root, "dist", PHONES);
  await build({ ...script, outdir, entryPoints: { phones: join(from, "main.tsx") }, format: "iife" });
  await build({ ...shared, outdir, entryPoints: { phones: join(from, "phones.css") } });
  copyFileSync(join(from, "phones.html"), join(outdir, "phones.html"));
  copyFileSync(join(browser, "console", "mark.svg"), join(outdir, "mark.svg"));
}

/** Beside each file the same one packed: on a slow net a page that is not would take three times as long. */
function pack(out) {
  for (const file of readdirSync(out).filter((name) => /\.(html|js|css|svg)$/.test(name))) {
    const whole = readFileSync(join(out, file));
    writeFileSync(join(out, `${file}.gz`), gzipSync(whole, { level: 9 }));
    writeFileSync(join(out, `${file}.br`), brotliCompressSync(whole));
  }
}

const onlyDescribing = {
  name: "only-describing",
  setup(bundler) {
    const path = join(browser, "widget", "more", "preact-parts.ts");
    bundler.onResolve({ filter: /^preact$/ }, () => ({ path }));
  },
};

function firstNumber(helplines) {
  return helplines.find(({ id }) => id === FIRST_NUMBERS[0]).number;
}

function entriesOf(sources) {
  const places = Object.entries(sources).map(([name, file]) => [name, join(browser, file)]);
  return Object.fromEntries(places.filter(([, file]) => existsSync(file)));
}

function pageFiles() {
  const isShown = (entry) => entry.isDirectory() && entry.name !== PHONES;
  const folders = readdirSync(browser, { withFileTypes: true }).filter(isShown);
  return folders.flatMap(({ name: folder }) =>
    readdirSync(join(browser, folder))
      .filter((file) => /\.(html|svg|png|ico|webmanifest)$/.test(file))
      .map((file) => ({ folder, file })),
  );
}

/**
 * `dist/browser`: the module for bundlers, and the hashes by which a page can refuse a file that somebody changed. They
 * change with every version, so a page that names one has to be brought up to date with the server.
 */
function writeIntegrity(out) {
  const folder = join(out, "..", "browser");
  mkdirSync(folder, { recursive: true });
  const hashOf = (file) =>
    `sha384-${createHash("sha384")
      .update(readFileSync(join(out, file)))
      .digest("base64")}`;
  const integrity = Object.fromEntries(EMBEDDED.map((file) => [file, hashOf(file)]));
  writeFileSync(join(folder, "integrity.json"), `${JSON.stringify(integrity, null, 2)}\n`);
  copyFileSync(join(out, "ke-ben.js"), join(folder, "ke-ben.js"));
  return integrity;
}

function filled(html, { shown, integrity }) {
  const named = html.replace(/<!-- integrity:(\S+) -->/g, (_mark, file) => integrity[file]);
  return withHelplines(named, shown);
}

/** `<!-- helplines:first -->`, `:vi`, `:en` and `<!-- number:child -->` in a page become what flows/_helplines.yaml says. */
function withHelplines(html, helplines) {
  const numbered = html.replaceAll("<!-- number:child -->", firstNumber(helplines));
  return numbered.replace(/<!-- helplines:(first|vi|en) -->/g, (_mark, wanted) => {
    const rows = wanted === "first" ? helplines.filter(({ id }) => FIRST_NUMBERS.includes(id)) : helplines;
    return rows.map((row) => helplineCard(row, wanted === "en" ? "en" : "vi")).join("\n");
  });
}

function helplineCard({ number, name, note }, locale) {
  const words = [
    ["number", number],
    ["name", name[locale]],
    ["note", note[locale]],
  ];
  const spans = words
    .map(([part, text]) => `<span class="helpline-${part}">${escapeHtml(text)}</span>`)
    .join("");
  return `<a class="helpline" href="tel:${number.replace(/\s/g, "")}"><span class="helpline-words">${spans}</span></a>`;
}

function escapeHtml(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
