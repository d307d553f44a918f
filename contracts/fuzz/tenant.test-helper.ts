import { afterEach } from 'vitest';
import { senderOf } from '../../src/contract/environment.ts';

import { FuzzError, type FuzzReport, fuzzTarget } from '../../src/contract/fuzz/fuzz.ts';
import { openTenant } from '../../src/contract/targets/tenant.ts';
import type { Rules } from '../../src/tenant/index.ts';
import { type ConformingTenant, type Hook, type Served, serveTenant } from '../conforming/index.ts';

/** Fixed, so that a failure in CI is reproducible locally. */
export const seed = 20_261_123;

export interface Opened {
  tenant: ConformingTenant;
  served: Served;
  sender: ReturnType<typeof senderOf>;
}

const open: Served[] = [];
afterEach(async () => {
  for (const served of open.splice(0)) await served.close();
});

export const start = async (
  options: { release?: string; rules?: Partial<Rules>; hook?: Hook | undefined } = {},
): Promise<Opened> => {
  const { release = '1.43', rules = {}, hook } = options;
  const served = await serveTenant({ release, rules }, hook);
  open.push(served);
  return { tenant: served.tenant, served, sender: senderOf(served.env) };
};

export type Options = Partial<Parameters<typeof fuzzTarget>[1]>;

export const fuzz = async ({ sender }: Opened, options: Options = {}): Promise<FuzzReport> =>
  fuzzTarget(await openTenant({ sender, allowDisruptive: false }), {
    sender,
    seed,
    sequences: 60,
    ...options,
  });

/** The failure that it finds on a wrong tenant. */
export const findingOf = async (opened: Opened, options: Options = {}): Promise<FuzzError> => {
  const error = await fuzz(opened, options).then(
    ({ note }) => new Error(`it found nothing: ${note}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FuzzError)) throw error;
  return error;
};

/** The printed steps, without their bodies. */
export const stepsOf = ({ message }: FuzzError): string[] =>
  [...message.matchAll(/^ {4}\d+\. (GET|PUT|PATCH|DELETE) (\(list\)|[\w-]+)/gm)].map(
    ([, method]) => method as string,
  );

export const isWrite = (method: string): boolean => ['PUT', 'PATCH', 'DELETE'].includes(method);
