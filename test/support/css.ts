/** A style sheet as its declarations: one line each, "media | selector | property: value", grouped selectors taken apart. */
export function declarationsOf(sheet: string): string[] {
  const found: string[] = [];
  read(sheet.replaceAll(/\/\*[\s\S]*?\*\//g, ''), '');
  return found;

  function read(css: string, around: string): void {
    let at = 0;
    for (let open = css.indexOf('{', at); open >= 0; open = css.indexOf('{', at)) {
      const heading = css.slice(at, open).trim().replaceAll(/\s+/g, ' ');
      const end = closing(css, open);
      const inside = css.slice(open + 1, end);
      if (inside.includes('{')) read(inside, heading);
      else
        for (const selector of heading.split(/,\s*(?![^(]*\))/))
          for (const declaration of inside.split(';').map((one) => one.trim().replaceAll(/\s+/g, ' ')))
            if (declaration !== '') found.push(`${around} | ${selector} | ${declaration}`);
      at = end + 1;
    }
  }
}

function closing(css: string, open: number): number {
  for (let depth = 0, i = open; i < css.length; i++) {
    if (css[i] === '{') depth++;
    if (css[i] === '}' && --depth === 0) return i;
  }
  throw new Error(`a brace is never closed: ${css.slice(open, open + 60)}`);
}
