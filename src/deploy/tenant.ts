/** What every command does with a tenant: its lines name it, and have no secret. */
import { redact } from '../client/redact.ts';
import { backupPath, holdTenant, loadBackup, type SessionTokens } from '../session/index.ts';
import { type Connection, connect } from './connect.ts';
import type { TenantSettings } from './environment.ts';
import { ConfigError, RefusedPushError } from './errors.ts';
import { type Customizer, tokenTypes } from './types.ts';

export interface Tenant extends Connection {
  settings: TenantSettings;
  /** Prints a line of progress. */
  say: (line: string) => void;
  /** Hides the values of a customizer's variables from now on. */
  hide: (customizer: Customizer | null) => void;
  /** A text without secrets, except for those that are in `open` anyway. */
  redact: (text: string, open?: string) => string;
}

/**
 * Connects to a tenant. Lines and errors name it, and have no secret.
 *
 * @param log Prints a line of progress.
 */
export const onTenant = async <T>(
  settings: TenantSettings,
  log: (line: string) => void,
  action: (tenant: Tenant) => Promise<T>,
): Promise<T> => {
  const { name, endpoint, clientSecret } = settings;
  const secrets = new Set([clientSecret]);
  const named = [name, endpoint, ...tokenTypes];
  const hidden = (text: string, open = ''): string =>
    redact(
      text,
      [...secrets].filter((secret) => secret === clientSecret || !open.includes(secret)),
    );
  try {
    const connection = await connect(settings).catch((error: Error) => {
      throw explained(error, endpoint);
    });
    secrets.add(connection.token.value);
    return await action({
      ...connection,
      settings,
      say: (line) => log(hidden(`${name}: ${line}`)),
      hide: (customizer) => {
        const values = Object.values(customizer?.environmentVariables ?? {});
        // The lines have these names, so a value that is part of one is no secret.
        for (const value of values) if (!named.some((one) => one.includes(value))) secrets.add(value);
      },
      redact: hidden,
    });
  } catch (error) {
    throw withName(error as Error, name, hidden);
  }
};

/** The client's errors name neither the tenant's host nor the variables of the credentials. */
const explained = (error: Error, endpoint: string): Error => {
  const { name, message } = error;
  if (['TokenRefusedError', 'MissingRoleError'].includes(name))
    return new ConfigError(`${message} LOGTO_APP_ID and LOGTO_APP_SECRET name the application.`);
  if (['NetworkError', 'TimeoutError'].includes(name))
    return Object.assign(new Error(`${endpoint}: ${message}`), { name });
  return error;
};

const withName = (error: Error, name: string, hidden: (text: string) => string): Error => {
  const prefix = error.message.startsWith(`${name}: `) ? '' : `${name}: `;
  const message = hidden(prefix + error.message.replaceAll(' (see `cause`)', ''));
  if (!(error instanceof RefusedPushError)) return Object.assign(new Error(message), { name: error.name });
  const findings = error.findings.map((finding) => ({
    ...finding,
    message: hidden(finding.message),
    source: hidden(finding.source),
  }));
  return new RefusedPushError(message, findings);
};

/** The session's tokens: the one that was taken first, and a new one only if the tenant refuses it. */
export const tokensOf = ({ token, newToken }: Connection): SessionTokens => {
  let current: string | undefined = token.value;
  return {
    getToken: async () => {
      current ??= (await newToken(20_000)).value;
      return current;
    },
    forgetToken: () => {
      current = undefined;
    },
  };
};

/** Undoes a push from this machine that was interrupted. */
export const undoInterrupted = async (tenant: Tenant): Promise<void> => {
  const { endpoint, say } = tenant;
  if ((await loadBackup(backupPath(endpoint), endpoint)) === undefined) return;
  const held = await holdTenant({ endpoint, ...tokensOf(tenant), log: say });
  await held.release();
};

/** Whether a push from this machine was interrupted and is not undone yet. */
export const isInterrupted = async ({ endpoint }: Connection): Promise<boolean> =>
  (await loadBackup(backupPath(endpoint), endpoint)) !== undefined;
