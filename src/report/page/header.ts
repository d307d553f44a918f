import { classOf, marks, plural, report, seconds, when } from './data.ts';
import { breakable, byId, h, heard } from './dom.ts';
import { hashOf } from './filters.ts';
import { themeButton } from './theme.ts';

const sum = (of: 'passed' | 'failed' | 'notApplicable'): number =>
  report.columns.reduce((total, column) => total + column[of], 0);

const headline = (): [mark: string, text: string, name: string] => {
  const { verdict } = report;
  const failed = sum('failed');
  if (verdict === 'passed') return [marks.passed, 'The contract is kept', 'passed'];
  if (failed > 0) {
    const cases = report.cases.filter(({ cells }) => cells.some((cell) => cell?.state === 'failed')).length;
    return [marks.failed, `${plural(cases, 'case')} failed`, 'failed'];
  }
  if (verdict === 'failed') return [marks.failed, 'The run failed', 'failed'];
  const said = {
    interrupted: 'Interrupted: this shows nothing of the rest',
    'nothing proven': 'Nothing is proven',
    error: 'The run could not be done',
    incomplete: 'Incomplete: shards are missing',
  }[verdict];
  return ['?', said, 'open'];
};

const versions = (of: 'package' | 'document'): string =>
  [...new Set(report.runs.map((run) => run[of]))].join(', ');

export const showHeader = (): void => {
  const [mark, text, name] = headline();
  document.title = `${mark} ${text} · Contract report`;
  byId('header').append(
    h(
      'div',
      { class: 'top' },
      h('p', { class: 'what' }, 'Contract report', h('span', {}, " · Logto's JWT customizer API")),
      themeButton(),
    ),
    h(
      'h1',
      { class: `verdict ${name}` },
      h('span', { class: 'seal', 'aria-hidden': 'true' }, mark),
      h('span', {}, text),
    ),
    h(
      'p',
      { class: 'sum' },
      `${plural(report.cases.length, 'case')} on ${plural(report.columns.length, 'target')}: `,
      `${sum('passed')} passed, ${sum('failed')} failed, ${sum('notApplicable')} not applicable. `,
      `${when(report.runs[0]?.startedAt ?? '')}, ${seconds(report.runs.reduce((all, run) => all + run.milliseconds, 0))}.`,
    ),
  );
  byId('footer').append(
    h(
      'p',
      {},
      `Made by logto-jwt-customizer ${versions('package')} with its document ${versions('document')}. `,
      'Credentials and tokens are not part of a report.',
    ),
  );
};

const bar = (parts: readonly [name: string, count: number][]): HTMLElement => {
  const total = parts.reduce((all, [, count]) => all + count, 0) || 1;
  const element = h('div', { class: 'bar', 'aria-hidden': 'true' });
  for (const [name, count] of parts) {
    if (count === 0) continue;
    const piece = h('span', { class: name });
    // A style attribute would want a policy that allows all of them.
    piece.style.flexGrow = String(count / total);
    element.append(piece);
  }
  return element;
};

export const showTargets = (): void => {
  byId('target-list').append(
    ...report.columns.map(({ label, release, passed, failed, notApplicable }) =>
      h(
        'li',
        { class: failed > 0 ? 'failed' : passed > 0 ? 'passed' : 'na' },
        h('a', { href: hashOf({ target: label }) }, ...breakable(label), heard(': show this target alone')),
        h(
          'p',
          { class: 'release' },
          release ?? (failed + passed + notApplicable > 0 ? '\u00a0' : 'nothing ran'),
        ),
        bar([
          ['failed', failed],
          ['passed', passed],
          ['na', notApplicable],
        ]),
        h(
          'p',
          { class: 'counts' },
          h('span', { class: failed > 0 ? 'failed' : 'na' }, `${failed} failed`),
          h('span', { class: passed > 0 ? 'passed' : 'na' }, `${passed} passed`),
          h('span', { class: 'na' }, `${notApplicable} n/a`),
        ),
      ),
    ),
  );
};

/** What each run says of itself, when there are several or one has something to say. */
export const showRuns = (): void => {
  const { runs, missing } = report;
  const isSaid = missing.length > 0 || runs.some(({ reason }) => reason !== undefined);
  byId('runs').hidden = runs.length < 2 && !isSaid;
  byId('run-list').append(
    ...missing.map((text) => h('p', { class: 'reason' }, text)),
    h(
      'ul',
      { class: 'runs' },
      ...runs.map(({ name, result, reason, shard, startedAt, milliseconds, package: version }) =>
        h(
          'li',
          {},
          h('strong', {}, name),
          ' ',
          h(
            'span',
            { class: result === 'passed' || result === 'failed' ? classOf(result) : 'open' },
            `${result === 'passed' || result === 'failed' ? marks[result] : '?'} ${result}`,
          ),
          ` · ${when(startedAt)}, ${seconds(milliseconds)}, package ${version}${shard === undefined ? '' : `, shard ${shard}`}`,
          reason !== undefined && h('p', { class: 'reason' }, reason),
        ),
      ),
    ),
  );
};
