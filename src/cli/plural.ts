/**
 * A count with its noun.
 * @param noun - in the singular, of the kind that takes an s.
 * @example plural(1, 'pattern') // '1 pattern'
 */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
