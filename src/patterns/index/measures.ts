/** What of a field is a number: its value, or the length of a text or list. */
export const MEASURES = ['value', 'length'] as const;

/** One of {@link MEASURES}. */
export type Measure = (typeof MEASURES)[number];
