import { isBefore } from './release.ts';

/** The first releases with which a script of client credentials is told the application, and this field of it. */
const [applicationSince, accessControlSince] = ['1.37', '1.40'];

/**
 * The context of a client-credentials script: a machine-to-machine application as it is when nothing was changed
 * (contracts/recordings/arguments.jsonl).
 */
export const applicationContext = (id: string, release: string, createdAt: number): object | undefined =>
  isBefore(release, applicationSince)
    ? undefined
    : {
        application: {
          tenantId: 'default',
          id,
          name: id,
          description: null,
          type: 'MachineToMachine',
          oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [] },
          customClientMetadata: {},
          protectedAppMetadata: null,
          customData: {},
          isThirdParty: false,
          ...(!isBefore(release, accessControlSince) && { appLevelAccessControlEnabled: false }),
          createdAt,
        },
      };
