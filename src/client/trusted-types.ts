/**
 * The one Trusted Types policy of this script. Without enforcement an address stays a string; with it, `new Worker`
 * takes only what a policy made.
 */

/** As much of the platform's factory as is used; TypeScript's DOM library has none yet. */
export interface TrustedTypesFactory {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): unknown };
}

/** To be named in a page's `trusted-types` directive, beside Lit's `lit-html`. */
export const POLICY_NAME = 'x8-widgets';

/** Turns an address into what `new Worker` takes. Throws when the page's policy refuses ours. */
export type TrustScriptUrl = (url: string) => string;

/** The policy is created on first use, once: a second one of the same name may be refused. */
export function scriptUrlTruster(
  factory: () => TrustedTypesFactory | undefined = pageFactory,
): TrustScriptUrl {
  let policy: ReturnType<TrustedTypesFactory['createPolicy']> | undefined;
  return (url) => {
    try {
      policy ??= factory()?.createPolicy(POLICY_NAME, { createScriptURL: (given) => given });
    } catch (error) {
      // Engines word it differently, and some name the whole directive.
      throw new Error(`the page's Trusted Types refused the policy ${POLICY_NAME}`, { cause: error });
    }
    // Not a string for the browser, but typed as one: the DOM library's `Worker` knows no other.
    return policy === undefined ? url : (policy.createScriptURL(url) as string);
  };
}

function pageFactory(): TrustedTypesFactory | undefined {
  return (globalThis as { readonly trustedTypes?: TrustedTypesFactory }).trustedTypes;
}
