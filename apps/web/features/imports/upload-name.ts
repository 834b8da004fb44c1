/** A file's name as the server takes it: what means something to a file system becomes a line. */
export function uploadName(name: string): string {
  const extension = /\.[\p{L}\p{N}]{1,8}$/u.exec(name)?.[0] ?? '';
  const plain = name
    .slice(0, name.length - extension.length)
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N} ._()+-]/gu, '_')
    .replace(/^[^\p{L}\p{N}]+/u, '');
  return (plain || 'file').slice(0, 80 - extension.length) + extension;
}
