/** Hands a file over to the browser, which asks or saves as it does with downloads. Nothing goes over a network. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}

/** @param name of the file; signs that no file's name can have are left out */
export function saveText(text: string, name: string, type: string): void {
  saveBlob(new Blob([text], { type: `${type};charset=utf-8` }), name.replace(/[\u0000-\u001f<>:"/\\|?*]/g, ' ').trim());
}
