/** Of at least one number. */
export const quantile = (numbers: readonly number[], share: number): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
};

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

/** The middle half, as text. */
export const middleHalf = (numbers: readonly number[], format: (number: number) => string): string =>
  `${format(quantile(numbers, 0.25))} to ${format(quantile(numbers, 0.75))}`;

export const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
