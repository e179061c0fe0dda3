/** Longest message class, in UTF-16 units; a class is a label, not the message. */
const MAX_CLASS_LENGTH = 200;

/** Longest part of a message that is looked at, which bounds the work on hostile input. */
const MAX_INPUT_LENGTH = 2_000;

/** What varies between messages of one cause, in the order it is taken out. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/https?:\/\/[^\s"'<>]{1,500}/g, '<url>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
  [/\b[a-z]{1,12}[_-](?=[a-z0-9]{0,80}[0-9])[a-z0-9]{8,80}\b/gi, '<id>'],
  [/\b[0-9a-f]{16,64}\b/gi, '<id>'],
  // An HTTP status at the start says what kind of failure it is, and stays.
  [/(?<!^[45]\d{0,2})(?!^[45]\d\d\b)\d+(?:[.,]\d+)*/g, '<n>'],
  [/\s+/g, ' '],
];

/**
 * Takes out of an error message what differs between two failures of one cause: addresses, ids and numbers. Quoted
 * names stay, since they name the parameter at fault.
 * @returns a label of at most 200 characters.
 * @example messageClass("max_tokens is 9000, limit is 4096 (req_01ab23cd)") // 'max_tokens is <n>, limit is <n> (<id>)'
 */
export function messageClass(message: string): string {
  let text = message.slice(0, MAX_INPUT_LENGTH);
  for (const [pattern, label] of VARYING) text = text.replace(pattern, label);
  text = text.trim();
  return text.length > MAX_CLASS_LENGTH ? `${text.slice(0, MAX_CLASS_LENGTH - 1)}…` : text;
}
