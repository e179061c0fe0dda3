/** Keys whose JSON form is remembered; those of patterns are few. */
const MAX_QUOTED = 4_096;
const quoted = new Map<string, string>();

/** A key as JSON writes it. */
export function quotedKey(key: string): string {
  const known = quoted.get(key);
  if (known !== undefined) return known;
  if (quoted.size >= MAX_QUOTED) quoted.clear();
  const text = JSON.stringify(key);
  quoted.set(key, text);
  return text;
}
