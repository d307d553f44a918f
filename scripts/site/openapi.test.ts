import { expect, test } from 'vitest';
import { forReference } from './openapi.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

test('the reference has names for the variants of a union, and the first release of fields and values', () => {
  const document = {
    components: {
      schemas: {
        Body: { anyOf: [ref('One'), ref('Two')] },
        One: { type: 'object', properties: { field: { description: 'A field.', 'x-logto-since': '1.39' } } },
        Two: {
          title: 'Its own',
          properties: {
            other: { ...ref('Other'), 'x-logto-since': '1.41' },
            list: { enum: ['a', 'b'], 'x-logto-since-values': { b: '1.30' } },
          },
        },
        Other: { description: 'Another.' },
      },
    },
  };
  const before = structuredClone(document);
  expect(forReference(document)).toMatchObject({
    components: {
      schemas: {
        One: { title: 'One', properties: { field: { description: 'A field. Since Logto 1.39.' } } },
        Two: {
          title: 'Its own',
          properties: {
            other: { description: 'Another. Since Logto 1.41.' },
            list: { description: '`b` since Logto 1.30.' },
          },
        },
        Other: { description: 'Another.' },
      },
    },
  });
  expect(document).toEqual(before);
});
