// Put here by the build: the number of the child helpline, for where there is no room for all of them.
declare const __FIRST_NUMBER__: string;

export function firstNumber(): string {
  return __FIRST_NUMBER__;
}
