/**
 * nlp.js ships no types. This is the one wall round it: only what this folder uses, as read in its sources
 * (4.27.0). Nothing outside this folder may import it.
 */
declare module "@nlpjs/core" {
  export class Container {
    constructor(hasPrefix?: boolean);
    register(name: string, item: unknown, isSingleton?: boolean): void;
    registerConfiguration(tag: string, configuration: object, overwrite?: boolean): void;
    use(item: unknown): string;
    get(name: string, settings?: object): unknown;
  }
  export function containerBootstrap(): Promise<Container>;
  export class Normalizer {
    name: string;
    normalize(text: string): string;
  }
  export class Tokenizer {
    name: string;
    innerTokenize(text: string): string[];
    tokenize(text: string, normalize?: boolean): string[];
  }
  export class Stemmer {
    name: string;
    stem(tokens: string[]): string[];
  }
  export class Stopwords {
    name: string;
    build(list: readonly string[]): void;
  }
}

declare module "@nlpjs/nlu" {
  export interface NluInput {
    corpus?: unknown;
    settings: Record<string, unknown>;
    text?: unknown;
    tokens?: unknown;
    classifications?: { intent: string; score: number }[];
    status?: { iterations: number; error: number };
  }
  export class NluNeural {
    constructor(settings: object, container?: unknown);
    settings: Record<string, unknown>;
    train(corpus: unknown, settings?: object): Promise<NluInput>;
    process(
      utterance: unknown,
      settings?: object,
    ): Promise<{ classifications: { intent: string; score: number }[] }>;
    prepareCorpus(input: NluInput): Promise<NluInput>;
    innerTrain(input: NluInput): Promise<NluInput>;
    defaultPipelineProcess(input: NluInput): Promise<NluInput>;
  }
}

declare module "@nlpjs/nlp" {
  export class Nlp {
    constructor(settings: object);
    addLanguage(locale: string): void;
    addDocument(locale: string, text: string, intent: string): void;
    train(): Promise<void>;
    export(minified?: boolean): string;
    process(text: string): Promise<{ classifications: { intent: string; score: number }[] }>;
  }
}
