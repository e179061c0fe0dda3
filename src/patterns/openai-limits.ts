/** Largest value of `logit_bias`, and as a negative number the smallest. */
export const MAX_BIAS = 100;

/** Most pairs of `metadata`. */
export const MAX_METADATA_PAIRS = 16;

/** Longest key of `metadata`, in characters. */
export const MAX_METADATA_KEY = 64;

/** Longest value of `metadata`, in characters. */
export const MAX_METADATA_VALUE = 512;
