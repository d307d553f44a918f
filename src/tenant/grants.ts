/** The grants of the token endpoint: client credentials and token exchange. */
import type { UserContext } from '../../generated/types.d.ts';
import type { ScriptRequest } from '../runner/index.ts';
import { isBefore } from '../runner/release.ts';
import { type Directory, oidcScopes } from './directory.ts';
import type { Issued } from './issued.ts';
import { json, type TenantResponse } from './message.ts';
import type { TenantOptions } from './operations.ts';
import type { Rules } from './rules.ts';
import { type ScriptToken, scriptNote } from './script-note.ts';
import type { Customizers, TokenType } from './state.ts';
import { refuseToken, requestedScopes, type TenantClient, tokenExchange } from './token-endpoint.ts';
import { randomText } from './tokens.ts';

export const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token';
const impersonationType = 'urn:logto:token-type:impersonation_token';
const organizationsResource = 'urn:logto:resource:organizations';

type Refusal = { refusal: TenantResponse };
type Claims = Record<string, unknown>;

/** Every refusal of a subject or actor token reads the same: the reason stands in the log alone. */
const invalidGrant = (reason: string): Refusal => ({
  refusal: { ...refuseToken(400, 'invalid_grant', 'grant request is invalid'), reason },
});

interface Subject {
  user: UserContext & { id: string };
  /** Of a subject token, which is used up with the token that is issued. */
  subjectToken?: { id: string; context: object; isUsed: boolean };
}

