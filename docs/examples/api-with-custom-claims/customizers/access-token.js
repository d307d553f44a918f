// Runs inside Logto for each token of a user: it imports and exports nothing.
const getCustomJwtClaims = async ({ context }) => ({ plan: context.user.customData.plan ?? 'free' });
