import { join } from "node:path";
import { loadCorpus } from "../../adapters/content/load-corpus.ts";
import { loadModel } from "../../adapters/nlu/nlpjs/load-nlu.ts";
import type { Model } from "../../adapters/nlu/nlpjs/model.ts";
import { readConfig } from "../../config.ts";
import { intentsDir } from "./paths.ts";

/** The model of this state of `intents/`, the same file that the server uses; trained first when there is none. */
export function loadOwnModel(): Promise<Model> {
  const config = readConfig(process.env);
  return loadModel({
    intentsDir,
    modelDir: config.MODEL_DIR ?? join(config.DATA_DIR, "models"),
    onProgress: (text) => process.stderr.write(text),
    readCorpus: loadCorpus,
  });
}
