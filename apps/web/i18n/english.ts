/** The first English of a region among the languages somebody reads, such as `en-US`; British where none is named. */
export function englishOf(languages: readonly string[]): string {
  return languages.find((language) => /^en-[A-Z]{2}$/.test(language)) ?? 'en-GB';
}
