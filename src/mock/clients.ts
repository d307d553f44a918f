import { type TenantClient, type TenantOptions, tenantRules } from '../tenant/index.ts';

/** A machine-to-machine application that may ask for tokens. */
export interface MockClient {
  id: string;
  secret: string;
  /**
   * Whether it has the role with the permission `all` of the Management API.
   * @default true
   */
  hasRole?: boolean;
}

type Part = Pick<TenantOptions, 'clients' | 'rules'>;

/** Knows every application, by whatever secret it says. */
const anyClient: Part = {
  clients: (id) => ({ id, secret: '', hasRole: true }),
  rules: {
    refuseClient: (id, secret, client) =>
      tenantRules.refuseClient(id, secret, client && { ...client, secret: secret || 'any' }),
  },
};

/** The applications of a tenant: those that are named, else any. */
export const clientsOf = (clients: readonly MockClient[]): Part =>
  clients.length === 0
    ? anyClient
    : { clients: clients.map((client): TenantClient => ({ hasRole: true, ...client })) };
