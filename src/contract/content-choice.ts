import { invalidSetting } from './errors.js';

/** The variable GenAI instrumentations of every language read; its values say where content goes. */
export const CONTENT_ENV = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT';

/** Where the content goes by each value; `true` and `false` are those of the first instrumentations. */
const PLACES: Readonly<Record<string, readonly ('span' | 'event')[]>> = {
  true: ['span'],
  1: ['span'],
  false: [],
  0: [],
  NO_CONTENT: [],
  SPAN_ONLY: ['span'],
  EVENT_ONLY: ['event'],
  SPAN_AND_EVENT: ['span', 'event'],
};

/**
 * Reads whether content goes to spans, or to events, from code or from the variable.
 * @throws {ArcError} `ARC_CONFIG_INVALID` for a value that is none of them.
 * @example contentGoesTo('event')('SPAN_AND_EVENT', CONTENT_ENV) // true
 */
export function contentGoesTo(place: 'span' | 'event'): (value: unknown, field: string) => boolean {
  return (value, field) => {
    if (typeof value === 'boolean') return value;
    const wanted = typeof value === 'string' ? value.trim() : '';
    const places = PLACES[wanted.toUpperCase()] ?? PLACES[wanted.toLowerCase()];
    if (!places) throw invalidSetting(field, `one of ${Object.keys(PLACES).join(', ')}`, value);
    return places.includes(place);
  };
}
