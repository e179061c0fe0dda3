/**
 * The JSON schemas of messages, instructions and tools (gen-ai-input-messages.json, gen-ai-output-messages.json,
 * gen-ai-system-instructions.json and gen-ai-tool-definitions.json of open-telemetry/semantic-conventions-genai, 2026), as
 * far as they demand anything. Written by hand from them.
 */

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown): boolean => typeof value === 'string';
const isThere = (value: unknown): boolean => value !== undefined;
const isTyped = (value: unknown): boolean => isText((value as Fields | null)?.['type']);
const isIdOrNothing = (value: unknown): boolean => value === undefined || value === null || isText(value);

/** What each kind of part must have; kinds that are not listed need nothing but their type. */
const PARTS: Readonly<Record<string, Readonly<Record<string, (value: unknown) => boolean>>>> = {
  text: { content: isText },
  reasoning: { content: isText },
  tool_call: { name: isText, id: isIdOrNothing },
  tool_call_response: { response: isThere, id: isIdOrNothing },
  server_tool_call: { name: isText, server_tool_call: isTyped, id: isIdOrNothing },
  server_tool_call_response: { server_tool_call_response: isTyped, id: isIdOrNothing },
  blob: { modality: isText, content: isText },
  file: { modality: isText, file_id: isText },
  uri: { modality: isText, uri: (value) => isText(value) && !String(value).startsWith('data:') },
};

/** What is wrong with a list of messages. */
export function messageFaults(messages: unknown): readonly string[] {
  return faultsOfList(messages, 'messages', (message) => [
    ...(isText(message['role']) ? [] : ['role is missing']),
    ...partFaults(message['parts']),
  ]);
}

/** What is wrong with a list of parts, or with system instructions, which are one. */
export function partFaults(parts: unknown): readonly string[] {
  return faultsOfList(parts, 'parts', (part) => {
    if (!isText(part['type'])) return ['type is missing'];
    const type = String(part['type']);
    return Object.entries(PARTS[type] ?? {})
      .filter(([field, isRight]) => !isRight(part[field]))
      .map(([field]) => `${field} of ${type}: ${JSON.stringify(part[field])}`);
  });
}

/** What is wrong with a list of tools. */
export function toolFaults(tools: unknown): readonly string[] {
  return faultsOfList(tools, 'tools', (tool) => {
    const { type, name, parameters } = tool;
    const faults = isText(type) && isText(name) ? [] : [`type ${String(type)}, name ${String(name)}`];
    return parameters === undefined || typeof parameters === 'object' ? faults : [...faults, 'parameters'];
  });
}

function faultsOfList(
  list: unknown,
  what: string,
  faultsOf: (item: Fields) => readonly string[],
): readonly string[] {
  if (!Array.isArray(list)) return [`${what}: not a list`];
  return (list as readonly unknown[]).flatMap((item, index) =>
    faultsOf(item as Fields).map((fault) => `${what}[${index}]: ${fault}`),
  );
}
