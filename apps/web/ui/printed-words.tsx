/** On paper there is nothing to press: what was chosen stands there in words. */
export function PrintedWords({ words }: { readonly words: readonly string[] }) {
  return words.length > 0 && <p className="hidden text-sm print:block">{words.join(' · ')}</p>;
}
