/** Shorter values are hardly secrets, and without them a sentence would lose its words. */
const shortest = 4;

/** `text` without the secrets, also where they stand as JSON writes them. */
export const redact = (text: string, secrets: readonly string[]): string =>
  secrets
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
    .filter((secret) => secret.length >= shortest)
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text);
