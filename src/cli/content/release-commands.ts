import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { openContentReleases } from "../../adapters/content/releases/content-releases.ts";
import { root } from "../shared/paths.ts";

/** `reload`, `back` and `forward`: said to the servers that use this data folder; each looks once a second. */
export function commandRelease(command: "reload" | "back" | "forward"): boolean {
  const dataDir = resolve(process.env["DATA_DIR"] ?? join(root, "data"));
  if (!existsSync(dataDir)) {
    process.stderr.write(
      `There is no data folder ${dataDir}: no server has run here. Set DATA_DIR to the server's.\n`,
    );
    return false;
  }
  const releases = openContentReleases(dataDir, join(root, "flows"));
  if (command === "back") {
    const revision = releases.goBack();
    if (revision === null) {
      process.stderr.write("There is no earlier release of the content on this machine to go back to.\n");
      return false;
    }
    process.stdout.write(`Answering from release ${revision} again, until "npm run content -- forward".\n`);
  }
  if (command === "forward") {
    releases.goForward();
    process.stdout.write("Answering from flows/ again.\n");
  }
  releases.request();
  process.stdout.write(
    "Asked the running server to read its content; a mistake in it leaves the old content in place.\n",
  );
  return true;
}
