const MODIFIER = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';

/** What opens the palette, as the keyboard in front of the page says it. */
export const PALETTE_KEYS = `${MODIFIER} K`;
/** What takes back what was done last. */
export const UNDO_KEYS = `${MODIFIER} Z`;
