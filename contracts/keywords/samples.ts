import type { Json } from '../../src/contract/json.ts';
import { nodeAt, type Place, stepsFrom } from './schema.ts';

/** A value of each type of JSON, and a number that is no integer. */
export const oneOfEach: readonly Json[] = [null, 1.5, 'text', true, [], {}];

/** What the document's formats accept, and what they refuse. A format without any is a text for people. */
export const formatSamples: Record<string, { accepts: string; refuses: string[] }> = {
  'whatwg-url': { accepts: 'https://example.com/', refuses: ['no URL'] },
  'logto-redirect-uri': {
    accepts: 'https://example.com/callback',
    refuses: ['no URL', 'https://example.com/../x', 'https://*/'],
  },
};

/** What the document's patterns refuse. */
export const patternSamples: Record<string, string[]> = {
  '^[^\\u0000\\ud800-\\udfff]*$': ['\u0000', '\ud800'],
};

/** The smallest value that a place accepts. */
export const smallest = (place: Place): Json => {
  const node = nodeAt(place);
  const steps = stepsFrom(place);
  const onward = steps.find(({ via }) => via === 'reference' || via === 'branch');
  if (onward !== undefined) return smallest(onward.to);
  if ('const' in node) return node['const'] as Json;
  if (node['enum'] !== undefined) return (node['enum'] as Json[])[0] as Json;
  switch ([node['type']].flat()[0]) {
    case 'string': {
      const format = formatSamples[node['format'] as string];
      return format?.accepts ?? 'x'.repeat((node['minLength'] ?? 0) as number);
    }
    case 'number':
    case 'integer':
      return (node['minimum'] ?? Number(node['exclusiveMinimum'] ?? -1) + 1) as number;
    case 'boolean':
      return false;
    case 'array': {
      const item = steps.find(({ via }) => via === 'item');
      return item === undefined
        ? []
        : Array.from({ length: Number(node['minItems'] ?? 0) }, () => smallest(item.to));
    }
    case 'object': {
      const required = (node['required'] ?? []) as string[];
      return Object.fromEntries(
        steps
          .filter((step) => step.via === 'property')
          .filter(({ key }) => required.includes(key))
          .map(({ key, to }) => [key, smallest(to)]),
      );
    }
    default:
      return null;
  }
};
