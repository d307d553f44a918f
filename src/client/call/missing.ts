import { isRecord } from '../is-record.ts';
import type { Answer } from './exchange.ts';

/** The tenant says that there is no customizer (recordings "get: absent", "delete: absent"). */
export const isMissing = ({ status, body }: Answer): boolean =>
  status === 404 && isRecord(body) && /^entity\.not_(exists_with_id|found)$/.test(String(body['code']));
