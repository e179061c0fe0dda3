import { html, type Html } from './html.js';

/** Longest value shown in a table cell, in UTF-16 units; the whole one stands in the JSON. */
const MAX_VALUE_LENGTH = 2_000;

/** An instant as people read it, with its age, in a `<time>`. @param at - RFC 3339. @param now - milliseconds since 1970. */
export function time(at: string, now: number): Html {
  const absolute = at.replace('T', ' ').replace(/(?:\.\d+)?Z$/, ' UTC');
  return html`<time datetime="${at}"
    ><span class="abs">${absolute}</span> <span class="ago">${age(at, now)}</span></time
  >`;
}

/** How long ago an instant was, in its largest unit. */
export function age(at: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(at)) / 1_000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

/** A duration in the unit that suits it. @param ms - milliseconds. */
export function duration(ms: number): string {
  if (ms < 1) return `${Math.round(ms * 1_000)} µs`;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1_000).toFixed(2)} s` : `${(ms / 60_000).toFixed(1)} min`;
}

/** A count with its thousands apart. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Any JSON value as text, shortened. */
export function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text;
}

/** What stands where a value is missing; a screen reader says "none". */
export function dash(): Html {
  return html`<span class="none"><span aria-hidden="true">–</span><span class="sr">none</span></span>`;
}

/** The value, or a dash when there is none. */
export function orDash(value: string | number | null | undefined): Html {
  return value === null || value === undefined || value === '' ? dash() : html`${value}`;
}

const DECISION_WORDS: Readonly<Record<string, string>> = {
  fix: 'fixed',
  shadow: 'shadow',
  control: 'control',
  bypass: 'bypassed',
  pass: 'passed',
};

/** The decision as a word with a mark; colour only repeats what both say. */
export function decision(kind: string | null): Html {
  if (kind === null) return html`<span class="badge none">not seen by Arc</span>`;
  const word = DECISION_WORDS[kind] ?? kind;
  return html`<span class="badge ${kind in DECISION_WORDS ? kind : 'none'}">${word}</span>`;
}
