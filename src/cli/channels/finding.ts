/** One line of what the check says: right, wrong (with what to do), or something to know. */
export interface Finding {
  readonly kind: "right" | "wrong" | "note";
  readonly text: string;
}

export const right = (text: string): Finding => ({ kind: "right", text });
export const wrong = (text: string): Finding => ({ kind: "wrong", text });
export const note = (text: string): Finding => ({ kind: "note", text });

/** Enough to tell one secret from another, too little to use it. */
export const masked = (secret: string) => `…${secret.slice(-4)}`;
