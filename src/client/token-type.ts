import type { TokenType } from '../../generated/types.d.ts';

export const tokenTypes: readonly unknown[] = ['access-token', 'client-credentials'] satisfies TokenType[];

export const isTokenType = (value: unknown): value is TokenType => tokenTypes.includes(value);
