const PREFIX = 'HARM_CATEGORY_';

/**
 * Those of PaLM, which came before Gemini, and the one that is none.
 * @see https://ai.google.dev/api/generate-content#v1beta.HarmCategory
 */
const OLD_CATEGORIES: readonly string[] = [
  'UNSPECIFIED',
  'DEROGATORY',
  'TOXICITY',
  'VIOLENCE',
  'SEXUAL',
  'MEDICAL',
  'DANGEROUS',
];

/** Those that only Vertex AI takes. */
const VERTEX_CATEGORIES: readonly string[] = [
  'JAILBREAK',
  'IMAGE_HATE',
  'IMAGE_DANGEROUS_CONTENT',
  'IMAGE_HARASSMENT',
  'IMAGE_SEXUALLY_EXPLICIT',
];

/** True for a category the Gemini API knows, or one that is too new to say. */
export function isSafetyCategory(category: unknown): boolean {
  return !isOldSafetyCategory(category) && !isVertexSafetyCategory(category);
}

/** True for a category no Gemini model knows. */
export function isOldSafetyCategory(category: unknown): boolean {
  return isAmong(category, OLD_CATEGORIES);
}

/** True for a category only Vertex AI knows. */
export function isVertexSafetyCategory(category: unknown): boolean {
  return isAmong(category, VERTEX_CATEGORIES);
}

function isAmong(category: unknown, names: readonly string[]): boolean {
  return (
    typeof category === 'string' &&
    category.startsWith(PREFIX) &&
    names.includes(category.slice(PREFIX.length))
  );
}
