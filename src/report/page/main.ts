/** The page of a report: everything it shows is in its element #data. */
import { byId } from './common.ts';
import { startFilters } from './filters.ts';
import { showHeader } from './header.ts';
import { showFailures, showMatrix } from './matrix.ts';

showHeader();
startFilters((filters) => {
  showFailures(filters);
  showMatrix(filters);
});
// The hash is the filters': a link to a section moves there and leaves them.
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  byId('cases').focus();
  byId('cases').scrollIntoView();
});
window.addEventListener('beforeprint', () => {
  const unfold = byId('unfold');
  if (unfold.textContent?.startsWith('Unfold')) unfold.click();
});
