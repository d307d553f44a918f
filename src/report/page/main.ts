/** The page of a report. Its data is in the element #data. */
import { byId } from './common.ts';
import { startFilters } from './filters.ts';
import { showHeader } from './header.ts';
import { showFailures, showMatrix } from './matrix.ts';

showHeader();
startFilters((filters) => {
  showFailures(filters);
  showMatrix(filters);
});
// The hash holds the filters, so this link scrolls without changing it.
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  byId('cases').focus();
  byId('cases').scrollIntoView();
});
window.addEventListener('beforeprint', () => {
  const unfold = byId('unfold');
  if (unfold.textContent?.startsWith('Expand')) unfold.click();
});
