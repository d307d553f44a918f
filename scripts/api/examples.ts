/** A code block of the API page under a heading `Example` or `Examples`. */
export interface Example {
  /** What it is an example of, for example `JwtCustomizerClient.put()` or `redact()`. */
  of: string;
  /** Where its first line stands in the page, from 1 on. */
  line: number;
  /** A module, ready to run: after the lines that make `customizers`, unless it has such lines of its own. */
  code: string;
}

/** The headings that group others. */
const groups = ['Functions', 'Interfaces', 'Type Aliases', 'Classes', 'Variables', 'Methods', 'Properties'];

/**
 * Reads the text of `docs/api.md`. What looks like a heading inside a code block is none.
 *
 * @returns what has a heading, as `Example.of` writes it, and the examples, both in the order of the page
 */
export const readPage = (page: string): { documented: string[]; examples: Example[] } => {
  const documented: string[] = [];
  const examples: Example[] = [];
  const path: string[] = [];
  const lines = page.split('\n');
  const [, before = ''] = /^```js\n(.*?)^```$/ms.exec(page) ?? [];
  let start: number | undefined;
  for (const [index, line] of lines.entries()) {
    const above = path.filter((heading) => !groups.includes(heading));
    if (line.startsWith('```')) {
      if (start === undefined) start = index + 1;
      else {
        const code = lines.slice(start, index).join('\n');
        if (/^Examples?$/.test(above.at(-1) ?? ''))
          examples.push({
            of: above.slice(0, -1).join('.'),
            line: start + 1,
            code: code.includes('createJwtCustomizerClient(') ? code : before + code,
          });
        start = undefined;
      }
    } else if (start === undefined) {
      const [, marks = '', title = ''] = /^#(#+) (.*)$/.exec(line) ?? [];
      if (marks === '') continue;
      path.splice(marks.length - 1, Number.POSITIVE_INFINITY, title.replaceAll('\\', ''));
      documented.push(path.filter((heading) => !groups.includes(heading)).join('.'));
    }
  }
  return { documented, examples };
};
