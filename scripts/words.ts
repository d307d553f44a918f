/** Finds fixed phrases that people read twice in the texts that users see: docs, help, messages and comments. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Each phrase with a plain one. */
const phrases: readonly [phrase: RegExp, plain: string][] = [
  [/\bwhoever\b/i, 'who, or the person'],
  [/\bnobody\b/i, 'no one, or nothing'],
  [/\botherwise than\b/i, 'unlike, or different from'],
  [/\bin silence\b/i, 'silently'],
  [/\bto the letter\b/i, 'exactly'],
  [/\bwrong use\b/i, 'usage error'],
  [/\bcould not be decided\b/i, 'inconclusive'],
  [/\bno (whole )?answer\b/i, 'no response'],
  [/\ban answer\b/i, 'a response'],
  [/\b(is|are|was|were) told\b/i, 'is reported, or receives'],
  [/\bsays nothing\b/i, 'does not report, or has no effect'],
  [/\bwants (a|an|the|to|no|of)\b/i, 'requires'],
  [/\bwrongs\b/i, 'errors'],
  [/\bhas to be\b/i, 'must be'],
];

const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' })
  .split('\n')
  .filter(
    (name) =>
      /^(README|CONTRIBUTING|docs\/.*)\.md$|^(src|spec)\/.*\.(ts|yaml|json)$|^contracts\/\w+\.json$|^contracts\/faults\/.*\.yaml$|^openapi\.yaml$|^action\.yml$/.test(
        name,
      ) && existsSync(name),
  );
let found = 0;
for (const name of files)
  for (const [index, line] of readFileSync(name, 'utf8').split('\n').entries())
    for (const [phrase, plain] of phrases) {
      const [text] = phrase.exec(line) ?? [];
      if (text === undefined) continue;
      found += 1;
      console.error(`${name}:${index + 1}: "${text}": write ${plain}`);
    }
if (found > 0) process.exitCode = 1;
else console.log(`no fixed phrase in ${files.length} files`);