export const createGrants = (
  { release, scripts, resource: management, otherResources = [], tokens, log }: TenantOptions,
  rules: Rules,
  store: { readonly customizers: Customizers },
  directory: Directory,
  issued: Issued,
) => {
  const startedAt = Date.now();
  const isNewer = !isBefore(release, '1.42');
  const jti = (): string => randomText(isNewer ? 43 : 21);

  const knownResources = (wanted: string): string[] => [
    management,
    ...otherResources,
    organizationsResource,
    ...(directory.resource(wanted) === undefined ? [] : [wanted]),
  ];

  /** What the stored script adds to a token, if there is one. */
  const run = async (
    tokenType: TokenType,
    token: ScriptToken,
    context: unknown,
  ): Promise<{ claims: Claims } | Refusal> => {
    const customizer: Partial<ScriptRequest> = store.customizers[tokenType] ?? {};
    const { script, environmentVariables } = customizer;
    if (script === undefined) return { claims: {} };
    const outcome = await scripts.issue({ script, environmentVariables, tokenType, token, context });
    const note = scriptNote(outcome, { tokenType, token, environmentVariables });
    if (note !== undefined) log?.(note);
    const refusal = rules.refuseIssue(outcome, release);
    if (refusal !== undefined) return { refusal };
    return { claims: 'claims' in outcome ? outcome.claims : {} };
  };

  const clientCredentials = async (form: URLSearchParams, client: TenantClient): Promise<TenantResponse> => {
    const { id } = client;
    const wanted = form.get('resource') || undefined;
    const organizationId = form.get('organization_id');
    const organization = organizationId ? directory.organization(organizationId) : undefined;
    if (organizationId && (organization === undefined || !directory.hasApplication(id, organization)))
      return refuseToken(403, 'access_denied', 'app has not associated with the organization');
    const needsResource = wanted !== undefined || organization === undefined;
    const refused = needsResource ? rules.refuseResource(form, knownResources(wanted ?? '')) : undefined;
    if (refused !== undefined) return refused;
    const asked = requestedScopes(form);
    const grant = (): string[] => {
      if (wanted === organizationsResource) return directory.anyOrganizationScopes(asked);
      if (organization !== undefined)
        return directory.applicationScopes(id, asked, organization, wanted, wanted === management);
      return wanted === management ? rules.grantedScopes(form, client) : asked;
    };
    const scopes = grant();
    const aud = wanted ?? `urn:logto:organization:${organization?.id}`;
    const scope = scopes.length > 0 || wanted === undefined ? { scope: scopes.join(' ') } : {};
    const details = { jti: jti(), clientId: id };
    // The arguments of the script: contracts/recordings/arguments.jsonl.
    const result = await run(
      'client-credentials',
      { jti: details.jti, kind: 'ClientCredentials', clientId: id, aud, ...scope },
      rules.applicationContext(id, release, startedAt),
    );
    if ('refusal' in result) return result.refusal;
    const claims = {
      ...(organization !== undefined && wanted !== undefined && { organization_id: organization.id }),
      ...rules.addedClaims(result.claims),
    };
    const lifetime = directory.resource(aud)?.accessTokenTtl ?? rules.lifetime();
    return json(
      200,
      {
        access_token: await tokens.issue(scopes, {
          ...details,
          ...scope,
          subject: id,
          resource: aud,
          lifetime,
          claims,
        }),
        expires_in: lifetime,
        token_type: 'Bearer',
        ...scope,
      },
      { 'cache-control': 'no-store' },
    );
  };

  /** Whom a subject token is of. From 1.42 on an access token of the user is one, too, as often as one likes. */
  const readSubject = (form: URLSearchParams): Subject | Refusal => {
    const type = form.get('subject_token_type');
    const token = form.get('subject_token') ?? '';
    if (type !== accessTokenType && !(type === impersonationType && isNewer))
      return invalidGrant('unsupported subject token type');
    const found = issued.subjectToken(token);
    const own = isNewer && type === accessTokenType ? issued.userToken(token) : undefined;
    if (found === undefined && own === undefined)
      return invalidGrant(
        token.startsWith('sub_') || !isNewer ? 'subject token not found' : 'invalid subject token',
      );
    if (found?.isUsed) return invalidGrant('subject token is already consumed');
    if (found !== undefined && Date.now() >= found.expiresAt) return invalidGrant('subject token is expired');
    const user = directory.user(found?.userId ?? own?.userId ?? '');
    if (user === undefined) return invalidGrant('user not found');
    if (user.isSuspended && !isBefore(release, '1.43')) return invalidGrant('user is suspended');
    return found === undefined ? { user } : { user, subjectToken: Object.assign(found, { id: token }) };
  };

  /** The claim `act`, of an opaque token with the scope `openid`. */
  const readActor = (form: URLSearchParams): { act?: { sub: string } } | Refusal => {
    const token = form.get('actor_token');
    if (!token) return {};
    if (form.get('actor_token_type') !== accessTokenType) return invalidGrant('unsupported actor token type');
    const found = issued.userToken(token);
    if (!found?.isOpaque) return invalidGrant('invalid actor token');
    return found.scope.split(' ').includes('openid')
      ? { act: { sub: found.userId } }
      : invalidGrant('actor token must have openid scope');
  };

  const exchange = async (form: URLSearchParams, client: TenantClient): Promise<TenantResponse> => {
    const missing = rules.refuseMissing(form, ['subject_token', 'subject_token_type']);
    if (missing !== undefined) return missing;
    const subject = readSubject(form);
    if ('refusal' in subject) return subject.refusal;
    const { user, subjectToken } = subject;
    const organizationId = form.get('organization_id');
    const organization = organizationId ? directory.organization(organizationId) : undefined;
    if (organizationId && (organization === undefined || !directory.isMember(user, organization)))
      return refuseToken(403, 'access_denied', 'user is not a member of the organization');
    const resources = form.getAll('resource');
    const wanted = resources.length === 1 && resources[0] !== '' ? resources[0] : undefined;
    if (wanted !== undefined && !knownResources(wanted).includes(wanted))
      return refuseToken(400, 'invalid_target', 'resource indicator is missing, or unknown');
    const actor = readActor(form);
    if ('refusal' in actor) return actor.refusal;

    const asked = requestedScopes(form);
    const grant = (): string[] => {
      if (wanted === organizationsResource) return directory.anyOrganizationScopes(asked);
      if (wanted !== undefined)
        return directory.userScopes(user.id, asked, wanted, wanted === management, organization);
      if (organization !== undefined) return directory.userOrganizationScopes(user, asked, organization);
      return oidcScopes(release).filter((scope) => asked.includes(scope));
    };
    const scopes = grant();
    const aud = wanted ?? (organization && `urn:logto:organization:${organization.id}`);
    const opaque = aud === undefined ? randomText(43) : undefined;
    const details = { jti: opaque ?? jti(), clientId: client.id, scope: scopes.join(' ') };
    const result = await run(
      'access-token',
      {
        jti: details.jti,
        kind: 'AccessToken',
        clientId: client.id,
        gty: tokenExchange,
        grantId: randomText(21),
        accountId: user.id,
        ...(aud === undefined ? { claims: {} } : { aud }),
        extra: { ...(subjectToken && { subjectTokenId: subjectToken.id }), ...actor },
        scope: details.scope,
      },
      {
        user,
        ...(subjectToken && { grant: { type: tokenExchange, subjectTokenContext: subjectToken.context } }),
        ...rules.applicationContext(client.id, release, startedAt, client.type ?? 'Traditional'),
        ...(organization !== undefined &&
          !isBefore(release, '1.41') && {
            organization: {
              id: organization.id,
              name: organization.name,
              description: organization.description,
              customData: organization.customData,
            },
          }),
      },
    );
    if ('refusal' in result) return result.refusal;
    const claims = {
      ...actor,
      ...(organization !== undefined && wanted !== undefined && { organization_id: organization.id }),
      ...(opaque === undefined ? rules.addedClaims(result.claims) : result.claims),
    };
    const lifetime = (aud && directory.resource(aud)?.accessTokenTtl) || rules.lifetime();
    const token =
      opaque ??
      (await tokens.issue(scopes, { ...details, subject: user.id, resource: aud ?? '', lifetime, claims }));
    issued.addUserToken(token, {
      userId: user.id,
      clientId: client.id,
      scope: details.scope,
      issuedAt: Math.floor(Date.now() / 1000),
      lifetime,
      claims,
      isOpaque: opaque !== undefined,
    });
    if (subjectToken !== undefined) subjectToken.isUsed = true;
    return json(
      200,
      { access_token: token, expires_in: lifetime, scope: details.scope, token_type: 'Bearer' },
      { 'cache-control': 'no-store' },
    );
  };

  return { clientCredentials, exchange };
};
