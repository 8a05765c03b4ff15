/** A colour of the host page with the text colour that can be read on it, or null when it is not a plain hex colour. */
export function accentOf(
  color: string | null | undefined,
): { readonly fill: string; readonly onFill: string } | null {
  const hex = /^#?([0-9a-f]{6})$/i.exec(color ?? "")?.[1];
  if (hex === undefined) return null;
  const light = luminance(hex);
  // The better of white and near-black is always at least 4.5:1.
  const onFill = 1.05 / (light + 0.05) >= 4.5 ? "#ffffff" : "#0b1211";
  return { fill: `#${hex}`, onFill };
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
