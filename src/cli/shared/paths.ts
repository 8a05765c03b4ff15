import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root, from `dist/cli/shared`. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
export const intentsDir = join(root, "intents");
