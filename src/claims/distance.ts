/** How many characters to insert, delete or replace to turn one name into the other: Levenshtein's distance. */
export const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const [above = 0, left = 0, aslant = 0] = [row[j], next[j - 1], row[j - 1]];
      next[j] = Math.min(above + 1, left + 1, aslant + Number(a[i - 1] !== b[j - 1]));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};
