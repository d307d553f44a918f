/** All faults, by kind. */
import type { FaultGroup } from '../fault.ts';
import { bodies } from './bodies.ts';
import { cutConnections, keptConnections, noConnection } from './connection.ts';
import { raw, redirects } from './raw.ts';
import { aborts, slow } from './slow.ts';
import { comeBack, unavailable } from './statuses.ts';
import { tokenEndpoint, tokenLife } from './token.ts';
import { otherWriters, uncertainWrites } from './writes.ts';

export const faultGroups: readonly FaultGroup[] = [
  { title: 'No connection', faults: noConnection },
  { title: 'Connections that are cut', faults: cutConnections },
  { title: 'Connections that are kept', faults: keptConnections },
  { title: 'Slow answers', faults: slow },
  { title: 'Answers that are none', faults: bodies },
  { title: 'Servers that are unavailable', faults: unavailable },
  { title: 'Servers that say when to come back', faults: comeBack },
  { title: 'Redirects', faults: redirects },
  { title: 'The token endpoint', faults: tokenEndpoint },
  { title: 'The life of a token', faults: tokenLife },
  { title: 'Writes with an unknown outcome', faults: uncertainWrites },
  { title: 'Other writers', faults: otherWriters },
  { title: 'Callers who give up', faults: aborts },
  { title: 'The raw client', faults: raw },
];
