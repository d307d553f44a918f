import { html, nothing, render, type TemplateResult } from 'lit-html';
import { headlines } from '../markdown.ts';
import { breakable, byId, classOf, heard, marks, plural, report, seconds, when } from './common.ts';
import { hashOf } from './filters.ts';

const { cases, columns, missing, runs, verdict } = report;

const sum = (of: 'passed' | 'failed' | 'notApplicable'): number =>
  columns.reduce((total, column) => total + column[of], 0);

const headline = (): [mark: string, text: string, name: string] => {
  if (verdict === 'passed') return [marks.passed, headlines.passed, 'passed'];
  const failed = cases.filter(({ cells }) => cells.some((cell) => cell?.state === 'failed')).length;
  if (failed > 0) return [marks.failed, `${plural(failed, 'case')} failed`, 'failed'];
  if (verdict === 'failed') return [marks.failed, 'The run failed', 'failed'];
  return ['?', headlines[verdict], 'open'];
};

const targetItem = (column: (typeof columns)[number]): TemplateResult => {
  const { label, release, passed, failed, notApplicable } = column;
  const total = failed + passed + notApplicable;
  const counts = [
    ['failed', failed, 'failed'],
    ['passed', passed, 'passed'],
    ['na', notApplicable, 'n/a'],
  ] as const;
  // Set as a property: the page's policy forbids style attributes.
  const bar = counts.map(([name, count]) =>
    count === 0 ? nothing : html`<span class=${name} .style=${`flex-grow: ${count / total}`}></span>`,
  );
  return html`<li class=${failed > 0 ? 'failed' : passed > 0 ? 'passed' : 'na'}>
    <a href=${hashOf({ target: label })}>${breakable(label)}${heard(': show only this target')}</a>
    <p class="release">${release ?? (total > 0 ? '\u00a0' : 'nothing ran')}</p>
    <div class="bar" aria-hidden="true">${bar}</div>
    <p class="counts">
      ${counts.map(([name, count, word]) => html`<span class=${count > 0 ? name : 'na'}>${count} ${word}</span>`)}
    </p>
  </li>`;
};

const reasonOf = (text: string | undefined): unknown => text && html`<p class="reason">${text}</p>`;

const runItem = (run: (typeof runs)[number]): TemplateResult => {
  const { name, result, reason, shard, startedAt, milliseconds, package: version } = run;
  const isClear = result === 'passed' || result === 'failed';
  return html`<li>
    <strong>${name}</strong>
    <span class=${isClear ? classOf(result) : 'open'}>${isClear ? marks[result] : '?'} ${result}</span>
    · ${when(startedAt)}, ${seconds(milliseconds)}, package ${version}${shard && `, shard ${shard}`}
    ${reasonOf(reason)}
  </li>`;
};

const versions = (of: 'package' | 'document'): string => [...new Set(runs.map((run) => run[of]))].join(', ');

/** Shows what no filter changes: the verdict, the targets and the runs. */
export const showHeader = (): void => {
  const [mark, text, name] = headline();
  document.title = `${mark} ${text} · Contract report`;
  const took = seconds(runs.reduce((all, run) => all + run.milliseconds, 0));
  render(
    html`<p class="what">Contract report<span> · Logto's JWT customizer API</span></p>
      <h1 class="verdict ${name}"><span class="seal" aria-hidden="true">${mark}</span><span>${text}</span></h1>
      <p class="sum">
        ${plural(cases.length, 'case')} on ${plural(columns.length, 'target')}: ${sum('passed')}
        passed, ${sum('failed')} failed, ${sum('notApplicable')} not applicable.
        ${when(runs[0]?.startedAt ?? '')}, ${took}.
      </p>`,
    byId('header'),
  );
  render(
    html`<p>
      Made by logto-jwt-customizer ${versions('package')} with OpenAPI document ${versions('document')}. Reports contain
      no credentials or tokens.
    </p>`,
    byId('footer'),
  );
  render(columns.map(targetItem), byId('target-list'));
  // A single run without a reason needs no section.
  byId('runs').hidden = runs.length < 2 && missing.length === 0 && runs[0]?.reason === undefined;
  render(html`${missing.map(reasonOf)}<ul class="runs">${runs.map(runItem)}</ul>`, byId('run-list'));
};
