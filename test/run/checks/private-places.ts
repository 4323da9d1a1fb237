/** Nothing in the project names one person's machine or one network's package registry. */
import { lineOf, type Findings, type Source } from './source.js';

/** Home and work folders. The name is split so that this file does not find itself. */
const MACHINE_PATH = new RegExp(
  `(?<![\\w.*/}-])/(?:${['wo' + 'rk', 'ro' + 'ot', 'ho' + 'me', 'Us' + 'ers', 'fa' + 'rm'].join('|')})/[\\w.-]+`,
  'g',
);
const REGISTRY =
  /https?:\/\/[\w.-]*(?:registry|artifactory|nexus|maven|pypi|proxy\.golang|debian)[\w.-]*[^\s"'`)<>]*/g;
/** A path out of the project, into a folder for scratch. */
const SCRATCH_PATH = /(?:\.\.\/)+tmp\/[\w./-]+/g;
/** XML namespaces look like addresses, but nobody calls them. */
const XML_NAMESPACE = /^https?:\/\/maven\.apache\.org\/(?:POM|SETTINGS|xsd)\//;

export function privatePlaceFindings(sources: readonly Source[]): Findings {
  return sources.flatMap(({ path, text }) => [
    ...[...text.matchAll(MACHINE_PATH)].map(
      (match) => `${path}:${lineOf(text, match.index)}: ${match[0]} is a path of one machine`,
    ),
    ...[...text.matchAll(SCRATCH_PATH)].map(
      (match) => `${path}:${lineOf(text, match.index)}: ${match[0]} leads out of the project`,
    ),
    ...[...text.matchAll(REGISTRY)]
      .filter((match) => !XML_NAMESPACE.test(match[0]))
      .map((match) => `${path}:${lineOf(text, match.index)}: ${match[0]} is a package registry's address`),
  ]);
}
