type Child = Node | string | undefined | false;
type Attributes = Record<string, string | boolean | number | undefined | ((event: Event) => void)>;

/** An element. Text is only ever text: nothing of a report is read as HTML. */
export const h = <T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
};

/** The element of the page with that id. */
export const byId = <T extends HTMLElement = HTMLElement>(id: string): T => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element as T;
};

/** For those who hear the page. */
export const heard = (text: string): HTMLElement => h('span', { class: 'heard' }, text);

/** Details whose content is made when somebody unfolds them. */
export const lazyDetails = (
  summary: Child[],
  content: () => Node[],
  attributes: Attributes = {},
): HTMLDetailsElement => {
  const details = h('details', attributes, h('summary', {}, ...summary));
  const fill = (): void => {
    if (!details.open) return;
    details.removeEventListener('toggle', fill);
    details.append(...content());
  };
  details.addEventListener('toggle', fill);
  return details;
};

/** Text whose words in backticks are code. */
export const prose = (text: string): (HTMLElement | string)[] =>
  text.split('`').map((part, index) => (index % 2 === 1 ? h('code', {}, part) : part));

/** A name that may break where its words end, and no version in it. */
export const breakable = (name: string): (HTMLElement | string)[] =>
  name.split(/(?<=[.:-])(?<!\d\.)/).flatMap((part) => [part, h('wbr')]);
