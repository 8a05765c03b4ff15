import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { checkNode, ensureBuilt, ensureInstalled, root } from "./prepare.mjs";

checkNode();
ensureInstalled({ everything: false });
await ensureBuilt();
const { main } = await import(pathToFileURL(join(root, "dist", "main.js")).href);
await main();
