// `node src/launch/run.mjs cli/understand`: installs and builds what is missing, then runs one command.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { checkNode, ensureBuilt, ensureInstalled, root } from "./prepare.mjs";

const [command = ""] = process.argv.splice(2, 1);
checkNode();
ensureInstalled({ everything: false });
await ensureBuilt();
await import(pathToFileURL(join(root, "dist", `${command}.js`)).href);
