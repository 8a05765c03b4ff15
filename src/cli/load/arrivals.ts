/** How an evening fills and empties: starts at a third, is fullest after six tenths, ends at a quarter. Mean 1. */
export function eveningShape(part: number): number {
  const top = 0.6;
  const hill = part < top ? part / top : (1 - part) / (1 - top);
  const low = part < top ? 1 / 3 : 1 / 4;
  return (low + (1 - low) * Math.sin((hill * Math.PI) / 2) ** 2) / MEAN;
}

const STEPS = 1000;
const MEAN = 0.65;

/** `count` moments at random over `spanMs`, in rising order, as dense as the shape says at each place. */
export function arrivalsOf(
  count: number,
  {
    spanMs,
    random,
    shape,
  }: { readonly spanMs: number; readonly random: () => number; readonly shape: (part: number) => number },
): number[] {
  const until: number[] = [];
  let sum = 0;
  for (let step = 0; step < STEPS; step++) until.push((sum += shape((step + 0.5) / STEPS)));
  const targets = Array.from({ length: count }, () => random() * sum).sort((a, b) => a - b);
  let step = 0;
  return targets
    .map((target) => {
      while (step < STEPS - 1 && (until[step] ?? sum) < target) step++;
      return ((step + random()) / STEPS) * spanMs;
    })
    .sort((a, b) => a - b);
}
