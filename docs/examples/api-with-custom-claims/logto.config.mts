import type { LogtoConfig } from 'logto-jwt-customizer/claims';

export default {
  tenants: {
    production: { endpoint: process.env['LOGTO_ENDPOINT'] ?? 'https://my-tenant.logto.app' },
  },
  customizers: {
    'access-token': { script: 'claims/access-token.ts' },
    'client-credentials': { script: 'claims/client-credentials.ts', environmentVariables: ['PLANS'] },
  },
} satisfies LogtoConfig;
