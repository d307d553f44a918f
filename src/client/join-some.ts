const shown = 5;

/** The first few of `parts` in one line, then how many more there are. */
export const joinSome = (parts: readonly string[]): string => {
  const rest = parts.length - shown;
  return parts.slice(0, shown).join('; ') + (rest > 0 ? `; and ${rest} more` : '');
};
