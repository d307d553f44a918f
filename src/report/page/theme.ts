import { h } from './dom.ts';

const themes = ['auto', 'light', 'dark'] as const;

/** Goes through the schemes: as the system has it, light, dark. Nothing is stored. */
export const themeButton = (): HTMLElement => {
  let index = 0;
  const label = (): string => `Theme: ${themes[index]}`;
  const button = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      onclick: () => {
        index = (index + 1) % themes.length;
        document.documentElement.dataset['theme'] = themes[index];
        button.textContent = label();
      },
    },
    label(),
  );
  return button;
};
