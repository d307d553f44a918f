import { json, type TenantResponse } from './message.ts';
import { configKeys, type TokenType, tokenTypes } from './token-type.ts';

/** A customizer as it is stored. */
export type Customizer = Readonly<Record<string, unknown>>;

/** The customizers that exist. */
export type Customizers = { readonly [T in TokenType]?: Customizer };

/** What PATCH makes of what is stored: a field that is sent replaces the stored one whole, the others stay. */
export const merge = (stored: Customizer, sent: Customizer): Customizer => ({ ...stored, ...sent });

/** What PUT makes of what is stored, if anything is: nothing stays of it. */
export const replace = (_stored: Customizer | undefined, sent: Customizer): Customizer => sent;

export const store = (customizers: Customizers, tokenType: TokenType, value: Customizer): Customizers => ({
  ...customizers,
  [tokenType]: value,
});

export const remove = (customizers: Customizers, tokenType: TokenType): Customizers => {
  const { [tokenType]: _, ...others } = customizers;
  return others;
};

/** The list of what exists, access-token first whichever was created first (recording "list: both"). */
export const list = (customizers: Customizers): { key: string; value: Customizer }[] =>
  tokenTypes.flatMap((tokenType) => {
    const value = customizers[tokenType];
    return value === undefined ? [] : [{ key: configKeys[tokenType], value }];
  });

/** The status of a write that succeeded: PUT tells whether it created. */
export const writeStatus = (operation: 'put' | 'patch', existed: boolean): number =>
  operation === 'put' && !existed ? 201 : 200;

/** The status of a deletion that succeeded. */
export const deleteStatus = (): number => 204;

/** What GET and PATCH answer when there is no customizer (recording "get: absent"). */
export const missing = (tokenType: TokenType): TenantResponse =>
  json(404, {
    code: 'entity.not_exists_with_id',
    message: `The logto_config with ID \`${configKeys[tokenType]}\` does not exist.`,
  });

/** What DELETE answers when there is none: another code (recording "delete: absent"). */
export const nothingToDelete = (_tokenType: TokenType): TenantResponse =>
  json(404, { code: 'entity.not_found', message: 'The resource does not exist.' });
