import { trace, type Attributes, type Context } from '@opentelemetry/api';
import { ARC, EVENT_GUARDRAIL, EVENT_HAND_OFF } from '../../contract/names.js';
import { put, text, type UnknownRecord } from '../adapters/shape.js';

/** Notes on the agent's span that it passes the work on, as `handOff` does. The conventions have no span for it. */
export function noteHandOff(active: Context, { from, to }: UnknownRecord): void {
  const attributes: Attributes = {};
  put(attributes, ARC.handOffFrom, text(from));
  put(attributes, ARC.handOffTo, text(to));
  trace.getSpan(active)?.addEvent(EVENT_HAND_OFF, attributes);
}

/** Notes on the agent's span that a guardrail was asked, and what it said. The conventions have no span for it. */
export function noteGuardrail(active: Context, { name, triggered }: UnknownRecord): void {
  const attributes: Attributes = { [ARC.guardrailTriggered]: triggered === true };
  put(attributes, ARC.guardrailName, text(name));
  trace.getSpan(active)?.addEvent(EVENT_GUARDRAIL, attributes);
}
