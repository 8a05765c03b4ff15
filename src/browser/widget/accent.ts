/** A colour of the host page with the text colour that can be read on it, or null when it is not a plain hex colour. */
export function accentOf(
  color: string | null | undefined,
): { readonly fill: string; readonly onFill: string } | null {
  const hex = /^#?([0-9a-f]{6})$/i.exec(color ?? "")?.[1];
  if (hex === undefined) return null;
  const light = luminance(hex);
  // White from 4.57:1 by this curve; then either is at least 4.5:1 by the exact one.
  const onFill = 1.05 / (light + 0.05) >= 4.57 ? "#fff" : "#000";
  return { fill: `#${hex}`, onFill };
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    // Within 0.01 of the exact curve.
    return part ** 2.2;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
