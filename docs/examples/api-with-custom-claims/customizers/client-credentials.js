// Runs inside Logto for each token of a machine-to-machine application: it imports and exports nothing.
const getCustomJwtClaims = async ({ token, environmentVariables }) => {
  const plans = JSON.parse(environmentVariables.PLANS);
  return { plan: plans[token.clientId] ?? 'free' };
};
