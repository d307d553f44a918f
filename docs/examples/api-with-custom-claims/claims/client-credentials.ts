import type { Claims, ClientCredentialsInput } from 'logto-jwt-customizer/claims';

/** Runs inside Logto for each token of a machine-to-machine application. */
export const getCustomJwtClaims = async ({
  token,
  environmentVariables,
}: ClientCredentialsInput<'PLANS'>): Promise<Claims> => {
  const plans: Record<string, string> = JSON.parse(environmentVariables.PLANS);
  return { plan: plans[token.clientId] ?? 'free' };
};
