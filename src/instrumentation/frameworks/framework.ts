/** What Arc observes of one framework, beside the model calls in it. */
export interface Framework {
  /** Begins to observe; called once for each `restore`. */
  apply(): void;
  /** Leaves the framework as it was. */
  restore(): void;
}
