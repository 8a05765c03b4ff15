// Bundles what runs in a browser: the loader, the chat, the console, the demo page. Everything a page needs when the
// server is down (the emergency numbers) is built in.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./prepare.mjs";

const browser = join(root, "src", "browser");
const out = join(root, "dist", "public");

const BUNDLES = {
  widget: "widget/loader.ts",
  chat: "widget/main.tsx",
  console: "console/main.tsx",
  demo: "demo/main.ts",
};

export async function buildPages() {
  const { build } = await import("esbuild");
  const { parse } = await import("yaml");
  const { helplines } = parse(readFileSync(join(root, "flows", "_helplines.yaml"), "utf8"));
  const shown = helplines.map(({ id, number, name, note }) => ({ id, number, name, note }));
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const entryPoints = Object.fromEntries(
    Object.entries(BUNDLES).map(([name, file]) => [name, join(browser, file)]).filter(([, file]) => existsSync(file)),
  );
  await build({
    entryPoints,
    outdir: out,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2020", "chrome80", "safari13.1", "firefox78"],
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { __HELPLINES__: JSON.stringify(shown) },
    legalComments: "none",
    logLevel: "warning",
  });
  for (const folder of readdirSync(browser, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    for (const file of readdirSync(join(browser, folder.name))) {
      if (/\.(html|css|svg|png|ico|webmanifest|mp3|wav)$/.test(file)) cpSync(join(browser, folder.name, file), join(out, file));
    }
  }
}
