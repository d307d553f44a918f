import { type Hook, type Served, serveTenant } from '../conforming/index.ts';
import { mutants } from '../conforming/mutants/index.ts';

/** What would run, or tear the page apart, if a report took it for more than text. */
export const hostileText =
  '</script><script>document.title = "taken"</script><img src="x" onerror="document.title = \'taken\'"><!-- \u2028 ]]> &amp; `';

/** Answers to a missing customizer with text that means harm; the rest goes by. */
const hostile: Hook = async (request, next) => {
  const response = await next();
  if (response.status !== 404 || request.method !== 'GET' || !request.path.endsWith('client-credentials'))
    return response;
  const { code } = JSON.parse(response.body) as { code: string };
  return { ...response, body: JSON.stringify({ code, message: hostileText, [hostileText]: true }) };
};

/** The mutants that the tenant is at once. */
const names = [
  'PATCH merges environmentVariables',
  'DELETE answers 200',
  'every content has the same ETag',
  'PUT answers 200 always',
];

/** A tenant of 1.43, served, that breaks the contract in several ways, one of them hostile. */
export const serveBrokenTenant = (): Promise<Served> => {
  const rules = mutants.filter(({ name }) => names.includes(name)).map((mutant) => mutant.rules);
  return serveTenant({ rules: Object.assign({}, ...rules) }, hostile);
};
