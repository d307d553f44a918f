/** Puts back what the last push from this machine replaced, or a saved state. */
import type { TokenType } from '../../generated/types.d.ts';
import {
  type Backup,
  backupPath,
  fingerprint,
  holdTenant,
  loadBackup,
  replacedPath,
} from '../session/index.ts';
import { compare } from './compare.ts';
import { asStored, type Stored } from './connect.ts';
import type { TenantSettings } from './environment.ts';
import { RefusedPushError } from './errors.ts';
import { readMark, unmark } from './marker.ts';
import { refuseAfter, type WriteOptions } from './push.ts';
import { renderText } from './render.ts';
import { replaceOn } from './replace.ts';
import { onTenant, tokensOf } from './tenant.ts';
import { listed } from './types.ts';
import { verifyOwnToken } from './verify.ts';

export interface RollbackOptions extends WriteOptions {
  /**
   * A file with a saved state.
   * @default what the last push from this machine replaced
   */
  to?: string;
}

export type RollbackResult = 'unchanged' | 'declined' | 'rolled back';

const loadSaved = async (
  endpoint: string,
  to: string | undefined,
): Promise<{ saved: Backup; file: string }> => {
  const file = to ?? replacedPath(backupPath(endpoint));
  const saved = await loadBackup(file, endpoint);
  if (saved !== undefined) return { saved, file };
  throw new RefusedPushError(
    to === undefined
      ? 'There is nothing to roll back: no push from this machine has replaced anything. In CI, revert the commit and push.'
      : `${to} does not exist.`,
  );
};

const isByHand = (tokenType: TokenType, { customizer }: Stored, { pushed }: Backup): boolean =>
  pushed === undefined
    ? customizer !== null && readMark(customizer)?.changed === true
    : pushed[tokenType]?.includes(fingerprint(customizer)) !== true;

/**
 * Restores what a push replaced, exactly. What is replaced now is saved, so that another rollback restores it.
 *
 * @throws {RefusedPushError} if nothing is saved, or the tenant was changed since the push and `force` is not set
 */
export const rollbackTenant = (settings: TenantSettings, options: RollbackOptions): Promise<RollbackResult> =>
  onTenant(settings, options.log, async (tenant) => {
    const { endpoint, say } = tenant;
    const held = await holdTenant({ endpoint, ...tokensOf(tenant), log: say });
    try {
      const { saved, file } = await loadSaved(endpoint, options.to);
      say(`read ${file}, saved ${saved.savedAt}`);
      const entries = Object.entries(saved.customizers) as [TokenType, string | null][];
      const items: { tokenType: TokenType; present: Stored; target: Stored }[] = [];
      for (const [tokenType, text] of entries) {
        const present = asStored(await held.texts.read(tokenType));
        const target = asStored(text);
        tenant.hide(present.customizer);
        tenant.hide(target.customizer);
        if (present.text !== text) items.push({ tokenType, present, target });
      }
      if (items.length === 0) {
        say('nothing to change');
        return 'unchanged';
      }
      const changed = items.filter(({ tokenType, present }) => isByHand(tokenType, present, saved));
      if (changed.length > 0 && !options.force)
        throw new RefusedPushError(
          `${listed(changed.map(({ tokenType }) => tokenType))} changed since that push. To replace it all the same, use --force.`,
        );
      options.assertCanConfirm();
      const changes = items.map(({ tokenType, present, target: { customizer } }) =>
        compare(present.customizer, {
          tokenType,
          customizer: customizer && { ...customizer, script: unmark(customizer.script) },
          samples: {},
        }),
      );
      options.show(tenant.redact(renderText(settings.name, changes, 'saved')));
      const types = listed(items.map(({ tokenType }) => tokenType));
      if (!(await options.confirm(`Roll back ${types} on ${settings.name} (${endpoint})?`)))
        return 'declined';
      refuseAfter(options.signal);
      const steps = items.map(({ tokenType, present, target }) => ({
        tokenType,
        before: present.text,
        after: target.customizer,
        write: async (onSend: () => void) => {
          if ((await held.texts.read(tokenType)) !== present.text)
            throw new RefusedPushError(`Someone else has just changed the ${tokenType} customizer.`);
          onSend();
          await held.texts.write(tokenType, target.text);
          return target.customizer;
        },
      }));
      const verify = async (): Promise<void> => {
        for (const { tokenType, target } of items)
          if ((await held.texts.read(tokenType)) !== target.text)
            throw new RefusedPushError(`The ${tokenType} customizer is different when read back.`);
        if (items.some(({ tokenType }) => tokenType === 'client-credentials')) await verifyOwnToken(tenant);
        refuseAfter(options.signal);
      };
      await replaceOn(tenant, held, steps, verify, say);
      say(`rolled back ${types}; another rollback undoes this`);
      return 'rolled back';
    } finally {
      await held.release().catch(() => {});
    }
  });
