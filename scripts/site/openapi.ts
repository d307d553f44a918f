/** Prepares the document for the reference: names for the variants of unions, and `x-logto-since` in words. */
type Node = { [key: string]: unknown };

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

const sinceOf = (node: Node): string[] => {
  const values = isNode(node['x-logto-since-values']) ? node['x-logto-since-values'] : {};
  return [
    ...(typeof node['x-logto-since'] === 'string' ? [`Since Logto ${node['x-logto-since']}.`] : []),
    ...Object.entries(values).map(([value, release]) => `\`${value}\` since Logto ${release}.`),
  ];
};

/**
 * Returns a copy for the site.
 *
 * @param document - bundled, with all references inside `components`
 */
export const forReference = (document: Node): Node => {
  const schemas = (document['components'] as { schemas: Record<string, Node> }).schemas;
  const nameOf = (node: Node): string => String(node['$ref']).replace('#/components/schemas/', '');
  const variants = new Set<string>();
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (!isNode(value)) return value;
    const copied = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]));
    for (const variant of [value['anyOf'] ?? [], value['oneOf'] ?? []].flat().filter(isNode))
      if (variant['$ref'] !== undefined) variants.add(nameOf(variant));
    const since = sinceOf(value);
    if (since.length === 0) return copied;
    const description = value['description'] ?? schemas[nameOf(value)]?.['description'];
    return { ...copied, description: [description, ...since].filter(Boolean).join(' ') };
  };
  const copied = copy(document) as typeof document;
  const named = copied['components'] as { schemas: Record<string, Node> };
  for (const name of variants) (named.schemas[name] ?? {})['title'] ??= name;
  return copied;
};
