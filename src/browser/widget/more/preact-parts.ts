import type { ComponentChildren } from "preact";

/**
 * All that JSX needs of Preact to describe elements; the build puts it in Preact's place in the second file. The page's
 * first file draws what is described here, so a second copy of the whole would only be weight.
 */
export const options = {};

export function Fragment({ children }: { readonly children: ComponentChildren }): ComponentChildren {
  return children;
}
