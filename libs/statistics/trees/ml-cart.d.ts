/** The part of ml-cart 2 that we use; the package ships no types. */
declare module 'ml-cart' {
  /** A node. One without `left` and `right` is a leaf, and may still name the split that was found and not made. */
  export interface CartNode {
    readonly splitColumn?: number;
    /** Rows with less than this go left. */
    readonly splitValue?: number;
    /** The squared error that the split leaves. */
    readonly gain?: number;
    readonly left?: CartNode;
    readonly right?: CartNode;
  }

  export class DecisionTreeRegression {
    readonly root: CartNode;
    constructor(options: { readonly maxDepth: number; readonly minNumSamples: number });
    train(rows: readonly (readonly number[])[], values: readonly number[]): void;
  }
}
