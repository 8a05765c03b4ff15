import { checkNode, ensureBuilt, ensureInstalled } from "./prepare.mjs";

checkNode();
ensureInstalled({ everything: false });
await ensureBuilt();
