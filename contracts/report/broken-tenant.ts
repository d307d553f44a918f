import { type Hook, type Served, serveTenant } from '../conforming/index.ts';
import { mutants } from '../conforming/mutants/index.ts';

/** Text that would run scripts or break the page if a report did not escape it. */
export const hostileText =
  '</script><script>document.title = "taken"</script><img src="x" onerror="document.title = \'taken\'"><!-- \u2028 ]]> &amp; `';

/** Adds hostile text to the response for a missing customizer. */
const hostile: Hook = async (request, next) => {
  const response = await next();
  if (response.status !== 404 || request.method !== 'GET' || !request.path.endsWith('client-credentials'))
    return response;
  const { code } = JSON.parse(response.body) as { code: string };
  return { ...response, body: JSON.stringify({ code, message: hostileText, [hostileText]: true }) };
};

/** The mutants that are combined in the tenant. */
const names = [
  'PATCH merges environmentVariables',
  'DELETE responds with 200',
  'every content has the same ETag',
  'PUT always responds with 200',
];

/** Serves a tenant of 1.43 that breaks the contract in several ways, one of them hostile. */
export const serveBrokenTenant = (): Promise<Served> => {
  const rules = mutants.filter(({ name }) => names.includes(name)).map((mutant) => mutant.rules);
  return serveTenant({ rules: Object.assign({}, ...rules) }, hostile);
};
