import type { TokenType } from '../../../generated/types.d.ts';
import { redactValue } from '../../client/redact.ts';
import { loadCases } from '../cases.ts';
import type { Json } from '../json.ts';
import {
  createRecorder,
  cutDocument,
  folderOf,
  type RecordPlan,
  writeRecording,
} from '../recordings/index.ts';
import { type Sender, send } from './http.ts';
import type { Target } from './target.ts';
import { item, openTenant, type TenantOptions } from './tenant.ts';
import { tenantDocument } from './tenant-document.ts';

const memoized = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

/**
 * The sender with tokens that were fetched before anything is written, and no others: they serve for their hour
 * whatever the stored client-credentials script does to new ones. What tells the tenant is a secret.
 */
const withOwnTokens = async (sender: Sender): Promise<Sender> => {
  const tokens = { all: memoized(() => sender.token('all')), none: memoized(() => sender.token('none')) };
  const addresses = [sender.endpoint, sender.tokenBaseUrl ?? sender.endpoint];
  const { id, secret, resource } = sender.client;
  const others = Object.values(sender.clientWithoutRole ?? {});
  const basic = btoa([id, secret].map(encodeURIComponent).join(':'));
  const secrets = new Set([
    ...addresses,
    ...addresses.map((address) => new URL(address).host),
    ...[id, secret, basic, ...others],
  ]);
  if (resource !== 'https://default.logto.app/api') secrets.add(resource);
  secrets.add(await tokens.all());
  await tokens.none().then(
    (token) => secrets.add(token),
    () => {},
  );
  return {
    ...sender,
    token: (permission) => tokens[permission](),
    forgetToken: () => {},
    secrets,
    isPublished: true,
  };
};

/**
 * A live tenant of its own, with the scripts stored as the cases write them, since that is what a recording shows. When
 * every case that it can show was answered, closing it writes the recording; otherwise nothing is written.
 */
export const openRecordedTenant = async (
  liveSender: Sender,
  record: RecordPlan,
  begin?: TenantOptions['begin'],
): Promise<Target> => {
  const sender = await withOwnTokens(liveSender);
  const target = await openTenant({ sender, allowDisruptive: true, asWritten: true, begin });
  const expected = loadCases().filter((contract) => target.cannotShow(contract) === undefined);
  const recorder = createRecorder(record.release);
  return {
    ...target,
    exchange: async (contract) => {
      const exchange = await target.exchange(contract);
      const read = item(contract.request.tokenType as TokenType, 'GetJwtCustomizer');
      recorder.add(contract, exchange, recorder.needsGet(contract) ? await send(sender, read) : undefined);
      return exchange;
    },
    close: async () => {
      await target.close();
      if (!expected.every((contract) => recorder.has(contract))) return;
      const secrets = [...(sender.secrets ?? [])];
      await writeRecording(folderOf(record), {
        release: record.release,
        recorded: recorder.recorded(),
        document: cutDocument(redactValue(await tenantDocument(sender), secrets, 'kept')) as Json,
      });
    },
  };
};
