/**
 * The newest release of Logto that the document describes.
 *
 * @param document - the document, which marks with `x-logto-since` what came with which release
 * @param others - releases that were recorded, or whose guards were tried: one may bring no field
 */
export const newestReleaseOf = (document: unknown, others: readonly string[]): string => {
  const releases = [...others];
  JSON.stringify(document, (key, value) => {
    if (key === 'x-logto-since') releases.push(value);
    if (key === 'x-logto-since-values') releases.push(...Object.values<string>(value));
    return value;
  });
  const minor = (release: string): number => Number(release.split('.')[1]);
  return releases.reduce((newest, release) => (minor(release) > minor(newest) ? release : newest));
};
