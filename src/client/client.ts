import type { TokenType } from '../../generated/types.d.ts';
import { customizerBody, testRequestBody } from './body.ts';
import { connect } from './connect.ts';
import type { JwtCustomizerClientOptions } from './options.ts';
import { createSend, sendForJson, sendForNothing } from './send.ts';
import { checkTokenType } from './token-type.ts';
import type { Claims, Customizers, JwtCustomizerClient, JwtCustomizerConfigs } from './types.ts';

const all = '/api/configs/jwt-customizer';
const one = '/api/configs/jwt-customizer/{tokenTypePath}';
const test = '/api/configs/jwt-customizer/test';

const at = (tokenType: TokenType) => ({
  path: `${all}/${tokenType}`,
  params: { params: { path: { tokenTypePath: tokenType } } },
});

/**
 * A client for the customizers of one tenant.
 *
 * @throws InvalidOptionError, which names the option, when the options are not those of either kind
 */
export const createJwtCustomizerClient = (options: JwtCustomizerClientOptions): JwtCustomizerClient => {
  const { raw, tokens } = connect(options);
  const send = createSend(tokens);

  const write = async <T extends TokenType>(
    operation: 'put' | 'update',
    tokenType: T,
    customizer: Customizers[T],
  ): Promise<Customizers[T]> => {
    checkTokenType(operation, tokenType);
    const body = customizerBody(operation, tokenType, customizer);
    const { path, params } = at(tokenType);
    const answer = await sendForJson(
      send,
      operation === 'put'
        ? {
            method: 'PUT',
            path,
            body,
            fetch: (init) => raw.PUT(one, { ...params, body: customizer, ...init }),
          }
        : {
            method: 'PATCH',
            path,
            body,
            fetch: (init) => raw.PATCH(one, { ...params, body: customizer, ...init }),
          },
    );
    return answer as Customizers[T];
  };

  return {
    list: async () => {
      const answer = await sendForJson(send, {
        method: 'GET',
        path: all,
        fetch: (init) => raw.GET(all, init),
      });
      return answer as JwtCustomizerConfigs;
    },
    get: async <T extends TokenType>(tokenType: T) => {
      checkTokenType('get', tokenType);
      const { path, params } = at(tokenType);
      const answer = await sendForJson(send, {
        method: 'GET',
        path,
        fetch: (init) => raw.GET(one, { ...params, ...init }),
      });
      return answer as Customizers[T];
    },
    put: (tokenType, customizer) => write('put', tokenType, customizer),
    update: (tokenType, customizer) => write('update', tokenType, customizer),
    delete: async (tokenType) => {
      checkTokenType('delete', tokenType);
      const { path, params } = at(tokenType);
      await sendForNothing(send, {
        method: 'DELETE',
        path,
        fetch: (init) => raw.DELETE(one, { ...params, ...init }),
      });
    },
    test: async (request) => {
      const body = testRequestBody('test', request);
      const answer = await sendForJson(send, {
        method: 'POST',
        path: test,
        body,
        fetch: (init) => raw.POST(test, { body: request, ...init }),
      });
      return answer as Claims;
    },
  };
};
