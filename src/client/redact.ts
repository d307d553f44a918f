/** Shorter values are hardly secrets, and without them a sentence would lose its words. */
const shortest = 4;

/** What `encodeURIComponent` leaves as it is and a form does not. */
const unreserved: Record<string, string> = {
  '%21': '!',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%7E': '~',
};

const base64 = (secret: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(secret)));

/** A secret as it is, and as JSON, a form, a URL and base64 write it. */
const spellings = (secret: string): string[] => {
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  const url = form.replaceAll('+', '%20');
  const encoded = base64(secret).replaceAll('=', '');
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    form,
    url,
    url.replaceAll(/%(?:2[1789A]|7E)/g, (escaped) => unreserved[escaped] ?? escaped),
    encoded,
    encoded.replaceAll('+', '-').replaceAll('/', '_'),
  ];
};

/** `text` without the secrets, however JSON, a URL, a form or base64 spells them. */
export const redact = (text: string, secrets: readonly string[]): string =>
  [...new Set(secrets.filter(({ length }) => length >= shortest).flatMap(spellings))]
    .sort((a, b) => b.length - a.length)
    .reduce((rest, spelling) => rest.replaceAll(spelling, '[redacted]'), text);
