import { type Case, testLessons } from './lessons.js';

/** What says nothing of a remedy, costs something, or is about something else, teaches nothing. */
const cases: readonly Case[] = [
  {
    params: { stop: ['.'] },
    message: "Unsupported parameter: 'stop' is not supported with this model.",
    repaired: undefined,
  },
  {
    params: { stop: ['.'] },
    message: "Unsupported parameter: 'stop' is not supported with this model.",
    repaired: {},
    settings: { lossy: true },
  },
  {
    params: {},
    message: 'The model `house-1` has been deprecated. Please use `house-2` instead.',
    repaired: undefined,
  },
  {
    params: { model: 'house-1' },
    status: 404,
    message: 'The model `house-1` has been deprecated. Please use `house-2` instead.',
    repaired: { model: 'house-2' },
    settings: { lossy: true },
  },
  { params: { top_p: 0.5 }, status: 500, message: "Unsupported parameter: 'top_p'.", repaired: undefined },
  { params: { top_p: 0.5 }, status: 429, message: 'Rate limit reached: top_p', repaired: undefined },
  {
    params: { top_p: 0.5 },
    message: 'Your credit balance is too low; top_p is not supported.',
    repaired: undefined,
  },
  { params: { top_p: 0.5 }, message: 'Something went wrong.', repaired: undefined },
  {
    params: {},
    message: "Unsupported parameter: 'messages' is not supported with this model.",
    repaired: undefined,
  },
  { params: { user: 'u1' }, message: "Unknown parameter: 'user'.", repaired: undefined },
  { params: {}, message: "Unsupported parameter: 'model'. Use 'base_url' instead.", repaired: undefined },
  { params: { seed: 3 }, message: "Unsupported parameter: 'seed'. Use 'user' instead.", repaired: {} },
  { params: { max_tokens: 50 }, message: 'max_tokens must be less than or equal to 2', repaired: undefined },
  {
    params: { max_tokens: 50 },
    message: 'max_tokens must be less than or equal to 4096',
    repaired: undefined,
  },
];

testLessons(cases);
