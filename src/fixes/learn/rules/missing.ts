import type { Json } from '../../../contract/request.js';
import { type Refused, type Remedy } from '../refused.js';

const MISSING =
  /field required|is required|missing|required (?:parameter|property|field)|must be (?:set|specified|provided)|required key/i;

/** What a required field is given where it is left out: what every model of the API takes. */
const STANDARD: {
  readonly [api: string]: { readonly [field: string]: { readonly [provider: string]: Json } };
} = {
  'anthropic.messages': {
    max_tokens: { '*': 4_096 },
    anthropic_version: { 'aws.bedrock': 'bedrock-2023-05-31', 'gcp.vertex_ai': 'vertex-2023-10-16' },
  },
  'aws.bedrock.invoke_model': {
    max_tokens: { '*': 4_096 },
    anthropic_version: { '*': 'bedrock-2023-05-31' },
  },
};

/** Gives a required field its usual value. */
export function missing({ text, subject = '', view }: Refused): Remedy | undefined {
  const fields = STANDARD[view.api];
  if (fields === undefined || !MISSING.test(text)) return undefined;
  const field = Object.keys(fields).find((name) => text.includes(name) || subject === name);
  if (field === undefined || (view.params[field] ?? null) !== null) return undefined;
  const standard = fields[field]?.[view.provider] ?? fields[field]?.['*'];
  if (standard === undefined) return undefined;
  const name = field === 'anthropic_version' ? `params.${field}` : field;
  return {
    rule: 'missing',
    description: `${field} is required.`,
    match: { [name]: { exists: false } },
    fix: [{ default: { [name]: standard } }],
    everyModel: true,
  };
}
