export interface Concept {
  readonly id: number;
  readonly name: string;
}
export function conceptsOf(_words: readonly string[], _bare: readonly string[]): Concept[] {
  return [];
}
