import { redactValue } from '../../client/redact.ts';
import { loadCases } from '../cases.ts';
import { folderOf, type RecordPlan } from '../recordings/index.ts';
import { createRecorder, cutDocument, resource as selfHosted, writeRecording } from '../recordings/record.ts';
import { basicOf, type Sender, send } from './http.ts';
import type { Target } from './target.ts';
import { openTenant, type TenantOptions } from './tenant.ts';
import { tenantDocument } from './tenant-document.ts';

/**
 * A sender that uses only tokens fetched before anything is written: they stay valid for an hour, even if the stored
 * client-credentials script breaks new ones. Everything that identifies the tenant is a secret.
 */
const withOwnTokens = async (sender: Sender): Promise<Sender & { secrets: Set<string> }> => {
  const { client, clientWithoutRole, endpoint, tokenBaseUrl = endpoint } = sender;
  const { id, secret, resource } = client;
  const all = await sender.token('all');
  const none = sender.token('none');
  const secrets = new Set<string>([
    ...[endpoint, tokenBaseUrl].flatMap((address) => [address, new URL(address).host]),
    ...[id, secret, basicOf(client), all],
    ...Object.values(clientWithoutRole ?? {}),
  ]);
  if (resource !== selfHosted) secrets.add(resource);
  await none.then(
    (token) => secrets.add(token),
    () => {},
  );
  const token: Sender['token'] = async (permission) => (permission === 'all' ? all : none);
  return { ...sender, token, forgetToken: () => {}, secrets, isPublished: true };
};

/**
 * A live tenant for recording, which stores scripts unchanged because a recording shows them. Closing it writes the
 * recording if every applicable case got a response; otherwise nothing is written.
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
      const { tokenType = '' } = contract.request;
      const read = { request: { operation: 'GetJwtCustomizer', tokenType } } as const;
      recorder.add(contract, exchange, recorder.needsGet(contract) ? await send(sender, read) : undefined);
      return exchange;
    },
    close: async () => {
      await target.close();
      if (!expected.every((contract) => recorder.has(contract))) return;
      const document = redactValue(await tenantDocument(sender), [...sender.secrets], 'kept');
      await writeRecording(folderOf(record), {
        release: record.release,
        recorded: recorder.recorded(),
        document: cutDocument(document),
      });
    },
  };
};
