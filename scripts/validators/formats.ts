/**
 * The two formats of our document that JSON Schema does not define, checked like Logto's guards
 * (`@logto/core-kit`, `validateRedirectUrl`, and zod's `url()`). Bundled into `generated/`.
 */

const parse = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};

const authorityOf = (url: string): string => url.slice(url.indexOf('://') + 3).split(/[#/?]/)[0] ?? '';

const hasDotSegment = (url: string): boolean => {
  const scheme = url.indexOf('://');
  if (scheme <= 0) return false;
  const path = url.slice(scheme + 3 + authorityOf(url).length).split(/[#?]/)[0] ?? '';
  return path.split('/').some((segment) => /^(\.|\.\.|%2e|%2e%2e)$/i.test(segment));
};

const isWildcardWebUrl = (url: string): boolean => {
  const scheme = url.indexOf('://');
  if (scheme <= 0 || url.slice(0, scheme).includes('*')) return false;
  if (/[?#].*\*/s.test(url)) return false;
  const authority = authorityOf(url);
  if (authority.includes('@') || authority.startsWith('[')) return false;
  const [host = '', port, ...rest] = authority.split(':');
  const hasPort = port !== undefined && rest.length === 0;
  const hostname = hasPort ? host : authority;
  if (hostname.includes('*') && !hostname.includes('.')) return false;
  if (hasPort && port.includes('*')) return false;
  if (hasDotSegment(url)) return false;
  return /^https?:$/.test(parse(url.replaceAll('*', 'wildcard'))?.protocol ?? '');
};

const isWebUrl = (url: string): boolean =>
  url.includes('*')
    ? isWildcardWebUrl(url)
    : !hasDotSegment(url) && /^https?:$/.test(parse(url)?.protocol ?? '');

const isNativeUrl = (url: string): boolean =>
  /^(?!https?:)[a-z][\d+_a-z-]*(\.[\d+_a-z-]+)*:$/.test(parse(url)?.protocol ?? '');

export const formats = {
  'whatwg-url': (text: string): boolean => parse(text) !== undefined,
  'logto-redirect-uri': (text: string): boolean => isWebUrl(text) || isNativeUrl(text),
};
