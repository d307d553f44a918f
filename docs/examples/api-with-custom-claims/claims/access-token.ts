import type { AccessTokenInput, Claims } from 'logto-jwt-customizer/claims';

/** Runs inside Logto for each token of a user, whose plan is in their custom data. */
export const getCustomJwtClaims = async ({ context }: AccessTokenInput): Promise<Claims> => ({
  plan: context.user.customData['plan'] ?? 'free',
});
