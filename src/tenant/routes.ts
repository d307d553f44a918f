/** What a request to the customizers asks for. */
export type Operation = 'put' | 'patch' | 'list' | 'get' | 'delete' | 'test' | 'token';

/** Where a request leads: to an operation, to a path that has other methods, or nowhere. */
export type Route =
  | { operation: Operation; tokenTypePath: string }
  /** The value of the header `Allow`. */
  | { allow: string }
  | undefined;

const customizers = '/api/configs/jwt-customizer';

const item = new RegExp(`^${customizers}/([^/]+)/?$`);

/** In the order in which Logto registers them: the first that fits responds, and `Allow` names them in this order. */
const layers: readonly [method: string, pattern: RegExp, operation: Operation][] = [
  ['PUT', item, 'put'],
  ['PATCH', item, 'patch'],
  ['GET', new RegExp(`^${customizers}/?$`), 'list'],
  ['GET', item, 'get'],
  ['DELETE', item, 'delete'],
  ['POST', new RegExp(`^${customizers}/test/?$`), 'test'],
];

/** As Koa's router does: what is encoded badly stands for itself. */
const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/**
 * HEAD goes where GET goes. `GET …/test` reads a customizer of the token type `test`, as in a tenant.
 * No recording shows another method than POST at the token endpoint: it leads nowhere here.
 */
export const findRoute = (method: string, path: string): Route => {
  const [pathname = ''] = path.split('?');
  if (pathname === '/oidc/token' && method === 'POST') return { operation: 'token', tokenTypePath: '' };
  const fitting = layers.filter(([, pattern]) => pattern.test(pathname));
  const wanted = method === 'HEAD' ? 'GET' : method;
  const found = fitting.find(([candidate]) => candidate === wanted);
  if (found !== undefined) {
    const [, pattern, operation] = found;
    return { operation, tokenTypePath: decoded(pattern.exec(pathname)?.[1] ?? '') };
  }
  if (fitting.length === 0) return undefined;
  const allow = fitting.flatMap(([candidate]) => (candidate === 'GET' ? ['HEAD', 'GET'] : [candidate]));
  return { allow: allow.join(', ') };
};
