/**
 * Runs every operation of the packed package on a tenant without customizers, with refusals by the tenant and by the
 * client. Plain JavaScript, so that the oldest Node can run it unchanged.
 *
 * @param {typeof import('../../src/client/index.ts')} api - the package
 * @param {import('../../src/client/index.ts').ClientCredentialsOptions} options
 * @returns the result of each step
 */
export const exercise = async (api, options) => {
  const client = api.createJwtCustomizerClient(options);
  const script = 'const getCustomJwtClaims = async () => ({ plan: 1 });';
  const environmentVariables = { PLAN: 'größer' };
  const refusal = async (call) => {
    try {
      return await call();
    } catch (error) {
      if (!api.isLogtoJwtCustomizerError(error)) throw error;
      const { name, status, code, issues } = error;
      return { name, status, code, pointers: issues.map(({ pointer }) => pointer) };
    }
  };

  const before = await client.list();
  const put = await client.put('access-token', { script: '', environmentVariables });
  const updated = await client.update('access-token', { script });
  const { data: read, requestId } = await client.get('access-token').withResponse();
  const listed = await client.list();
  const claims = await client.test({ tokenType: 'client-credentials', script, token: {}, context: {} });
  const dropped = await api.findDroppedFields('access-token', {
    script,
    contextSample: { user: { nickName: 1 } },
  });
  const conflict = await refusal(() => client.update('access-token', { script: '' }, { ifUnchanged: null }));
  await client.delete('access-token');
  return {
    before,
    put,
    updated,
    read,
    hasRequestId: requestId !== undefined,
    listed,
    claims,
    dropped,
    conflict,
    absent: (await client.get('access-token')) ?? null,
    missing: await refusal(() => client.update('access-token', { script })),
    refusedUnsent: await refusal(() => client.put('access-token', { script: 1 })),
  };
};
