/** What the model reads as the result of a call that was never answered. */
export const NO_RESULT = 'No result: the call was interrupted before it finished.';
