import { closeSync, fsyncSync, openSync } from "node:fs";
import { dirname } from "node:path";

/** Onto the disk, the file and its name: a backup that power loss undoes is none. */
export function flushFile(file: string): void {
  for (const path of [file, dirname(file)]) {
    const handle = openSync(path, "r");
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  }
}
