/**
 * This build's version, put in by the build; `undefined` where the sources run unbuilt. Both threads must be of one
 * build, since their messages have no version of their own.
 */
declare const __X8_VERSION__: string;

export const VERSION: string | undefined = typeof __X8_VERSION__ === 'undefined' ? undefined : __X8_VERSION__;
